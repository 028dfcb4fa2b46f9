"""Days as sortable integers, and the days that a pattern such as ``156X-12-3X`` stands for.

The calendar is the proleptic Gregorian one with a year zero (ISO 8601-1, 4.2.1): year 0 is 1 BCE
and year -43 is 44 BCE.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product

# Bounds stay below 2**53 in size, so that they are exact in 64 bits, in JSON and in JavaScript.
# What lies beyond MAX_YEAR counts as infinitely far.
MAX_YEAR = 900_000_000_000
LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
LEAP_DAY = (2, 29)
WILD = "X"


def to_int(year: int, month: int, day: int) -> int:
    """A day as an integer that sorts by time: 1948-10-15 is 19481015, also for negative years."""
    return year * 10000 + month * 100 + day


def from_int(number: int) -> tuple[int, int, int]:
    """Year (astronomical), month and day of an integer made by ``to_int``."""
    year, rest = divmod(number, 10000)
    return year, *divmod(rest, 100)


FIRST_DAY = to_int(-MAX_YEAR, 1, 1)
LAST_DAY = to_int(MAX_YEAR, 12, 31)


def is_leap(year: int) -> bool:
    """Whether ``year`` has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """The number of days of a month, 28 to 31."""
    return LENGTHS[month - 1] + (month == 2 and is_leap(year))


@cache  # there are few: two digits, and the lengths of a year and of its months
def matching(pattern: str, last: int) -> tuple[int, ...]:
    """The numbers from 1 to ``last`` that two digits such as ``1X`` can stand for."""
    return tuple(
        number
        for number in range(1, last + 1)
        if all(wild in (WILD, digit) for wild, digit in zip(pattern, f"{number:02}", strict=True))
    )


def years(digits: str, *, negative: bool, backwards: bool = False) -> Iterator[int]:
    """The years that a pattern such as ``19X4`` can stand for, in order of time or backwards."""
    falling = negative != backwards
    for choice in product(*(_digits(digit, falling=falling) for digit in digits)):
        size = int("".join(choice))
        if size or not negative:  # there is no year minus zero
            yield -size if negative else size


def _digits(digit: str, *, falling: bool) -> str:
    if digit != WILD:
        return digit
    return "9876543210" if falling else "0123456789"


@lru_cache(maxsize=1024)  # dates of one chronology ask for the same few patterns
def days_of_year(month: str, day: str) -> tuple[tuple[int, int], ...]:
    """The (month, day) that two patterns can stand for in a leap year, in order."""
    return tuple(
        (number, other)
        for number in matching(month, 12)
        for other in matching(day, days_in_month(2000, number))
    )


def leap_years(digits: str, *, negative: bool, backwards: bool = False) -> Iterator[int]:
    """Those of ``years`` that have a 29 February."""
    if digits[-1] in "13579":
        return  # at once, not after the thousand years of XXX1
    yield from filter(is_leap, years(digits, negative=negative, backwards=backwards))


def outermost(
    digits: str, found: tuple[tuple[int, int], ...], *, negative: bool
) -> tuple[int, int] | None:
    """The first and the last day that the year ``digits`` and ``found`` stand for together.

    ``found`` holds (month, day) in order. None when no calendar has such a day.
    """
    candidates = leap_years if found == (LEAP_DAY,) else years
    first = next(candidates(digits, negative=negative), None)
    last = next(candidates(digits, negative=negative, backwards=True), None)
    if not found or first is None or last is None:
        return None
    return to_int(first, *_next_in(first, found)), to_int(last, *_next_in(last, found[::-1]))


def _next_in(year: int, found: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    return next(pair for pair in found if pair != LEAP_DAY or is_leap(year))
