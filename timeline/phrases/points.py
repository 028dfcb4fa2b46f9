"""A date as it is written, perhaps in part only: '15' of '15–18 October 1948' is a point, too."""

from dataclasses import dataclass, replace
from typing import Any

from timeline.edtf import Mark

# Units from the finest to the coarsest. An ``ordinal`` is a day or a century until its other end
# says which: '17th–18th century', '17th–18th May 1948'.
DAY, MONTH, SEASON, YEAR, DECADE = "day", "month", "season", "year", "decade"
CENTURY, MILLENNIUM, ORDINAL = "century", "millennium", "ordinal"
LONGEST_SHORT = 2  # digits of a year that is short for another, as in 1950–53
SHORTEST_YEAR = 3  # digits of a year without an era: '48' may be of any century


@dataclass(frozen=True, slots=True)
class Part:
    """From the ``first`` to the ``last`` of ``of`` equal parts, counted from 0.

    The borders of ``soft`` parts, such as 'late', are nowhere fixed.
    """

    first: int
    last: int
    of: int
    name: str
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """One date as written. ``number`` counts years, decades (by their first year), or centuries
    of the ``era``: -1 before it, 1 in it, 0 where that is not said."""

    unit: str
    number: int | None = None
    digits: int = 0
    era: int = 0
    month: int | None = None
    day: int | None = None
    season: int | None = None
    weekday: int | None = None
    unknown: int = 0  # how many finer parts are said to be unknown
    part: Part | None = None
    mark: Mark = Mark.NONE
    leading: bool = False  # whether what marks it stands before it
    trailing: bool = False
    note: str = ""

    @property
    def whole(self) -> bool:
        """Whether a year, or what counts years, is there; and a month if there is a day."""
        complete = self.unit != DAY or self.month is not None
        return self.number is not None and self.unit != ORDINAL and complete


def marked(point: Point, mark: Mark) -> Point:
    """``point`` with ``mark`` as well."""
    return replace(point, mark=point.mark | mark)


def filled(left: Point, right: Point) -> Point | None:
    """``left`` with what only ``right`` says, such as the year; None where they do not fit."""
    if left.whole:
        short = left.era == 0 and right.era and _same_kind(left, right)
        return replace(left, era=right.era) if short else left
    if not right.whole:
        return None
    if left.unit == ORDINAL:
        return _ordinal_filled(left, right)
    if left.unit == DAY and left.month is None:
        if left.number is not None or right.unit != DAY:
            return None
        return replace(left, month=right.month, **_year_of(right))
    if left.unit == right.unit or (left.unit == SEASON and right.unit == MONTH):
        return replace(left, **_year_of(right))
    return None


def _year_of(point: Point) -> dict[str, Any]:
    return {"number": point.number, "digits": point.digits, "era": point.era}


def _ordinal_filled(left: Point, right: Point) -> Point | None:
    if right.unit in (CENTURY, MILLENNIUM):
        return replace(left, unit=right.unit, era=left.era or right.era)
    return None  # as a day, it has been read as one


def _same_kind(left: Point, right: Point) -> bool:
    if left.unit == right.unit:
        return True
    # A number of one or two digits is a year only beside a year: not in '13–23 January 1 BC'.
    dated = {left.unit, right.unit} <= {DAY, MONTH, SEASON, YEAR, DECADE}
    return dated and left.digits >= SHORTEST_YEAR


def continued(left: Point, right: Point) -> list[Point]:
    """What ``right`` can mean after ``left``: itself, or short for more ('1950–53')."""
    if right.unit == DAY and right.month is None:
        if left.unit != DAY or left.month is None:
            return []
        if right.number is None and left.number is None:
            return []
        return [_of(left, right)]
    if right.unit == YEAR and left.unit == YEAR and right.digits < left.digits:
        return _lengthened(left, right)
    return [right]


def _of(left: Point, right: Point) -> Point:
    """The second day of 'June 19–20, 1964' or of '1948-06-19 to 20'."""
    if right.number is None:
        return replace(right, month=left.month, **_year_of(left))
    return replace(right, month=left.month)


def _lengthened(left: Point, right: Point) -> list[Point]:
    """'53' after 1950 is 1953; before the era, 40 after 250 can be a year of its own, too."""
    if left.number is None or right.number is None or right.digits > LONGEST_SHORT:
        return [right]
    if left.era and right.era and left.era != right.era:
        return [right]  # 44 BC – AD 14
    size = 10**right.digits
    number = left.number - left.number % size + right.number
    goes_on = number < left.number if (left.era or right.era) < 0 else number > left.number
    longer = replace(right, number=number, digits=left.digits, era=right.era or left.era)
    return [right, longer] if goes_on else [right]
