"""The drawn timeline moved by keys, wheel, hand and fingers, in a real browser."""

import math
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browsing import (
    box_of,
    changed,
    make_drawn_base,
    middle,
    open_timeline,
    shown,
    view_of,
)
from tests.builders import make_event
from timeline import edtf
from timeline.edtf.ordinals import day_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def base(transactional_db: None) -> None:
    make_drawn_base()


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
