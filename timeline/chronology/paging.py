"""Pages of a chronology by keyset: a cursor names the entry before the page, not its number."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Q

from timeline.chronology.entries import Entry, EventRow, entries_of, rows_of
from timeline.models.event import EventQuerySet

CURSOR = re.compile(r"(?:(-?[0-9]{1,17})|undated)\.([0-9]{1,18})")


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
        return cls(None if day is None else int(day), int(number))

    def __str__(self) -> str:
        return f"{'undated' if self.sort_date is None else self.sort_date}.{self.id}"


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries in a row; ``total`` counts all, ``next`` is None on the last page.

    ``has_previous`` tells whether there is a page before; its cursor ``previous`` is None if that
    is the first one.
    """

    entries: tuple[Entry, ...]
    total: int
    next: Cursor | None = None
    has_previous: bool = False
    previous: Cursor | None = None


def read(
    events: EventQuerySet, *, size: int, after: Cursor | None = None, latest_first: bool = False
) -> Page:
    """At most ``size`` of ``events`` by date, undated ones last, from ``after`` on.

    At most six queries, whatever the number of events.
    """
    found = _first(size + 1, _legs(events, after, latest_first=latest_first))
    rows = found[:size]
    page = Page(
        entries=entries_of(rows),
        total=events.count(),
        next=_cursor(rows[-1]) if len(found) > size else None,
    )
    if after is None:
        return page
    back = _first(size + 1, _legs_back(events, after, latest_first=latest_first))
    return replace(
        page, has_previous=bool(back), previous=_cursor(back[size]) if len(back) > size else None
    )


def _cursor(row: EventRow) -> Cursor:
    return Cursor(row.sort_date, row.id)


def _first(wanted: int, legs: Iterable[EventQuerySet]) -> list[EventRow]:
    """The first ``wanted`` rows of one leg after the other."""
    rows: list[EventRow] = []
    for leg in legs:
        if len(rows) < wanted:
            rows += rows_of(leg[: wanted - len(rows)])
    return rows


def _legs(
    events: EventQuerySet, after: Cursor | None, *, latest_first: bool
) -> tuple[EventQuerySet, ...]:
    """What follows ``after``: dated events in their order, then undated ones.

    Two queries rather than one with NULLS LAST, so that each can stop at the size of the page.
    """
    dated, undated = _ordered(events, backwards=latest_first)
    if after is None:
        return dated, undated
    beyond = _beyond(after, backwards=latest_first)
    return (undated.filter(beyond),) if after.sort_date is None else (dated.filter(beyond), undated)


def _legs_back(
    events: EventQuerySet, after: Cursor, *, latest_first: bool
) -> tuple[EventQuerySet, ...]:
    """The entries up to ``after``, itself included, from there to the beginning."""
    dated, undated = _ordered(events, backwards=not latest_first)
    up_to = _beyond(after, backwards=not latest_first) | Q(pk=after.id)
    return (undated.filter(up_to), dated) if after.sort_date is None else (dated.filter(up_to),)


def _ordered(events: EventQuerySet, *, backwards: bool) -> tuple[EventQuerySet, EventQuerySet]:
    sign = "-" if backwards else ""
    return (
        events.dated().order_by(f"{sign}sort_date", f"{sign}id"),
        events.undated().order_by(f"{sign}id"),
    )


def _beyond(cursor: Cursor, *, backwards: bool) -> Q:
    side = "lt" if backwards else "gt"
    later = Q(**{f"id__{side}": cursor.id})
    if cursor.sort_date is None:
        return later
    day = cursor.sort_date
    return Q(**{f"sort_date__{side}e": day}) & (Q(**{f"sort_date__{side}": day}) | later)
