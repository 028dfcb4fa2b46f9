"""What an EDTF expression says, as frozen data: its bounds, and its parts for wording."""

from dataclasses import dataclass
from enum import Enum, Flag
from functools import reduce
from operator import or_

from timeline.edtf.days import LEAP_DAY, WILD, days_of_year, leap_years, years


class EdtfError(ValueError):
    """A text is no EDTF expression; the message says what is wrong, where, and what to write.

    ``position`` is the 0-based index in the text at which reading stopped.
    """

    def __init__(self, text: str, position: int, problem: str, advice: str) -> None:
        shown = text if len(text) <= 40 else f"{text[:40]}…"
        super().__init__(f"“{shown}”, character {position + 1}: {problem}; {advice}.")
        self.position = position


class Mark(Flag):
    """A qualification: ``?`` uncertain, ``~`` approximate, ``%`` both."""

    NONE = 0
    UNCERTAIN = 1
    APPROXIMATE = 2
    BOTH = 3


@dataclass(frozen=True, slots=True)
class Year:
    """A year's digits without sign; ``X`` is an unspecified digit.

    ``significant`` is the number of digits that count in an estimate (``1950S2``), else None.
    """

    digits: str
    negative: bool = False
    significant: int | None = None

    @property
    def alone(self) -> bool:
        """Whether no month can follow: a year of five digits or more, or an estimate."""
        return len(self.digits) > 4 or self.significant is not None

    @property
    def vague(self) -> bool:
        """Whether a digit is unspecified."""
        return WILD in self.digits

    @property
    def first(self) -> int:
        """The earliest year that this can be."""
        return min(self._extremes())

    @property
    def last(self) -> int:
        """The latest year that this can be."""
        return max(self._extremes())

    @property
    def estimate(self) -> int:
        """The year as written, which with significant digits is only the likeliest one."""
        return -int(self.digits) if self.negative else int(self.digits)

    def _extremes(self) -> tuple[int, int]:
        if self.vague:
            return (
                next(years(self.digits, negative=self.negative)),
                next(years(self.digits, negative=self.negative, backwards=True)),
            )
        size = abs(self.estimate)
        unit = 10 ** max(0, len(str(size)) - (self.significant or len(str(size))))
        low = size - size % unit
        sign = -1 if self.negative else 1
        return sign * low, sign * (low + unit - 1)


@dataclass(frozen=True, slots=True)
class Date:
    """One date of some precision: its parts, how far they are doubted, its first and last day.

    ``month`` and ``day`` are two digits, ``X`` for an unspecified one; ``season`` is a code from 21
    to 41 (ISO 8601-2, sub-year groupings). ``time`` is the time of day as written without its
    ``T`` (``23:20:30Z``), or empty. ``marks`` belong to the parts in order, the year first.
    """

    year: Year
    month: str | None
    season: int | None
    day: str | None
    time: str
    marks: tuple[Mark, ...]
    level: int
    first: int
    last: int

    @property
    def mark(self) -> Mark:
        """All that is said of any part."""
        return reduce(or_, self.marks)

    @property
    def unspecified(self) -> bool:
        """Whether any digit is unspecified."""
        return WILD in f"{self.year.digits}{self.month}{self.day}"

    @property
    def precision(self) -> str:
        """The smallest part that is given: ``year``, ``season``, ``month`` or ``day``."""
        if self.season:
            return "season"
        return "day" if self.day else "month" if self.month else "year"

    def possible_days(self) -> tuple[tuple[int, int], ...]:
        """Each (month, day) that the digits can stand for, in order; a season tells none."""
        found = days_of_year(self.month or WILD * 2, self.day or WILD * 2)
        if next(leap_years(self.year.digits, negative=self.year.negative), None) is None:
            return tuple(pair for pair in found if pair != LEAP_DAY)
        return found


class Edge(Enum):
    """An end of an interval that is no date."""

    OPEN = ".."
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``start`` to ``end``, both included."""

    start: Date | Edge
    end: Date | Edge


@dataclass(frozen=True, slots=True)
class Range:
    """All dates of a set from ``start`` to ``end``; None is without limit. Never both None."""

    start: Date | None
    end: Date | None

    @property
    def precision(self) -> str:
        """What the range counts in: ``year``, ``month`` or ``day``."""
        date = self.start or self.end
        return date.precision if date else "day"


@dataclass(frozen=True, slots=True)
class Set:
    """One of ``members`` (``[…]``), or all of them (``{…}``) when ``every`` is true."""

    members: tuple[Date | Range, ...]
    every: bool


Expression = Date | Interval | Set


@dataclass(frozen=True, slots=True)
class Edtf:
    """An EDTF expression: ``text`` as given, which is the truth, and what follows from it.

    The bounds are days as ``to_int`` makes them. They are always in order: earliest ≤ latest, and
    start ≤ end. An *earliest* bound that is None lies infinitely early, a *latest* one infinitely
    late. What is open on the other side is a number: ``1953/..`` goes on for ever, so its
    ``earliest_end`` is ``LAST_DAY``; ``../1953`` has no beginning, so its ``latest_start`` is
    ``FIRST_DAY``. A date beyond ``MAX_YEAR`` is infinitely late or early. Qualification (``?``,
    ``~``, ``%``) never widens a bound.

    ``level`` is the conformance level 0, 1 or 2 that the expression needs.
    """

    text: str
    expression: Expression
    level: int
    earliest_start: int | None
    latest_start: int | None
    earliest_end: int | None
    latest_end: int | None
    uncertain: bool
    approximate: bool

    @property
    def qualified(self) -> bool:
        """Whether any part is uncertain or approximate."""
        return self.uncertain or self.approximate
