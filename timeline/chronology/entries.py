"""Entries of a chronology as frozen rows, read with a constant number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from actors.models import Actor
from timeline import edtf
from timeline.chronology.dating import Dating, dating
from timeline.index import keys, sql
from timeline.index.finding import Sought
from timeline.models import Claim, Event
from timeline.search import Phrase, first_hit, occurrences

PARTS = """
SELECT p.event_id, a.slug, a.name, p.role, a.id
FROM timeline_participation p JOIN actors_actor a ON a.id = p.actor_id
WHERE p.{among} ORDER BY p.id"""
CITATIONS = """
SELECT c.event_id, c.slug, c.quote, c.stance, c.date, a.name, s.slug, s.title, s.language, p.ordinal
FROM timeline_claim c JOIN timeline_source s ON s.id = c.source_id AND s.status = 'published'
JOIN timeline_passage p ON p.id = c.passage_id LEFT JOIN actors_actor a ON a.id = c.attributed_to_id
WHERE c.{among} AND NOT c.lost ORDER BY c.ordinal, c.id"""
REPORTED = (
    *("event__slug", "event__title", "slug", "quote", "stance", "date", "attributed_to__name"),
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
    summary: str


class Part(NamedTuple):
    """An actor's part in an event; ``id`` is the actor's primary key."""

    slug: str
    name: str
    role: str
    id: int


class Citation(NamedTuple):
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


class Entry(NamedTuple):
    """An event as a line of a chronology, with the first quote that supports it.

    Of a search it is the first quote in which something was found; ``summary`` is a piece of the
    summary, if something was found there and nowhere else.
    """

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
    summary: str = ""


def entries_of(rows: Sequence[EventRow], sought: Sought | None = None) -> tuple[Entry, ...]:
    """The entries of ``rows`` in their order: two queries, whatever their number."""
    events = [row.id for row in rows]
    parts, citations = parts_of(events), citations_of(events)
    phrases = sought.query.sought if sought else ()
    return tuple(_entry(row, parts[row.id], citations[row.id], phrases) for row in rows)


def parts_of(events: Sequence[int]) -> dict[int, list[Part]]:
    """Who took part in each of ``events`` (primary keys), in the editor's order."""
    found: dict[int, list[Part]] = defaultdict(list)
    for event, *row in sql.rows_among(PARTS, "event_id", events):
        found[event].append(Part._make(row))
    return found


def citations_of(events: Sequence[int]) -> dict[int, list[Citation]]:
    """The quotes of each of ``events`` (published) that stand in their sources."""
    found: dict[int, list[Citation]] = defaultdict(list)
    for event, *row in sql.rows_among(CITATIONS, "event_id", events):
        found[event].append(Citation._make(row))
    return found


def reported_words(actor: Actor, most: int) -> list[Reported]:
    """What sources report ``actor`` to have said, in order of the events, at most ``most``.

    Of more than these the ones that were stored first: to sort them all takes half a second where
    there are tens of thousands.
    """
    claims = Claim.objects.published().filter(attributed_to=actor, lost=False)
    rows = sorted(
        claims.order_by("id").values_list("event__sort_date", "event", "ordinal", *REPORTED)[:most],
        key=lambda row: (keys.place(row[0], row[1]), row[2]),
    )
    return [
        Reported(event, title, Citation._make(row))
        for _day, _id, _ordinal, event, title, *row in rows
    ]


def _entry(
    row: EventRow, parts: list[Part], citations: list[Citation], phrases: Sequence[Phrase]
) -> Entry:
    supporting = [one for one in citations if one.stance == Claim.Stance.SUPPORTS]
    shown = next(iter(supporting or citations), None)
    summary = ""
    if phrases:
        hits = (one for one in (*supporting, *citations) if occurrences(one.quote, phrases))
        hit = next(hits, None)
        shown = hit or shown
        if hit is None and not occurrences(row.title, phrases):
            summary = first_hit(row.summary, phrases) if occurrences(row.summary, phrases) else ""
    return Entry(
        slug=row.slug,
        title=row.title,
        kind=row.kind,
        dating=dating(row.date),
        inferred=row.date_basis == Event.DateBasis.INFERRED,
        date_note=row.date_note,
        parts=tuple(parts),
        citation=shown,
        quotes=len(citations),
        disputes=len(citations) - len(supporting),
        dates_disagree=edtf.disagree({row.date, *(one.date for one in citations)}),
        summary=summary,
    )
