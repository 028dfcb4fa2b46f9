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

    ``choices`` says by item (``event:some-id``) what the editor decided, ``counts`` how many steps
    have an outcome. ``moment`` is that of the act which carried it out (``timeline.history``), and
    ``report`` what that did.
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
    counts = models.JSONField(default=dict)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    moment = models.DateTimeField(null=True)
    report = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")
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


class SeedImportStep(models.Model):
    """What becomes of one item: as planned and, once it is carried out, as it was done.

    ``outcome`` is one of ``timeline.seeds.steps``. ``old`` and ``new`` are the canonical forms as
    the database and the seed have them, as JSON whose order is kept, empty where there is none
    and for what does not change.
    """

    seed_import = models.ForeignKey(SeedImport, on_delete=models.CASCADE, related_name="steps")
    number = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=SeedItem.Kind.choices)
    slug = models.CharField(max_length=120)
    outcome = models.CharField(max_length=30)
    why = models.TextField(blank=True)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["seed_import", "kind", "slug"], name="seed_import_step_once"
            )
        ]
        indexes = [
            models.Index(fields=["seed_import", "outcome", "number"], name="seed_import_steps")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"
