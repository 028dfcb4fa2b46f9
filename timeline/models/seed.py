"""What the last import of each seed brought in: how an editor's later work is told apart."""

from django.db import models

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
