"""Whether a date lies in a span of time, possibly or certainly, and whether dates disagree."""

from collections.abc import Collection
from dataclasses import dataclass

from timeline.edtf.days import FIRST_DAY, LAST_DAY, MAX_YEAR, to_int
from timeline.edtf.model import Edtf
from timeline.edtf.reading import parse


@dataclass(frozen=True, slots=True)
class Window:
    """The days from ``start`` to ``end``, both included, as ``to_int`` makes them; None is open."""

    start: int | None
    end: int | None

    @classmethod
    def years(cls, from_year: int | None, to_year: int | None) -> "Window":
        """From the first day of one year to the last of another (astronomical years).

        Raises ValueError when the years are in the wrong order or beyond ``MAX_YEAR``.
        """
        for year in (from_year, to_year):
            if year is not None and abs(year) >= MAX_YEAR:
                raise ValueError(f"The year {year} is out of reach.")
        if from_year is not None and to_year is not None and from_year > to_year:
            raise ValueError(f"The years from {from_year} to {to_year} are in the wrong order.")
        return cls(
            None if from_year is None else to_int(from_year, 1, 1),
            None if to_year is None else to_int(to_year, 12, 31),
        )

    def within(self, other: "Window") -> "Window":
        """The days of both; from a later day to an earlier one where there are none."""
        starts = [day for day in (self.start, other.start) if day is not None]
        ends = [day for day in (self.end, other.end) if day is not None]
        return Window(max(starts, default=None), min(ends, default=None))


def possibly_in(date: Edtf, window: Window) -> bool:
    """Whether some reading of ``date`` overlaps ``window``."""
    return _or(date.earliest_start, FIRST_DAY) <= _or(window.end, LAST_DAY) and _or(
        date.latest_end, LAST_DAY
    ) >= _or(window.start, FIRST_DAY)


def certainly_in(date: Edtf, window: Window) -> bool:
    """Whether every reading of ``date`` overlaps ``window``; never so for a qualified date."""
    return (
        not date.qualified
        and _or(date.latest_start, LAST_DAY) <= _or(window.end, LAST_DAY)
        and _or(date.earliest_end, FIRST_DAY) >= _or(window.start, FIRST_DAY)
    )


def disagree(dates: Collection[str]) -> bool:
    """Whether two of these EDTF texts have no reading in common: '1948' and '1948-10-15' agree.

    An empty text is no date, and disagrees with none.
    """
    parsed = [parse(text) for text in sorted({*dates} - {""})]
    return any(
        not possibly_in(one, Window(other.earliest_start, other.latest_end))
        for number, one in enumerate(parsed)
        for other in parsed[:number]
    )


def _or(day: int | None, when_open: int) -> int:
    return when_open if day is None else day
