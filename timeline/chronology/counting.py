"""How many entries a selection has: in all, in each stretch of years, and by value.

Where the tallies know (no filter but years and at most one value), nothing is read. Else at most
MOST_COUNTED entries are, the earliest first, and what is more than these is said to be more.
"""

from collections import Counter
from functools import cached_property
from heapq import nsmallest

from timeline.chronology import scanning
from timeline.chronology.scanning import Stretch
from timeline.chronology.selection import Selection
from timeline.index import keys, sql, tallies, values
from timeline.index.facts import Basis, Facet
from timeline.index.schema import FACETS
from timeline.index.tallies import FIRST_YEAR, LAST_YEAR, Bin
from timeline.index.values import Named

MOST_COUNTED = 1_000
MOST_VALUES = {  # that are shown
    Facet.ACTOR: 8,
    Facet.KIND: 24,
    Facet.SOURCE: 8,
    Facet.BASIS: len(Basis),
    Facet.CONTESTED: 1,
}


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
        return tallies.touching([value], *self.selection.years).get(value, 0)

    @property
    def exact(self) -> bool:
        """Whether ``total`` and the bins count all entries."""
        return self.selection.tallied is not None or not self._more

    @cached_property
    def bins(self) -> list[Bin]:
        """The entries by years; none where there is nothing to tell apart.

        Of what is not ``exact``, up to the years in which counting ended.
        """
        between = self.extent
        if between is None or between[0] == between[1]:
            return []
        value = self.selection.tallied
        window = self.selection.years
        if value is not None:
            return tallies.bins(value, *between, window)
        if not self.selection.certain:
            return tallies.bins_of(self._stretches, *between, window)
        return tallies.bins_of(self._sure_stretches(*between), *between, window)

    @cached_property
    def by_value(self) -> dict[Facet, list[Named]]:
        """By facet the values that most entries have, with their numbers among those selected.

        Of more than MOST_COUNTED entries with a value or words, so many are counted, be it the
        first or not: ``values_exact`` tells.
        """
        if self.selection == Selection():
            return _by_facet(values.most_frequent(MOST_VALUES))
        if self._few or self.selection.tallied != 0:
            return _by_facet(self._counted())
        frequent = values.most_frequent(MOST_VALUES)
        numbers = tallies.touching((one.id for one in frequent), *self.selection.years)
        return _by_facet(
            [one._replace(entries=numbers[one.id]) for one in frequent if one.id in numbers]
        )

    @property
    def values_exact(self) -> bool:
        """Whether ``by_value`` counts all entries."""
        return self.selection.tallied == 0 or self._few

    @property
    def places(self) -> list[int] | None:
        """All places of the selection, where counting had to read them all; else None."""
        if self.selection.tallied is not None or self._more:
            return None
        return [mark[0] for mark in self._read]

    @cached_property
    def counted_to(self) -> int | None:
        """The year in which counting ended, where it did."""
        begun = [first for first, _last in self._stretches if first != FIRST_YEAR]
        if not (self._more and begun):
            return None
        first, _last = self.selection.years
        return max(begun if first is None else [*begun, first])

    @property
    def _few(self) -> bool:
        if self.selection.tallied is None:
            return not self._more
        return self.total <= MOST_COUNTED

    def _counted(self) -> list[Named]:
        """The values of the entries that are read, the most frequent of each facet."""
        if self.selection.tallied is None:
            read = [mark[-1] for mark in self._marks]
        else:
            most = Stretch(most=MOST_COUNTED)
            read = [vals for (vals,) in scanning.read(scanning.VALUES, self.selection, most)]
        texts = " ".join(read)
        numbers = {int(value): number for value, number in Counter(texts.split()).items()}
        top = [
            value
            for facet in Facet
            for value in nsmallest(
                MOST_VALUES[facet],
                (value for value in numbers if value % FACETS == facet),
                key=lambda value: (-numbers[value], value),
            )
        ]
        return [one._replace(entries=numbers[one.id]) for one in values.named(top).values()]

    @property
    def _more(self) -> bool:
        return len(self._read) > MOST_COUNTED

    @property
    def _marks(self) -> list[sql.Row]:
        return self._read[:MOST_COUNTED]

    @cached_property
    def _read(self) -> list[sql.Row]:
        return scanning.read(scanning.MARKS, self.selection, Stretch(most=MOST_COUNTED + 1))

    @cached_property
    def _stretches(self) -> list[tuple[int, int]]:
        """The first and the last year that each dated entry may touch."""
        return [
            (keys.year_of(first), keys.year_of(last))
            for _place, first, last, *_rest in self._marks
            if first is not None
        ]

    def _sure_stretches(self, first: int, last: int) -> list[tuple[int, int]]:
        """The years that each entry certainly touches; of one that is sure of no year, its bin."""
        width = tallies.width_of(first, last)
        found = []
        for _place, _first, _last, begun, ended, _vals in self._marks:
            years = sorted((keys.year_of(begun), keys.year_of(ended)))
            if begun <= ended or years[0] // width == years[1] // width:
                found.append((years[0], years[1]))
        return found

    @cached_property
    def extent(self) -> tuple[int, int] | None:
        """The years that the entries name, within those asked for."""
        value = self.selection.tallied
        named = self._named_years() if value is None else tallies.extent(value)
        if named is None:
            return None
        first, last = named
        start, end = self.selection.years
        first = first if start is None else max(first, start)
        last = last if end is None else min(last, end)
        return (first, last) if first <= last else None

    def _named_years(self) -> tuple[int, int] | None:
        years = [year for both in self._stretches for year in both if FIRST_YEAR < year < LAST_YEAR]
        return (min(years), max(years)) if years else None


def _by_facet(found: list[Named]) -> dict[Facet, list[Named]]:
    found.sort(key=lambda one: (-one.entries, one.name, one.slug))
    return {
        facet: [one for one in found if one.facet == facet and one.entries][: MOST_VALUES[facet]]
        for facet in Facet
    }
