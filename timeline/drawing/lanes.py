"""Lanes of a drawing: marks, each an entry, or bars, each a number of entries."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from timeline.chronology import Entry, dating
from timeline.drawing.axis import Axis
from timeline.drawing.density import Density
from timeline.drawing.packing import Placed, packed, shortened
from timeline.drawing.shapes import Shape, shape_of
from timeline.drawing.view import View
from timeline.index.facts import Facet
from timeline.index.values import Named

LEAST_HEIGHT = 4  # per cent, of a bar that stands for anything
NARROW_LETTERS = 38  # of a title on a phone


class Mark(NamedTuple):
    """An entry drawn: where, and the words for a wide page (``placed``) and a narrow one."""

    entry: Entry
    shape: Shape
    placed: Placed
    words: str


class Bar(NamedTuple):
    """The entries that begin in a part of the view: per cent of the width and of the height.

    There are more than ``entries`` where counting ended there, which ``partial`` tells.
    """

    view: View
    words: str
    entries: int
    partial: bool
    at: float
    width: float
    height: float


class Lane(NamedTuple):
    """What stands under one heading; ``value`` is None for what has none of the others' values."""

    value: Named | None
    entries: int
    marks: Sequence[Mark]
    rows: int
    bars: Sequence[Bar]


def of_entries(entries: Sequence[Entry], values: Sequence[Named], axis: Axis) -> list[Lane]:
    """A lane of marks for each of ``values`` that an entry has, and one for those with none.

    Without ``values`` it is one lane.
    """
    lanes, left = [], list(entries)
    for value in values:
        members = [one for one in entries if _has(one, value)]
        left = [one for one in left if one not in members]
        lanes.append(_marked(value, members, axis))
    lanes.append(_marked(None, left, axis))
    return [one for one in lanes if one.entries]


def of_numbers(
    density: Density, values: Sequence[Named], pieces: Sequence[View], axis: Axis
) -> list[Lane]:
    """The same with bars for what ``density`` counts, of all entries (0) and of ``values``.

    What is left when all of ``values`` are counted is known where an entry has no more than one.
    """
    everything = density.numbers[0]
    rows: list[tuple[Named | None, Sequence[int]]] = [
        (value, density.numbers[value.id]) for value in values
    ]
    if all(value.facet is not Facet.ACTOR for value in values):
        counted = [row for _value, row in rows]
        left = [whole - sum(parts) for whole, *parts in zip(everything, *counted, strict=True)]
        rows.append((None, left))
    highest = max(max(row) for _value, row in rows)
    return [
        Lane(value, sum(row), (), 0, list(_barred(row, highest, density.known_to, pieces, axis)))
        for value, row in rows
        if any(row)
    ]


def _has(entry: Entry, value: Named) -> bool:
    if value.facet is Facet.ACTOR:
        return any(part.slug == value.slug for part in entry.parts)
    return entry.kind == value.slug


def _marked(value: Named | None, entries: Sequence[Entry], axis: Axis) -> Lane:
    shapes = [shape_of(one.dating.text, axis) for one in entries]
    placed = packed((shape, one.title) for shape, one in zip(shapes, entries, strict=True))
    marks = [
        Mark(one, shape, place, shortened(one.title, NARROW_LETTERS))
        for one, shape, place in zip(entries, shapes, placed, strict=True)
    ]
    rows = max((place.row + 1 for place in placed), default=0)
    return Lane(value, len(entries), marks, rows, ())


def _barred(
    numbers: Sequence[int], highest: int, known_to: int, pieces: Sequence[View], axis: Axis
) -> Iterator[Bar]:
    for number, (piece, entries) in enumerate(zip(pieces, numbers, strict=True)):
        if entries:
            start, end = axis.at(piece.bounds[0]), axis.behind(piece.bounds[1])
            yield Bar(
                view=piece,
                words=dating(str(piece)).words,
                entries=entries,
                partial=number >= known_to,
                at=start,
                width=round(end - start, 3),
                height=max(LEAST_HEIGHT, round(100 * entries / highest, 1)),
            )
