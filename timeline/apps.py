from django.apps import AppConfig


class TimelineConfig(AppConfig):
    """Sources, events and the claims that tie them together."""

    name = "timeline"

    def ready(self) -> None:
        from timeline import checks  # noqa: F401  registers the system checks
