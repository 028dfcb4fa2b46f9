"""The grid of actors by decade: its columns, its numbers against plain counting, its silences."""

from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from actors.models import Actor
from tests.builders import make_actor, make_event
from tests.chronicle import make_chronicle
from timeline import edtf, index
from timeline.chronology import Selection
from timeline.filters.grid import (
    SHADES,
    Grid,
    MostRecorded,
    Silence,
    column_label,
    grid_of,
    known_years,
)
from timeline.index.columns import MOST_COLUMNS, Column, columns_of, recorded_in
from timeline.index.facts import Facet
from timeline.models import Status

pytestmark = pytest.mark.django_db
years = st.integers(-100_000, 100_000)


def grid() -> Grid:
    index.catch_up()
    found = grid_of(MostRecorded()[0:100])
    assert found is not None
    return found


def cells(name: str) -> dict[str, tuple[int, Silence | None]]:
    """By label the number of entries of an actor, or why there is none."""
    (row,) = (one for one in grid().rows if one.actor.name == name)
    return {one.label: (one.entries, one.silence) for one in row.cells}


def test_a_few_decades_are_a_column_each() -> None:
    columns = columns_of(1943, 1968, {1900: 1})
    assert columns == [Column(1940, 1949), Column(1950, 1959), Column(1960, 1969)]


def test_centuries_in_which_much_is_recorded_are_divided_and_others_are_not() -> None:
    columns = columns_of(1600, 2013, {1600: 3, 1800: 9, 1900: 80, 2000: 4})
    assert columns[:3] == [Column(1600, 1699), Column(1700, 1799), Column(1800, 1899)]
    assert columns[3:] == [Column(year, year + 9) for year in range(1900, 2020, 10)]


def test_the_fullest_of_many_centuries_are_divided_as_long_as_there_is_room() -> None:
    numbers = {-1000: 200, 0: 200, **dict.fromkeys(range(1000, 1800, 100), 40)}
    columns = columns_of(-1000, 2013, numbers | {1800: 300, 1900: 400})
    assert [one.first for one in columns if one.width == 10] == [*range(1900, 2000, 10)]
    assert Column(1800, 1899) in columns
    assert len(columns) == 22


def test_columns_that_hold_little_are_joined_where_others_need_the_room() -> None:
    numbers = {-5000: 5, **dict.fromkeys(range(1000, 1900, 100), 40), 1900: 9_000}
    columns = columns_of(-5000, 2013, numbers)
    assert [one for one in columns if one.joined] == [Column(-4000, -1001, joined=True)]
    assert [one.first for one in columns if one.width == 10] == [*range(1900, 2000, 10)]
    assert len(columns) == MOST_COLUMNS


def test_what_has_been_joined_is_not_divided_again() -> None:
    columns = columns_of(-5000, 2013, {-2300: 201, -1500: 271, -500: 502, 1300: 19})
    assert all(one.joined or one.width in (10, 100, 1000) for one in columns)


@given(
    years,
    years,
    st.dictionaries(st.integers(-1000, 1000).map(lambda n: n * 100), st.integers(1, 99)),
)
def test_columns_follow_each_other_and_hold_all_years(
    one: int, other: int, numbers: dict[int, int]
) -> None:
    first, last = sorted((one, other))
    columns = columns_of(first, last, numbers)
    assert columns[0].first <= first <= columns[0].last
    assert columns[-1].first <= last <= columns[-1].last
    assert all(a.last + 1 == b.first for a, b in pairwise(columns))
    assert len(columns) <= MOST_COLUMNS
    assert all(one.joined or one.first % one.width == 0 for one in columns)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_number_is_that_of_entries_counted_one_by_one(seed: int) -> None:
    chronicle = make_chronicle(seed)
    values = [0, *(chronicle.value(Facet.ACTOR, one.slug) for one in chronicle.actors)]
    for columns in (
        columns_of(-1999, 2013, {1900: 50}),
        columns_of(1940, 1955, {}),
        columns_of(-4_000_000, 30_000_000, {1900: 90}),
        [Column(1500, 1599), Column(1600, 1609), Column(1610, 1619)],
    ):
        found = recorded_in(values, columns)
        for value in values:
            actors = (value,) if value else ()
            for column, entries in zip(columns, found[value].entries, strict=True):
                selection = Selection(column.first, column.last, actors=actors)
                assert entries == len(chronicle.expected(selection)), (value, column)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_columns_that_are_named_are_those_with_a_known_beginning_or_end(seed: int) -> None:
    chronicle = make_chronicle(seed)
    columns = columns_of(-1999, 2013, {1900: 50})
    values = [chronicle.value(Facet.ACTOR, one.slug) for one in chronicle.actors]
    for value, found in recorded_in(values, columns).items():
        known = [
            edtf.from_int(day)[0]
            for event in chronicle.expected(Selection(actors=(value,)))
            for day in (event.earliest_start, event.latest_end)
            if day is not None
        ]
        places = [
            place
            for place, column in enumerate(columns)
            if any(column.first <= year <= column.last for year in known)
        ]
        assert found.named == (min(places), max(places))


def test_all_of_an_actor_without_dated_entries_is_empty() -> None:
    make_event(date="1948")
    make_event(date="", actors=[make_actor("Undated")])
    assert cells("Undated") == {"1940s": (0, Silence.ACTOR)}


def test_nothing_recorded_of_an_actor_is_not_the_silence_of_the_chronology() -> None:
    mongolia, dprk = make_actor("Mongolia"), make_actor("DPRK")
    make_event(date="1948", actors=[mongolia])
    make_event(date="1962", actors=[mongolia, dprk])
    assert cells("DPRK") == {
        "1940s": (0, Silence.ACTOR),
        "1950s": (0, Silence.CHRONOLOGY),
        "1960s": (1, None),
    }
    assert [one.silence for one in grid().all_entries] == [None, Silence.CHRONOLOGY, None]


def test_what_only_reaches_into_years_by_an_open_end_has_no_shade() -> None:
    taiwan, other = make_actor("Taiwan"), make_actor()
    make_event(date="1948/", actors=[taiwan])
    make_event(date="/1939", actors=[taiwan])
    make_event(date="1920/1960", actors=[other])
    (row,) = (one for one in grid().rows if one.actor.name == "Taiwan")
    shown = [(one.label, one.entries, one.shade > 0) for one in row.cells]
    assert shown == [
        ("1920s", 1, False),
        ("1930s", 1, True),
        ("1940s", 1, True),
        ("1950s", 1, False),
        ("1960s", 1, False),
    ]


def test_years_of_which_the_last_entry_is_gone_are_named_no_more() -> None:
    taiwan = make_actor("Taiwan")
    make_event(date="1920/1960")
    make_event(date="1948/", actors=[taiwan])
    gone = make_event(date="1958", actors=[taiwan])
    assert [one.shade > 0 for one in grid().rows[0].cells] == [False, False, True, True, False]
    gone.claims.all().delete()
    gone.delete()
    assert [one.shade > 0 for one in grid().rows[0].cells] == [False, False, True, False, False]


def named(name: str, **periods: str) -> Actor:
    """An actor of 1948 with these names."""
    actor = make_actor(name)
    for alias, period in periods.items():
        actor.aliases.create(name=alias, period=period)
    make_event(date="1948", actors=[actor])
    return actor


def test_years_without_a_name_are_told_apart_only_if_every_name_has_a_period() -> None:
    make_event(date="1900")
    make_event(date="1999")
    named("Alone")
    named("Other", MPR="1924/1992")
    named("Undated", Undated="1924/1992", MPR="")
    named("Open", Open="/1992", MPR="1924/1992")
    named("Known", Known="1940~/1959", MPR="1961/196X")
    index.catch_up()
    years = known_years(MostRecorded()[0:100]).values()
    assert sorted(years) == [(edtf.from_int(edtf.FIRST_DAY)[0], 1992), (1940, 1969)]
    assert cells("Other")["1900s"] == cells("Undated")["1900s"] == (0, Silence.ACTOR)
    known = cells("Known")
    assert known["1930s"] == known["1990s"] == (0, Silence.NAMELESS)
    assert known["1950s"] == known["1960s"] == (0, Silence.CHRONOLOGY)
    assert cells("Open")["1900s"] == (0, Silence.ACTOR)


def test_shades_grow_with_the_number_and_each_cell_leads_to_its_entries() -> None:
    many, few = make_actor(slug="many"), make_actor(slug="few")
    for _ in range(9):
        make_event(date="1948", actors=[many])
    make_event(date="1948", actors=[few, many])
    make_event(date="1953")
    rows = grid().rows
    assert [(one.actor.slug, one.cells[0].entries, one.cells[0].shade) for one in rows] == [
        ("many", 10, SHADES),
        ("few", 1, 1),
    ]
    assert rows[0].cells[0].query == "?from=1940&to=1949&actor=many"
    assert grid().all_entries[0].query == "?from=1940&to=1949"


def test_drafts_are_counted_nowhere() -> None:
    seen, unseen = make_actor("Seen"), make_actor("Unseen")
    make_event(date="1948", actors=[seen])
    make_event(date="1848", actors=[seen, unseen], status=Status.DRAFT)
    assert [one.actor.name for one in grid().rows] == ["Seen"]
    assert cells("Seen") == {"1940s": (1, None)}


def test_actors_come_by_the_number_of_their_entries_some_at_a_time() -> None:
    actors = [make_actor(f"Actor {number}") for number in range(4)]
    for number, actor in enumerate(actors):
        for _ in range(number):
            make_event(actors=[actor])
    index.catch_up()
    assert len(MostRecorded()) == 3
    assert [one.name for one in MostRecorded()[0:2]] == ["Actor 3", "Actor 2"]
    assert [one.name for one in MostRecorded()[2:3]] == ["Actor 1"]


def test_the_grid_takes_as_many_queries_for_many_actors_and_entries_as_for_few() -> None:
    def count() -> int:
        index.catch_up()
        with CaptureQueriesContext(connection) as queries:
            grid_of(MostRecorded()[0:100])
        return len(queries)

    named("First", MPR="1924/")
    few = count()
    for number in range(12):
        named(f"Name {number}", MPR=f"19{number:02}/")
        make_event(date=f"1{number % 10}XX")
    assert count() == few


def test_columns_are_called_as_readers_count_years() -> None:
    assert column_label(Column(1940, 1949), "en") == "1940s"
    assert column_label(Column(1600, 1699), "en") == "17th century"
    assert column_label(Column(0, 99), "en") == "1 BCE – 99 CE"
    assert column_label(Column(-100, -1), "en") == "101–2 BCE"
