"""Events, who took part in them, and the reads that a chronology is made of."""

from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from timeline import edtf
from timeline.fields import EdtfField, StableSlugField, validate_slug
from timeline.history import History
from timeline.models.status import PublishedQuerySet, Status


class EventQuerySet(PublishedQuerySet):
    """Reads that chain like a sentence."""

    def possibly_in(self, window: edtf.Window) -> "EventQuerySet":
        """Events that may have happened in ``window``; undated ones never match."""
        return self.filter(
            earliest_start__lte=edtf.LAST_DAY if window.end is None else window.end,
            latest_end__gte=edtf.FIRST_DAY if window.start is None else window.start,
        )

    def certainly_in(self, window: edtf.Window) -> "EventQuerySet":
        """Events that did happen in ``window``, by a date without ``?``, ``~`` or ``%``."""
        return self.filter(
            latest_start__lte=edtf.LAST_DAY if window.end is None else window.end,
            earliest_end__gte=edtf.FIRST_DAY if window.start is None else window.start,
            qualified=False,
        )

    def uncited(self) -> "EventQuerySet":
        """Published events that quote no published source; there should be none."""
        claims = self.model._meta.get_field("claims").related_model.objects
        quoted = claims.filter(
            event=models.OuterRef("pk"), lost=False, source__status=Status.PUBLISHED
        )
        return self.published().filter(~models.Exists(quoted))


class Event(models.Model):
    """Something that happened: a moment, a period or a standing state of affairs.

    ``date`` (EDTF) is the truth; the four bounds, ``qualified`` and ``sort_date`` are derived from
    it by ``derive_bounds`` and are all NULL for an undated event.
    """

    class DateBasis(models.TextChoices):
        STATED = "stated", _("stated in the passage")
        INFERRED = "inferred", _("inferred by the editor")

    slug = StableSlugField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True, help_text=_("In our own words."))
    kind = models.CharField(
        max_length=50,
        validators=[validate_slug],
        help_text=_("One lower-case word, such as “diplomacy”; use one that is there if it fits."),
    )
    date = EdtfField()
    date_basis = models.CharField(
        max_length=10, choices=DateBasis.choices, default=DateBasis.STATED
    )
    date_note = models.TextField(blank=True, help_text=_("Why this date; due when inferred."))
    earliest_start = models.BigIntegerField(null=True, editable=False)
    latest_start = models.BigIntegerField(null=True, editable=False)
    earliest_end = models.BigIntegerField(null=True, editable=False)
    latest_end = models.BigIntegerField(null=True, editable=False)
    qualified = models.BooleanField(default=False, editable=False)
    sort_date = models.BigIntegerField(null=True, editable=False)
    actors: "models.ManyToManyField[Actor, Participation]" = models.ManyToManyField(
        Actor, through="Participation", related_name="events"
    )
    history = History()

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = [F("sort_date").asc(nulls_last=True), "id"]
        permissions = [("publish_event", "Can publish events and change published ones")]
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="event_has_slug"),
            models.CheckConstraint(condition=~Q(title=""), name="event_has_title"),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="event_status_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    date="",
                    earliest_start=None,
                    latest_start=None,
                    earliest_end=None,
                    latest_end=None,
                    sort_date=None,
                    qualified=False,
                )
                | ~Q(date="")
                & Q(  # a comparison with NULL is no refusal
                    earliest_start__isnull=False,
                    latest_start__isnull=False,
                    earliest_end__isnull=False,
                    latest_end__isnull=False,
                    sort_date__isnull=False,
                )
                & Q(earliest_start__lte=F("latest_start"), latest_start__lte=F("latest_end"))
                & Q(earliest_start__lte=F("earliest_end"), earliest_end__lte=F("latest_end")),
                name="event_bounds_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(date_basis="inferred") | ~Q(date_note=""),
                name="event_inference_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "sort_date", "id"], name="event_chronology"),
            models.Index(fields=["status", "earliest_start", "latest_end"], name="event_overlap"),
            models.Index(fields=["kind", "sort_date"], name="event_kind"),
            # Every filter of the editors' list can be judged from it, in the list's order (ADR 69).
            models.Index(
                fields=[
                    *("sort_date", "id", "status", "kind", "date_basis", "qualified"),
                    *("earliest_start", "latest_end"),
                ],
                name="event_listing",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive_bounds()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.slug])

    def clean(self) -> None:
        """Refuse an inference without its reason; derive what the constraints look at."""
        with suppress(edtf.EdtfError):  # the field has its own message
            self.derive_bounds()
        if self.date_basis == self.DateBasis.INFERRED and not self.date_note:
            raise ValidationError(
                {"date_note": _("Say why: an inferred date needs its reason here.")}
            )

    def derive_bounds(self) -> None:
        """Set the four bounds, ``qualified`` and ``sort_date`` from ``date``."""
        if not self.date:
            self.earliest_start = self.latest_start = self.earliest_end = self.latest_end = None
            self.sort_date, self.qualified = None, False
            return
        date = edtf.parse(self.date)
        self.earliest_start = _bound(date.earliest_start, edtf.FIRST_DAY)
        self.latest_start = _bound(date.latest_start, edtf.LAST_DAY)
        self.earliest_end = _bound(date.earliest_end, edtf.FIRST_DAY)
        self.latest_end = _bound(date.latest_end, edtf.LAST_DAY)
        self.qualified = date.qualified
        self.sort_date = sort_date(date)


def sort_date(date: edtf.Edtf) -> int:
    """Where a date stands in a chronology: its first known bound ('by 2013' stands at 2013)."""
    bounds = (date.earliest_start, date.latest_start, date.earliest_end, date.latest_end)
    return next((bound for bound in bounds if bound is not None), edtf.FIRST_DAY)


def _bound(value: int | None, when_open: int) -> int:
    return when_open if value is None else value


class Participation(models.Model):
    """An actor's part in an event; ``role`` is free words such as “initiator”."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="participations")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="participations")
    role = models.CharField(max_length=100, blank=True)
    history = History()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "actor", "role"], name="participation_once")
        ]
        indexes = [models.Index(fields=["role"], name="participation_role")]

    def __str__(self) -> str:
        return f"{self.actor} ({self.role})" if self.role else str(self.actor)
