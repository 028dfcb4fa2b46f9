"""Names and relations over time: which are drawn, where, and in which order."""

import pytest

from timeline.drawing.lifelines import Held, Lifelines, axis_for, lifelines, ticks_of
from timeline.drawing.shapes import FAINT


def name(period: str, words: str = "") -> Held:
    return Held.of("", words or period, "", period)


def relation(kind: str, other: str, period: str = "") -> Held:
    return Held.of(kind, other, "", period, other.lower())


def lines(*periods: str, years: tuple[int, int] | None = None) -> Lifelines:
    return lifelines([name(period) for period in periods], [], years)


def test_names_stand_in_order_of_time_and_those_of_any_time_apart() -> None:
    found = lines("1992/..", "", "1924/1992", "../1911", "-0043")
    assert [one.name for one in found.names] == ["../1911", "-0043", "1924/1992", "1992/.."]
    assert [one.name for one in found.names_always] == [""]
    assert all(one.shape for one in found.names)


def test_relations_stand_by_kind_and_those_of_no_recorded_time_apart() -> None:
    found = lifelines(
        [],
        [
            relation("part of", "Empire", "1700/1911"),
            relation("has the capital", "City"),
            relation("member of", "League", "1600/1650"),
            relation("part of", "Union", "1922/1991"),
            relation("has the capital", "Town"),
        ],
        None,
    )
    dated = [(kind, [one.name for one in members]) for kind, members in found.relations]
    assert dated == [("member of", ["League"]), ("part of", ["Empire", "Union"])]
    undated = [(kind, [one.name for one in members]) for kind, members in found.relations_undated]
    assert undated == [("has the capital", ["City", "Town"])]


def test_a_bar_is_solid_where_both_bounds_are_known_and_fades_where_not() -> None:
    certain, open_end, late = lines(
        "1900-01-01/1949-12-31", "195X/1999-12-31", "1960-01-01/.."
    ).names
    assert certain.shape is not None
    assert [one.sure for one in certain.shape.segments] == [True]
    assert open_end.shape is not None
    assert [one.sure for one in open_end.shape.segments] == [False, True]
    assert open_end.shape.segments[0].width > 5
    assert late.shape is not None
    assert late.shape.end == 100


def test_an_end_that_nobody_knows_is_faint_to_the_end_of_the_axis() -> None:
    found = lines("1924/", years=(1600, 2013))
    (one,) = found.names
    assert one.shape is not None
    assert one.shape.end == 100
    last = one.shape.segments[-1]
    assert (last.begins, last.ends) == (FAINT, FAINT)
    assert last.width > 10
    assert one.shape.start > 50
    assert (FAINT, FAINT) in found.fades


def test_the_axis_has_room_beside_all_that_is_known() -> None:
    axis = axis_for(["1924/", "1900~"], (1890, 2010))
    assert axis is not None
    assert axis.view.years == (1880, 2020)


def test_without_any_year_nothing_is_drawn_but_all_is_listed() -> None:
    found = lines("../..", years=(1900, 2000))
    assert found.ticks == ()
    assert [(one.name, one.shape) for one in found.names] == [("../..", None)]


@pytest.mark.parametrize(
    "period",
    [
        *("1924", "1924~", "1924?/1930", "194X", "1924-10-26", "[..1911]", "{1911,1924}"),
        *(
            "-0043-03-15/-0042",
            "-1XXX",
            "Y-4000000/..",
            "Y899999999999",
            "Y-899999999999",
            "1950S2",
        ),
    ],
)
def test_whatever_a_period_is_it_lies_on_the_axis(period: str) -> None:
    found = lines(period)
    (one,) = found.names
    assert one.dating.words
    assert one.shape is not None
    assert 0 <= one.shape.start < one.shape.end <= 100
    assert 1 <= len(found.ticks) <= 6
    assert all(0 < tick.at < 100 for tick in found.ticks)


def test_years_are_marked_evenly_and_their_words_stay_inside() -> None:
    axis = axis_for(["1600/2013"], None)
    assert axis is not None
    assert [(tick.words, tick.anchor) for tick in ticks_of(axis)] == [
        *(("1600", "middle"), ("1700", "middle"), ("1800", "middle")),
        *(("1900", "middle"), ("2000", "middle")),
    ]


def test_the_axis_never_ends_behind_the_last_year_that_there_is() -> None:
    axis = axis_for(["Y899999999999"], (-5, 5))
    assert axis is not None
    assert axis.view.years[1] == 899_999_999_999
