"""Readers in a real browser: with and without script, by eye, by keyboard, on a phone."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from tests.builders import make_claim, make_event
from tests.public import make_base
from timeline.models import Source

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE: ViewportSize = {"width": 390, "height": 844}
BACKGROUND = "node => getComputedStyle(node).backgroundColor"


@pytest.fixture(autouse=True)
def base(transactional_db: None) -> None:
    make_base()


def lit(page: Page) -> str:
    """The words that look different from the quoted words around them, once styles are there."""
    page.wait_for_url("**/sources/**", wait_until="load")
    marks = page.locator("mark").all()
    return "".join(
        mark.inner_text() for mark in marks if mark.evaluate(BACKGROUND) != "rgba(0, 0, 0, 0)"
    )


def facet(page: Page, name: str, value: str) -> Locator:
    """The link that narrows the selection to ``value``."""
    return page.get_by_role("region", name=name).get_by_role("link", name=value)


def test_a_reader_finds_what_possibly_happened_and_follows_its_quote(
    page: Page, live_server: LiveServer
) -> None:
    page.goto(live_server.url)
    page.get_by_label("from", exact=True).fill("1951")
    page.keyboard.press("Tab")
    expect(page.locator("#sentence")).to_have_text("2 entries possibly in or after 1951.")
    page.get_by_label("to", exact=True).fill("1951")
    page.keyboard.press("Tab")
    expect(page.locator("#sentence")).to_have_text("1 entry possibly in 1951.")
    facet(page, "Involving", "Mongolia").click()
    expect(page.locator("#sentence")).to_have_text(
        "1 entry possibly in 1951 that involves Mongolia."
    )
    assert urlsplit(page.url).query == "from=1951&to=1951&actor=mongolia"
    page.locator(".citation-link").click()
    assert lit(page) == "During the war Mongolia gave aid."
    expect(page.locator("mark", has_text="During the war").first).to_be_in_viewport()
    page.go_back()
    expect(page.locator(".entry-title")).to_have_text("Aid is given")


def test_without_script_the_same_way_leads_to_the_same_words(
    scriptless: Page, live_server: LiveServer
) -> None:
    page = scriptless
    page.goto(live_server.url)
    page.locator("#from").fill("1951")
    page.locator("#to").fill("1951")
    page.get_by_role("button", name="Show entries").click()
    facet(page, "Involving", "Mongolia").click()
    assert urlsplit(page.url).query == "from=1951&to=1951&actor=mongolia"
    page.locator("#to").fill("1952")
    page.get_by_role("button", name="Show entries").click()
    assert urlsplit(page.url).query == "from=1951&to=1952&actor=mongolia"
    page.get_by_role("searchbox").fill("Pyŏngyang")
    page.get_by_role("button", name="Find").click()
    expect(page.locator(".nothing")).to_contain_text("No entry fits all of these filters")
    page.get_by_text("Leave out: “Pyŏngyang”").click()
    page.locator(".citation-link").click()
    assert urlsplit(page.url).path == "/sources/article/"
    mark = page.locator("mark", has_text="During the war")
    box = mark.bounding_box()
    assert box is not None
    assert 0 < box["y"] < page.viewport_size["height"]  # type: ignore[index]


def test_a_search_marks_what_it_finds_and_leads_into_the_sources(
    page: Page, live_server: LiveServer
) -> None:
    page.goto(f"{live_server.url}/about/")
    page.get_by_role("searchbox").fill("gives OR during")
    page.keyboard.press("Enter")
    expect(page.locator("#sentence")).to_have_text("1 entry with the words “gives OR during”.")
    assert page.locator(".entry mark.hit").all_inner_texts() == ["During"]
    page.locator("#in-sources ~ ol .citation-link").first.click()
    assert urlsplit(page.url).path == "/sources/article/"
    assert urlsplit(page.url).fragment.startswith("p-")
    expect(page.locator(f"#{urlsplit(page.url).fragment}")).to_be_in_viewport()


def test_the_page_of_sources_searches_their_paragraphs_and_opens_them(
    scriptless: Page, live_server: LiveServer
) -> None:
    page = scriptless
    page.goto(f"{live_server.url}/sources/")
    page.get_by_label("Search the text of the sources").fill("lines quoted")
    page.get_by_role("button", name="Find").click()
    assert urlsplit(page.url).path == "/sources/"
    assert page.locator("mark.hit").all_inner_texts() == ["lines", "quoted"]
    page.get_by_role("link", name="¶ 3").click()
    assert urlsplit(page.url).fragment == "p-3"
    expect(page.locator("#p-3")).to_contain_text("Nothing in these lines is quoted.")


def test_a_bar_of_the_histogram_leads_to_its_years(page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url)
    bars = page.locator(".histogram svg a")
    expect(bars.first).to_be_visible()
    years, _, entries = str(bars.last.locator("title").text_content()).partition(": ")
    assert years == "1953"
    bars.last.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#sentence")).to_have_text(f"{entries} possibly in 1953.")
    assert urlsplit(page.url).query == "from=1953&to=1953"


def test_overlapping_quotes_light_up_apart(page: Page, live_server: LiveServer) -> None:
    source = Source.objects.get(slug="article")
    event = make_event(source=source, quote="the DPRK established")
    make_claim(event, source, "Mongolia and the DPRK", slug="left")
    make_claim(event, source, "DPRK established relations", slug="right")
    for slug, words in (
        ("left", "Mongolia and the DPRK"),
        ("right", "DPRK established relations"),
        ("overlap", "established relations"),
    ):
        page.goto(f"{live_server.url}/sources/article/#claim-{slug}")
        assert lit(page) == words


@pytest.mark.usefixtures("refused")
def test_filters_update_without_reload_and_the_back_button_works(
    page: Page, live_server: LiveServer
) -> None:
    page.goto(live_server.url)
    expect(page.locator(".entry")).to_have_count(4)
    page.evaluate("window.stillHere = true")
    page.locator("#from").fill("1951")
    page.keyboard.press("Tab")
    expect(page.locator(".entry")).to_have_count(2)
    assert page.evaluate("window.stillHere")
    assert page.evaluate("document.activeElement.id") == "to"
    page.locator("#from").fill("soon")
    page.keyboard.press("Tab")
    expect(page.locator("#from-errors")).to_contain_text("“soon” is no year")
    assert page.evaluate("document.activeElement.id") == "to"
    expect(page.locator(".entry")).to_have_count(0)
    page.go_back()
    expect(page.locator(".entry")).to_have_count(2)
    page.wait_for_load_state("networkidle")
    page.go_back()
    expect(page.locator(".entry")).to_have_count(4)


def test_a_hasty_reader_loses_nothing(
    page: Page, live_server: LiveServer, complaints: list[str]
) -> None:
    page.goto(live_server.url)
    page.locator("#from").fill("1951")
    page.locator("#to").fill("1951")
    page.get_by_role("searchbox").fill("aid")
    page.keyboard.press("Enter")
    expect(page.locator("#sentence")).to_have_text("1 entry possibly in 1951 with the words “aid”.")
    # htmx tells the console of each request that a later one has replaced.
    complaints[:] = [one for one in complaints if "htmx:" not in one]


def test_on_a_phone_the_filters_are_a_sheet(page: Page, live_server: LiveServer) -> None:
    page.set_viewport_size(PHONE)
    page.goto(live_server.url)
    expect(page.locator("#from")).to_be_hidden()
    page.locator(".sheet > summary").click()
    expect(page.locator("#from")).to_be_visible()


@pytest.mark.parametrize("how", ["button", "key"])
def test_on_a_phone_the_filters_close_behind_what_they_found(
    page: Page, live_server: LiveServer, how: str
) -> None:
    page.set_viewport_size(PHONE)
    page.goto(live_server.url)
    page.locator("summary", has_text="Filters").click()
    page.get_by_label("from", exact=True).fill("1951")
    if how == "button":
        page.get_by_role("button", name="Show entries").click()
    else:
        page.keyboard.press("Enter")
    page.wait_for_url("**/?from=1951")
    expect(page.locator("#sheet")).not_to_have_attribute("open", "")
    expect(page.locator("#sentence")).to_have_text("2 entries possibly in or after 1951.")
    expect(page.locator("#sentence")).to_be_in_viewport()
