"""Selections read by the derived tables have the entries and the numbers that they should have."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import make_event
from tests.chronicle import KINDS, Chronicle, make_chronicle, queries
from timeline import index
from timeline.chronology import Count, Cursor, Selection, read
from timeline.index.facts import CONTESTED, Basis, Facet
from timeline.index.finding import Sought, sought
from timeline.models import Event
from timeline.search import EmptyQueryError, parse

pytestmark = pytest.mark.django_db

YEARS = st.none() | st.sampled_from(
    (
        -4_000_000,
        -3_000_000,
        -2_999_000,
        -1500,
        -44,
        -43,
        0,
        1,
        1650,
        1890,
        1914,
        1944,
        1948,
        1949,
        1953,
        2013,
        2100,
    )
)


def some_of(names: Sequence[str], most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), max_size=most, unique=True)


@pytest.fixture
def chronicle(db: None) -> Chronicle:
    return make_chronicle()


def in_order(years: tuple[int | None, int | None]) -> tuple[int | None, int | None]:
    first, last = years
    return years if first is None or last is None or first <= last else (last, first)


asked = st.fixed_dictionaries(
    {
        "years": st.tuples(YEARS, YEARS).map(in_order),
        "certain": st.booleans(),
        "actors": some_of([f"a{n}" for n in range(6)], 2),
        "kinds": some_of(KINDS, 2),
        "sources": some_of([f"s{n}" for n in range(4)], 2),
        "bases": some_of([*Basis], 2),
        "contested": some_of([CONTESTED.name], 1),
        "q": st.none() | queries,
    }
)


def selection_of(chronicle: Chronicle, wish: dict[str, Any]) -> Selection:
    first, last = wish["years"]
    return Selection(
        first=first,
        last=last,
        certain=wish["certain"],
        actors=tuple(chronicle.value(Facet.ACTOR, slug) for slug in wish["actors"]),
        kinds=tuple(chronicle.value(Facet.KIND, slug) for slug in wish["kinds"]),
        sources=tuple(chronicle.value(Facet.SOURCE, slug) for slug in wish["sources"]),
        bases=tuple(chronicle.value(Facet.BASIS, slug) for slug in wish["bases"]),
        contested=tuple(chronicle.value(Facet.CONTESTED, slug) for slug in wish["contested"]),
        sought=sought_of(wish["q"]),
    )


def sought_of(text: str | None) -> Sought | None:
    try:
        return None if text is None else sought(parse(text))
    except EmptyQueryError:
        return None


many = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@many
@given(wish=asked, latest_first=st.booleans())
def test_pages_have_the_entries_of_the_selection_in_order(
    chronicle: Chronicle, wish: dict[str, Any], latest_first: bool
) -> None:
    selection = selection_of(chronicle, wish)
    expected = chronicle.expected(selection)
    if latest_first:  # undated ones stay last
        expected = [
            *(one for one in reversed(expected) if one.date),
            *(one for one in reversed(expected) if not one.date),
        ]
    seen: list[str] = []
    after: Cursor | None = None
    while True:
        page = read(selection, size=7, after=after, latest_first=latest_first)
        seen += [entry.slug for entry in page.entries]
        assert page.has_previous == (after is not None)
        if page.next is None:
            break
        after = page.next
    assert seen == [one.slug for one in expected]


@many
@given(wish=asked)
def test_totals_and_values_are_counted_exactly(chronicle: Chronicle, wish: dict[str, Any]) -> None:
    selection = selection_of(chronicle, wish)
    expected = chronicle.expected(selection)
    count = Count(selection)
    assert (count.total, count.exact, count.values_exact) == (len(expected), True, True)
    numbers = Counter(value for one in expected for value in chronicle.published[one])
    numbers.pop(-1, None)  # values of drafts only
    found = {one.id: one.entries for values in count.by_value.values() for one in values}
    assert found == numbers


@many
@given(wish=asked)
def test_a_bar_stands_for_what_its_click_shows(chronicle: Chronicle, wish: dict[str, Any]) -> None:
    selection = selection_of(chronicle, {**wish, "certain": False})
    bins = Count(selection).bins
    for one in bins:
        first, last = selection.first, selection.last
        clicked = replace(
            selection,
            first=one.first if first is None else max(first, one.first),
            last=one.last if last is None else min(last, one.last),
        )
        within = clicked.first is not None and clicked.last is not None
        if within and (first is None or first <= one.first) and (last is None or one.last <= last):
            assert one.entries == len(chronicle.expected(clicked))


def test_a_histogram_spans_no_years_of_which_the_entries_are_gone(db: None) -> None:
    make_event(date="1600")
    make_event(date="1950")
    make_event(date="1953")
    index.catch_up()
    assert (Count(Selection()).bins[0].first, Count(Selection()).bins[-1].last) == (1600, 1959)
    Event.objects.filter(date="1600").update(status="draft")
    index.catch_up()
    assert (Count(Selection()).bins[0].first, Count(Selection()).bins[-1].last) == (1950, 1953)
