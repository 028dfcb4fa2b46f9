"""What seeds brought in, and how: what an editor did since is told apart, each import is kept."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from timeline.models.source import Source


class SeedItem(models.Model):
    """An item of a seed as it was last imported.

    ``source`` is the seed that defines the item, its home (NULL: the seed without a source).
    ``digest`` is the SHA-256 of the item's canonical form at that import: an item whose present
    form has another digest has been edited since.
    """

    class Kind(models.TextChoices):
        SOURCE = "source"
        ACTOR = "actor"
        EVENT = "event"
        CLAIM = "claim"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    slug = models.CharField(max_length=120)
    source = models.ForeignKey(
        Source, on_delete=models.CASCADE, null=True, related_name="seed_items"
    )
    digest = models.CharField(max_length=64)
    imported_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="seed_item_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"


class SeedImport(models.Model):
    """A seed that was given in the admin: its plan is looked at before it is carried out.

    ``choices`` says by item (``event:some-id``) what the editor decided. ``moment`` is that of the
    act which carried it out (``timeline.history``), and ``report`` what that did.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        APPLIED = "applied", _("applied")
        DISCARDED = "discarded", _("discarded")

    name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    given_at = models.DateTimeField(auto_now_add=True)
    choices = models.JSONField(default=dict)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    moment = models.DateTimeField(null=True)
    report = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        permissions = [("apply_seedimport", "Can carry out imports")]

    def __str__(self) -> str:
        return self.name


class SeedImportFile(models.Model):
    """A file of a seed as it was given, byte for byte."""

    seed_import = models.ForeignKey(SeedImport, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seed_import", "name"], name="seed_import_file_once")
        ]

    def __str__(self) -> str:
        return self.name
