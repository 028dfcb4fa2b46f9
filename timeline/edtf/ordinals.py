"""Days counted one by one, for a scale on which every day is as wide as any other.

The calendar is that of ``timeline.edtf.days``: proleptic Gregorian, with a year zero, whatever the
size of the year, which is why this is not ``datetime.date.toordinal``.
"""

from timeline.edtf.days import from_int, to_int

DAYS_BEFORE_MARCH = 306  # from 1 March to the last of December
DAYS_IN_400_YEARS = 146_097


def ordinal(day: int) -> int:
    """The number of a day (YYYYMMDD): 1 for 0001-01-01, as in Python's ``toordinal``."""
    year, month, in_month = from_int(day)
    # Years that begin in March end with the day that is not always there.
    year, month = (year - 1, month + 9) if month < 3 else (year, month - 3)
    leaps = year // 4 - year // 100 + year // 400
    return year * 365 + leaps + (153 * month + 2) // 5 + in_month - DAYS_BEFORE_MARCH


def day_at(number: int) -> int:
    """The day (YYYYMMDD) with an ``ordinal``."""
    cycle, rest = divmod(number + DAYS_BEFORE_MARCH - 1, DAYS_IN_400_YEARS)
    in_cycle = (rest - rest // 1_460 + rest // 36_524 - rest // 146_096) // 365
    rest -= 365 * in_cycle + in_cycle // 4 - in_cycle // 100
    month = (5 * rest + 2) // 153
    in_month = rest - (153 * month + 2) // 5 + 1
    year = cycle * 400 + in_cycle + (month >= 10)
    return to_int(year, month - 9 if month >= 10 else month + 3, in_month)
