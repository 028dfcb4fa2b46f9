from django.utils.translation import gettext_lazy as _

from timeline import names


class ActorsConfig(names.TranslatedConfig):
    """Who acts: actors, their names over time and their relations."""

    name = "actors"
    verbose_name = _("Actors")
