"""Reading one date of EDTF, which is what intervals and sets are made of."""

import re
from collections.abc import Callable
from typing import NoReturn, TypeVar

from timeline.edtf.cursor import Cursor
from timeline.edtf.days import (
    days_in_month,
    days_of_year,
    matching,
    outermost,
    to_int,
)
from timeline.edtf.model import Date, Mark, Year
from timeline.edtf.years import read_year

MARKS = {"": Mark.NONE, "?": Mark.UNCERTAIN, "~": Mark.APPROXIMATE, "%": Mark.BOTH}
TWO_DIGITS = "[0-9X]{2}"
TIME = "(([01][0-9]|2[0-3])(:[0-5][0-9]){2}|24:00:00)"
# Offsets within the widest in use; ISO 8601-1, 4.3.13, has no minus zero.
OFFSET = "(Z|(?!-00(:00)?$)([+](0[0-9]|1[0-3])|-(0[0-9]|1[01]))(:[0-5][0-9])?|([+]14|-12)(:00)?)?"

# Level 1, "Unspecified digit(s) from the right", lists these shapes; all others are level 2, as
# are an exponent, significant digits and any qualification that does not end the date.
FROM_THE_RIGHT = re.compile(r"\d{3}X|\d\dXX|\d{4}-XX|\d{4}-\d\d-XX|\d{4}-XX-XX")
LEVEL_2 = re.compile(r"^[?~%]|-[?~%]|[?~%]-|[ES]")
LEVEL_1 = re.compile(r"^[-Y]|[?~%]$")
LAST_SEASON_OF_LEVEL_1 = 24

# The first month and the length in months of each sub-year grouping (ISO 8601-2). The standard
# gives 21 to 24 no hemisphere and no season any days: we take northern meteorological seasons for
# 21 to 24, and let a season of December begin in the year that is written, so that 24 follows 23.
NORTHERN, SOUTHERN, QUARTERS = (3, 6, 9, 12), (9, 12, 3, 6), (1, 4, 7, 10)
THREE_MONTHS = [(first, 3) for first in (*NORTHERN, *NORTHERN, *SOUTHERN, *QUARTERS)]
FOUR_MONTHS, SIX_MONTHS = [(1, 4), (5, 4), (9, 4)], [(1, 6), (7, 6)]
SEASONS = dict(enumerate(THREE_MONTHS + FOUR_MONTHS + SIX_MONTHS, start=21))

Part = TypeVar("Part")


def read_date(cursor: Cursor) -> Date:
    """The date at the cursor: a year, month, season, day, or day with time.

    Raises EdtfError where there is none, or where no calendar has such a day.
    """
    start, marks = cursor.at, _Marks(cursor)
    year = marks.around(read_year)
    month = marks.around(_read_month) if _goes_on(cursor, alone=year.alone) else None
    season = int(month) if month and month.isdigit() and int(month) in SEASONS else None
    day_at = cursor.at + 1
    goes_on = month is not None and _goes_on(cursor, alone=season is not None)
    day = marks.around(_read_day) if goes_on else None
    span = _season_span(year, season) if season else _span(year, month, day)
    if span is None:
        _fail_for_impossible_day(cursor, day_at, year, month)
    written = cursor.text[start : cursor.at]
    return Date(
        year=year,
        month=None if season else month,
        season=season,
        day=day,
        time=_read_time(cursor, written) if cursor.take("T") else "",
        marks=marks.spread(),
        level=_level(written, season),
        first=span[0],
        last=span[1],
    )


class _Marks:
    """The qualifications of a date's parts, collected while they are read."""

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.sides: list[tuple[Mark, Mark]] = []

    def around(self, read: Callable[[Cursor], Part]) -> Part:
        """What ``read`` reads, between the qualifications at its sides."""
        before = self._take()
        part = read(self.cursor)
        self.sides.append((before, self._take()))
        return part

    def spread(self) -> tuple[Mark, ...]:
        """Each part's qualification: one on its left is its own, one on its right reaches back."""
        carried, spread = Mark.NONE, []
        for before, after in reversed(self.sides):
            carried |= after
            spread.append(before | carried)
        return tuple(reversed(spread))

    def _take(self) -> Mark:
        return MARKS[self.cursor.take("[?~%]")]


def _goes_on(cursor: Cursor, *, alone: bool) -> bool:
    """Whether a hyphen leads to a further part, which must not follow a part that is ``alone``."""
    goes_on = bool(cursor.take("-"))
    if goes_on and alone:
        cursor.fail("nothing can follow such a year or season", "end it here", cursor.at - 1)
    return goes_on


def _read_month(cursor: Cursor) -> str:
    at, digits = cursor.at, _two_digits(cursor)
    if not matching(digits, 12) and not (digits.isdigit() and int(digits) in SEASONS):
        cursor.fail(
            f"there is no month or season {digits}", "write 01 to 12, or 21 to 41 for a season", at
        )
    return digits


def _read_day(cursor: Cursor) -> str:
    at, digits = cursor.at, _two_digits(cursor)
    if not matching(digits, 31):
        cursor.fail(f"there is no day {digits}", "write 01 to 31, or leave the day out", at)
    return digits


def _two_digits(cursor: Cursor) -> str:
    digits = cursor.take(TWO_DIGITS)
    if not digits:
        cursor.fail(f"two digits should stand here, not {cursor.here()}", "write 01, 12 or XX")
    return digits


def _read_time(cursor: Cursor, date: str) -> str:
    """The time of day after ``date``, which must be a day without anything doubtful."""
    if not re.fullmatch(r"-?\d{4}-\d\d-\d\d", date):
        cursor.fail("a time of day follows a full date only", "leave it out", cursor.at - 1)
    time = cursor.take(TIME)
    if not time:
        cursor.fail("no time of day stands here", "write hours, minutes, seconds like 23:20:30")
    return time + cursor.take(OFFSET)


def _span(year: Year, month: str | None, day: str | None) -> tuple[int, int] | None:
    if month is None:
        return to_int(year.first, 1, 1), to_int(year.last, 12, 31)
    return outermost(year.digits, days_of_year(month, day or "XX"), negative=year.negative)


def _season_span(year: Year, season: int) -> tuple[int, int]:
    month, length = SEASONS[season]
    years_on, month_before = divmod(month + length - 2, 12)
    last_year, last_month = year.last + years_on, month_before + 1
    last_day = days_in_month(last_year, last_month)
    return to_int(year.first, month, 1), to_int(last_year, last_month, last_day)


def _fail_for_impossible_day(cursor: Cursor, at: int, year: Year, month: str | None) -> NoReturn:
    if month and month.isdigit() and not year.vague:
        length = days_in_month(year.first, int(month))
        cursor.fail(f"that month has {length} days", f"write 01 to {length}", at)
    cursor.fail("no calendar has such a day", "write XX for a day that is not known", at)


def _level(written: str, season: int | None) -> int:
    if LEVEL_2.search(written) or (season or 0) > LAST_SEASON_OF_LEVEL_1:
        return 2
    if "X" in written and not FROM_THE_RIGHT.fullmatch(written.strip("-?~%")):
        return 2
    return 1 if season or "X" in written or LEVEL_1.search(written) else 0
