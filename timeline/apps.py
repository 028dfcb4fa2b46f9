from django.utils.translation import gettext_lazy as _

from timeline import names


class TimelineConfig(names.TranslatedConfig):
    """Sources, events and the claims that tie them together."""

    name = "timeline"
    verbose_name = _("Timeline")

    def ready(self) -> None:
        from timeline import checks  # noqa: F401  registers the system checks
