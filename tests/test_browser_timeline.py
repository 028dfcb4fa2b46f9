"""The drawn timeline in a real browser: read, printed, moved by links, and in frames."""

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.axe import violations
from tests.browsing import TITLES, changed, make_drawn_base, open_timeline, shown, view_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, SMALL = {"width": 390, "height": 844}, {"width": 320, "height": 640}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(autouse=True)
def base(transactional_db: None) -> None:
    make_drawn_base()


# Reading it


def test_a_screen_reader_has_lists_of_links_with_dates_and_titles(
    page: Page, live_server: LiveServer
) -> None:
    open_timeline(page, live_server)
    talks = page.get_by_role("list", name="talks 4")
    expect(talks.get_by_role("listitem")).to_have_count(4)
    expect(talks.get_by_role("link", name="15 October 1948: They met", exact=True)).to_have_count(1)
    expect(page.get_by_role("list", name="war 1").get_by_role("link")).to_have_count(1)
    expect(
        page.get_by_role("list", name="Parts of the axis").get_by_role("link").first
    ).to_be_attached()


@pytest.mark.parametrize("query", ["", "?lanes=actor", "?view=1948%2F1953", "?embed=1"])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_rule_of_accessibility_is_broken(
    page: Page, live_server: LiveServer, query: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    open_timeline(page, live_server, query)
    assert violations(page) == {}


def test_tab_reaches_marks_and_enter_follows_them(page: Page, live_server: LiveServer) -> None:
    open_timeline(page, live_server)
    page.locator("#plot").focus()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href')") == "/events/met/":
            break
    stroke = "getComputedStyle(document.activeElement.querySelector('.hit')).strokeWidth"
    assert page.evaluate(stroke) == "3px"
    page.keyboard.press("Enter")
    page.wait_for_url("**/events/met/")


@pytest.mark.parametrize("size", [PHONE, SMALL])
def test_a_phone_shows_every_title_and_nothing_scrolls_sideways(
    page: Page, live_server: LiveServer, size: Any
) -> None:
    page.set_viewport_size(size)
    open_timeline(page, live_server)
    for query in ("", "?view=1948-10-10%2F1948-10-20", "?lanes=none"):
        open_timeline(page, live_server, query)
        assert page.evaluate(OVERFLOW) <= 0
        words = page.locator(".words-narrow")
        for one in words.all():
            assert one.is_visible()
            box = one.bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= size["width"] + 1
    rows = [round(box["y"]) for one in words.all() if (box := one.bounding_box())]
    assert len({*rows}) == len(rows)


@pytest.mark.parametrize("width", [640, 1280])
def test_letters_of_twice_the_size_fit(page: Page, live_server: LiveServer, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    open_timeline(page, live_server)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(OVERFLOW) <= 0
    boxes = [
        box
        for one in page.locator(".lane-marks text:visible").all()
        if (box := one.bounding_box()) and box["width"]
    ]
    assert boxes
    for number, one in enumerate(boxes):  # no words lie on others
        for other in boxes[number + 1 :]:
            apart = (
                one["x"] + one["width"] <= other["x"] + 1
                or other["x"] + other["width"] <= one["x"] + 1
                or one["y"] + one["height"] <= other["y"] + 6
                or other["y"] + other["height"] <= one["y"] + 6
            )
            assert apart, (one, other)


def test_it_prints_with_all_titles(page: Page, live_server: LiveServer) -> None:
    open_timeline(page, live_server)
    page.emulate_media(media="print")
    for slug in ("met", "war", "peace", "emoji"):
        words = page.locator(f'a[href="/events/{slug}/"] text:visible')
        expect(words.first).to_be_visible()
        assert TITLES[slug][:8] in str(words.first.text_content())
    expect(page.locator(".moves")).not_to_be_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


# Moving by links


def test_without_script_links_zoom_move_and_lead_back(
    scriptless: Page, live_server: LiveServer
) -> None:
    page = scriptless
    page.goto(f"{live_server.url}/timeline/")
    whole = shown(page)
    page.get_by_role("link", name="Zoom in").click()
    page.get_by_role("link", name="Zoom in").click()
    closer = shown(page)
    assert closer == view_of(page)
    assert closer.days < whole.days / 2
    page.get_by_role("link", name="Later").click()
    assert shown(page).first > closer.first
    page.get_by_role("link", name="Whole").click()
    assert (shown(page), view_of(page)) == (whole, None)
    page.locator(".tick a").nth(1).click(position={"x": 12, "y": 10})
    assert shown(page).days < whole.days
    page.get_by_role("link", name="Whole").click()
    page.locator('a[href="/events/met/"]').click()
    assert urlsplit(page.url).path == "/events/met/"


def test_links_bring_the_drawing_only_and_the_back_button_the_former_one(
    page: Page, live_server: LiveServer
) -> None:
    whole = open_timeline(page, live_server)
    page.evaluate("document.body.dataset.same = 'yes'")
    page.get_by_role("link", name="Zoom in").click()
    closer = changed(page, whole)
    assert view_of(page) == closer
    assert page.evaluate("document.activeElement.id") == "move-in"
    assert page.evaluate("document.body.dataset.same") == "yes"
    page.get_by_role("link", name="Zoom in").click()
    changed(page, closer)
    page.go_back()
    page.wait_for_function(
        "days => document.getElementById('drawing')?.dataset.days === days", arg=str(closer.days)
    )
    assert (shown(page), view_of(page)) == (closer, closer)
    page.go_back()
    page.wait_for_function("() => !location.search")
    page.wait_for_load_state()
    assert shown(page) == whole
    page.go_forward()
    page.wait_for_function("() => location.search")
    page.wait_for_load_state()
    assert shown(page) == closer


def test_a_jump_within_the_page_does_not_load_it_anew(page: Page, live_server: LiveServer) -> None:
    open_timeline(page, live_server)
    page.evaluate("document.body.dataset.same = 'yes'")
    page.evaluate("location.hash = 'content'")
    page.wait_for_timeout(500)
    assert page.evaluate("document.body.dataset.same") == "yes"


def test_while_the_server_does_not_answer_the_browser_goes_there_itself(
    page: Page, live_server: LiveServer, complaints: list[str]
) -> None:
    whole = open_timeline(page, live_server)
    page.route("**/timeline/?view=*", lambda route: route.abort(), times=1)
    page.evaluate("document.body.dataset.same = 'yes'")
    page.get_by_role("link", name="Zoom in").click()
    page.wait_for_url("**/timeline/?view=*", wait_until="load")
    assert page.evaluate("document.body.dataset.same") is None
    assert shown(page).days < whole.days
    assert complaints.pop().endswith("net::ERR_FAILED")


# In the page of another site


@pytest.fixture
def elsewhere(live_server: LiveServer) -> Iterator[str]:
    """The address of another site (a port is an origin) with the drawing in a frame."""
    frame = f'<iframe src="{live_server.url}/timeline/?embed=1" width="900" height="700"></iframe>'

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f"<!doctype html><link rel=icon href=data:,>{frame}".encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_another_site_shows_it_and_entries_open_here(page: Page, elsewhere: str) -> None:
    page.goto(elsewhere)
    frame = page.frame_locator("iframe")
    expect(frame.locator('a[href="/events/met/"]')).to_be_visible()
    expect(frame.get_by_role("navigation", name="Main")).to_have_count(0)
    frame.get_by_role("link", name="Zoom in").click()
    expect(frame.locator(".view-words")).not_to_contain_text("1947")
    assert page.url == elsewhere  # to move is to stay
    frame.get_by_role("link", name="Whole").click()
    frame.locator('a[href="/events/war/"]').click()
    page.wait_for_url("**/events/war/")


@pytest.mark.parametrize("query", ["?", "?lanes=none&", "?lanes=actor&", "?view=1900%2F1910&"])
def test_the_frame_has_the_height_that_the_drawing_needs(
    page: Page, live_server: LiveServer, query: str
) -> None:
    page.set_viewport_size({"width": 1000, "height": 300})
    page.goto(f"{live_server.url}/timeline/{query.rstrip('&?')}")
    (height,) = re.findall(r'height="(\d+)"', str(page.locator(".embed-code").text_content()))
    page.set_viewport_size({"width": 1000, "height": int(height)})
    page.goto(f"{live_server.url}/timeline/{query}embed=1")
    needed = page.locator("#drawing").evaluate(
        "node => node.getBoundingClientRect().bottom + scrollY"
    )
    assert page.evaluate("document.documentElement.scrollHeight") <= int(height)
    assert needed > int(height) - 90
