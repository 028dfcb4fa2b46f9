"""What can be narrowed or widened from where a reader stands: values and years, with numbers."""

from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import get_language

from timeline import localised
from timeline.chronology import Count
from timeline.filters import EventFilter, labels
from timeline.filters.addresses import query_string
from timeline.index.facts import Facet
from timeline.index.values import Named

HEIGHT = 100  # of the highest bar
LEAST_HEIGHT = 3  # of a bar that stands for anything


class ValueShown(NamedTuple):
    """A value and the query string that takes it in or, where it is ``chosen``, out.

    ``entries`` would be shown with it; None where they are not counted.
    """

    name: str
    language: str
    slug: str
    entries: int | None
    chosen: bool
    query: str


class FacetShown(NamedTuple):
    """The values of ``parameter`` that most of the entries have; not ``exact``: of some of them."""

    parameter: str
    values: tuple[ValueShown, ...]
    exact: bool


class Bar(NamedTuple):
    """A bar of the histogram: some years, the entries that possibly touch them, its address."""

    label: str
    years: int
    entries: int
    height: int
    query: str


def facets_of(asked: EventFilter) -> tuple[FacetShown, ...]:
    """The facets of what is asked for.

    An actor more narrows the selection. A value more of another facet widens it, so those are
    counted as if none of their own were chosen.
    """
    shown = []
    for facet in Facet:
        parameter = facet.name.lower()
        selection = asked.selection.without(facet)
        count = asked.count if selection == asked.selection else Count(selection)
        found = {one.slug: one for one in count.by_value[facet]}
        chosen = {one.slug: one for one in asked.chosen(parameter)}
        values = [*(one for slug, one in chosen.items() if slug not in found), *found.values()]
        shown.append(
            FacetShown(
                parameter,
                tuple(
                    _value(asked, parameter, one, counted=one.slug in found, on=one.slug in chosen)
                    for one in values
                ),
                count.values_exact,
            )
        )
    return tuple(shown)


def _value(
    asked: EventFilter, parameter: str, one: Named, *, counted: bool, on: bool
) -> ValueShown:
    pair = (parameter, one.slug)
    kept = [other for other in asked.parameters if other != pair]
    return ValueShown(
        name=labels.in_list(one),
        language=one.language,
        slug=one.slug,
        entries=one.entries if counted else None,
        chosen=on,
        query=query_string(kept if on else [*kept, pair]),
    )


def bars_of(asked: EventFilter) -> tuple[Bar, ...]:
    """The histogram of what is asked for; empty where there is nothing to tell apart."""
    bins = asked.count.bins
    highest = max((one.entries for one in bins), default=0)
    kept = [pair for pair in asked.parameters if pair[0] not in ("from", "to")]
    address = query_string([*kept, ("from", "FIRST"), ("to", "LAST")])
    language = get_language()
    before, after = address.rsplit("from=FIRST&to=LAST", 1)
    return tuple(
        Bar(
            label=years_label(one.first, one.last, language),
            years=one.last - one.first + 1,
            entries=one.entries,
            height=max(LEAST_HEIGHT, one.entries * HEIGHT // highest) if one.entries else 0,
            query=f"{before}from={one.first}&to={one.last}{after}",
        )
        for one in bins
    )


@lru_cache(maxsize=1024)
def years_label(first: int, last: int, language: str | None) -> str:  # noqa: ARG001
    """'1948', '1950s', '1900–1999', '50–41 BCE' in the present ``language``."""
    if last - first == 9 and first > 0:
        return localised.decade_label(first)
    return localised.years_label(first, last)
