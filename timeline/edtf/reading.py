"""From EDTF text to ``Edtf``: dates, intervals and sets."""

from functools import lru_cache

from timeline.edtf.bounds import bounds_of, level_of, mark_of
from timeline.edtf.cursor import Cursor
from timeline.edtf.dates import read_date
from timeline.edtf.days import FIRST_DAY, LAST_DAY
from timeline.edtf.model import Date, Edge, Edtf, Interval, Mark, Range, Set

CLOSERS = {"[": "]", "{": "}"}


@lru_cache(4096)
def parse(text: str) -> Edtf:
    """Read EDTF (levels 0 to 2 of the specification of 2019) and work out its bounds.

    Raises EdtfError, with a message for the person who wrote it, for anything else: a day that no
    calendar has, an interval that certainly ends before it begins, a year of hundreds of digits,
    or more than ``MAX_LENGTH`` characters. Takes about a millisecond at most, for any text.
    """
    cursor = Cursor(text)
    expression = _read_set(cursor) if text[0] in CLOSERS else _read_date_or_interval(cursor)
    if not cursor.at_end():
        cursor.fail(f"{cursor.here()} cannot follow what stands before it", "end the date here")
    bounds = bounds_of(expression)
    mark = mark_of(expression)
    return Edtf(
        text=text,
        expression=expression,
        level=level_of(expression),
        earliest_start=None if bounds.earliest_start == FIRST_DAY else bounds.earliest_start,
        latest_start=None if bounds.latest_start == LAST_DAY else bounds.latest_start,
        earliest_end=None if bounds.earliest_end == FIRST_DAY else bounds.earliest_end,
        latest_end=None if bounds.latest_end == LAST_DAY else bounds.latest_end,
        uncertain=Mark.UNCERTAIN in mark,
        approximate=Mark.APPROXIMATE in mark,
    )


def _read_date_or_interval(cursor: Cursor) -> Date | Interval:
    start = _read_edge(cursor)
    if not cursor.take("/"):
        if isinstance(start, Edge):
            cursor.fail("an open end belongs to an interval or a set", "write ../1984 or [..1984]")
        return start
    at = cursor.at
    end = _read_edge(cursor)
    if _is_timed(start) or _is_timed(end):
        cursor.fail("an interval is made of dates without a time of day", "leave the time out", at)
    if isinstance(start, Date) and isinstance(end, Date) and end.last < start.first:
        cursor.fail("the interval ends before it begins", "put the earlier date first", at)
    return Interval(start, end)


def _read_edge(cursor: Cursor) -> Date | Edge:
    if cursor.take(r"\.\."):
        return Edge.OPEN
    return Edge.UNKNOWN if cursor.at_end("/") else read_date(cursor)


def _is_timed(edge: Date | Edge) -> bool:
    return isinstance(edge, Date) and edge.time != ""


def _read_set(cursor: Cursor) -> Set:
    closer = CLOSERS[opener := cursor.take(r"[\[{]")]
    members = [_read_member(cursor, closer, first=True)]
    while cursor.take(","):
        if isinstance(members[-1], Range) and members[-1].end is None:
            cursor.fail("what is open to the future ends a set", "put it last", cursor.at - 1)
        members.append(_read_member(cursor, closer, first=False))
    if not cursor.take(rf"\{closer}"):
        cursor.fail(
            f"a comma or “{closer}” should stand here, not {cursor.here()}", f"add {closer}"
        )
    return Set(tuple(members), every=opener == "{")


def _read_member(cursor: Cursor, closer: str, *, first: bool) -> Date | Range:
    at = cursor.at
    if cursor.take(r"\.\."):
        if not first:
            cursor.fail("what is open to the past begins a set", "put it first", at)
        return Range(None, _read_plain_date(cursor))
    start = _read_plain_date(cursor)
    if not cursor.take(r"\.\."):
        return start
    if cursor.at_end("," + closer):
        return Range(start, None)
    return _checked_range(cursor, start)


def _checked_range(cursor: Cursor, start: Date) -> Range:
    at = cursor.at
    end = _read_plain_date(cursor)
    if end.precision != start.precision:
        cursor.fail(
            f"a range cannot go from a {start.precision} to a {end.precision}",
            "write both with the same parts",
            at,
        )
    if end.last < start.first:
        cursor.fail("the range ends before it begins", "put the earlier date first", at)
    return Range(start, end)


def _read_plain_date(cursor: Cursor) -> Date:
    at = cursor.at
    date = read_date(cursor)
    if date.season or date.time:
        cursor.fail("a set holds years, months and days", "leave out seasons and times", at)
    return date
