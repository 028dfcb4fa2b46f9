"""What an entry looks like on an axis: a point, or a bar whose ends fade where they are not known.

Of the four bounds (``timeline.edtf``) the first two say where the bar fades in and the last two
where it fades out; in between it is solid. A date that is one point of time, known to a year or a
decade, say, is a point where that is too narrow to be seen, else a pale bar: somewhere in there.
"""

from functools import lru_cache
from typing import NamedTuple

from timeline import edtf
from timeline.drawing.axis import Axis
from timeline.edtf import Interval

NARROW = 1.2  # per cent of the width: no more than a point takes
LEAST = 0.3  # what of a bar can be seen


class Bounds(NamedTuple):
    """The four bounds of a date as days (YYYYMMDD), FIRST_DAY and LAST_DAY where it has none."""

    earliest_start: int
    latest_start: int
    earliest_end: int
    latest_end: int
    lasting: bool


class Shape(NamedTuple):
    """Where to draw: per cent of the width, ``start`` ≤ ``solid_from`` ≤ ``solid_to`` ≤ ``end``.

    ``point`` is the middle of what is drawn as a point. ``somewhere`` is a bar of which only one
    point is meant, so that no part of it is solid.
    """

    start: float
    solid_from: float
    solid_to: float
    end: float
    point: float | None = None
    somewhere: bool = False

    @property
    def width(self) -> float:
        """All of it."""
        return round(self.end - self.start, 3)

    @property
    def fades_in(self) -> float:
        """The width of what fades in."""
        return round(self.solid_from - self.start, 3)

    @property
    def solid(self) -> float:
        """The width of what is certain."""
        return round(self.solid_to - self.solid_from, 3)

    @property
    def fades_out(self) -> float:
        """The width of what fades out."""
        return round(self.end - self.solid_to, 3)


@lru_cache(maxsize=8192)
def bounds_of(text: str) -> Bounds:
    """The bounds of a date, an EDTF text that is not empty."""
    date = edtf.parse(text)

    def day(bound: int | None, when_open: int) -> int:
        return when_open if bound is None else bound

    return Bounds(
        day(date.earliest_start, edtf.FIRST_DAY),
        day(date.latest_start, edtf.LAST_DAY),
        day(date.earliest_end, edtf.FIRST_DAY),
        day(date.latest_end, edtf.LAST_DAY),
        isinstance(date.expression, Interval),
    )


def shape_of(text: str, axis: Axis) -> Shape:
    """The shape of a date that lies, at least in part, on ``axis``."""
    known = bounds_of(text)
    start, end = axis.at(known.earliest_start), axis.behind(known.latest_end)
    first, last = axis.view.bounds
    cut = known.earliest_start < first or known.latest_end > last
    if end - start <= (LEAST if cut else NARROW):
        return Shape(start, start, end, end, point=round((start + end) / 2, 3))
    if not known.lasting:
        return Shape(start, end, end, end, somewhere=True)
    solid_from, solid_to = axis.at(known.latest_start), axis.behind(known.earliest_end)
    if solid_from > solid_to:  # it is sure of no day
        solid_from = solid_to = _darkest(known, solid_from, solid_to)
    return Shape(start, solid_from, solid_to, end)


def _darkest(known: Bounds, last_start: float, first_end: float) -> float:
    """Where something that lasted is likeliest to have been under way."""
    if known.latest_end == edtf.LAST_DAY:
        return last_start
    if known.earliest_start == edtf.FIRST_DAY:
        return first_end
    return round((last_start + first_end) / 2, 3)
