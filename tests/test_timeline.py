"""The page of the drawn timeline: its addresses, what readers may see, frames of other sites."""

import html
import re
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.builders import make_actor, make_event
from tests.public import SECRET, make_base
from tests.timelines import answer, make_crowd, page, titles
from timeline import index
from timeline.drawing.view import View
from timeline.models import Event, Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd(db: None) -> None:
    make_crowd()


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
