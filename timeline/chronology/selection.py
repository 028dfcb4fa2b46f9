"""What a reader has asked for, as ids."""

from dataclasses import dataclass, replace

from timeline import edtf
from timeline.index import keys
from timeline.index.facts import Facet
from timeline.index.finding import Sought


@dataclass(frozen=True, slots=True)
class Selection:
    """Published entries that lie in some years, in view, have some values, and have some words.

    ``first`` and ``last`` are years (astronomical, both included, None: no limit), and ``certain``
    leaves out what only may lie in them. ``view`` leaves out what cannot lie in these days. Values
    are ids of ``timeline.index.values``: all of ``actors``, the rarest first, any of ``kinds``, any
    of ``sources``, any of ``bases``, and ``contested``, which has but one. An id that no entry has
    selects nothing.
    """

    first: int | None = None
    last: int | None = None
    certain: bool = False
    actors: tuple[int, ...] = ()
    kinds: tuple[int, ...] = ()
    sources: tuple[int, ...] = ()
    bases: tuple[int, ...] = ()
    contested: tuple[int, ...] = ()
    sought: Sought | None = None
    view: edtf.Window | None = None

    @property
    def dated(self) -> bool:
        """Whether time matters, so that undated entries are left out."""
        return (self.first, self.last) != (None, None) or self.view is not None

    @property
    def asked(self) -> edtf.Window:
        """The years asked for."""
        return edtf.Window.years(self.first, self.last)

    @property
    def window(self) -> edtf.Window:
        """The days, of the years and in view, in which an entry may lie."""
        return self.asked if self.view is None else self.asked.within(self.view)

    @property
    def years(self) -> tuple[int | None, int | None]:
        """The years in which the window begins and ends."""
        start, end = self.window.start, self.window.end
        return (
            None if start is None else keys.year_of(start),
            None if end is None else keys.year_of(end),
        )

    @property
    def far(self) -> bool:
        """Whether a year is asked for where many days share a place."""
        return any(abs(year or 0) > keys.DAILY_YEARS for year in self.years)

    @property
    def groups(self) -> list[tuple[int, ...]]:
        """Groups of values, of each of which an entry has one: the one to begin with first."""
        some = sorted([*((one,) for one in self.actors), self.kinds, self.sources], key=len)
        # Few entries are contested, and most of them have a date that is stated.
        return [group for group in (self.contested, *some, self.bases) if group]

    @property
    def drivers(self) -> tuple[int | None, ...]:
        """The values whose postings are read; None: all entries, or those that have the words."""
        return (None,) if self.sought or not self.groups else self.groups[0]

    @property
    def tallied(self) -> int | None:
        """The one value whose tallies count the entries; None where they must be read to count."""
        if self.sought or (self.certain and self.dated) or not _countable(self.window):
            return None
        match self.groups:
            case []:
                return 0
            case [(value,)]:
                return value
        return None

    def without(self, facet: Facet) -> "Selection":
        """The same without its values of ``facet``; all actors must take part, so those stay."""
        match facet:
            case Facet.KIND:
                return replace(self, kinds=())
            case Facet.SOURCE:
                return replace(self, sources=())
            case Facet.BASIS:
                return replace(self, bases=())
            case Facet.CONTESTED:
                return replace(self, contested=())
        return self


def _countable(window: edtf.Window) -> bool:
    """Whether ``window`` begins and ends with a year, where it does, and has any days."""
    start, end = window.start, window.end
    whole = (start or 101) % 10_000 == 101 and (end or 1231) % 10_000 == 1231
    return whole and (start is None or end is None or start <= end)
