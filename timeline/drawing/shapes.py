"""What an entry looks like on an axis: a point, or a bar whose ends fade where they are not known.

Of the four bounds (``timeline.edtf``) the first two say where the bar fades in and the last two
where it fades out; in between it is solid. How it fades is a matter of time, not of what is in
view: of a bar that is cut off one sees a part. A date that is one point of time, known to a year or
a decade, say, is a point where that is too narrow to be seen, else a pale bar: somewhere in there.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from timeline import edtf
from timeline.drawing.axis import Axis
from timeline.drawing.view import View
from timeline.edtf import Interval
from timeline.edtf.ordinals import ordinal

SURE, FAINT = 10, 2
FADE = 3_652  # days, ten years: in which what has no known end grows faint
NARROW = 1.2  # per cent of the width: no more than a point takes
LEAST = 0.3  # what of a bar can be seen


class Bounds(NamedTuple):
    """The four bounds of a date as days (YYYYMMDD), FIRST_DAY and LAST_DAY where it has none."""

    earliest_start: int
    latest_start: int
    earliest_end: int
    latest_end: int
    lasting: bool


class Segment(NamedTuple):
    """A part of a bar: per cent of the width, and how sure it is, up to SURE, at both its ends."""

    at: float
    width: float
    begins: int
    ends: int

    @property
    def sure(self) -> bool:
        """Whether it is solid."""
        return self.begins == self.ends == SURE


class Shape(NamedTuple):
    """Where to draw: per cent of the width.

    ``point`` is the middle of what is drawn as a point. ``somewhere`` is a bar of which only one
    point is meant, so that no part of it is sure. Any other bar has ``segments``.
    """

    start: float
    end: float
    point: float | None = None
    somewhere: bool = False
    segments: tuple[Segment, ...] = ()

    @property
    def width(self) -> float:
        """All of it."""
        return round(self.end - self.start, 3)


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
        return Shape(start, end, point=round((start + end) / 2, 3))
    one_day = known.earliest_start == known.latest_end
    if not known.lasting and not one_day:
        return Shape(start, end, somewhere=True)
    return Shape(start, end, segments=tuple(_segments(_course(known, axis.view), axis)))


def fades_of(shapes: Iterable[Shape]) -> list[tuple[int, int]]:
    """The pairs of ends between which segments of ``shapes`` fade, each once."""
    return sorted(
        {(one.begins, one.ends) for shape in shapes for one in shape.segments if not one.sure}
    )


Course = list[tuple[int, float]]  # ordinals in their order, and how sure it is from there to there


def _course(known: Bounds, view: View) -> Course:
    """How sure it is, day by day, that something was under way; straight lines between the days.

    Where an end is not known at all it is less and less sure over FADE days, and then faint.
    """
    fade = max(FADE, view.days // 25)
    before, after = view.first - 1, view.behind + 1  # beyond what is seen
    begun, ended = ordinal(known.latest_start), ordinal(known.earliest_end) + 1
    if begun > ended:
        begun = ended = _surest(known, begun, ended)
    up: Course
    if known.earliest_start != edtf.FIRST_DAY:
        up = [(ordinal(known.earliest_start), FAINT), (begun, SURE)]
    elif known.latest_start == edtf.FIRST_DAY:
        up = [(before, SURE)]
    else:
        up = [(min(before, begun - fade), FAINT), (begun - fade, FAINT), (begun, SURE)]
    down: Course
    if known.latest_end != edtf.LAST_DAY:
        down = [(ended, SURE), (ordinal(known.latest_end) + 1, FAINT)]
    elif known.earliest_end == edtf.LAST_DAY:
        down = [(after, SURE)]
    else:
        down = [(ended, SURE), (ended + fade, FAINT), (max(after, ended + fade), FAINT)]
    return [*up, *down]


def _surest(known: Bounds, last_start: int, first_end: int) -> int:
    """When something that is sure of no day is likeliest to have been under way."""
    if known.latest_end == edtf.LAST_DAY:
        return last_start
    if known.earliest_start == edtf.FIRST_DAY:
        return first_end
    return (last_start + first_end) // 2


def _segments(course: Course, axis: Axis) -> Iterator[Segment]:
    view = axis.view
    for (first, from_), (last, to) in pairwise(course):
        begin, end = max(first, view.first), min(last, view.behind)
        if begin < end:
            slope = (to - from_) / (last - first)
            at = axis.place(begin)
            levels = [round(from_ + slope * (day - first)) for day in (begin, end)]
            if slope and levels == [SURE, SURE]:  # nearly so, but not
                levels[0 if slope > 0 else 1] = SURE - 1
            if (width := round(axis.place(end) - at, 3)) > 0:
                yield Segment(at, width, *levels)
