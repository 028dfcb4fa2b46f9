"""One date from its items: day, month and year in any usual order, a decade, a century, a season.

Everything yields each way of reading with the place where it ends, so that what is ambiguous stays
so until the whole text is read.
"""

from collections.abc import Iterator

from timeline.phrases.forms import (
    WINTER,
    numeric,
    quarter,
    season_of_hemisphere,
    winter_of_two_years,
)
from timeline.phrases.items import Item
from timeline.phrases.matching import Captured, Items, digits, era_of, kind, match, value
from timeline.phrases.points import (
    CENTURY,
    DAY,
    DECADE,
    MILLENNIUM,
    MONTH,
    ORDINAL,
    SEASON,
    YEAR,
    Point,
)
from timeline.phrases.vocabulary import APOSTROPHES

# What a date is made of, in order; a step that begins with ? may be missing. ``year`` is a number
# with or without an era, ``day`` a number or an ordinal up to 31.
_ORDERS: tuple[tuple[str, str], ...] = (
    (DAY, "?weekday ?, ?the day ?the ?of month ?, ?of year"),
    (DAY, "?weekday ?, month ?the day ?, ?of year"),
    (DAY, "year ?, month ?the day"),
    (DAY, "?weekday ?, ?the day ?of month"),
    (DAY, "?weekday ?, month ?the day"),
    (DAY, "day ?, year"),
    (DAY, "?the day"),
    (MONTH, "month ?, ?of year"),
    (MONTH, "year ?, month"),
    (MONTH, "month"),
    (SEASON, "season ?, ?of year"),
    (SEASON, "season"),
    (YEAR, "?the ?word:year year"),
    (DECADE, "decade ?era"),
    (CENTURY, "ordinal ?- century ?era"),
    (MILLENNIUM, "ordinal ?- millennium ?era"),
    (ORDINAL, "ordinal"),
)
ORDERS = tuple((unit, tuple(order.split())) for unit, order in _ORDERS)
BEGINNINGS = {
    *("number", "ordinal", "grouped", "decade", "era", "month", "season", "weekday", "the"),
    *("word:year", "q", "northern", "southern"),
}
WINTER_NOTE = (
    "The winter that begins in December of that year. For the one before it, write both years, "
    "such as winter 1955–56."
)


def bodies(items: Items, at: int) -> Iterator[tuple[Point, int]]:
    """Each date that begins at ``at``, and where it ends."""
    if kind(items, at) not in BEGINNINGS:
        return
    for unit, steps in ORDERS:
        for captured, end in match(items, at, steps):
            yield from ((point, end) for point in _points(unit, captured))
    for form in (numeric, winter_of_two_years, quarter, season_of_hemisphere):
        yield from form(items, at)


def _points(unit: str, captured: Captured) -> Iterator[Point]:
    year = captured.get("year")
    if unit in (CENTURY, MILLENNIUM, ORDINAL):
        yield Point(unit, captured["ordinal"].value, era=era_of(captured.get("era")))
    elif unit == DECADE:
        yield from _decade(captured["decade"], era_of(captured.get("era")))
    else:
        yield Point(
            unit,
            number=year.value if year else None,
            digits=digits(captured),
            era=era_of(year),
            month=value(captured, "month"),
            day=value(captured, "day"),
            season=(season := value(captured, "season")),
            weekday=value(captured, "weekday"),
            note=WINTER_NOTE if season == WINTER else "",
        )


def _decade(item: Item, era: int) -> Iterator[Point]:
    """A decade; the 1900s may be the century as well."""
    written = item.text.rstrip("s").rstrip(APOSTROPHES)
    is_century = item.value % 100 == 0
    if item.value % 10 or (is_century and era < 0):
        return  # 1999 to 1900 BC is neither a decade nor a century of EDTF
    yield Point(DECADE, item.value, digits=len(written), era=era)
    if is_century and item.value:
        yield Point(CENTURY, item.value // 100 + 1, era=era)
