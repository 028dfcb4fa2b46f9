from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from timeline import groups, names


class TimelineConfig(names.TranslatedConfig):
    """Sources, events and the claims that tie them together."""

    name = "timeline"
    verbose_name = _("Timeline")

    def ready(self) -> None:
        from timeline import checks  # noqa: F401  registers the system checks

        # auth and actors stand before this app, so their permissions are there by then.
        post_migrate.connect(groups.make_groups, sender=self)
