"""What a reader sees of the timeline: some days in a row, in addresses a date or an interval."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from timeline import edtf
from timeline.edtf import Window
from timeline.edtf.ordinals import day_at, ordinal

LEAST_DAYS = 10
MONTHS_FROM, YEARS_FROM = 60, 800  # days from which on a view is of whole months, of whole years
FAR = edtf.MAX_YEAR - 1  # what lies beyond cannot be moved to
LAST_FOUR = 9_999  # the last year of four digits; months of those beyond cannot be written
DATE = r"(?:-?\d{4}(?:-[01]\d(?:-\d\d)?)?|Y-?\d{5,12})"
PLAIN = re.compile(f"{DATE}(?:/{DATE})?", re.ASCII)


class Whole(Enum):
    """What a stretch of time is counted in."""

    DAYS = "day"
    MONTHS = "month"
    YEARS = "year"


@dataclass(frozen=True)
class View:
    """The days (``edtf.ordinals``) from ``first`` up to, not including, ``behind``."""

    first: int
    behind: int

    @classmethod
    def of(cls, start: int, end: int) -> "View":
        """From the day ``start`` to the day ``end`` (YYYYMMDD), both included."""
        return cls(ordinal(start), ordinal(end) + 1)

    @classmethod
    def of_years(cls, first: int, last: int) -> "View":
        """Whole years, both included."""
        return cls.of(edtf.to_int(first, 1, 1), edtf.to_int(last, 12, 31))

    @classmethod
    def around(cls, first: int, last: int, margin: int) -> "View":
        """Some years and ``margin`` more at both ends, as far as can be moved to."""
        return cls.of_years(max(first - margin, -FAR), min(last + margin, FAR))

    @classmethod
    def read(cls, text: str) -> "View":
        """The view that an address gives: '1948', '1948/1953', '1948-10/1948-12' or days, as EDTF.

        Raises ValueError for anything else, and for what is out of reach.
        """
        if not PLAIN.fullmatch(text):
            raise ValueError(f"“{text}” is no plain date, nor two of them.")
        date = edtf.parse(text)
        start, end = date.earliest_start, date.latest_end
        if start is None or end is None:
            raise ValueError(f"“{text}” is out of reach.")
        return cls.of(start, end).snapped()

    @property
    def days(self) -> int:
        """How many days it has."""
        return self.behind - self.first

    @cached_property
    def window(self) -> Window:
        """The same as days of a calendar."""
        return Window(*self.bounds)

    @cached_property
    def bounds(self) -> tuple[int, int]:
        """Its first and its last day (YYYYMMDD)."""
        return day_at(self.first), day_at(self.behind - 1)

    @property
    def years(self) -> tuple[int, int]:
        """The years of its first and of its last day."""
        start, end = self.bounds
        return edtf.from_int(start)[0], edtf.from_int(end)[0]

    @property
    def whole(self) -> Whole:
        """The largest parts of the calendar of which it is made."""
        (_y, month, day), (year, last_month, last_day) = map(edtf.from_int, self.bounds)
        if (month, day, last_month, last_day) == (1, 1, 12, 31):
            return Whole.YEARS
        if day == 1 and last_day == edtf.days_in_month(year, last_month):
            return Whole.MONTHS
        return Whole.DAYS

    def __str__(self) -> str:
        return self._text

    @cached_property
    def _text(self) -> str:
        start, end = (_written(day, self.whole) for day in self.bounds)
        return start if start == end else f"{start}/{end}"

    def snapped(self) -> "View":
        """It with its ends at whole years or months where it is so long that days do not matter.

        So there are not as many addresses as there are pixels. Far years are always whole.
        """
        first, behind = self.first, max(self.behind, self.first + LEAST_DAYS)
        (year, month, _d), (last_year, last_month, _e) = (
            edtf.from_int(day_at(day)) for day in (first, behind - 1)
        )
        if behind - first >= MONTHS_FROM:
            end = edtf.to_int(last_year, last_month, edtf.days_in_month(last_year, last_month))
            first, behind = ordinal(edtf.to_int(year, month, 1)), ordinal(end) + 1
        if behind - first >= YEARS_FROM or _far(year, last_year):
            return View.of_years(year, last_year)
        return View(first, behind)

    def moved(self, share: float) -> "View":
        """As long a view, later by ``share`` of itself (earlier where it is negative)."""
        if self.whole is Whole.DAYS:
            by = round(self.days * share)
            return View(self.first + by, self.behind + by).snapped()
        unit = 12 if self.whole is Whole.YEARS else 1
        start, end = (_months(day) for day in self.bounds)
        step = max(1, round((end - start + 1) * abs(share) / unit)) * unit
        step = step if share > 0 else -step
        return View(_month(start + step), _month(end + 1 + step)).snapped()

    def zoomed(self, factor: float, middle: int | None = None) -> "View":
        """A view shorter by ``factor`` (longer where it is below 1).

        It is around the same middle or, where one is given (an ordinal), as near to that as this
        view has room for.
        """
        days = max(LEAST_DAYS, round(self.days / factor))
        first = self.first + (self.days - days) // 2
        if middle is not None and days < self.days:
            first = min(max(middle - days // 2, self.first), self.behind - days)
        return View(first, first + days).snapped()

    @property
    def reachable(self) -> bool:
        """Whether it can be read again."""
        return all(abs(year) <= FAR for year in self.years)

    @property
    def far(self) -> bool:
        """Whether it has years of which no months can be written."""
        return _far(*self.years)


def _far(*years: int) -> bool:
    return any(abs(year) > LAST_FOUR for year in years)


def _written(day: int, whole: Whole) -> str:
    year, month, in_month = edtf.from_int(day)
    written = f"{'-' if year < 0 else ''}{abs(year):04}"
    if _far(year):
        written = f"Y{year}"
    if whole is Whole.YEARS:
        return written
    return f"{written}-{month:02}" + ("" if whole is Whole.MONTHS else f"-{in_month:02}")


def _months(day: int) -> int:
    year, month, _day = edtf.from_int(day)
    return year * 12 + month - 1


def _month(months: int) -> int:
    """The ordinal of the first day of a month."""
    return ordinal(edtf.to_int(months // 12, months % 12 + 1, 1))
