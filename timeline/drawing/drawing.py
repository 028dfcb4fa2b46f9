"""A selection as a drawing: lanes of marks, each an entry, or of bars, each a number of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from timeline.chronology import Count, Cursor, Entry, Selection, dating, read, scanning
from timeline.drawing.axis import Axis, parts, step_for
from timeline.drawing.density import Density, density, stretch_of
from timeline.drawing.labels import Tick, ticks_of
from timeline.drawing.lanes import Lane, of_entries, of_numbers
from timeline.drawing.shapes import bounds_of, fades_of
from timeline.drawing.view import View
from timeline.edtf.ordinals import ordinal
from timeline.index.facts import Facet
from timeline.index.values import Named

MOST_DRAWN = 120  # entries; timeline-rows.css has a rule for each row that they can take
MOST_LANES = 8
MOST_UNDATED = 12
MOST_BINS = 60
# Pixels: what css/timeline.css makes of a frame without its lanes, of a lane, a row, bars.
FRAME_HEIGHT, LANE_HEIGHT, ROW_HEIGHT, BARS_HEIGHT = 330, 46, 28, 57


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
        return FRAME_HEIGHT + sum(heights)

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
        if not self.by_entry:
            return of_numbers(self._density, self._values, self._pieces, self.axis)
        known = self.count.places if self.all_drawn else self._begun
        page = read(self.count.selection, size=MOST_DRAWN, known=known)
        return of_entries(page.entries, self._values, self.axis)

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


def undated(selection: Selection) -> tuple[Sequence[Entry], bool]:
    """Some entries of ``selection`` without a date, and whether there are more."""
    if selection.dated:
        return (), False
    page = read(selection, size=MOST_UNDATED, after=Cursor(None, 0))
    return page.entries, page.next is not None
