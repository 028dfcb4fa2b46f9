"""Readers of the actors' pages in a real browser: by keyboard, on a phone, in any light."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.axe import violations
from tests.builders import make_actor, make_event
from timeline import index

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = {
    "phone": {"width": 320, "height": 640},
    "desktop": {"width": 1280, "height": 900},
    "wide": {"width": 1920, "height": 1080},
}
ADDRESSES = ("/actors/?by=decade", "/actors/mongolia/", "/actors/other/", "/actors/")
SCROLLED = "node => node.scrollLeft"
OVERLAPS = """() => {
  const words = [...document.querySelectorAll('.line-axis text')];
  const boxes = words.map(one => one.getBoundingClientRect());
  const width = document.documentElement.clientWidth;
  return boxes.filter((box, n) => box.left < 0 || box.right > width
    || boxes.some((other, m) => m > n && box.right > other.left - 2)).length;
}"""
COVERED = """node => {
  const box = node.getBoundingClientRect();
  const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return !node.contains(there) && !there.contains(node);
}"""


@pytest.fixture(autouse=True)
def base(transactional_db: None) -> None:
    """Actors with entries in three centuries, silences of all kinds, names of many times."""
    mongolia = make_actor("Mongolia", slug="mongolia", description="A state in Asia.")
    other = make_actor("An organisation of a very long name that wraps", slug="other")
    known = make_actor("Known", slug="known")
    known.aliases.create(name="Known", period="1960/1969")
    for name, period in (
        *(("MPR", "1924/1992"), ("Outer", "16XX/17XX"), ("Old", "/1911"), ("New", "1992~/..")),
        *(("Once", "[1930..1950]"), ("Day", "1948-10-15"), ("Ulaanbaatar", "")),
    ):
        mongolia.aliases.create(name=name, period=period, note="Said in the text.")
    mongolia.relations.create(kind="part-of", other=other, period="1700/1911")
    mongolia.relations.create(kind="member-of", other=known)
    for date in ("1650", "1948", "1953/", "1961", "1988", "1990", "1992", "2003", "/1950"):
        make_event(date=date, actors=[mongolia, other])
    for date in ("1930", "1940", "1945", "1951", "2013", "1912", "1921"):
        make_event(date=date, actors=[mongolia])
    make_event(date="1965", actors=[known])
    index.catch_up()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_axe_finds_nothing_and_the_page_never_scrolls_sideways(
    page: Page, live_server: LiveServer, scheme: str, size: dict[str, int]
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size(size)  # type: ignore[arg-type]
    for address in ADDRESSES:
        page.goto(live_server.url + address)
        for summary in page.locator(".grid-why summary").all():
            summary.click()
        assert violations(page) == {}
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], address
        assert page.evaluate(OVERLAPS) == 0, address


def test_at_twice_the_size_of_text_nothing_is_cut_off(page: Page, live_server: LiveServer) -> None:
    page.set_viewport_size({"width": 640, "height": 900})
    for address in ADDRESSES:
        page.goto(live_server.url + address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, address


def test_the_keyboard_goes_through_the_grid_and_opens_a_cell(
    page: Page, live_server: LiveServer
) -> None:
    page.set_viewport_size(SIZES["phone"])  # type: ignore[arg-type]
    page.goto(f"{live_server.url}/actors/?by=decade")
    region = page.get_by_role("region", name="Entries by actor and years")
    page.get_by_role("link", name="By decade").focus()
    page.keyboard.press("Tab")
    expect(region).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.grid-scroll').scrollLeft > 0")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("2")
    expect(page.locator(":focus")).to_be_in_viewport()
    row = page.get_by_role("row", name="Mongolia")
    row.get_by_role("link").last.focus()
    expect(row.get_by_role("link").last).to_be_in_viewport()
    assert region.evaluate(SCROLLED) > 100
    for _ in range(8):
        page.keyboard.press("Shift+Tab")
        assert not page.locator(":focus").evaluate(COVERED), "the names hide what has the focus"
    row.get_by_role("link").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/?from=2010&to=2019&actor=mongolia")


def test_the_names_stay_in_sight_while_the_years_are_scrolled(
    page: Page, live_server: LiveServer
) -> None:
    page.set_viewport_size(SIZES["phone"])  # type: ignore[arg-type]
    page.goto(f"{live_server.url}/actors/?by=decade")
    name = page.get_by_role("rowheader", name="Mongolia")
    name.scroll_into_view_if_needed()
    before = name.bounding_box()
    assert before is not None
    page.locator(".grid-scroll").evaluate("node => { node.scrollLeft = 10000 }")
    after = name.bounding_box()
    assert after is not None
    assert abs(after["x"] - before["x"]) <= 2
    assert not name.evaluate(COVERED)


def test_every_cell_is_large_enough_for_a_finger(page: Page, live_server: LiveServer) -> None:
    page.set_viewport_size(SIZES["phone"])  # type: ignore[arg-type]
    for address, links in (
        ("/actors/?by=decade", ".grid td a, .views a"),
        ("/actors/mongolia/", ".decades a, .companions a, .line a"),
    ):
        page.goto(live_server.url + address)
        sizes = page.locator(links).evaluate_all(
            "all => all.map(one => one.getBoundingClientRect()).map(box => [box.width, box.height])"
        )
        assert len(sizes) > 3
        assert min(min(size) for size in sizes) >= 24


def test_bars_stand_where_their_years_do(page: Page, live_server: LiveServer) -> None:
    """A bar of 1924 to 1992 lies between the marks of 1900 and 2000, whatever the page's width."""
    for size in SIZES.values():
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.goto(f"{live_server.url}/actors/mongolia/")
        bar = page.locator(".line", has_text="MPR").locator(".sure:not([fill])").bounding_box()
        marks = {
            one.text_content(): one.bounding_box() for one in page.locator(".line-axis text").all()
        }
        assert bar is not None
        early, late = marks["1900"], marks["2000"]
        assert early is not None
        assert late is not None
        assert early["x"] + early["width"] / 2 < bar["x"]
        assert bar["x"] + bar["width"] < late["x"] + late["width"] / 2
        assert bar["width"] > 0.6 * (late["x"] - early["x"])
