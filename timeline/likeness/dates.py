"""Whether two dates may be of the same event: the nearer and the more precise, the likelier."""

from typing import NamedTuple

from timeline import edtf
from timeline.likeness.model import Reason, Why

DAY, MONTH, YEAR, DECADE = 1, 31, 372, 3720  # days, as months of 31 days have them
UNDATED = 0.7
NEXT_DAY = 0.45
# By the length of the longer date: how likely two of the same bounds are one event, and two of
# which one lies in the other.
EQUAL = ((DAY, 1.0), (MONTH, 0.9), (YEAR, 0.8), (DECADE, 0.65))
WITHIN = ((MONTH, 0.85), (YEAR, 0.7), (DECADE, 0.5))
LONGER = 0.4


class Dates(NamedTuple):
    """The first and the last day that a date may reach to (YYYYMMDD), and its text."""

    first: int
    last: int
    text: str


def dates_alike(one: Dates | None, other: Dates | None) -> tuple[float, Reason | None]:
    """From 0 to 1, and why; None is an undated entry, which is like other undated ones only."""
    if one is None or other is None:
        return (UNDATED, Reason(Why.UNDATED)) if one is other else (0.0, None)
    texts = (one.text, other.text)
    mine, theirs = _days(one), _days(other)
    longer = max(mine[1] - mine[0], theirs[1] - theirs[0]) + 1
    if mine == theirs:
        return _by_length(EQUAL, longer), Reason(Why.SAME_DATE, texts[:1])
    overlap = min(mine[1], theirs[1]) - max(mine[0], theirs[0]) + 1
    if overlap < 0:
        return 0.0, None
    if overlap == 0:
        near = NEXT_DAY if longer <= MONTH else 0.0
        return near, Reason(Why.NEXT_DAY, texts) if near else None
    within = overlap == min(mine[1] - mine[0], theirs[1] - theirs[0]) + 1
    likely = _by_length(WITHIN, longer)
    if within:
        return likely, Reason(Why.DATE_IN_DATE, texts)
    return likely * overlap / longer, Reason(Why.DATES_OVERLAP, texts)


def _by_length(table: tuple[tuple[int, float], ...], length: int) -> float:
    return next((likely for longest, likely in table if length <= longest), LONGER)


def _days(dates: Dates) -> tuple[int, int]:
    return day_number(dates.first), day_number(dates.last)


def day_number(day: int) -> int:
    """A day (YYYYMMDD) as a number that grows by one a day, but at the end of a short month."""
    year, month, number = edtf.from_int(day)
    if number >= edtf.days_in_month(year, month):
        number = MONTH  # so that the next day is the next number
    return year * YEAR + (month - 1) * MONTH + number - 1
