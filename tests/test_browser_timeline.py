"""The drawn timeline in a real browser: by mouse, wheel, fingers and keys, and in frames."""

import math
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FloatRect, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.builders import make_actor, make_event
from timeline import edtf
from timeline.drawing.view import View
from timeline.edtf.ordinals import day_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, SMALL = {"width": 390, "height": 844}, {"width": 320, "height": 640}
TITLES = {
    "met": "They met",
    "war": "A war of some years in which a great many things happened to very many people",
    "peace": "Peace",
    "long": "Long" * 75,  # as long as titles can be
    "rtl": "معاهدة الصداقة والتعاون بين الدولتين",
    "emoji": "🧭🏔️ A journey",
}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(autouse=True)
def base(transactional_db: None) -> None:
    mongolia = make_actor("Mongolia", slug="mongolia")
    for slug, date, kind in (
        ("met", "1948-10-15", "talks"),
        ("war", "1950-06-25/1953-07-27", "war"),
        ("peace", "1953/..", "talks"),
        ("long", "1955", "talks"),
        ("rtl", "[1958..1960]", "talks"),
        ("emoji", "1956~", "travel"),
    ):
        make_event(TITLES[slug], slug=slug, date=date, kind=kind, actors=[mongolia], cited=False)


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    yield context.new_page()
    context.close()


def view_of(page: Page) -> View | None:
    """The view in the address."""
    given = parse_qs(urlsplit(page.url).query).get("view")
    return View.read(given[0]) if given else None


def shown(page: Page) -> View:
    """The view that is drawn."""
    first, days = (
        int(str(page.locator("#drawing").get_attribute(name)))
        for name in ("data-first", "data-days")
    )
    return View(first, first + days)


def open_timeline(page: Page, live_server: LiveServer, query: str = "") -> View:
    page.goto(f"{live_server.url}/timeline/{query}")
    expect(page.locator("#plot")).to_have_attribute("tabindex", "0")  # the script is there
    return shown(page)


def changed(page: Page, before: View) -> View:
    """What is drawn once it is no longer ``before``."""
    page.wait_for_function(
        "([first, days]) => { const now = document.getElementById('drawing')?.dataset;"
        " return now && (now.first !== first || now.days !== days); }",
        arg=[str(before.first), str(before.days)],
    )
    return shown(page)


def box_of(page: Page, selector: str) -> FloatRect:
    box = page.locator(selector).first.bounding_box()
    assert box
    return box


def middle(page: Page, selector: str = "#plot") -> tuple[float, float]:
    box = box_of(page, selector)
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


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
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


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


# Moving by keys, wheel and hand


def test_keys_move_and_zoom(page: Page, live_server: LiveServer) -> None:
    whole = open_timeline(page, live_server)
    page.locator("#plot").focus()
    page.keyboard.press("+")
    closer = changed(page, whole)
    assert closer.days < whole.days
    assert page.evaluate("document.activeElement.id") == "plot"
    page.keyboard.press("ArrowRight")
    later = changed(page, closer)
    assert later.first > closer.first
    page.keyboard.press("ArrowLeft")
    assert changed(page, later) == closer
    page.keyboard.press("-")
    wider = changed(page, closer)
    assert wider.days > closer.days
    page.keyboard.press("+")
    assert changed(page, wider).days < whole.days
    page.keyboard.press("0")
    assert changed(page, closer) == whole


def test_a_drag_moves_by_as_much_and_keeps_the_length(page: Page, live_server: LiveServer) -> None:
    before = open_timeline(page, live_server, "?view=1948%2F1953")
    for _ in range(3):
        x, y = middle(page)
        width = box_of(page, "#plot")["width"]
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x - width / 3, y, steps=6)
        page.mouse.up()
        after = changed(page, before)
        assert after.years == (before.years[0] + 2, before.years[1] + 2)
        assert view_of(page) == after
        before = after


def test_the_wheel_with_control_zooms_at_the_pointer_and_without_scrolls(
    page: Page, live_server: LiveServer
) -> None:
    whole = open_timeline(page, live_server)
    page.set_viewport_size({"width": 1280, "height": 400})
    x, y = middle(page)
    page.mouse.move(x, min(y, 300))
    page.mouse.wheel(0, 200)
    page.wait_for_function("() => scrollY > 0")
    assert shown(page) == whole
    box = box_of(page, "#plot")
    page.mouse.move(box["x"] + 2, 200)
    page.keyboard.down("Control")
    for _ in range(4):
        page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    closer = changed(page, whole)
    assert closer.days < whole.days * 0.6
    assert abs(closer.first - whole.first) < 400  # what is under the pointer stays there


def test_two_fingers_zoom(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(has_touch=True, is_mobile=True, viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    whole = open_timeline(page, live_server)
    page.locator("#plot").scroll_into_view_if_needed()
    x, y = middle(page, ".lanes")
    y = min(y, 700)
    fingers = context.new_cdp_session(page)

    def touch(kind: str, *places: float) -> None:
        points = [{"x": place, "y": y, "id": number} for number, place in enumerate(places)]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", x - 30)
    touch("touchStart", x - 30, x + 30)
    for apart in range(40, 130, 10):
        touch("touchMove", x - apart, x + apart)
    touch("touchEnd")
    closer = changed(page, whole)
    assert whole.days / 8 < closer.days < whole.days / 2
    assert page.evaluate("visualViewport.scale") == 1
    context.close()


def test_a_finger_that_scrolls_the_page_does_not_move_in_time(
    browser: Browser, live_server: LiveServer
) -> None:
    context = browser.new_context(has_touch=True, is_mobile=True, viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    whole = open_timeline(page, live_server)
    finger = context.new_cdp_session(page)

    def touch(kind: str, *points: dict[str, float]) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    x, y = middle(page, ".lanes")
    y = min(y, 700)
    touch("touchStart", {"x": x, "y": y})
    for number in range(1, 16):
        touch("touchMove", {"x": x + min(12, 5 * number), "y": y - 15 * number})
    touch("touchEnd")
    page.wait_for_function("() => scrollY > 50")
    page.wait_for_timeout(600)
    assert (shown(page), view_of(page)) == (whole, None)
    assert page.locator("#plot svg").first.evaluate("node => node.style.transform") == ""
    context.close()


def test_a_click_that_trembles_follows_a_mark_and_a_drag_that_ends_on_it_does_not(
    page: Page, live_server: LiveServer
) -> None:
    before = open_timeline(page, live_server)
    x, y = middle(page, 'a[href="/events/war/"] .hit')
    page.mouse.move(x + 150, y)
    page.mouse.down()
    page.mouse.move(x, y, steps=5)
    page.mouse.up()
    after = changed(page, before)
    assert urlsplit(page.url).path == "/timeline/"
    x, y = middle(page, 'a[href="/events/war/"] .hit')
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 2, y + 1)
    page.mouse.up()
    page.wait_for_url("**/events/war/")
    assert after != before


def test_a_hand_that_let_go_elsewhere_holds_nothing(page: Page, live_server: LiveServer) -> None:
    before = open_timeline(page, live_server)
    box = box_of(page, "#plot")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"]
    page.mouse.move(x, y - 2)
    page.mouse.down()
    page.mouse.move(x, y + 60, steps=4)
    page.mouse.up()
    page.mouse.move(x, y - 10)
    page.mouse.move(x + 200, y - 10, steps=4)
    page.wait_for_timeout(500)
    assert shown(page) == before
    assert page.locator("#plot svg").first.evaluate("node => node.style.transform") == ""


def test_words_that_are_searched_for_stay_the_same_after_a_drag(
    page: Page, live_server: LiveServer
) -> None:
    make_event("VIEW one", date="1948")
    make_event("VIEW two", date="1953")
    before = open_timeline(page, live_server, "?q=VIEW")
    x, y = middle(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 300, y, steps=5)
    page.mouse.up()
    after = changed(page, before)
    assert after.first > before.first
    assert parse_qs(urlsplit(page.url).query)["q"] == ["VIEW"]


def test_the_script_tells_days_as_the_server_does(page: Page, live_server: LiveServer) -> None:
    open_timeline(page, live_server)
    source = page.evaluate(
        "fetch(document.querySelector('script[src*=timeline]').src).then(r => r.text())"
    )
    start = source.index("const dayAt")
    code = source[start : source.index("  };\n", start) + 4]
    numbers = [
        *range(-1_000, 1_000),
        *range(711_000, 713_000),
        *(int(math.copysign(1, n) * abs(n) ** 4.9) for n in range(-900, 900)),
    ]
    found = page.evaluate(f"numbers => {{ {code}; return numbers.map(dayAt); }}", numbers)
    assert [edtf.to_int(*day) for day in found] == [day_at(number) for number in numbers]


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


def test_one_turn_of_the_wheel_zooms_where_views_are_whole_years(
    page: Page, live_server: LiveServer
) -> None:
    page.goto(f"{live_server.url}/timeline/?view=1948/1950")
    page.locator("#plot").hover(position={"x": 300, "y": 40})
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    expect(page).not_to_have_url(re.compile("1948%2F1950"))
    expect(page.locator(".view-words")).to_contain_text("1948")
