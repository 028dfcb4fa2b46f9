"""Claims: what ties an event to the exact words of a source."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from timeline.anchors import fold
from timeline.fields import EdtfField, StableSlugField
from timeline.history import History
from timeline.models.event import Event
from timeline.models.source import Passage, Source
from timeline.models.status import Status


def claim_slug(event_slug: str, quote: str, prefix: str = "", suffix: str = "") -> str:
    """The id of a claim that was given none: the event's id and a hash of the folded words."""
    words = "\n".join(fold(part).text for part in (prefix, quote, suffix))
    return f"{event_slug}-{hashlib.sha256(words.encode()).hexdigest()[:8]}"


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Reads of claims."""

    def published(self) -> "ClaimQuerySet":
        """Claims that readers may see: of a published event, in a published source."""
        return self.filter(event__status=Status.PUBLISHED, source__status=Status.PUBLISHED)


class Claim(models.Model):
    """A verbatim quote in a passage, and what it says of an event.

    ``start`` and ``end`` are code points in the passage's text, half-open. Triggers in both
    databases refuse a quote that is not exactly there (migration 0002). A ``lost`` claim is one
    whose words are no longer in the source's corrected text; it waits for repair.
    """

    class Stance(models.TextChoices):
        SUPPORTS = "supports", _("supports")
        DISPUTES = "disputes", _("disputes")

    slug = StableSlugField(max_length=120)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="claims")
    ordinal = models.PositiveIntegerField(default=1)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="claims")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="claims")
    quote = models.TextField(help_text=_("The exact words of the source."))
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    lost = models.BooleanField(default=False, editable=False)
    stance = models.CharField(max_length=10, choices=Stance.choices, default=Stance.SUPPORTS)
    date = EdtfField(help_text=_("The date as this passage gives it, as EDTF; empty if none."))
    attributed_to = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attributed_claims",
        help_text=_("Whose words or judgement the source reports."),
    )
    note = models.TextField(blank=True)
    history = History()

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["event", "ordinal", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="claim_has_slug"),
            models.CheckConstraint(condition=~Q(quote=""), name="claim_has_quote"),
            models.CheckConstraint(
                condition=Q(lost=True) | Q(end=F("start") + Length("quote")),
                name="claim_offsets_fit_quote",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(lost=True), name="claim_lost"),
            models.Index(fields=["id"], condition=Q(stance="disputes"), name="claim_disputes"),
        ]

    def __str__(self) -> str:
        return f"“{self.quote}”"

    def get_absolute_url(self) -> str:
        return f"{self.source.get_absolute_url()}#claim-{self.slug}"

    def clean(self) -> None:
        """Refuse a passage of another source and words that the passage does not have there."""
        if self.passage_id is None or self.source_id is None:
            return
        if self.passage.source_id != self.source_id:
            raise ValidationError({"passage": _("This passage is of another source.")})
        if not self.lost and self.passage.text[self.start : self.end] != self.quote:
            raise ValidationError({"quote": _("These words are not in the passage.")})
