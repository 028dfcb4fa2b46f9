"""How many entries begin in each part of a view, where there are too many to be drawn one by one.

Tallies know it of whole years, of all entries or of those with one value. For parts of years, and
for more filters, as many entries as MOST_PLACED are read, the earliest first (ADR 60).
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from timeline.chronology import Selection, scanning
from timeline.chronology.scanning import Stretch
from timeline.drawing.axis import Step
from timeline.drawing.view import View, Whole
from timeline.index import keys, tallies

MOST_PLACED = 2_000


class Density(NamedTuple):
    """By value the numbers of entries that begin in each part.

    ``known_to`` is the number of parts that are counted in full, all of them as a rule.
    """

    numbers: dict[int, list[int]]
    known_to: int


def density(
    selection: Selection, among: Sequence[int], pieces: Sequence[View], step: Step
) -> Density:
    """Of ``selection`` the entries with each value of ``among`` that begin in each of ``pieces``.

    Value 0 is that of every entry.
    """
    tallied = selection.tallied
    if (
        step.unit is Whole.YEARS
        and tallied is not None
        and (not tallied or {0, tallied} >= {*among})
    ):
        # All entries of the selection have the value by which it is tallied.
        values = among if not tallied else [tallied] * len(among)
        found = tallies.starts(values, pieces[0].years[0], pieces[-1].years[1], step.number)
        years = [piece.years[0] for piece in pieces]
        return Density(
            {
                value: [found[one].get(year, 0) for year in years]
                for value, one in zip(among, values, strict=True)
            },
            len(pieces),
        )
    return _placed(selection, among, pieces)


def _placed(selection: Selection, among: Sequence[int], pieces: Sequence[View]) -> Density:
    begins = [keys.place(piece.bounds[0], 0) for piece in pieces]
    stretch = stretch_of(View(pieces[0].first, pieces[-1].behind))
    rows = scanning.read(scanning.MARKS, selection, replace(stretch, most=MOST_PLACED + 1))
    numbers = {value: [0] * len(pieces) for value in among}
    for place, *_bounds, vals in rows:
        piece = bisect_right(begins, place) - 1
        for value in (0, *map(int, vals.split())):
            if value in numbers:
                numbers[value][piece] += 1
    if len(rows) <= MOST_PLACED:
        return Density(numbers, len(pieces))
    return Density(numbers, bisect_right(begins, rows[-1][0]) - 1)


def stretch_of(view: View) -> Stretch:
    """The places of the entries that begin in ``view``."""
    first, last = view.bounds
    return Stretch(first=keys.place(first, 0), behind=(keys.number_of(last) + 1) * keys.IDS)
