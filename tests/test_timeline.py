"""The page of the drawn timeline: what the chronology has, as marks or as bars, at one address."""

import html
import re
from collections import Counter
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from tests.builders import make_actor, make_event
from tests.chronicle import KINDS, Chronicle, make_chronicle
from tests.public import SECRET, make_base
from tests.test_selections import asked, in_order, selection_of, some_of
from timeline import edtf, index
from timeline.chronology import Count, Selection
from timeline.drawing import density as counting
from timeline.drawing import drawing as drawings
from timeline.drawing.axis import parts, step_for
from timeline.drawing.drawing import MOST_BINS, Drawing, whole_view
from timeline.drawing.view import View
from timeline.index.facts import Facet
from timeline.models import Event, Status

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


def page(client: Client, query: str = "") -> str:
    response = client.get(f"/timeline/{query}")
    assert response.status_code == 200, response.headers
    return response.content.decode()


def titles(text: str) -> list[str]:
    """What the marks or bars of a page say, in order."""
    lanes = text.partition('<div class="lanes"')[2]
    return [html.unescape(one) for one in re.findall(r"<title>(.*?)</title>", lanes)]


def links(text: str) -> list[str]:
    """The addresses of the marks or bars."""
    lanes = text.partition('<div class="lanes"')[2].partition("<figcaption")[0]
    return [
        html.unescape(one)
        for one in re.findall(r'<g role="listitem"[^>]*>\s*<a href="([^"]*)', lanes)
    ]


def answer(client: Client, query: str) -> tuple[int, str]:
    response = client.get(f"/timeline/{query}")
    return response.status_code, response.headers.get("Location", "")


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


@pytest.fixture
def crowd() -> None:
    """130 entries of a kind in one month, 20 a day and more on the first; and some around them."""
    mongolia = make_actor("Mongolia", slug="mongolia")
    for number in range(130):
        day = 1 + max(0, number - 60) // 10
        make_event(date=f"1948-10-{day:02}", kind="talks", cited=False)
    for year in range(1900, 1960):
        make_event(date=str(year), kind="war", actors=[mongolia], cited=False)
    make_event(date="1890/1970", kind="rule", cited=False)
    index.catch_up()


@pytest.mark.parametrize("count", [drawings.MOST_DRAWN, drawings.MOST_DRAWN + 1])
def test_as_many_as_can_be_drawn_are_drawn_and_one_more_makes_bars(
    client: Client, count: int
) -> None:
    for number in range(count):
        make_event(f"Event {number:03}", date="1948-10-15", cited=False)
    text = page(client)
    if count == drawings.MOST_DRAWN:
        assert titles(text) == [f"15 October 1948: Event {number:03}" for number in range(count)]
        assert f"rows-wide-{count}" in text
        assert f"rows-narrow-{count} " in text.replace('"', " ")
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


# Addresses


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("?view=", ""),
        ("?lanes=kind", ""),
        ("?view=1948/1953&lanes=none", "?lanes=none&view=1948%2F1953"),
        ("?embed=1&view=1948", "?view=1948&embed=1"),
        ("?view=1948-10-15", "?view=1948-10-15%2F1948-10-24"),
        ("?view=1948-02/1953-11", "?view=1948%2F1953"),
        ("?order=-date&utm=x&from=1948", "?from=1948"),
        ("?embed=1&embed=1", "?embed=1"),
    ],
)
def test_every_drawing_has_one_address(client: Client, query: str, canonical: str) -> None:
    make_event(date="1948")
    assert answer(client, query) == (302, f"/timeline/{canonical}")
    assert answer(client, canonical) == (200, "")


@pytest.mark.parametrize(
    "view", ["1948-10-11/1948-10-20", "1948-02", "1948-10/1949-05", "1948/1953"]
)
def test_links_of_a_drawing_are_its_addresses(client: Client, view: str) -> None:
    make_event(date="1900/2000")
    for address in re.findall(
        r'href="/timeline/([^"]*)"', page(client, f"?view={quote(view, safe='')}")
    ):
        assert answer(client, html.unescape(address)) == (200, "")


@pytest.mark.parametrize(
    "query",
    [
        *("?view=x", "?view=..", "?view=1948/..", "?view=1953/1948", "?view=194X", "?view=1948~"),
        *("?view=" + "9" * 4_000, "?view=Y9E99", "?view=Y999999999999", "?view=1948%00"),
        *("?view=%3Cscript%3E", "?view=1948-21", "?lanes=x", "?lanes=none%00", "?embed=0"),
        *(
            "?view=1948&view=1953",
            "?lanes=none&lanes=actor",
            "?embed=1&embed=2",
            "?from=1953&to=1948",
        ),
        *("?from=1&from=2", "?kind=nowhere", "?after=x", "?when=x"),
    ],
)
def test_nonsense_is_answered_with_a_way_out_and_no_drawing(client: Client, query: str) -> None:
    make_event("They met", date="1948")
    response = client.get(f"/timeline/{query}")
    assert response.status_code == 400
    text = response.content.decode()
    assert '<a href="/timeline/">Draw everything</a>' in text
    assert "They met" not in text
    assert "<script>" not in text
    assert len(text) < 30_000


@pytest.mark.parametrize("words", ["VIEW", "-VIEW-", "view=-VIEW-", "%2F", "a&view=1", "é ~*'()"])
def test_words_that_look_like_parts_of_an_address_do_no_harm(client: Client, words: str) -> None:
    make_event(f"{words} 1", date="1948")
    make_event(f"{words} 2", date="1950")
    response = client.get("/timeline/", {"q": words}, follow=True)
    assert response.status_code == 200
    text = response.content.decode()
    for address in re.findall(r'href="(/timeline/[^"]*view=[^"]*)"', text):
        query = dict(parse_qsl(urlsplit(html.unescape(address)).query))
        assert query["q"] == words
        View.read(query["view"])


# What readers may see


def test_drafts_and_what_is_said_of_them_are_nowhere(client: Client) -> None:
    make_base()
    for query in ("", "?lanes=actor", "?lanes=none&view=1948-10", "?view=1600%2F1800", "?embed=1"):
        text = page(client, query)
        assert SECRET not in text
    Event.objects.update(status=Status.DRAFT)
    text = page(client)
    assert titles(text) == []
    assert "No entry of this selection has a year" in text


def test_entries_without_a_date_stand_beside_the_drawing(client: Client) -> None:
    make_event("They met", date="1948")
    for number in range(14):
        make_event(f"Some day {number}")
    text = page(client)
    assert titles(text) == ["1948: They met"]
    beside = text.partition('class="undated"')[2]
    assert beside.count("Some day") == 12
    assert "/?basis=undated" in beside
    assert 'class="undated"' not in page(client, "?from=1948")


MARKUP = "<b>\"Tom\" & 'Jerry'</b></title><script>alert(1)</script>"


def test_titles_are_text_and_never_markup(client: Client) -> None:
    make_event(MARKUP, date="1948-10-15", kind='<i>"kind"')
    text = page(client)
    assert titles(text) == [f"15 October 1948: {MARKUP}"]
    assert "<b>" not in text
    assert '<i>"' not in text
    assert "<script>alert" not in text


def test_lines_for_another_site_hold_no_more_than_one_frame(client: Client) -> None:
    """Whoever writes the address must not write the page of who copies the lines."""
    make_event("Aid onload alert 1", date="1948")
    hostile = '"aid" onload="alert(1)'
    response = client.get("/timeline/", {"q": hostile}, follow=True)
    code = re.search(r'<pre class="embed-code"[^>]*><code>(.*?)</code>', response.content.decode())
    assert code
    copied = html.unescape(code[1])
    found = re.fullmatch(
        r'<iframe src="([^"]*)" title="([^"<>]*)" width="100%" height="\d+" loading="lazy" '
        r'style="[^"]*"></iframe>',
        copied,
    )
    assert found, copied
    source = urlsplit(html.unescape(found[1]))
    assert dict(parse_qsl(source.query))["q"]
    assert client.get(f"{source.path}?{source.query}").status_code == 200


@pytest.mark.parametrize(
    "dates",
    [
        *(["1948"], ["1948-10-15"], ["../.."], ["1953/.."], ["/1953"], ["-0043-03-15"], ["0000"]),
        *(["Y30000000"], ["Y-3000000", "2013"], ["Y-300000000", "2013"], ["9999-12-31", "Y10000"]),
        *(["Y899999999999"], ["Y-899999999999"], ["Y-9E20", "1948"], ["194X", "19XX"]),
    ],
)
def test_whatever_the_dates_the_page_and_all_its_links_are_there(
    client: Client, dates: list[str]
) -> None:
    for date in dates:
        make_event(f"Entry of {date}", date=date)
    text = page(client)
    for address in {*re.findall(r'href="(/timeline/[^"]*)"', text)}:
        response = client.get(html.unescape(address), follow=True)
        assert response.status_code == 200, address


@pytest.mark.parametrize("query", ["?from=1955&to=1960", "?from=1955", "?view=1955%2F1960"])
def test_what_goes_on_for_ever_is_drawn_long_after_it_began(client: Client, query: str) -> None:
    make_event("Peace", date="1953/..")
    assert titles(page(client, query)) == ["from 1953: Peace"]


def test_a_view_outside_of_the_years_asked_for_has_nothing(client: Client) -> None:
    for year in range(1940, 1960):
        make_event(date=str(year))
    for query in ("?from=1950&view=1900%2F1910", "?to=1945&view=1950%2F1955"):
        text = page(client, query)
        assert titles(text) == []
        assert ">0 entries<" in text


# In the page of another site


def test_only_what_is_meant_for_a_frame_may_stand_in_one(
    client: Client, settings: Settings
) -> None:
    settings.PAGE_CACHE_MB = 8
    make_event("They met", date="1948")
    for _ in range(2):  # fresh, and kept
        for address in ("/timeline/", "/timeline/?view=1948", "/", "/events/none/"):
            headers = client.get(address).headers
            assert headers["X-Frame-Options"] == "DENY"
            assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        for address in ("/timeline/?embed=1", "/timeline/?view=1948&embed=1"):
            headers = client.get(address).headers
            assert "X-Frame-Options" not in headers
            policy = headers["Content-Security-Policy"]
            assert "frame-ancestors *" in policy
            plain = client.get("/timeline/").headers["Content-Security-Policy"]
            assert policy.replace("frame-ancestors *", "frame-ancestors 'none'") == plain
    wrong = client.get("/timeline/?embed=1&view=x")
    assert wrong.headers["X-Frame-Options"] == "DENY"


def test_in_a_frame_links_to_entries_and_lists_leave_it_and_others_stay(
    client: Client, crowd: None
) -> None:
    for query in (
        "?embed=1",
        "?kind=war&embed=1",
        "?kind=talks&view=1948-10-01%2F1948-10-10&embed=1",
    ):
        text = page(client, query)
        found = [link for link in re.findall(r"<a ([^>]*)>", text) if 'href="#' not in link]
        assert found
        for link in found:
            address = re.search(r'href="([^"]*)', link)
            assert address
            stays = address[1].startswith("/timeline/") and "embed=1" in address[1]
            assert stays != ('target="_top"' in link), link


# How much it costs


def _queries(client: Client, query: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        page(client, query)
    return len(queries)


@pytest.mark.parametrize("query", ["?lanes=none", "", "?lanes=actor"])
def test_more_entries_take_no_more_queries(client: Client, settings: Settings, query: str) -> None:
    settings.PAGE_CACHE_MB = 0
    some = [make_actor() for _ in range(3)]

    def more(count: int) -> None:
        for number in range(count):
            make_event(date=str(1900 + number % 90), actors=[some[number % 3]], cited=False)
        index.catch_up()

    more(5)
    few = _queries(client, query)
    more(95)
    assert _queries(client, query) <= few + 1
    more(300)
    assert _queries(client, query) <= few + 2
