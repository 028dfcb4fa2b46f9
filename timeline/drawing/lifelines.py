"""What held of an actor for some time, laid out on one axis: its names and its relations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from timeline import edtf
from timeline.chronology.dating import Dating, dating
from timeline.drawing.axis import Axis, parts, step_for
from timeline.drawing.shapes import Shape, bounds_of, fades_of, shape_of
from timeline.drawing.view import View
from timeline.localised import year_words

MOST_MARKS = 5  # of the axis, so that their words fit side by side on a phone
MOST_LONG_MARKS = 3  # of one whose years need more than four digits
BESIDE = 12  # the part of all years that is added at both ends, for what is open to fade into
EDGE = 5  # per cent of the width; words of a mark that is closer to an end stand on one side of it

Years = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Held:
    """A name or a relation: ``kind`` says what it is, ``slug`` whom it is to (a name has none).

    ``shape`` is what is drawn of its period, None where it has none or there is no axis.
    """

    kind: str
    name: str
    note: str
    dating: Dating
    slug: str = ""
    shape: Shape | None = None

    @classmethod
    def of(cls, kind: object, name: str, note: str, period: str, slug: str = "") -> "Held":
        """It with its ``period`` (EDTF or empty) read."""
        return cls(str(kind), name, note, dating(period), slug)


class TickMark(NamedTuple):
    """A year on the axis, where it stands and on which side of that its words do (as in SVG)."""

    at: float
    words: str
    anchor: str


class Lifelines(NamedTuple):
    """Names and relations, those of some time drawn below ``ticks``, the others apart."""

    ticks: Sequence[TickMark]
    names: Sequence[Held]
    relations: Sequence[tuple[str, Sequence[Held]]]
    names_always: Sequence[Held]
    relations_undated: Sequence[tuple[str, Sequence[Held]]]

    @property
    def fades(self) -> Sequence[tuple[int, int]]:
        """The ends between which bars fade."""
        held = (*self.names, *(one for _kind, members in self.relations for one in members))
        return fades_of(one.shape for one in held if one.shape)


def lifelines(names: Iterable[Held], relations: Iterable[Held], years: Years | None) -> Lifelines:
    """``names`` and ``relations``, each in order of time, relations by their kind.

    The axis has all years that they name, and ``years``, those of the actor's entries.
    """
    names, relations = list(names), list(relations)
    axis = axis_for([one.dating.text for one in (*names, *relations) if one.dating.text], years)
    return Lifelines(
        ticks_of(axis) if axis else (),
        _dated(names, axis),
        _by_kind(_dated(relations, axis)),
        [one for one in names if not one.dating.text],
        _by_kind([one for one in relations if not one.dating.text]),
    )


def axis_for(periods: Sequence[str], years: Years | None) -> Axis | None:
    """An axis for all ``periods`` (EDTF) and ``years``; None where no period names a year."""
    days = [day for period in periods for day in bounds_of(period)[:4]]
    named = [edtf.from_int(day)[0] for day in days if edtf.FIRST_DAY < day < edtf.LAST_DAY]
    if not named:
        return None
    first, last = min(*named, *(years or named)), max(*named, *(years or named))
    beside = max(1, (last - first) // BESIDE)
    return Axis(View.around(first, last, beside))


def ticks_of(axis: Axis) -> list[TickMark]:
    """Some years that divide the axis evenly, never its ends."""
    first, last = axis.view.years
    step = step_for(axis.view, MOST_MARKS if 1000 <= first < last < 10_000 else MOST_LONG_MARKS)
    starts = [one.bounds[0] for one in parts(axis.view, step) if one.first > axis.view.first]
    return [
        TickMark(at, year_words(edtf.from_int(day)[0]), _anchor(at))
        for day, at in ((day, axis.at(day)) for day in starts)
    ]


def _anchor(at: float) -> str:
    if at < EDGE:
        return "start"
    return "end" if at > 100 - EDGE else "middle"


def _dated(held: Iterable[Held], axis: Axis | None) -> list[Held]:
    found = [one for one in held if one.dating.text]
    return [
        replace(one, shape=shape_of(one.dating.text, axis) if axis else None)
        for one in sorted(found, key=lambda one: bounds_of(one.dating.text)[:4])
    ]


def _by_kind(held: Sequence[Held]) -> list[tuple[str, list[Held]]]:
    """Relations of one kind together, the kinds in the order of their first one."""
    kinds = list(dict.fromkeys(one.kind for one in held))
    ordered = sorted(held, key=lambda one: kinds.index(one.kind))
    return [(kind, list(members)) for kind, members in groupby(ordered, key=attrgetter("kind"))]
