"""One complete date as EDTF: as a whole, or as a stretch from a first to a last date."""

from dataclasses import dataclass

from timeline.edtf import Mark
from timeline.phrases.parts import borders
from timeline.phrases.points import YEAR, Part, Point
from timeline.phrases.wholes import (
    astronomical_text,
    check_complete,
    whole_text,
    year_text,
    years_of_decade,
)

SIGNS = {Mark.NONE: "", Mark.UNCERTAIN: "?", Mark.APPROXIMATE: "~", Mark.BOTH: "%"}
FIRST_PART_OF_YEAR = {2: 40, 3: 37, 4: 33}  # codes of ISO 8601-2: halves, thirds, quarters


@dataclass(frozen=True, slots=True)
class Dating:
    """A date in EDTF without its mark: ``whole``, or else from ``first`` to ``last``.

    ``soft`` says which of the two borders no calendar fixes.
    """

    first: str
    last: str
    whole: str | None
    mark: Mark
    soft: tuple[bool, bool] = (False, False)
    note: str = ""

    def single(self) -> str:
        """The date by itself: one unknown time of it, where it is a stretch."""
        if self.whole is not None:
            return self.whole + SIGNS[self.mark]
        return f"[{self.start()}..{self.end()}]"

    def start(self) -> str:
        """What something begins with that begins here."""
        return self._edge(self.first, soft=self.soft[0])

    def end(self) -> str:
        """What something ends with that ends here."""
        return self._edge(self.last, soft=self.soft[1])

    def as_edge(self, *, at_end: bool) -> str:
        """An end of an interval; within a stretch it can be only about its border."""
        if self.whole is not None:
            return self.single()
        text = self.last if at_end else self.first
        return text + SIGNS[self.mark | Mark.APPROXIMATE]

    def _edge(self, text: str, *, soft: bool) -> str:
        if self.whole is not None:
            text = self.whole
        return text + SIGNS[self.mark | (Mark.APPROXIMATE if soft else Mark.NONE)]


def dating(point: Point) -> Dating:
    """``point`` in EDTF. Raises Misread where it is incomplete or no such date exists."""
    check_complete(point)
    if point.part is not None:
        return _parted(point, point.part)
    whole = whole_text(point)
    if whole is None:
        years = years_of_decade(point)
        first, last = astronomical_text(years[0]), astronomical_text(years[-1])
        return Dating(first, last, None, point.mark)
    return Dating(whole, whole, whole, point.mark, note=point.note)


def _parted(point: Point, part: Part) -> Dating:
    """A part of a longer time, such as its last third."""
    if point.unit == YEAR and not part.soft:
        code = FIRST_PART_OF_YEAR[part.of] + part.first
        whole = f"{year_text(point.number or 0, point.era)}-{code}"
        return Dating(whole, whole, whole, point.mark)
    first, last = borders(point, part)
    soft = (part.soft and part.first > 0, part.soft and part.last < part.of - 1)
    return Dating(first, last, None, point.mark, soft, _note(part, first, last))


def _note(part: Part, first: str, last: str) -> str:
    if not part.soft:
        return ""
    return (
        f"EDTF has no “{part.name}”: it is read as about that third. Correct {first} and {last} if "
        "the source is more exact."
    )
