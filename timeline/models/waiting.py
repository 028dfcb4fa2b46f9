"""Texts that wait: what was given for a source while its editor looks at what it would do."""

from django.conf import settings
from django.db import models

from timeline.models.source import Source


class WaitingText(models.Model):
    """A form of a source as it was posted, with a text that would move or lose quotes.

    It is stored, given back or forgotten; nothing follows from it by itself, so it has no history.
    """

    class Given(models.TextChoices):
        """How the text came."""

        UPLOADED = "uploaded"
        PASTED = "pasted"
        KEPT = "kept"  # only its borders or emendations are others

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    waits_since = models.DateTimeField(auto_now_add=True, db_index=True)
    given = models.CharField(max_length=10, choices=Given.choices)
    raw = models.TextField(help_text="The text as it would be stored.")
    spec = models.JSONField(help_text="How it would be read: timeline.readings.TextSpec.")
    posted = models.JSONField(help_text="All other fields of the form, each with its values.")

    def __str__(self) -> str:
        return f"{self.source} ({self.waits_since:%Y-%m-%d %H:%M})"
