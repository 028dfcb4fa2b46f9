"""The words along an axis."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.utils.dates import MONTHS_3
from django.utils.text import capfirst

from timeline import edtf
from timeline.chronology import dating
from timeline.drawing.axis import Axis, parts, step_for
from timeline.drawing.view import View, Whole

NARROWEST = 0.45  # of a whole part: what has room for a label
MOST_TICKS = 12  # side by side; on a phone every other one has words


class Tick(NamedTuple):
    """A part of the axis: where it begins, its ``width``, a label and the words for its days.

    ``above`` stands over the label where a larger part of the calendar begins: 'Oct', 1948.
    ``view`` is what it opens, which is more where its days are too few to be a view.
    """

    at: float
    width: float
    label: str
    above: str
    view: View
    words: str


def ticks_of(axis: Axis) -> Sequence[Tick]:
    """The parts of ``axis`` in order."""
    return list(_ticks(axis))


def _ticks(axis: Axis) -> Iterator[Tick]:
    step = step_for(axis.view, MOST_TICKS)
    before = ""
    least = NARROWEST * 100 * step.days / axis.view.days
    for piece in parts(axis.view, step):
        start, end = piece.bounds
        at, behind = axis.at(start), axis.behind(end)
        larger, label = _label(start, step.unit)
        if behind - at < least:
            larger, label = before, ""
        yield Tick(
            at=at,
            width=round(behind - at, 3),
            label=label,
            above="" if larger == before else larger,
            view=piece.snapped(),
            words=dating(str(piece)).words,
        )
        before = larger


def _label(start: int, unit: Whole) -> tuple[str, str]:
    year, month, day = edtf.from_int(start)
    year_words = dating(str(View.of_years(year, year))).words
    if unit is Whole.YEARS:
        return "", year_words
    month_words = capfirst(str(MONTHS_3[month]))
    if unit is Whole.MONTHS:
        return year_words, month_words
    return f"{month_words} {year_words}", str(day)
