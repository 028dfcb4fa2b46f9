"""The goals, as ratios of what was measured in one run."""

import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from benchmarks.serving.contest import (
    CACHED,
    DATASETTE,
    DJANGO_HELLO,
    FIRST,
    FLOOR,
    HOME,
    NOT_MODIFIED,
    PLAIN,
    Result,
)

LISTS = (HOME, "years", "frequent actor, years", "rare actor")
WORDS_AND_WIDE = ("common word", "rare word", "wide years")
DRAWN = ("timeline", "timeline, fifty years", "timeline, a month")
MIDDLE = 100_000
Measured = tuple[float, str] | None  # the worst value and what it is of


@dataclass(frozen=True, slots=True)
class Goal:
    """``what`` has to be at most, or at least, ``limit`` (in ``unit``)."""

    what: str
    limit: float
    measure: Callable[[Result], Measured]
    at_least: bool = False
    unit: str = "×"

    @property
    def wanted(self) -> str:
        """'≤ 1.5×'."""
        return f"{'≥' if self.at_least else '≤'} {self.limit:g}{self.unit}"

    def met(self, value: float) -> bool:
        """Whether ``value`` is good enough."""
        return value >= self.limit if self.at_least else value <= self.limit


def growth(pages: Iterable[str]) -> Callable[[Result], Measured]:
    """The largest size against the smallest, of the worst of ``pages``."""

    def measure(result: Result) -> Measured:
        if (sizes := ends(result)) is None:
            return None
        small, large = sizes
        return worst(
            (page, ratio(result.median(large, FIRST, page), result.median(small, FIRST, page)))
            for page in pages
        )

    return measure


def against(
    contestant: str, other: str, pages: Iterable[str], other_page: str = ""
) -> Callable[[Result], Measured]:
    """``contestant`` against ``other`` at the middle size, of the worst of ``pages``."""

    def measure(result: Result) -> Measured:
        size = middle(result)
        return worst(
            (
                page,
                ratio(
                    result.median(size, contestant, page),
                    result.median(size, other, other_page or page),
                ),
            )
            for page in pages
        )

    return measure


def rate_against(contestant: str, other: str) -> Callable[[Result], Measured]:
    """Home pages a second against those of ``other`` at the middle size."""

    def measure(result: Result) -> Measured:
        size = middle(result)
        value = ratio(result.rates.get((size, contestant)), result.rates.get((size, other)))
        return None if value is None else (value, "")

    return measure


def times_plain(result: Result) -> Measured:
    """How many of our home pages fit into one of the plain ListView."""
    size = middle(result)
    value = ratio(result.median(size, PLAIN, HOME), result.median(size, FIRST, HOME))
    return None if value is None else (value, "")


def depth(result: Result) -> Measured:
    """Page 1000 against page 1 at the largest size."""
    size = max(result.sizes)
    value = ratio(result.median(size, FIRST, "page 1000"), result.median(size, FIRST, HOME))
    return None if value is None else (value, "")


def edits(result: Result) -> Measured:
    """The median edit at the largest size against the smallest."""
    if (sizes := ends(result)) is None:
        return None
    small, large = sizes
    return statistics.median(result.edits[large]) / statistics.median(result.edits[small]), ""


def memory(result: Result) -> Measured:
    """Private memory of a worker at the largest size against the smallest."""
    if (sizes := ends(result)) is None:
        return None
    small, large = sizes
    return result.memory[large] / result.memory[small], ""


def first_visit(result: Result) -> Measured:
    """Kilobytes (1,000 bytes) of a first visit without scripts."""
    return None if result.visit is None else (result.visit.complete / 1000, "")


def ends(result: Result) -> tuple[int, int] | None:
    """The smallest and the largest size, None where there is but one."""
    return (min(result.sizes), max(result.sizes)) if len(result.sizes) > 1 else None


def middle(result: Result) -> int:
    """100,000 events where they were measured, else the largest size."""
    return MIDDLE if MIDDLE in result.sizes else max(result.sizes)


def ratio(one: float | None, other: float | None) -> float | None:
    """One by the other, None where either was not measured."""
    return None if one is None or other is None else one / other


def worst(ratios: Iterable[tuple[str, float | None]]) -> Measured:
    """The largest ratio and its page, None where there is none."""
    known = [(value, page) for page, value in ratios if value is not None]
    return max(known, default=None)


ALL_LISTS = (*LISTS, *WORDS_AND_WIDE)
GOALS = (
    Goal("list page, first time: largest size against smallest", 1.5, growth(LISTS)),
    Goal("the same, words and wide years", 2, growth(WORDS_AND_WIDE)),
    Goal("list page against the floor, first time", 4, against(FIRST, FLOOR, ALL_LISTS)),
    Goal("list page against the floor, cached", 1, against(CACHED, FLOOR, ALL_LISTS)),
    Goal(
        "page asked for again, cached, against hello in Django",
        1.3,
        against(CACHED, DJANGO_HELLO, ALL_LISTS, HOME),
    ),
    Goal(
        "page asked for again, 304, against hello in Django",
        1.3,
        against(NOT_MODIFIED, DJANGO_HELLO, ALL_LISTS, HOME),
    ),
    Goal(
        "home, requests a second against Datasette, first time",
        8,
        rate_against(FIRST, DATASETTE),
        at_least=True,
    ),
    Goal("the same, cached", 50, rate_against(CACHED, DATASETTE), at_least=True),
    Goal("home against the plain ListView, first time", 100, times_plain, at_least=True),
    Goal("page 1000 against page 1, largest size", 1.2, depth),
    Goal("event page: largest size against smallest", 1.2, growth(["event"])),
    Goal("source of 500 passages: largest size against smallest", 1.2, growth(["source"])),
    Goal("drawn timeline: largest size against smallest", 1.5, growth(DRAWN)),
    Goal("edit in the admin: largest size against smallest", 1.5, edits),
    Goal("private memory of a worker: largest size against smallest", 1.2, memory),
    Goal("first visit to the home page, without script", 30, first_visit, unit=" kB"),
)
