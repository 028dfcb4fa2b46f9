"""Which row each entry takes, so that neither marks nor words lie on each other.

Words are as wide as a page is, not as time is; so rows are packed for the narrowest page on which
several entries share one (``ROOM``). On narrower ones, phones, every entry has a row (ADR 60).
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from timeline.drawing.shapes import Shape

ROOM = 140  # letters side by side on the narrowest page with packed rows
LETTERS = 72  # of a title
GAP = 1.5
BESIDE = 0.9  # from a point to its words


class Placed(NamedTuple):
    """The row of an entry, what it takes of it, and its words: where they begin or end."""

    row: int
    left: float
    width: float
    words: str
    at: float
    ends: bool


def shortened(title: str, letters: int) -> str:
    """``title``, cut at a word where it is longer than ``letters``."""
    if len(title) <= letters:
        return title
    cut = title[: letters - 1]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut[letters // 2 :] else cut.rstrip()}…"


def packed(shapes: Iterable[tuple[Shape, str]]) -> Sequence[Placed]:
    """A place for each shape with its title, in their order: the first row that is free there."""
    taken: list[list[tuple[float, float]]] = []
    placed = []
    for shape, title in shapes:
        words = shortened(title, LETTERS)
        width = 100 * len(words) / ROOM
        at, ends = _beside(shape, width)
        first = max(0.0, min(at - width if ends else at, shape.start))
        last = min(100.0, max(at if ends else at + width, shape.end))
        row = next(
            (number for number, spans in enumerate(taken) if _free(spans, first, last)), len(taken)
        )
        if row == len(taken):
            taken.append([])
        taken[row].append((first, last))
        placed.append(Placed(row, round(first, 3), round(last - first, 3), words, at, ends))
    return placed


def _free(spans: Iterable[tuple[float, float]], first: float, last: float) -> bool:
    return all(last + GAP <= start or first >= end + GAP for start, end in spans)


def _beside(shape: Shape, width: float) -> tuple[float, bool]:
    """Where words of some ``width`` begin or, if they have to, end."""
    if shape.point is None:
        if shape.start + width <= 100:
            return shape.start, False
        return (shape.end if shape.end >= width else 100.0), True
    if shape.point + BESIDE + width <= 100:
        return round(shape.point + BESIDE, 3), False
    return round(shape.point - BESIDE, 3), True
