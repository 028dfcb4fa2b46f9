"""The one read path of the chronology: a selection of events in, pages of frozen entries out."""

from timeline.chronology.counting import Count
from timeline.chronology.dating import Dating, dating
from timeline.chronology.entries import Citation, Entry, Part
from timeline.chronology.paging import Cursor, Page, read
from timeline.chronology.periods import Period, grouped
from timeline.chronology.selection import Selection

__all__ = [
    "Citation",
    "Count",
    "Cursor",
    "Dating",
    "Entry",
    "Page",
    "Part",
    "Period",
    "Selection",
    "dating",
    "grouped",
    "read",
]
