"""What tests share that move the timeline in a browser."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import FloatRect, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.builders import make_actor, make_event
from timeline.drawing.view import View

TITLES = {
    "met": "They met",
    "war": "A war of some years in which a great many things happened to very many people",
    "peace": "Peace",
    "long": "Long" * 75,  # as long as titles can be
    "rtl": "معاهدة الصداقة والتعاون بين الدولتين",
    "emoji": "🧭🏔️ A journey",
}


def make_drawn_base() -> None:
    """Entries of all shapes, with titles of all kinds."""
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
