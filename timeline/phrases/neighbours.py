"""The dates beside a date, for 'before' and 'after', and the parts that two dates share."""

from timeline import edtf
from timeline.edtf import Date, Mark, days_in_month, from_int
from timeline.phrases.dating import Dating
from timeline.phrases.model import Misread
from timeline.phrases.wholes import astronomical_text

PRECISIONS = ("year", "month", "day")
NO_BORDERS = "A season has no fixed borders. Write a month."


def before(said: Dating) -> str:
    """The last date before ``said``, of the same precision."""
    return _moved(said, -1)


def after(said: Dating) -> str:
    """The first date after ``said``, of the same precision."""
    return _moved(said, 1)


def _moved(said: Dating, step: int) -> str:
    """A year, month or day before or after; about a date, it cannot be told by one."""
    if said.mark is not Mark.NONE or said.whole is None:
        return said.start() if step < 0 else said.end()
    expression = edtf.parse(said.whole).expression
    if not isinstance(expression, Date) or expression.season:
        raise Misread(NO_BORDERS)
    year, month, day = from_int(expression.first if step < 0 else expression.last)
    if expression.precision == "year" or expression.unspecified:
        return astronomical_text(year + step)
    if expression.precision == "month":
        return _month(*_next_month(year, month, step))
    day += step
    if not 1 <= day <= days_in_month(year, month):
        year, month = _next_month(year, month, step)
        day = 1 if step > 0 else days_in_month(year, month)
    return f"{_month(year, month)}-{day:02}"


def _next_month(year: int, month: int, step: int) -> tuple[int, int]:
    years_on, month_before = divmod(month - 1 + step, 12)
    return year + years_on, month_before + 1


def _month(year: int, month: int) -> str:
    return f"{astronomical_text(year)}-{month:02}"


def in_same_parts(first: str, last: str) -> tuple[str, str]:
    """Two dates for a range of a set, which must both go down to months, or both to days.

    Raises Misread for seasons.
    """
    finest = max(PRECISIONS.index(_date(text).precision) for text in (first, last))
    return _down_to(first, finest, at_end=False), _down_to(last, finest, at_end=True)


def _date(text: str) -> Date:
    expression = edtf.parse(text).expression
    if not isinstance(expression, Date) or expression.season:
        raise Misread(NO_BORDERS)
    return expression


def _down_to(text: str, finest: int, *, at_end: bool) -> str:
    date = _date(text)
    if PRECISIONS.index(date.precision) == finest:
        return text
    year, month, day = from_int(date.last if at_end else date.first)
    days = f"-{day:02}" if PRECISIONS[finest] == "day" else ""
    return _month(year, month) + days + text[len(text.rstrip("?~%")) :]
