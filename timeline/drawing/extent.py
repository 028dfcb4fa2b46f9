"""How far a drawing reaches."""

from timeline.chronology import Count, scanning
from timeline.chronology.scanning import Stretch
from timeline.drawing.view import View
from timeline.index import keys


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
    return View.around(first, last, margin)


def _asked(count: Count) -> tuple[int, int] | None:
    """The years asked for, where what lies in them names none of them: it goes on all the time."""
    first, last = count.selection.first, count.selection.last
    years = [year for year in (first, last) if year is not None]
    return (years[0], years[-1]) if years and count.total else None
