"""How much is recorded of actors in which years, and where the record is silent.

Nothing recorded is not nothing happened, and there is more than one kind of nothing: the chronology
may have entries of these years, none of them with the actor; it may have no entry at all; or it
may know no name of the actor for these years.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from functools import lru_cache
from math import log
from typing import NamedTuple

from django.utils.translation import get_language

from actors.models import Alias
from timeline import localised
from timeline.drawing.shapes import bounds_of
from timeline.filters.addresses import query_string
from timeline.filters.facets import years_label
from timeline.index import keys, sql, tallies
from timeline.index.columns import (
    CENTURY,
    Column,
    Recorded,
    by_century,
    columns_of,
    recorded_in,
)
from timeline.index.facts import Facet, Total
from timeline.index.values import Named, named

SHADES = 5
ALL = int(Total.ENTRIES)


class Silence(Enum):
    """Why a cell is empty."""

    ACTOR = "actor"  # the chronology has entries, but none with the actor
    CHRONOLOGY = "chronology"  # it has none at all
    NAMELESS = "nameless"  # it has none, and all names of the actor belong to other years


class Cell(NamedTuple):
    """The number of entries that possibly lie in some years and their address, or why none does.

    ``shade`` is 1 for the fewest and SHADES for the most. It is 0 where no entry does, and where
    those that do may only because their beginning or end is open or unknown: no year of theirs lies
    here or further out.
    """

    label: str
    entries: int
    shade: int
    query: str
    silence: Silence | None


class Row(NamedTuple):
    """An actor and its cells."""

    actor: Named
    cells: tuple[Cell, ...]


class Grid(NamedTuple):
    """Rows, and ``all_entries``, the cells of the whole chronology, as their headings."""

    all_entries: tuple[Cell, ...]
    rows: tuple[Row, ...]

    @property
    def marks(self) -> set[str]:
        """The silences that there are, for the legend, and 'open' where a number has no shade."""
        rows = (self.all_entries, *(row.cells for row in self.rows))
        cells = [one for row in rows for one in row if not one.shade]
        return {one.silence.value if one.silence else "open" for one in cells}


class MostRecorded(Sequence[Named]):
    """All actors that some entry has, those with the most entries first; read where they are asked.

    A sequence for Django's paginator.
    """

    WITH_ENTRIES = f"FROM index_value WHERE facet = {Facet.ACTOR:d} AND entries > 0"

    def __len__(self) -> int:
        return int(sql.rows(f"SELECT COUNT(*) {self.WITH_ENTRIES}")[0][0])

    def __getitem__(self, place: slice) -> list[Named]:  # type: ignore[override]
        ids = sql.rows(
            f"SELECT id {self.WITH_ENTRIES} ORDER BY entries DESC, id LIMIT %s OFFSET %s",
            [place.stop - place.start, place.start],
        )
        found = named(one for (one,) in ids)
        return [found[one] for (one,) in ids]


def grid_of(actors: Sequence[Named]) -> Grid | None:
    """The grid of some actors, in a constant number of queries; None where no year is named."""
    extent = tallies.extent(ALL)
    if extent is None:
        return None
    columns = columns_of(*extent, by_century(ALL, *extent))
    found = recorded_in([ALL, *(one.id for one in actors)], columns)
    known = known_years(actors)
    highest = max((number for one in actors for number in found[one.id].entries), default=0)
    language = get_language()
    labels = [column_label(column, language) for column in columns]

    def cells(value: int, highest: int, slug: str = "") -> tuple[Cell, ...]:
        return tuple(
            Cell(
                label,
                entries,
                _shade(entries, highest) if _named(found[value], place) else 0,
                address,
                None if entries else _silence(column, among, known.get(slug)),
            )
            for place, (column, label, address, entries, among) in enumerate(
                zip(
                    columns,
                    labels,
                    _addresses(columns, slug),
                    found[value].entries,
                    found[ALL].entries,
                    strict=True,
                )
            )
        )

    return Grid(
        cells(ALL, max(found[ALL].entries)),
        tuple(Row(actor, cells(actor.id, highest, actor.slug)) for actor in actors),
    )


def _named(recorded: Recorded, place: int) -> bool:
    """Whether a column lies among those that the entries name."""
    return recorded.named is not None and recorded.named[0] <= place <= recorded.named[1]


def known_years(actors: Iterable[Named]) -> dict[str, tuple[int, int]]:
    """By slug the years outside which an actor had no name, of those whose names all have periods.

    Its own name is among these only where it is given once more with a period; without that nobody
    has said when the actor began or ended, and no other name tells it (ADR 57).
    """
    periods: Mapping[str, dict[str, str]] = defaultdict(dict)
    own = {one.slug: one.name for one in actors}
    aliases = Alias.objects.filter(actor__slug__in=own)
    for slug, name, period in aliases.values_list("actor__slug", "name", "period"):
        periods[slug][name] = period
    return {
        slug: (
            min(keys.year_of(bounds_of(period).earliest_start) for period in names.values()),
            max(keys.year_of(bounds_of(period).latest_end) for period in names.values()),
        )
        for slug, names in periods.items()
        if own[slug] in names and all(names.values())
    }


def _silence(column: Column, among: int, known: tuple[int, int] | None) -> Silence:
    if known and (column.last < known[0] or column.first > known[1]):
        return Silence.NAMELESS
    return Silence.ACTOR if among else Silence.CHRONOLOGY


def _shade(entries: int, highest: int) -> int:
    """From 1 to SHADES by the logarithm, or one frequent actor would make all others pale."""
    if entries < 1:
        return 0
    if highest == 1:
        return 1
    return 1 + round((SHADES - 1) * log(entries) / log(highest))


def _addresses(columns: Sequence[Column], slug: str) -> list[str]:
    """The query string of each column, of all entries or of those with the actor ``slug``."""
    actor = [("actor", "")] if slug else []
    return [f"{_years(one.first, one.last, *actor)}{slug}" for one in columns]


@lru_cache(maxsize=1024)
def _years(first: int, last: int, *more: tuple[str, str]) -> str:
    return query_string([("from", str(first)), ("to", str(last)), *more])


@lru_cache(maxsize=1024)
def column_label(column: Column, language: str | None) -> str:
    """'1940s', '17th century', '101–2 BCE'."""
    if column.width == CENTURY and column.first > 0:
        return localised.century_label(column.first)
    return years_label(column.first, column.last, language)
