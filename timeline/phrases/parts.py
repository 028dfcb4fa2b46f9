"""The first and the last date of a part of a longer time, such as the last third of a century."""

from timeline import edtf
from timeline.edtf import Date, days_in_month, from_int
from timeline.phrases.model import Misread
from timeline.phrases.points import DAY, DECADE, MONTH, SEASON, YEAR, Part, Point
from timeline.phrases.wholes import (
    astronomical,
    astronomical_text,
    whole_text,
    year_text,
    years_of_decade,
)

TEN_DAYS = ((1, 10), (11, 20), (21, 31))
HALF_MONTHS = ((1, 15), (16, 31))
SHORTEST_WITH_QUARTERS = 99  # years: the first century


def borders(point: Point, part: Part) -> tuple[str, str]:
    """The first and the last date of ``part``. Raises Misread where it has no whole ones."""
    if point.unit in (DAY, SEASON):
        raise Misread(f"EDTF has no “{part.name}” of a day or a season. Leave it out.")
    if point.unit == YEAR:
        year = year_text(point.number or 0, point.era)
        first, last = _share(range(1, 13), part)
        return f"{year}-{first:02}", f"{year}-{last:02}"
    if point.unit == MONTH:
        return _of_month(point, part)
    years = _years(point)
    if part.of == 4 and len(years) < SHORTEST_WITH_QUARTERS:
        raise Misread("A decade has no quarters of whole years. Write the years.")
    first, last = _share(years, part)
    return astronomical_text(first), astronomical_text(last)


def _years(point: Point) -> range:
    if point.unit == DECADE and point.era < 0:
        return years_of_decade(point)
    expression = edtf.parse(whole_text(point) or "").expression
    if not isinstance(expression, Date):
        raise Misread("This is no time of which a part can be taken. Leave the part out.")
    return range(from_int(expression.first)[0], from_int(expression.last)[0] + 1)


def _of_month(point: Point, part: Part) -> tuple[str, str]:
    if part.of == 4:
        raise Misread("A month has no quarters of whole days. Write the days.")
    spans = TEN_DAYS if part.of == 3 else HALF_MONTHS
    year, number = astronomical(point.number or 0, point.era), point.month or 1
    first, last = spans[part.first][0], min(spans[part.last][1], days_in_month(year, number))
    month = f"{astronomical_text(year)}-{number:02}"
    return f"{month}-{first:02}", f"{month}-{last:02}"


def _share(numbers: range, part: Part) -> tuple[int, int]:
    """The first and the last of ``numbers`` in a part; the first parts are the longer ones."""
    size = len(numbers)
    low = -(-size * part.first // part.of)
    high = -(-size * (part.last + 1) // part.of)
    return numbers[low], numbers[high - 1]
