"""The SQL of the chronology: which entries a selection has, in their order, some at a time.

An entry that reaches into some years may have begun long before them. The entries of each span
(``timeline.index.keys``) that can do so stand in one short stretch, and are read in their order;
the stretches of all spans are then merged. None reads more than it is asked for, whatever the
number of entries.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from timeline import edtf
from timeline.chronology.selection import Selection
from timeline.index import documents, finding, keys, sql

BEHIND_DATED = keys.UNDATED * keys.IDS
COLUMNS = "e.id, e.sort_date, e.slug, e.title, e.kind, e.date, e.date_basis, e.date_note, e.summary"
ENTRY = (
    f"SELECT {COLUMNS} "
    "FROM ({places}) x JOIN timeline_event e ON e.id = (x.place & 4294967295) ORDER BY x.place{way}"
)
MARKS = (
    "SELECT i.place, i.earliest_start, i.latest_end, i.latest_start, i.earliest_end, i.vals "
    "FROM ({places}) x JOIN index_entry i ON i.place = x.place ORDER BY x.place{way}"
)
VALUES = "SELECT i.vals FROM ({places}) x JOIN index_entry i ON i.place = x.place"
PLACES = "SELECT x.place FROM ({places}) x ORDER BY x.place{way}"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Places from ``first`` on and before ``behind``, read backwards or not, at most ``most``."""

    first: int | None = None
    behind: int | None = None
    backwards: bool = False
    most: int = 0

    def within(self, first: int | None, behind: int | None) -> "Stretch":
        """The part of it between two places."""
        firsts = [one for one in (self.first, first) if one is not None]
        ends = [one for one in (self.behind, behind) if one is not None]
        return Stretch(
            max(firsts, default=None), min(ends, default=None), self.backwards, self.most
        )


def read(columns: str, selection: Selection, stretch: Stretch) -> list[sql.Row]:
    """Rows of ENTRY, MARKS or PLACES, what ``selection`` has in ``stretch``; or of VALUES.

    Rows of VALUES come in no order of time, which spares looking into every span.
    """
    way = " DESC" if stretch.backwards else ""
    order = "" if columns is VALUES else f" ORDER BY place{way}"
    parts, parameters = [], []
    for number, (leg, given) in enumerate(_legs(selection, stretch)):
        parts.append(f"SELECT place FROM ({leg}{order} LIMIT {stretch.most}) leg{number}")
        parameters += given
    union = " UNION " if len(selection.drivers) > 1 else " UNION ALL "
    places = f"{union.join(parts)}{order} LIMIT {stretch.most}"
    return sql.rows(columns.format(places=places, way=way), parameters)


def rows_at(places: Iterable[int]) -> list[sql.Row]:
    """Rows of ENTRY for places that are known, in any order."""
    statement = f"SELECT {COLUMNS} FROM timeline_event e WHERE e.{{among}}"
    return sql.rows_among(statement, "id", [keys.event_at(place) for place in places])


Leg = tuple[str, list[str | int | None]]


def _legs(selection: Selection, stretch: Stretch) -> Iterator[Leg]:
    """Selects of places that have no double among those of one leg, each with its parameters."""
    window = selection.window if selection.dated else None
    if window is None and selection.drivers == (None,):
        yield _leg(selection, stretch, None, None, None)
        return
    spans = [*keys.DATED_SPANS, *([] if window else [keys.NO_DATE])]
    for span in spans:
        part = stretch.within(*keys.places_in(span, window)) if window else stretch
        for driver in selection.drivers:
            yield _leg(selection, part, window, span, driver)


def _leg(
    selection: Selection,
    stretch: Stretch,
    window: edtf.Window | None,
    span: int | None,
    driver: int | None,
) -> Leg:
    conditions: list[str] = []
    given: list[str | int | None] = []
    if selection.sought:
        place, end = f"w.{documents.key('place')}", "i.latest_end"
        tables = "index_words w"
        found = finding.match(selection.sought, values=selection.groups, span=span)
        conditions.append(f"w.{documents.matches()}")
        given.append(found)
        joined = window is not None
    elif driver is None:
        place, end, tables, joined = "i.place", "i.latest_end", "index_entry i", False
        if span is not None:
            conditions.append(f"i.span = {span}")
    else:
        place, end, tables = "p.place", "p.latest_end", "index_posting p"
        conditions += ["p.value = %s", f"p.span = {span}"]
        given.append(driver)
        conditions += [
            "EXISTS (SELECT 1 FROM index_posting o WHERE o.span = p.span AND o.place = p.place "
            f"AND o.value IN ({sql.listed(group)}))"
            for group in selection.groups[1:]
        ]
        joined = window is not None and (selection.certain or selection.far)
    if joined:
        tables += f" JOIN index_entry i ON i.place = {place}"
    for operator, limit in ((">=", stretch.first), ("<", stretch.behind)):
        if limit is not None:
            conditions.append(f"{place} {operator} %s")
            given.append(limit)
    if window is not None:
        for condition, limit in _in_window(selection, window, end):
            conditions.append(condition)
            given += [] if limit is None else [limit]
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT {place} AS place FROM {tables}{where}", given


def _in_window(
    selection: Selection, window: edtf.Window, end: str
) -> Iterator[tuple[str, int | None]]:
    """What the stretch of places does not say already, each with its parameter."""
    if window.start is not None:
        yield f"{end} >= %s", window.start
    if window.end is not None and selection.far:
        yield "i.earliest_start <= %s", window.end
    if selection.certain:
        yield "i.qualified = 0", None
        sure = selection.asked
        if sure.end is not None:
            yield "i.latest_start <= %s", sure.end
        if sure.start is not None:
            yield "i.earliest_end >= %s", sure.start
