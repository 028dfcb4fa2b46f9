"""Doubles: what was merged into what, and what only looks alike."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Twofold(models.TextChoices):
    """What may be there twice."""

    EVENT = "event", _("event")
    ACTOR = "actor", _("actor")


class Merge(models.Model):
    """What was merged: ``gone`` into ``kept``, primary keys, in the act of ``moment``.

    ``slug`` is the address of what is gone, which leads to what was kept, until the merge is
    ``undone`` in the act of that moment.
    """

    kind = models.CharField(max_length=10, choices=Twofold.choices)
    slug = models.CharField(max_length=100)
    gone = models.BigIntegerField()
    kept = models.BigIntegerField()
    moment = models.DateTimeField(db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    undone = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["kind", "slug"], name="merge_address")]

    def __str__(self) -> str:
        return self.slug


class Distinct(models.Model):
    """Two that look alike and are not the same, as an editor has said; ``first`` < ``second``."""

    kind = models.CharField(max_length=10, choices=Twofold.choices)
    first = models.BigIntegerField()
    second = models.BigIntegerField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    moment = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "first", "second"], name="distinct_once"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="distinct_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first} ≠ {self.second}"
