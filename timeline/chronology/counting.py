"""How many entries a selection has: in all, in each stretch of years, and by value.

Where the tallies know (no filter but years and at most one value), nothing is read. Else at most
MOST_COUNTED entries are, the earliest first, and what is more than these is said to be more.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from timeline.chronology import scanning
from timeline.chronology.scanning import Stretch
from timeline.chronology.selection import Selection
from timeline.index import keys, tallies, values
from timeline.index.facts import Facet
from timeline.index.tallies import FIRST_YEAR, LAST_YEAR, Bin
from timeline.index.values import Named

MOST_COUNTED = 1_000
MOST_VALUES = {Facet.ACTOR: 8, Facet.KIND: 24, Facet.SOURCE: 8}  # that are shown


@dataclass(frozen=True, slots=True)
class Mark:
    """What counting needs of an entry: the first and the last year it may touch, and its values."""

    first: int | None
    last: int | None
    vals: str


class Count:
    """The numbers of one selection, each read when it is first asked for."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection

    @cached_property
    def total(self) -> int:
        """The number of entries; where it is not ``exact``, there are more."""
        value = self.selection.tallied
        if value is None:
            return len(self._marks)
        if not self.selection.dated:
            return values.entries(value)
        return tallies.touching([value], self.selection.first, self.selection.last).get(value, 0)

    @property
    def exact(self) -> bool:
        """Whether ``total`` and the bins count all entries."""
        return self.selection.tallied is not None or not self._more

    @cached_property
    def bins(self) -> list[Bin]:
        """The entries by years; none where there is nothing to tell apart.

        Of what is not ``exact``, up to the years in which counting ended.
        """
        between = self._extent
        if between is None or between[0] == between[1]:
            return []
        value = self.selection.tallied
        if value is not None:
            return tallies.bins(value, *between)
        stretches = [
            (mark.first, mark.last)
            for mark in self._marks
            if mark.first is not None and mark.last is not None
        ]
        return tallies.bins_of(stretches, *between)

    @cached_property
    def by_value(self) -> dict[Facet, list[Named]]:
        """By facet the values that most entries have, with their numbers among those selected.

        Of more than MOST_COUNTED entries with a value or words, the first so many are counted:
        ``values_exact`` tells.
        """
        if self.selection == Selection():
            return _by_facet(values.most_frequent(MOST_VALUES))
        if self._few or self.selection.tallied != 0:
            return _by_facet(self._counted())
        frequent = values.most_frequent(MOST_VALUES)
        numbers = tallies.touching(
            (one.id for one in frequent), self.selection.first, self.selection.last
        )
        return _by_facet(
            [one._replace(entries=numbers[one.id]) for one in frequent if one.id in numbers]
        )

    @property
    def values_exact(self) -> bool:
        """Whether ``by_value`` counts all entries."""
        return self.selection.tallied == 0 or self._few

    @cached_property
    def counted_to(self) -> int | None:
        """The year in which counting ended, where it did."""
        years = [mark.first for mark in self._marks if mark.first not in (None, FIRST_YEAR)]
        return years[-1] if self._more and years else None

    @property
    def _few(self) -> bool:
        if self.selection.tallied is None:
            return not self._more
        return self.total <= MOST_COUNTED

    def _counted(self) -> list[Named]:
        numbers = Counter(int(value) for mark in self._marks for value in mark.vals.split())
        return [
            one._replace(entries=numbers[number]) for number, one in values.named(numbers).items()
        ]

    @property
    def _more(self) -> bool:
        return len(self._read) > MOST_COUNTED

    @property
    def _marks(self) -> list[Mark]:
        return self._read[:MOST_COUNTED]

    @cached_property
    def _read(self) -> list[Mark]:
        rows = scanning.read(scanning.MARKS, self.selection, Stretch(most=MOST_COUNTED + 1))
        return [
            Mark(
                None if first is None else keys.year_of(first),
                None if last is None else keys.year_of(last),
                vals,
            )
            for _place, first, last, vals in rows
        ]

    @cached_property
    def _extent(self) -> tuple[int, int] | None:
        """The years that the entries name, within those asked for."""
        value = self.selection.tallied
        named = self._named_years() if value is None else tallies.extent(value)
        if named is None:
            return None
        first, last = named
        if self.selection.first is not None:
            first = max(first, self.selection.first)
        if self.selection.last is not None:
            last = min(last, self.selection.last)
        return (first, last) if first <= last else None

    def _named_years(self) -> tuple[int, int] | None:
        years = [
            year
            for mark in self._marks
            for year in (mark.first, mark.last)
            if year is not None and FIRST_YEAR < year < LAST_YEAR
        ]
        return (min(years), max(years)) if years else None


def _by_facet(found: list[Named]) -> dict[Facet, list[Named]]:
    found.sort(key=lambda one: (-one.entries, one.name, one.slug))
    return {
        facet: [one for one in found if one.facet == facet and one.entries][: MOST_VALUES[facet]]
        for facet in Facet
    }
