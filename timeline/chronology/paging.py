"""Pages of a chronology by keyset: a cursor names the entry before the page, not its number."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from timeline import edtf
from timeline.chronology import scanning
from timeline.chronology.entries import Entry, EventRow, entries_of
from timeline.chronology.scanning import BEHIND_DATED, Stretch
from timeline.chronology.selection import Selection
from timeline.index import keys

CURSOR = re.compile(r"(?:(-?[0-9]{1,17})|undated)\.([0-9]{1,10})")


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the chronology: right after the event with this ``sort_date`` and primary key."""

    sort_date: int | None
    id: int

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """The cursor that ``str`` wrote; raises ValueError for anything else."""
        if (found := CURSOR.fullmatch(text)) is None:
            raise ValueError(f"“{text[:40]}” is no place in the chronology.")
        day, number = found.groups()
        cursor = cls(None if day is None else int(day), int(number))
        if cursor.id >= keys.IDS or not edtf.FIRST_DAY <= (cursor.sort_date or 0) <= edtf.LAST_DAY:
            raise ValueError(f"“{text[:40]}” is no place in the chronology.")
        return cursor

    @property
    def place(self) -> int:
        """Where it points to among the entries."""
        return keys.place(self.sort_date, self.id)

    def __str__(self) -> str:
        return f"{'undated' if self.sort_date is None else self.sort_date}.{self.id}"


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries in a row; ``next`` is None on the last page.

    ``has_previous`` tells whether there is a page before; its cursor ``previous`` is None if that
    is the first one.
    """

    entries: tuple[Entry, ...]
    next: Cursor | None = None
    has_previous: bool = False
    previous: Cursor | None = None


def read(
    selection: Selection,
    *,
    size: int,
    after: Cursor | None = None,
    latest_first: bool = False,
    known: Sequence[int] | None = None,
) -> Page:
    """At most ``size`` of the entries of ``selection`` by date, undated ones last, after ``after``.

    A few queries, none of which reads more than is shown. ``known`` are all places of the
    selection in their order, where somebody has read them already.
    """
    if known is not None:
        return _page_of(known, selection, size, after, latest_first=latest_first)
    found = _first(size + 1, selection, _following(after, latest_first=latest_first))
    rows = found[:size]
    page = Page(
        entries=entries_of(rows, selection.sought),
        next=_cursor(rows[-1]) if len(found) > size else None,
    )
    if after is None:
        return page
    back = _first(size + 1, selection, _leading_to(after, latest_first=latest_first))
    return replace(
        page, has_previous=bool(back), previous=_cursor(back[size]) if len(back) > size else None
    )


def _page_of(
    known: Sequence[int],
    selection: Selection,
    size: int,
    after: Cursor | None,
    *,
    latest_first: bool,
) -> Page:
    def rank(place: int) -> tuple[bool, int]:
        return place >= BEHIND_DATED, -place if latest_first else place

    places = sorted(known, key=rank)
    start = bisect_right(places, rank(after.place), key=rank) if after else 0
    before = start - size - 1  # the entry before the page before this one
    shown = places[start : start + size]
    wanted = [*places[max(before, 0) : before + 1], *shown]
    at = {
        keys.place(row.sort_date, row.id): row
        for row in map(EventRow._make, scanning.rows_at(wanted))
    }
    rows = [at[place] for place in shown]
    return Page(
        entries=entries_of(rows, selection.sought),
        next=_cursor(rows[-1]) if len(places) > start + size else None,
        has_previous=start > 0,
        previous=_cursor(at[places[before]]) if before >= 0 else None,
    )


def _cursor(row: EventRow) -> Cursor:
    return Cursor(row.sort_date, row.id)


def _first(wanted: int, selection: Selection, stretches: list[Stretch]) -> list[EventRow]:
    """The first ``wanted`` rows of one stretch after the other."""
    rows: list[EventRow] = []
    for stretch in stretches:
        if len(rows) < wanted:
            rest = replace(stretch, most=wanted - len(rows))
            rows += map(EventRow._make, scanning.read(scanning.ENTRY, selection, rest))
    return rows


def _following(after: Cursor | None, *, latest_first: bool) -> list[Stretch]:
    """What follows ``after``: dated entries in their order, then undated ones in the same."""
    dated = Stretch(behind=BEHIND_DATED, backwards=latest_first)
    undated = Stretch(first=BEHIND_DATED, backwards=latest_first)
    if after is None:
        return [dated, undated]
    beyond = (None, after.place) if latest_first else (after.place + 1, None)
    if after.sort_date is None:
        return [undated.within(*beyond)]
    return [dated.within(*beyond), undated]


def _leading_to(after: Cursor, *, latest_first: bool) -> list[Stretch]:
    """The entries up to ``after``, itself included, from there to the beginning."""
    dated = Stretch(behind=BEHIND_DATED, backwards=not latest_first)
    undated = Stretch(first=BEHIND_DATED, backwards=not latest_first)
    up_to = (after.place, None) if latest_first else (None, after.place + 1)
    if after.sort_date is None:
        return [undated.within(*up_to), dated]
    return [dated.within(*up_to)]
