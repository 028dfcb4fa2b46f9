"""What the base tables say of entries now, as the derived tables are to have it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import IntEnum, StrEnum
from typing import NamedTuple

from actors.models import Actor, Alias
from timeline import edtf
from timeline.index import keys, sql
from timeline.index.schema import FACETS
from timeline.likeness import keys as keys_of_names
from timeline.models import Claim, Event, Passage
from timeline.search import stems

NAME_LETTERS = 400  # that index_name holds; some letters of a name are many in its stems


ENTRIES = """
SELECT id, date, date_basis, sort_date, kind, title, summary,
earliest_start, latest_start, earliest_end, latest_end, qualified
FROM timeline_event WHERE {among} AND status = 'published'"""
PARTS = "SELECT event_id, actor_id FROM timeline_participation WHERE {among}"
CLAIMS = """
SELECT c.event_id, c.source_id, c.quote, c.lost, c.stance, c.date
FROM timeline_claim c JOIN timeline_source s ON s.id = c.source_id AND s.status = 'published'
WHERE c.{among} ORDER BY c.event_id, c.ordinal, c.id"""


class Facet(IntEnum):
    """What entries are counted by."""

    ACTOR = 1
    KIND = 2
    SOURCE = 3
    BASIS = 4
    CONTESTED = 5


class Basis(StrEnum):
    """What the date of an entry rests on."""

    STATED = Event.DateBasis.STATED
    INFERRED = Event.DateBasis.INFERRED
    UNDATED = "undated"  # there is no date, whatever it was to rest on


class Total(IntEnum):
    """Values that are counted of all entries."""

    ENTRIES = 0
    QUOTES = FACETS
    LOST = 2 * FACETS
    UNCITED = 3 * FACETS


class Value(NamedTuple):
    """A value of a facet: the id of an actor or a source is its ``ref``, others have a ``name``."""

    facet: int
    ref: int
    name: str


# A source disputes the entry, or dates it otherwise.
CONTESTED = Value(Facet.CONTESTED, 0, "yes")


class Standing(NamedTuple):
    """A row of index_entry: where an entry stands, its bounds, and the ids of its values.

    ``quotes`` stand in their sources, ``lost`` do not any more.
    """

    place: int
    event: int
    span: int
    earliest_start: int | None
    latest_start: int | None
    earliest_end: int | None
    latest_end: int | None
    qualified: int
    quotes: int
    lost: int
    vals: tuple[int, ...]


class Facts(NamedTuple):
    """What is derived from an entry; in ``standing`` the values are still to come."""

    standing: Standing
    values: frozenset[Value]
    texts: tuple[str, ...]


Tally = Counter[tuple[int, int, int]]  # by value, level and bucket


def of_events(events: Sequence[int]) -> dict[int, Facts]:
    """The facts of those of ``events`` (primary keys) that are published."""
    rows = sql.rows_among(ENTRIES, "id", events)
    ids = [row[0] for row in rows]
    values: dict[int, set[Value]] = defaultdict(set)
    texts: dict[int, list[str]] = defaultdict(list)
    quotes: Counter[tuple[int, bool]] = Counter()
    dates: dict[int, set[str]] = defaultdict(set)
    for event, actor in sql.rows_among(PARTS, "event_id", ids):
        values[event].add(Value(Facet.ACTOR, actor, ""))
    for event, source, quote, lost, stance, date in sql.rows_among(CLAIMS, "event_id", ids):
        quotes[event, bool(lost)] += 1
        if not lost:
            values[event].add(Value(Facet.SOURCE, source, ""))
            texts[event].append(quote)
            dates[event].add(date)
            if stance == Claim.Stance.DISPUTES:
                values[event].add(CONTESTED)
    for event, date, basis, *_row in rows:
        values[event].add(Value(Facet.BASIS, 0, basis if date else Basis.UNDATED.value))
        if edtf.disagree({date, *dates[event]}):
            values[event].add(CONTESTED)
    return {
        event: Facts(
            Standing(
                keys.place(sort_date, event),
                event,
                keys.span(es, le),
                es, ls, ee, le,
                int(qualified),
                quotes[event, False],
                quotes[event, True],
                (),
            ),
            frozenset({Value(Facet.KIND, 0, kind), *values[event]}),
            (title, summary, *texts[event]),
        )
        for event, _, _, sort_date, kind, title, summary, es, ls, ee, le, qualified in rows
    }  # fmt: skip


def totals_of(standing: Standing) -> dict[int, int]:
    """What an entry adds to the totals of all entries."""
    return {
        Total.ENTRIES: 1,
        Total.QUOTES: standing.quotes,
        Total.LOST: standing.lost,
        Total.UNCITED: int(not standing.quotes),
    }


def years_of(standing: Standing) -> Iterator[tuple[int, int, int, int]]:
    """By level: the bucket in which the entry may begin first and the one in which it may end last.

    Level, bucket, 1 or 0 for the start, 1 or 0 for the end; nothing for an undated entry.
    """
    if standing.earliest_start is None or standing.latest_end is None:
        return
    first, last = keys.year_of(standing.earliest_start), keys.year_of(standing.latest_end)
    for level, years in enumerate(keys.LEVELS):
        yield level, first // years, 1, 0
        yield level, last // years, 0, 1


def of_passages(passages: Collection[int]) -> dict[int, str]:
    """The texts of those of ``passages`` (primary keys) that are there."""
    return dict(Passage.objects.filter(pk__in=passages).values_list("pk", "text"))


def of_names(actors: Collection[int]) -> set[tuple[int, str]]:
    """The actors (primary keys) and what they are found by, as stems joined by blanks.

    That is every name as a whole and, for a person, every word of it.
    """
    named = Actor.objects.filter(pk__in=actors).values_list("pk", "kind", "name")
    aliases = Alias.objects.filter(actor__in=actors).values_list("actor", "actor__kind", "name")
    return {
        (actor, shown)
        for actor, kind, name in (*named, *aliases)
        for shown in _names(stems(name), alone=kind == Actor.Kind.PERSON)
    }


def of_likenesses(actors: Collection[int]) -> set[tuple[str, int]]:
    """The keys that actors (primary keys) share with those who may be the same."""
    named = Actor.objects.filter(pk__in=actors).values_list("pk", "kind", "name")
    aliases = Alias.objects.filter(actor__in=actors).values_list("actor", "actor__kind", "name")
    return {
        (key, actor)
        for actor, kind, name in (*named, *aliases)
        for key in keys_of_names([name], person=kind == Actor.Kind.PERSON)
    }


def _names(words: Sequence[str], *, alone: bool) -> Iterable[str]:
    if words:
        if len(whole := " ".join(words)) <= NAME_LETTERS:
            yield whole
        if alone:
            yield from words
