"""A complete point as one EDTF date, without its mark; or why there is no such date."""

from datetime import date as calendar_day

from timeline.edtf import days_in_month
from timeline.phrases.model import Misread
from timeline.phrases.points import (
    CENTURY,
    DAY,
    DECADE,
    MILLENNIUM,
    MONTH,
    SEASON,
    SHORTEST_YEAR,
    YEAR,
    Point,
)
from timeline.phrases.vocabulary import MONTHS, WEEKDAYS

LAST_CENTURY, LAST_MILLENNIUM = 99, 9


def year_text(counted: int, era: int) -> str:
    """A year as readers count it in EDTF: 44 BCE is -0043."""
    return astronomical_text(astronomical(counted, era))


def astronomical(counted: int, era: int) -> int:
    """A year as readers count it as one of the calendar with a year 0."""
    return 1 - counted if era < 0 else counted


def astronomical_text(year: int) -> str:
    """An astronomical year in EDTF: -43 is -0043."""
    sign = "-" if year < 0 else ""
    return f"{sign}{abs(year):04}" if abs(year) <= 9999 else f"Y{year}"


def check_complete(point: Point) -> None:
    """Raise Misread where the year is missing or cannot be told."""
    if not point.whole or point.number is None:
        raise Misread("The year is missing. Write it too, such as 15 October 1948.")
    if point.number <= 0:
        raise Misread("There is no year 0: 1 BC is followed by AD 1.")
    if point.unit in (DAY, MONTH, SEASON, YEAR, DECADE) and point.era == 0:
        if point.digits < SHORTEST_YEAR:
            raise Misread(
                "The year has two digits or fewer. Write the century too, such as 1948 for 48; "
                "for the first century write AD 48."
            )
        if point.digits > 4:
            raise Misread("The year has more than four digits. Write BC or AD with it, or EDTF.")


def whole_text(point: Point) -> str | None:
    """EDTF of ``point``; None for decades before the era, whose digits are not EDTF's."""
    number = point.number or 0
    if point.unit == CENTURY:
        return _counted(number, point.era, LAST_CENTURY, "{:02}XX", "century")
    if point.unit == MILLENNIUM:
        return _counted(number, point.era, LAST_MILLENNIUM, "{}XXX", "millennium")
    if point.unit == DECADE:
        return None if point.era < 0 else f"{number // 10:03}X"
    year = year_text(number, point.era)
    if point.unit == YEAR:
        return year + "-XX" * point.unknown
    if len(year.strip("-")) > 4:
        raise Misread("A year of more than four digits stands alone. Leave out the month.")
    if point.unit == SEASON:
        return f"{year}-{point.season}"
    month = f"{year}-{point.month:02}"
    if point.unit == MONTH:
        return month + "-XX" * point.unknown
    _check_day(point, number)
    return f"{month}-{point.day:02}"


def _counted(number: int, era: int, most: int, template: str, name: str) -> str:
    if number > most:
        raise Misread(f"EDTF has no {name} as far as that. Write years.")
    return ("-" if era < 0 else "") + template.format(number - 1)


def _check_day(point: Point, counted: int) -> None:
    year, month, day = astronomical(counted, point.era), point.month or 1, point.day or 1
    length = days_in_month(year, month)
    name = MONTHS[month - 1].capitalize()
    if day > length:
        raise Misread(f"{name} {counted} has {length} days. Correct the day or the month.")
    if point.weekday is not None and 1 <= year <= 9999:
        found = calendar_day(year, month, day).weekday()
        if found != point.weekday:
            raise Misread(
                f"{day} {name} {counted} was a {WEEKDAYS[found].capitalize()}. "
                "Correct the date, or leave the day of the week out."
            )


def years_of_decade(point: Point) -> range:
    """The ten astronomical years of a decade before the era: 49 to 40 BCE for the 40s."""
    number = point.number or 0
    return range(astronomical(number + 9, -1), astronomical(number, -1) + 1)
