"""An editor's day in a real browser: add, publish, break a quote, mend it, go back."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.axe import DJANGOS_OWN, violations
from tests.builders import make_actor, make_event, make_source
from tests.logins import enter
from timeline.models import Claim, Event, Source
from timeline.readings import Correction, TextSpec

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUOTE = "The war ended in an armistice in 1953."
WRONG = QUOTE.replace("1953", "1954")


@pytest.fixture
def source() -> Source:
    make_actor("Mongolia")
    make_actor("DPRK")
    return make_source(title="The article")


def choose(page: Page, field: str, typed: str) -> None:
    """Choose by autocomplete the first that is offered for what is typed."""
    page.locator(f"#id_{field} + .select2").click()
    page.locator(".select2-search__field").fill(typed)
    option = page.locator(".select2-results__option--highlighted")
    expect(option).to_contain_text(re.compile(re.escape(typed), re.IGNORECASE))
    option.click()


def save_and_stay(page: Page) -> None:
    page.get_by_role("button", name="Save and continue editing").click()


def quote(page: Page) -> Locator:
    return page.locator("#id_claims-0-quote")


def test_an_editor_adds_publishes_breaks_mends_and_reverts(
    page: Page, live_server: LiveServer, source: Source
) -> None:
    make_source("The war elsewhere.", title="Elsewhere")
    enter(page, live_server, "/admin/timeline/event/add/")
    page.get_by_label("Title:").fill("An armistice – at last")
    expect(page.locator("#id_slug")).to_have_value("an-armistice-at-last")
    page.locator("#id_date").fill("1953")
    page.get_by_label("Kind:").fill("war")
    choose(page, "participations-0-actor", "DPRK")
    choose(page, "claims-0-source", "The article")
    choose(page, "claims-0-passage", "The war")  # of the chosen source only
    quote(page).fill(QUOTE)
    page.get_by_label("Status:").select_option("published")
    save_and_stay(page)
    expect(page.locator(".edtf-said").first).to_contain_text("1953")
    claim = Claim.objects.get()
    assert (claim.source, claim.passage.ordinal) == (source, 3)

    page.get_by_role("link", name="View on site").first.click()
    expect(page.locator("h1")).to_contain_text("An armistice")
    page.go_back()

    quote(page).fill(WRONG)
    save_and_stay(page)
    expect(page.locator(".quote-near")).to_contain_text("1954 in your quote, 1953 in the source")
    expect(quote(page)).to_have_value(WRONG)
    page.get_by_role("button", name="Take the source’s words").click()
    expect(quote(page)).to_have_value(QUOTE)
    page.get_by_label("Title:").fill("A truce")
    page.get_by_label("Reason for this change").fill("Shorter")
    save_and_stay(page)
    expect(page.locator(".messagelist .success")).to_be_visible()

    page.get_by_role("link", name="History").click()
    expect(page.locator(".act").first).to_contain_text("“Shorter”")
    page.get_by_role("link", name="Revert to this state").click()
    expect(page.locator(".act")).to_contain_text("A truce → An armistice – at last")
    page.get_by_role("button", name="Revert to this state").click()
    expect(page.locator(".act").first).to_contain_text("Reverted to the state of")
    assert Event.objects.get().title == "An armistice – at last"


def test_one_of_two_places_is_chosen_by_its_button(page: Page, live_server: LiveServer) -> None:
    make_source("The talks began in May.\n\nLater the talks began anew.", title="The article")
    enter(page, live_server, "/admin/timeline/event/add/")
    page.get_by_label("Title:").fill("Talks")
    page.get_by_label("Kind:").fill("talks")
    choose(page, "claims-0-source", "The article")
    quote(page).fill("talks began")
    save_and_stay(page)
    page.get_by_role("button", name="Choose this place").nth(1).click()
    save_and_stay(page)
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert Claim.objects.get().passage.ordinal == 2


def test_the_forms_work_without_script(page: Page, live_server: LiveServer, source: Source) -> None:
    event = make_event("An armistice", source=source, quote=QUOTE)
    enter(page, live_server, "/admin/timeline/event/add/")
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(page.context.cookies())  # type: ignore[arg-type]  # what it gave itself
    plain = context.new_page()
    plain.goto(f"{live_server.url}/admin/timeline/event/{event.pk}/change/")
    quote(plain).fill(WRONG)
    save_and_stay(plain)
    words = plain.locator(".quote-words")
    expect(words).to_have_text(QUOTE)
    expect(plain.get_by_role("button", name="Take the source’s words")).to_be_hidden()
    quote(plain).fill(words.inner_text())
    save_and_stay(plain)
    expect(plain.locator(".messagelist .success")).to_be_visible()
    context.close()


@pytest.mark.parametrize(
    "address",
    [
        *("timeline/event/", "timeline/event/add/", "timeline/claim/add/"),
        *("timeline/event/{event}/change/", "timeline/event/{event}/history/"),
        *("timeline/source/{source}/change/", "actors/actor/add/"),
    ],
)
def test_axe_finds_nothing_that_is_ours(
    page: Page, live_server: LiveServer, source: Source, address: str
) -> None:
    actor = make_actor()
    event = make_event("An armistice", source=source, quote=QUOTE, date="1953", actors=[actor])
    spec = TextSpec(emendations=(Correction("frist", "first", "misprint"),))
    emended = make_source("The frist war.", spec)
    enter(page, live_server, "/admin/timeline/event/add/")
    address = address.format(event=event.pk, source=emended.pk)
    page.goto(f"{live_server.url}/admin/{address}")
    assert violations(page, ignored=DJANGOS_OWN) == {}


def test_a_phone_shows_the_form_without_scrolling_sideways(
    page: Page, live_server: LiveServer, source: Source
) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    enter(page, live_server, "/admin/timeline/event/add/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator(".edtf").first.evaluate("one => one.offsetHeight") < 120
