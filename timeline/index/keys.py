"""The numbers by which derived tables are sorted: places in time, lengths, stretches of years."""

from collections.abc import Iterator

from timeline import edtf

# A place is the day on which an entry stands, in 32 bits, and its id, in 32: unique, in the order
# of the chronology, and small enough for a 64-bit key. Within DAILY_YEARS of year 0 every day has
# a number of its own; beyond, where no source knows a day, FAR_YEARS share one.
IDS = 1 << 32
DAYS_A_YEAR = 12 * 31
DAILY_YEARS = 2_800_000
FAR_YEARS = 1_000
UNDATED = (1 << 31) - 1

# How long an entry may last, as the difference of two days (YYYYMMDD): a day, a year, some ten
# years, a century, a millennium. An entry of such a span that reaches into a window begins at most
# this much before it, which is what makes a window quick to read (docs/performance.md).
SPANS = (0, 1_130, 110_000, 1_100_000, 11_000_000)
LONGER, OPEN_END, OPEN_START, NO_DATE = range(len(SPANS), len(SPANS) + 4)
DATED_SPANS = tuple(range(NO_DATE))

# Years are counted by one, by ten and by a hundred, so that a sum over many takes few rows.
LEVELS = (1, 10, 100)


def place(sort_date: int | None, event: int) -> int:
    """Where the event with this ``sort_date`` and id stands; undated ones come last."""
    return number_of(sort_date) * IDS + event


def event_at(place: int) -> int:
    """The id of the event that stands at ``place``."""
    return place % IDS


def number_of(sort_date: int | None) -> int:
    """A day (YYYYMMDD, or a number between two days) in 32 bits, sorted alike; UNDATED for None."""
    if sort_date is None:
        return UNDATED
    year, month, day = edtf.from_int(sort_date)
    if abs(year) <= DAILY_YEARS:
        in_year = (month - 1) * 31 + min(max(day - 1, 0), 30)
        return year * DAYS_A_YEAR + min(max(in_year, 0), DAYS_A_YEAR - 1)
    beyond = (abs(year) - DAILY_YEARS) // FAR_YEARS + (DAILY_YEARS + 1) * DAYS_A_YEAR
    return beyond if year > 0 else -beyond


def year_at(place: int) -> int:
    """The year in which an entry stands, or one near it where no day has a number of its own."""
    number = place // IDS
    years = number // DAYS_A_YEAR
    if abs(years) <= DAILY_YEARS:
        return years
    beyond = (abs(number) - (DAILY_YEARS + 1) * DAYS_A_YEAR) * FAR_YEARS + DAILY_YEARS
    return beyond if number > 0 else -beyond


def span(earliest_start: int | None, latest_end: int | None) -> int:
    """The number of the span of an entry with these bounds."""
    if earliest_start is None or latest_end is None:
        return NO_DATE
    if earliest_start == edtf.FIRST_DAY:
        return OPEN_START
    if latest_end == edtf.LAST_DAY:
        return OPEN_END
    length = latest_end - earliest_start
    return next((one for one, limit in enumerate(SPANS) if length <= limit), LONGER)


def places_in(span: int, window: edtf.Window) -> tuple[int | None, int | None]:
    """The first place, and the first one behind, where a ``span`` may reach into ``window``.

    None where there is no limit.
    """
    first = last = None
    if window.end is not None and span != OPEN_START:
        last = (number_of(window.end) + 1) * IDS
    if window.start is not None and span < len(SPANS):
        first = number_of(window.start - SPANS[span]) * IDS
    return first, last


def year_of(day: int) -> int:
    """The year (astronomical) of a day."""
    return day // 10_000


def up_to(year: int) -> Iterator[tuple[int, int | None, int]]:
    """Stretches that are all years up to ``year``: level, first bucket (None: all), the one behind.

    >>> list(up_to(1953))
    [(2, None, 19), (1, 190, 195), (0, 1950, 1954)]
    """
    first: int | None = None
    for level in reversed(range(len(LEVELS))):
        behind = (year + 1) // LEVELS[level]
        yield level, first, behind
        if level:
            first = behind * (LEVELS[level] // LEVELS[level - 1])
