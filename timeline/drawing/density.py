"""How many entries begin in each part of a view, where there are too many to be drawn one by one.

Tallies know it of whole years, of all entries or of those with one value. For parts of years, and
for more filters, as many entries as MOST_PLACED are read, the earliest first (ADR 60).
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from operator import add
from typing import NamedTuple

from timeline import edtf
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
    values = _tallied(selection, among)
    if values is None or step.unit is not Whole.YEARS:
        return _placed(selection, among, pieces, stretch_of(_all(pieces)))
    found = _starts(selection, values, pieces, step.number)
    years = [piece.years[0] for piece in pieces]
    density = Density(
        {
            value: [found[one].get(year, 0) for year in years]
            for value, one in zip(among, values, strict=True)
        },
        len(pieces),
    )
    if selection.first is None or selection.first <= years[0]:
        return density
    # What began before the years asked for, and reaches into them.
    day = edtf.to_int(selection.first, 1, 1)
    behind = (keys.number_of(day) + 1) * keys.IDS  # a number that many far years may share
    stretch = stretch_of(_all(pieces)).within(None, behind)
    earlier = _placed(selection, among, pieces, stretch, before=day)
    for value, numbers in earlier.numbers.items():
        density.numbers[value][:] = map(add, density.numbers[value], numbers)
    return density._replace(known_to=earlier.known_to)


def _tallied(selection: Selection, among: Sequence[int]) -> Sequence[int] | None:
    """The values whose tallies count the entries with each value of ``among``, if there are."""
    tallied = selection.tallied
    if not tallied:
        return None if tallied is None else among
    # All entries of the selection have the value by which it is tallied.
    return [tallied] * len(among) if {0, tallied} >= {*among} else None


def _starts(
    selection: Selection, values: Sequence[int], pieces: Sequence[View], width: int
) -> dict[int, dict[int, int]]:
    """By value and by the first year of a piece the entries that begin in the years asked for."""
    first, last = pieces[0].years[0], pieces[-1].years[1]
    first = first if selection.first is None else max(first, selection.first)
    last = last if selection.last is None else min(last, selection.last)
    if first > last:
        return {value: {} for value in values}
    found = tallies.starts(values, first, last, width)
    for start in {first // width * width, last // width * width}:
        begin, end = max(first, start), min(last, start + width - 1)
        if end - begin + 1 < width:  # what is cut off has other numbers than the whole
            some = tallies.starts(values, begin, end, 1)
            for value in values:
                found[value][start] = sum(some[value].values())
    return found


def _placed(
    selection: Selection,
    among: Sequence[int],
    pieces: Sequence[View],
    stretch: Stretch,
    before: int | None = None,
) -> Density:
    """What is read of ``stretch``; of that, what begins on a day ``before`` this one, if given."""
    begins = [piece.bounds[0] for piece in pieces]
    last = pieces[-1].bounds[1] if before is None else min(pieces[-1].bounds[1], before - 1)
    rows = scanning.read(scanning.MARKS, selection, replace(stretch, most=MOST_PLACED + 1))
    numbers = {value: [0] * len(pieces) for value in among}
    for _place, start, *_bounds, vals in rows:
        if not begins[0] <= start <= last:  # or nobody knows when it began
            continue
        piece = bisect_right(begins, start) - 1
        for value in (0, *map(int, vals.split())):
            if value in numbers:
                numbers[value][piece] += 1
    if len(rows) <= MOST_PLACED:
        return Density(numbers, len(pieces))
    places = [keys.place(day, 0) for day in begins]
    return Density(numbers, bisect_right(places, rows[-1][0]) - 1)


def _all(pieces: Sequence[View]) -> View:
    return View(pieces[0].first, pieces[-1].behind)


def stretch_of(view: View) -> Stretch:
    """The places of the entries that begin in ``view``."""
    first, last = view.bounds
    return Stretch(first=keys.place(first, 0), behind=(keys.number_of(last) + 1) * keys.IDS)
