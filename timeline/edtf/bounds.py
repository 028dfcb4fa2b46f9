"""What follows from a whole expression: its four bounds, its level, its qualification."""

from functools import reduce
from operator import or_
from typing import NamedTuple

from timeline.edtf.days import FIRST_DAY, LAST_DAY
from timeline.edtf.model import Date, Edge, Expression, Interval, Mark, Range, Set

Days = tuple[int, int]  # the first and the last day that something can be
ALWAYS_BEFORE, ALWAYS_AFTER, ANY_DAY = (
    (FIRST_DAY, FIRST_DAY),
    (LAST_DAY, LAST_DAY),
    (FIRST_DAY, LAST_DAY),
)


class Bounds(NamedTuple):
    """The four bounds as integers; what is infinite is FIRST_DAY or LAST_DAY."""

    earliest_start: int
    latest_start: int
    earliest_end: int
    latest_end: int


def bounds_of(expression: Expression) -> Bounds:
    """The four bounds: where the start can lie, and where the end can lie."""
    match expression:
        case Date():
            return _of_one([_days(expression)])
        case Interval(start, end):
            return _of_interval(_days_of_edge(start, at_start=True), _days_of_edge(end))
        case Set(members, every):
            spans = [days for member in members for days in _days_of_member(member)]
            # Between the members of {1850,1950} nothing is certain, so its ends limit each other
            # no more than those of one unknown point; {1946..1949} has nothing between.
            return _of_all(spans) if every and len(members) == 1 else _of_one(spans)


def _days_of_edge(edge: Date | Edge, *, at_start: bool = False) -> Days:
    """The first and the last day that an end of an interval can be."""
    if isinstance(edge, Date):
        return _days(edge)
    if edge is Edge.UNKNOWN:
        return ANY_DAY
    return ALWAYS_BEFORE if at_start else ALWAYS_AFTER


def _days(date: Date) -> Days:
    """The first and the last day that a date can be; beyond the bounds' reach, the outermost."""
    return _within_reach(date.first), _within_reach(date.last)


def _within_reach(day: int) -> int:
    return max(FIRST_DAY, min(day, LAST_DAY))


def _of_interval(start: Days, end: Days) -> Bounds:
    """Start and end limit each other: nothing ends before it begins."""
    return Bounds(start[0], min(start[1], end[1]), max(start[0], end[0]), end[1])


def _of_one(spans: list[Days]) -> Bounds:
    first, last = min(days[0] for days in spans), max(days[1] for days in spans)
    return Bounds(first, last, first, last)


def _of_all(spans: list[Days]) -> Bounds:
    """Every day of a range, so it starts with the first and ends with the last of them."""
    firsts, lasts = [days[0] for days in spans], [days[1] for days in spans]
    return Bounds(min(firsts), min(lasts), max(firsts), max(lasts))


def _days_of_member(member: Date | Range) -> list[Days]:
    if isinstance(member, Date):
        return [_days(member)]
    return [
        _days(member.start) if member.start else ALWAYS_BEFORE,
        _days(member.end) if member.end else ALWAYS_AFTER,
    ]


def level_of(expression: Expression) -> int:
    """The conformance level: a set, or an unspecified digit in an interval, makes it 2."""
    match expression:
        case Date():
            return expression.level
        case Interval(start, end):
            return max(_level_of_edge(start), _level_of_edge(end))
        case Set():
            return 2


def _level_of_edge(edge: Date | Edge) -> int:
    if isinstance(edge, Edge):
        return 1
    return 2 if edge.unspecified else edge.level


def mark_of(expression: Expression) -> Mark:
    """All that is said of any part of any date."""
    return reduce(or_, (date.mark for date in _dates(expression)), Mark.NONE)


def _dates(expression: Expression | Range) -> list[Date]:
    match expression:
        case Date():
            return [expression]
        case Interval(start, end) | Range(start, end):
            return [date for date in (start, end) if isinstance(date, Date)]
        case Set(members):
            return [date for member in members for date in _dates(member)]
