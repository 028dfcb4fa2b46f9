"""A selection as a drawing: lanes of marks, each an entry, or of bars, each a number of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from timeline.chronology import Count, Cursor, Entry, Selection, dating, read, scanning
from timeline.chronology.scanning import Stretch
from timeline.drawing.axis import Axis, parts, step_for
from timeline.drawing.density import Density, density, stretch_of
from timeline.drawing.labels import Tick, ticks_of
from timeline.drawing.packing import Placed, packed, shortened
from timeline.drawing.shapes import Shape, bounds_of, fades_of, shape_of
from timeline.drawing.view import FAR, View
from timeline.edtf.ordinals import ordinal
from timeline.index import keys
from timeline.index.facts import Facet
from timeline.index.values import Named

MOST_DRAWN = 120  # entries; drawing.css has a rule for each row that they can take
MOST_LANES = 8
MOST_UNDATED = 12
MOST_BINS = 60
LEAST_HEIGHT = 4  # per cent, of a bar that stands for anything
# Pixels: what css/timeline.css makes of a frame without its lanes, of a lane, a row, bars.
FRAME_HEIGHT, LANE_HEIGHT, ROW_HEIGHT, BARS_HEIGHT = 330, 46, 28, 57
MOST_HEIGHT = 900
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


@dataclass(frozen=True)
class Drawing:
    """What of a selection lies in ``view``, by lanes of a ``facet`` or, with None, in one lane.

    ``everything`` counts the selection, ``whole`` is the view in which all of it lies.
    """

    everything: Count
    whole: View
    view: View
    facet: Facet | None

    @property
    def selection(self) -> Selection:
        """What is drawn, whether in view or not."""
        return self.everything.selection

    @cached_property
    def count(self) -> Count:
        """The numbers of what is in view."""
        return Count(replace(self.selection, view=self.view.window))

    @cached_property
    def axis(self) -> Axis:
        """Where days are."""
        return Axis(self.view)

    @cached_property
    def ticks(self) -> Sequence[Tick]:
        """The marks of the axis."""
        return ticks_of(self.axis)

    @property
    def frame_height(self) -> int:
        """The pixels that a frame on a wide page needs for it; on a narrow one it scrolls."""
        heights = (LANE_HEIGHT + (lane.rows * ROW_HEIGHT or BARS_HEIGHT) for lane in self.lanes)
        return min(MOST_HEIGHT, FRAME_HEIGHT + sum(heights))

    @property
    def words(self) -> str:
        """The view in words: '1948–1953'."""
        return dating(str(self.view)).words

    @cached_property
    def moves(self) -> dict[str, View | None]:
        """Where one can go from here, by name; None where there is nothing more."""
        view, whole = self.view, self.whole
        closer = view.zoomed(2, self._middle)
        wider = view.zoomed(0.5)
        moves = {
            "earlier": view.moved(-0.5) if view.first > whole.first else None,
            "out": None if view.days >= whole.days else min(wider, whole, key=lambda one: one.days),
            "whole": whole if view != whole else None,
            "in": closer if closer.days < view.days else None,
            "later": view.moved(0.5) if view.behind < whole.behind else None,
        }
        return {name: to if to and to.reachable else None for name, to in moves.items()}

    @property
    def _middle(self) -> int | None:
        """The day (ordinal) before which as many entries begin in view as after it, about so."""
        if self.by_entry:
            days = [
                bounds_of(mark.entry.dating.text).earliest_start
                for lane in self.lanes
                for mark in lane.marks
            ]
            first, last = self.view.bounds
            begun = sorted(ordinal(day) for day in days if first <= day <= last)
            return begun[len(begun) // 2] if begun else None
        bars = sorted(
            (bar.view.first + bar.view.days // 2, bar.entries)
            for lane in self.lanes
            for bar in lane.bars
        )
        left = sum(entries for _day, entries in bars) / 2
        for day, entries in bars:
            left -= entries
            if left <= 0:
                return day
        return None

    @property
    def all_drawn(self) -> bool:
        """Whether entries are few enough to be drawn one by one, whenever they began."""
        return self.count.total <= MOST_DRAWN

    @property
    def by_entry(self) -> bool:
        """Whether at least those that begin in view are."""
        return self.all_drawn or len(self._begun) <= MOST_DRAWN

    @property
    def begun_before(self) -> int:
        """How many reach into the view from before it and are not drawn, or more than that."""
        return 0 if self.all_drawn else self.count.total - len(self._begun)

    @property
    def fades(self) -> Sequence[tuple[int, int]]:
        """The ends between which marks fade."""
        return fades_of(mark.shape for lane in self.lanes for mark in lane.marks)

    @cached_property
    def lanes(self) -> Sequence[Lane]:
        """The lanes in the order of how many entries of the whole selection are in them."""
        return self._marks() if self.by_entry else self._bars()

    @cached_property
    def counted_to(self) -> str:
        """The part in which counting ended, in words, where not all are counted in full."""
        pieces, known = self._pieces, self._density.known_to
        return dating(str(pieces[known])).words if known < len(pieces) else ""

    @cached_property
    def _values(self) -> Sequence[Named]:
        """The values that have a lane of their own."""
        if self.facet is None:
            return ()
        return self.everything.by_value[self.facet][:MOST_LANES]

    def _marks(self) -> Sequence[Lane]:
        known = self.count.places if self.all_drawn else self._begun
        page = read(self.count.selection, size=MOST_DRAWN, known=known)
        lanes, left = [], list(page.entries)
        for value in self._values:
            members = [one for one in page.entries if _has(one, value)]
            left = [one for one in left if one not in members]
            lanes.append(self._lane(value, members))
        return [one for one in (*lanes, self._lane(None, left)) if one.entries]

    def _lane(self, value: Named | None, entries: Sequence[Entry]) -> Lane:
        shapes = [shape_of(one.dating.text, self.axis) for one in entries]
        placed = packed((shape, one.title) for shape, one in zip(shapes, entries, strict=True))
        marks = [
            Mark(one, shape, place, shortened(one.title, NARROW_LETTERS))
            for one, shape, place in zip(entries, shapes, placed, strict=True)
        ]
        rows = max((place.row + 1 for place in placed), default=0)
        return Lane(value, len(entries), marks, rows, ())

    @cached_property
    def _begun(self) -> list[int]:
        """The places of the entries that begin in view, up to one more than can be drawn."""
        stretch = replace(stretch_of(self.view), most=MOST_DRAWN + 1)
        return [place for (place,) in scanning.read(scanning.PLACES, self.selection, stretch)]

    @cached_property
    def _pieces(self) -> Sequence[View]:
        return parts(self.view, step_for(self.view, MOST_BINS))

    @cached_property
    def _density(self) -> Density:
        among = [0, *(one.id for one in self._values)]
        return density(self.selection, among, self._pieces, step_for(self.view, MOST_BINS))

    def _bars(self) -> Sequence[Lane]:
        numbers = dict(self._density.numbers)
        everything = numbers.pop(0)
        rows: list[tuple[Named | None, list[int]]] = [
            (value, numbers[value.id]) for value in self._values
        ]
        # An entry has one kind, but any number of actors.
        if self.facet is not Facet.ACTOR or not rows:
            left = list(everything)
            for _value, row in rows:
                left = [all_ - theirs for all_, theirs in zip(left, row, strict=True)]
            rows.append((None, left))
        highest = max(max(row) for _value, row in rows)
        return [
            Lane(value, sum(row), (), 0, list(self._row(row, highest)))
            for value, row in rows
            if any(row)
        ]

    def _row(self, numbers: Sequence[int], highest: int) -> Iterable[Bar]:
        for number, (piece, entries) in enumerate(zip(self._pieces, numbers, strict=True)):
            if entries:
                partial = number >= self._density.known_to
                start, end = (self.axis.at(piece.bounds[0]), self.axis.behind(piece.bounds[1]))
                height = max(LEAST_HEIGHT, round(100 * entries / highest, 1))
                words = dating(str(piece)).words
                yield Bar(piece, words, entries, partial, start, round(end - start, 3), height)


def _has(entry: Entry, value: Named) -> bool:
    if value.facet is Facet.ACTOR:
        return any(part.slug == value.slug for part in entry.parts)
    return entry.kind == value.slug


def whole_view(count: Count) -> View | None:
    """The view in which all dated entries of ``count`` lie, and a little more at both ends.

    None where no entry names a year and none is asked for. What has no beginning or no end reaches
    beyond.
    """
    extent = count.extent or _asked(count)
    if extent is None:
        return None
    first, last = extent
    if not count.exact:  # the latest entries have not been read
        latest = Stretch(behind=scanning.BEHIND_DATED, backwards=True, most=1)
        last = max(
            last,
            *(keys.year_at(p) for (p,) in scanning.read(scanning.PLACES, count.selection, latest)),
        )
    margin = (last - first + 1) // 40
    return View.of_years(max(first - margin, -FAR), min(last + margin, FAR))


def _asked(count: Count) -> tuple[int, int] | None:
    """The years asked for, where what lies in them names none of them: it goes on all the time."""
    first, last = count.selection.first, count.selection.last
    years = [year for year in (first, last) if year is not None]
    return (years[0], years[-1]) if years and count.total else None


def undated(selection: Selection) -> tuple[Sequence[Entry], bool]:
    """Some entries of ``selection`` without a date, and whether there are more."""
    if selection.dated:
        return (), False
    page = read(selection, size=MOST_UNDATED, after=Cursor(None, 0))
    return page.entries, page.next is not None
