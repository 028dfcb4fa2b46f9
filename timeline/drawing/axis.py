"""The axis of a drawing: days in, percentages of its width out, and where it is marked.

Percentages rather than pixels, since a drawing is as wide as its reader's window (ADR 60).
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from timeline import edtf
from timeline.drawing.view import View, Whole
from timeline.edtf.ordinals import ordinal

DAYS = {Whole.YEARS: 365.2425, Whole.MONTHS: 30.436875, Whole.DAYS: 1.0}
LEAP = 1.02  # a leap year has twelve months, too
BELOW_A_YEAR = ((1, Whole.DAYS), (5, Whole.DAYS), (1, Whole.MONTHS), (3, Whole.MONTHS))


class Step(NamedTuple):
    """How far apart marks stand: a ``number`` of years, months or days."""

    number: int
    unit: Whole

    @property
    def days(self) -> float:
        """About so many days."""
        return self.number * DAYS[self.unit]


class Axis(NamedTuple):
    """The days of ``view``, laid out from 0 to 100."""

    view: View

    def at(self, day: int) -> float:
        """Where ``day`` (YYYYMMDD) begins; of one beyond an end of the axis it is that end."""
        return self._place(day, 0)

    def behind(self, day: int) -> float:
        """Where ``day`` ends."""
        return self._place(day, 1)

    def place(self, number: int) -> float:
        """Where the day with an ordinal begins, one of the axis or the first one behind."""
        return round(100 * (number - self.view.first) / self.view.days, 3)

    def _place(self, day: int, after: int) -> float:
        start, end = self.view.bounds
        if day < start:
            return 0.0
        return 100.0 if day > end else self.place(ordinal(day) + after)


def step_for(view: View, most: int) -> Step:
    """The smallest step that divides ``view`` into no more than about ``most`` parts."""
    steps = _steps(() if view.far else BELOW_A_YEAR)
    return next(one for one in steps if view.days <= most * one.days * LEAP)


def _steps(below_a_year: Iterable[tuple[int, Whole]]) -> Iterator[Step]:
    yield from (Step(number, unit) for number, unit in below_a_year)
    power = 1
    while power <= edtf.MAX_YEAR:
        yield from (Step(factor * power, Whole.YEARS) for factor in (1, 2, 5))
        power *= 10


@lru_cache(maxsize=1024)
def parts(view: View, step: Step) -> Sequence[View]:
    """The stretches of ``step`` that ``view`` touches, in order; the outer ones may reach beyond.

    Years and months are counted from the year 0, days from the first of each month.
    """
    cuts = [*_cuts(view, step)]
    return tuple(View(first, behind) for first, behind in pairwise(cuts) if behind > view.first)


def _cuts(view: View, step: Step) -> Iterator[int]:
    """Where stretches begin (ordinals), from before the view to behind it."""
    year, month, _day = edtf.from_int(view.bounds[0])
    size = {Whole.YEARS: 12 * step.number, Whole.MONTHS: step.number, Whole.DAYS: 1}[step.unit]
    months = (year * 12 + month - 1) // size * size
    last = view.first
    while last < view.behind:
        first = edtf.to_int(months // 12, months % 12 + 1, 1)
        days = range(1) if step.unit is not Whole.DAYS else _days(first, step.number)
        for day in days:
            if last >= view.behind:
                return
            last = ordinal(first) + day
            yield last
        months += size


def _days(first: int, number: int) -> range:
    """From the first of a month on, one day in so many; the last stretch takes in a day 31."""
    year, month, _day = edtf.from_int(first)
    length = edtf.days_in_month(year, month)
    return range(0, length if number == 1 else min(length, 30), number)
