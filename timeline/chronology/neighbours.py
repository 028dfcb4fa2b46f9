"""The entries before and after one in the whole chronology."""

from typing import NamedTuple

from timeline.chronology import scanning
from timeline.chronology.dating import Dating, dating
from timeline.chronology.entries import EventRow
from timeline.chronology.selection import Selection
from timeline.index import keys


class Neighbour(NamedTuple):
    """An entry by its name: what a link to it says."""

    slug: str
    title: str
    dating: Dating


def neighbours(sort_date: int | None, event: int) -> tuple[Neighbour | None, Neighbour | None]:
    """The entries next to an ``event`` (primary key), a query each; None at the end of them."""
    place = keys.place(sort_date, event)
    return (
        _nearest(scanning.Stretch(behind=place, backwards=True, most=1)),
        _nearest(scanning.Stretch(first=place + 1, most=1)),
    )


def _nearest(stretch: scanning.Stretch) -> Neighbour | None:
    for row in map(EventRow._make, scanning.read(scanning.ENTRY, Selection(), stretch)):
        return Neighbour(row.slug, row.title, dating(row.date))
    return None
