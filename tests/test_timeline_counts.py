"""The drawn timeline has what the chronology has, one by one or counted."""

from collections import Counter
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import make_event
from tests.chronicle import KINDS, Chronicle, make_chronicle
from tests.test_selections import asked, in_order, selection_of, some_of
from tests.timelines import links, make_crowd, page, titles
from timeline import edtf
from timeline.chronology import Count, Selection
from timeline.drawing import density as counting
from timeline.drawing import drawing as drawings
from timeline.drawing.axis import parts, step_for
from timeline.drawing.drawing import MOST_BINS, Drawing
from timeline.drawing.extent import whole_view
from timeline.drawing.view import View
from timeline.index.facts import Facet
from timeline.models import Event

pytestmark = pytest.mark.django_db

many = settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
VIEWS = st.sampled_from(
    (
        *("1948", "1948-10", "1948-10-15", "1948-10-10/1948-10-20", "1948/1953", "1940/1969"),
        *("1949-11/1950-02", "1600/1699", "0000/1999", "-0044/-0043", "-0043-03-15", "-9999/9999"),
        *("Y-4000000/2013", "Y-3001000/Y-2999000", "Y-400000000/Y400000000", "1700/1899"),
    )
).map(View.read)


@pytest.fixture
def chronicle(db: None) -> Chronicle:
    return make_chronicle()


def drawing(selection: Selection, view: View | None, facet: Facet | None = None) -> Drawing:
    count = Count(selection)
    whole = whole_view(count) or View.read("1900/1999")
    return Drawing(count, whole, view or whole, facet)


@pytest.fixture
def crowd(db: None) -> None:
    make_crowd()


# The same selection as the chronology


def _asked(chronicle: Chronicle, wish: dict[str, Any]) -> Selection:
    certain = wish["certain"] and wish["years"] != (None, None)
    return selection_of(chronicle, {**wish, "certain": certain})


def _both(chronicle: Chronicle, selection: Selection, view: View) -> list[str]:
    """Those that possibly lie in the years asked for and, at once, in view."""
    window = selection.asked.within(view.window)
    found = [one for one in chronicle.expected(selection) if one.date]
    return [one.slug for one in found if edtf.possibly_in(edtf.parse(one.date), window)]


@many
@given(wish=asked, view=VIEWS, facet=st.sampled_from((None, Facet.KIND, Facet.ACTOR)))
def test_the_marks_are_the_entries_of_the_selection_that_are_possibly_in_view(
    chronicle: Chronicle, wish: dict[str, Any], view: View, facet: Facet | None
) -> None:
    selection = _asked(chronicle, wish)
    made = drawing(selection, view, facet)
    expected = _both(chronicle, selection, view)
    assert (made.count.total, made.count.exact) == (len(expected), True)
    assert made.all_drawn
    seen = [mark.entry.slug for lane in made.lanes for mark in lane.marks]
    assert {*seen} == {*expected}
    if facet is not Facet.ACTOR:
        assert len(seen) == len(expected)
    if facet is None:
        assert seen == expected
    for lane in made.lanes:
        assert lane.entries == len(lane.marks) > 0
        if facet is Facet.KIND and lane.value:
            assert {mark.entry.kind for mark in lane.marks} == {lane.value.slug}
        if facet is Facet.ACTOR and lane.value:
            for mark in lane.marks:
                assert lane.value.slug in {part.slug for part in mark.entry.parts}


@many
@given(wish=asked)
def test_the_whole_has_every_dated_entry_that_names_a_year(
    chronicle: Chronicle, wish: dict[str, Any]
) -> None:
    selection = _asked(chronicle, wish)
    whole = whole_view(Count(selection))
    dated = [one for one in chronicle.expected(selection) if one.date]
    if whole is None:
        assert all(edtf.parse(one.date).earliest_start is None for one in dated)
        return
    seen = {mark.entry.slug for lane in drawing(selection, None).lanes for mark in lane.marks}
    assert seen == {one.slug for one in dated}
    assert View.read(str(whole)) == whole


# Density


@pytest.fixture
def no_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawings, "MOST_DRAWN", -1)


FACETS = st.sampled_from((None, Facet.KIND, Facet.ACTOR))


def test_of_far_years_those_that_begin_just_before_the_years_asked_for_are_counted(
    chronicle: Chronicle, no_marks: None
) -> None:
    _counts(chronicle, Selection(first=-3_000_000), View.read("Y-4000000/2013"), None)


@many
@given(wish=asked, view=VIEWS, facet=FACETS)
def test_each_bar_has_the_number_of_entries_of_the_selection_that_begin_there(
    chronicle: Chronicle, no_marks: None, wish: dict[str, Any], view: View, facet: Facet | None
) -> None:
    _counts(chronicle, _asked(chronicle, wish), view, facet)


@many
@given(
    years=st.tuples(*[st.none() | st.integers(1900, 1960)] * 2).map(in_order),
    kinds=some_of(KINDS, 1),
    view=st.sampled_from(("1900/1999", "1000/1999", "1940/1955", "-9999/9999")).map(View.read),
    facet=FACETS,
)
def test_bars_of_whole_years_count_no_more_than_the_years_asked_for(
    chronicle: Chronicle,
    no_marks: None,
    years: tuple[int | None, int | None],
    kinds: list[str],
    view: View,
    facet: Facet | None,
) -> None:
    """Tallies know these, but not which entries that began before reach into the years."""
    slugs = tuple(chronicle.value(Facet.KIND, slug) for slug in kinds)
    selection = Selection(first=years[0], last=years[1], kinds=slugs)
    assert selection.tallied is not None
    _counts(chronicle, selection, view, facet)


def _counts(chronicle: Chronicle, selection: Selection, view: View, facet: Facet | None) -> None:
    made = drawing(selection, view, facet)
    pieces = parts(view, step_for(view, MOST_BINS))
    expected: Counter[tuple[str, View]] = Counter()
    for event in chronicle.expected(selection):
        start = edtf.parse(event.date).earliest_start if event.date else None
        for piece in pieces:
            if start is not None and piece.bounds[0] <= start <= piece.bounds[1]:
                for slug in _lanes_of(event, facet, made):
                    expected[slug, piece] += 1
    found = {
        (lane.value.slug if lane.value else "", bar.view): bar.entries
        for lane in made.lanes
        for bar in lane.bars
    }
    assert found == expected
    assert made.counted_to == ""
    for lane in made.lanes:
        assert lane.entries == sum(bar.entries for bar in lane.bars)
        assert all(0 < bar.height <= 100 and bar.at + bar.width <= 100.001 for bar in lane.bars)


def _lanes_of(event: Event, facet: Facet | None, made: Drawing) -> list[str]:
    if facet is Facet.ACTOR and made.everything.by_value[Facet.ACTOR]:
        return list(event.actors.values_list("slug", flat=True).distinct())
    return [event.kind if facet is Facet.KIND else ""]


@pytest.mark.parametrize("count", [drawings.MOST_DRAWN, drawings.MOST_DRAWN + 1])
def test_as_many_as_can_be_drawn_are_drawn_and_one_more_makes_bars(
    client: Client, count: int
) -> None:
    for number in range(count):
        make_event(f"Event {number:03}", date="1948-10-15", cited=False)
    text = page(client)
    if count == drawings.MOST_DRAWN:
        assert titles(text) == [f"15 October 1948: Event {number:03}" for number in range(count)]
        assert f'lane-marks wide-{count} narrow-{count}"' in text
    else:
        assert titles(text) == ["October 1948: 121 entries"]


def test_bars_open_into_shorter_views_until_there_are_entries_or_a_list(
    client: Client, crowd: None
) -> None:
    address, seen = "/timeline/?kind=talks", []
    while True:
        text = client.get(address).content.decode()
        said = dict(zip(titles(text), links(text), strict=True))
        fullest = max(said, key=lambda one: int(one.split(": ")[1].split()[0]))
        seen.append(fullest)
        address = said[fullest]
        if not address.startswith("/timeline/"):
            break
    assert seen[-1] == "1 October 1948: 70 entries"
    assert len(seen) < 5
    assert parse_qsl(urlsplit(address).query) == [("kind", "talks"), ("after", "19481001.0")]
    assert 'class="entry-title"' in client.get(address).content.decode()


def test_years_asked_for_bound_what_bars_count(client: Client, crowd: None) -> None:
    text = page(client, "?from=1905&to=1949")
    said = [one for one in titles(text) if "1948" not in one]
    assert said == [f"{year}: 1 entry" for year in (*range(1905, 1948), 1949)]


def test_what_is_not_counted_in_full_says_so(
    client: Client, crowd: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "MOST_PLACED", 100)
    for query in ("?basis=inferred&basis=stated", "?view=1948-10-01%2F1948-10-10"):
        text = page(client, query)
        assert "Counted up to" in text
    assert "Counted up to 5 October 1948 only." in text
    assert titles(text)[-2:] == ["4 October 1948: 10 entries", "5 October 1948: at least 1 entry"]
    assert '"lane-1">talks </h3>' in text  # nor does a heading pass for the whole number


def test_where_not_even_the_first_part_is_counted_that_is_said(
    client: Client, crowd: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "MOST_PLACED", 30)
    text = page(client, "?view=1948-10-01%2F1948-10-10")
    assert "Counted up to 1 October 1948 only." in text
    assert titles(text) == ["1 October 1948: at least 31 entries"]
