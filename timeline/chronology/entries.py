"""Entries of a chronology as frozen rows, read with a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import F

from actors.models import Actor
from timeline.chronology.dating import Dating, dating, disagree
from timeline.models import Claim, Event, Participation
from timeline.models.event import EventQuerySet

CITATION = (
    *("slug", "quote", "stance", "date", "attributed_to__name"),
    *("source__slug", "source__title", "source__language", "passage__ordinal"),
)


class EventRow(NamedTuple):
    """The columns of an event that an entry is made of."""

    id: int
    sort_date: int | None
    slug: str
    title: str
    kind: str
    date: str
    date_basis: str
    date_note: str


@dataclass(frozen=True, slots=True)
class Part:
    """An actor's part in an event."""

    slug: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote and where it stands."""

    claim: str
    quote: str
    stance: str
    date: str
    attributed_to: str | None
    source: str
    source_title: str
    language: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Reported:
    """Words that a source reports of somebody, and the event of which they speak."""

    event: str
    title: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as a line of a chronology, with the first quote that supports it."""

    slug: str
    title: str
    kind: str
    dating: Dating
    inferred: bool
    date_note: str
    parts: tuple[Part, ...]
    citation: Citation | None
    quotes: int
    disputes: int
    dates_disagree: bool


def rows_of(events: EventQuerySet) -> list[EventRow]:
    """The rows of ``events``, a slice that fits a page, in its order."""
    return [EventRow(*values) for values in events.values_list(*EventRow._fields)]


def entries_of(rows: Sequence[EventRow]) -> tuple[Entry, ...]:
    """The entries of ``rows`` in their order: two queries, whatever their number."""
    events = [row.id for row in rows]
    parts, citations = parts_of(events), citations_of(events)
    return tuple(_entry(row, parts[row.id], citations[row.id]) for row in rows)


def parts_of(events: Sequence[int]) -> dict[int, list[Part]]:
    """Who took part in each of ``events`` (primary keys), in the editor's order."""
    found: dict[int, list[Part]] = defaultdict(list)
    rows = Participation.objects.filter(event__in=events).order_by("id")
    for event, *row in rows.values_list("event", "actor__slug", "actor__name", "role"):
        found[event].append(Part(*row))
    return found


def citations_of(events: Iterable[int]) -> dict[int, list[Citation]]:
    """The quotes of each of ``events`` that readers may see and that stand in their sources."""
    found: dict[int, list[Citation]] = defaultdict(list)
    claims = Claim.objects.published().filter(event__in=events, lost=False)
    for event, *row in claims.order_by("ordinal", "id").values_list("event", *CITATION):
        found[event].append(Citation(*row))
    return found


def reported_words(actor: Actor) -> list[Reported]:
    """What sources report ``actor`` to have said, in order of the events."""
    claims = Claim.objects.published().filter(attributed_to=actor, lost=False)
    rows = claims.order_by(F("event__sort_date").asc(nulls_last=True), "event", "ordinal", "id")
    return [
        Reported(event, title, Citation(*row))
        for event, title, *row in rows.values_list("event__slug", "event__title", *CITATION)
    ]


def _entry(row: EventRow, parts: list[Part], citations: list[Citation]) -> Entry:
    supporting = [one for one in citations if one.stance == Claim.Stance.SUPPORTS]
    return Entry(
        slug=row.slug,
        title=row.title,
        kind=row.kind,
        dating=dating(row.date),
        inferred=row.date_basis == Event.DateBasis.INFERRED,
        date_note=row.date_note,
        parts=tuple(parts),
        citation=next(iter(supporting or citations), None),
        quotes=len(citations),
        disputes=len(citations) - len(supporting),
        dates_disagree=disagree({row.date, *(one.date for one in citations)}),
    )
