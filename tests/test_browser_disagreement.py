"""Sources side by side in a real browser: wide, on a phone, by keyboard, in any direction."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.axe import violations
from tests.builders import make_actor, make_claim, make_event, make_source
from timeline.models import Event

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "They met in Mongolia in spring, as the yearbook of the ministry says at length. " * 12
HEBREW = "הם נפגשו באביב של שנת 1949."


def contested(sources: int) -> Event:
    """An entry of which so many sources speak, the second of them in Hebrew and against it."""
    event = make_event("Meeting", slug="meeting", date="1948", cited=False)
    event.participations.create(actor=make_actor("Mongolia"))
    for number, quote in enumerate([LONG.strip(), HEBREW, *["They met."] * (sources - 2)]):
        title = f"A source of some length, number {number}"
        source = make_source(quote, title=title, language="he" if quote == HEBREW else "en")
        stance = "disputes" if quote == HEBREW else "supports"
        make_claim(event, source, quote, stance=stance, date=f"{1948 + number}")
    return event


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 800, 1280])
@pytest.mark.parametrize("sources", [2, 7])
def test_a_comparison_fits_every_screen_and_axe_finds_nothing(
    page: Page, live_server: LiveServer, sources: int, width: int, scheme: str
) -> None:
    contested(sources)
    page.emulate_media(
        color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce"
    )
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{live_server.url}/events/meeting/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == {}


def test_on_a_phone_every_answer_says_whose_it_is(page: Page, live_server: LiveServer) -> None:
    contested(3)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}/events/meeting/")
    cells = page.locator(".comparison tbody td")
    expect(cells).to_have_count(9)
    left = cells.nth(0).bounding_box()
    below = cells.nth(1).bounding_box()
    assert left is not None
    assert below is not None
    assert (below["x"], below["y"] > left["y"]) == (left["x"], True)
    for number in range(9):
        name = f"A source of some length, number {number % 3}"
        expect(cells.nth(number).locator(".cell-source")).to_have_text(name)
        expect(cells.nth(number).locator(".cell-source")).to_be_visible()


def test_many_sources_are_scrolled_to_by_keyboard_beside_the_questions(
    page: Page, live_server: LiveServer
) -> None:
    contested(7)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{live_server.url}/events/meeting/")
    frame = page.get_by_role("region", name="What the sources say")
    question = page.get_by_role("rowheader", name="What")
    last = page.get_by_role("columnheader", name="number 6")
    expect(last).not_to_be_in_viewport(ratio=0.5)
    frame.focus()
    for _ in range(40):
        page.keyboard.press("ArrowRight")
    expect(last).to_be_in_viewport(ratio=0.5)
    expect(question).to_be_in_viewport(ratio=0.2)
    expect(last.locator(".cell-source")).to_have_count(0)


def test_a_quote_is_followed_from_the_comparison_and_a_facet_leads_to_the_entry(
    page: Page, live_server: LiveServer
) -> None:
    contested(2)
    make_event("Agreed", date="1950", date_basis="inferred", date_note="A guess.")
    page.goto(live_server.url)
    page.get_by_role("region", name="Agreement").get_by_role("link", name="contested").click()
    expect(page.locator("#sentence")).to_have_text(
        "1 entry that sources dispute or date differently."
    )
    page.get_by_role("link", name="disputed").click()
    expect(page).to_have_url(f"{live_server.url}/events/meeting/#quotes")
    expect(page.locator(".verdict")).to_contain_text("1 of 2 sources disputes this entry.")
    hebrew = page.locator("blockquote[lang=he]")
    assert hebrew.evaluate("node => getComputedStyle(node).direction") == "rtl"
    page.locator("td", has_text=HEBREW).get_by_role("link", name="the source").click()
    page.wait_for_url("**/sources/**")
    expect(page.locator("mark").first).to_be_visible()
