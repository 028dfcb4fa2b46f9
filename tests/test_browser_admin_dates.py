"""Typing dates in words in the admin, with script and without."""

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from actors.models import Actor
from tests.axe import violations
from tests.builders import make_actor, make_event
from tests.logins import enter
from timeline.models import Event

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def reading_of(page: Page, name: str) -> Locator:
    """What stands below a date field."""
    return page.locator(f".edtf:has(#id_{name}) .edtf-reading")


def test_the_meaning_is_shown_while_typing_and_taken_on_the_first_save(
    page: Page, live_server: LiveServer
) -> None:
    enter(page, live_server, "/admin/timeline/event/add/")
    page.get_by_label("Title:").fill("A war")
    page.get_by_label("Kind:").fill("war")
    reading, date = reading_of(page, "date"), page.locator("#id_date")
    expect(reading).to_have_attribute("aria-live", "polite")

    date.press_sequentially("late 17th centu")
    expect(reading).to_contain_text("“centu” has no place in a date")
    date.press_sequentially("ry")
    expect(reading).to_contain_text("between about 1667 and 1699")
    expect(reading).to_contain_text("earliest: 1 January 1667")
    expect(reading).to_contain_text("latest: 31 December 1699")

    date.fill("")
    expect(reading).to_have_text("")
    date.fill("autumn 1956")
    expect(reading).to_contain_text("autumn 1956")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(page.locator("#id_date")).to_have_value("1956-23")
    assert Event.objects.get().date == "1956-23"


def test_an_ambiguous_date_is_chosen_and_not_before(page: Page, live_server: LiveServer) -> None:
    enter(page, live_server, "/admin/timeline/event/add/")
    page.get_by_label("Title:").fill("Talks")
    page.get_by_label("Kind:").fill("talks")
    page.locator("#id_date").fill("10/11/1948")
    choice = page.get_by_role("radio", name="11 October 1948")
    expect(choice).not_to_be_checked()
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".errorlist")).to_contain_text("more than one date")
    assert not Event.objects.exists()
    page.get_by_role("radio", name="11 October 1948").check()
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert Event.objects.get().date == "1948-10-11"


def test_a_row_that_is_added_later_reads_dates_too(page: Page, live_server: LiveServer) -> None:
    actor = make_actor("Mongolia")
    enter(page, live_server, f"/admin/actors/actor/{actor.pk}/change/")
    page.get_by_role("button", name="Add another Alias").click()
    for number, (name, period) in enumerate(
        [("Outer Mongolia", "1911–21"), ("The People's Republic", "1924 to 1992")]
    ):
        page.locator(f"#id_aliases-{number}-name").fill(name)
        page.locator(f"#id_aliases-{number}-period").fill(period)
    expect(reading_of(page, "aliases-0-period")).to_contain_text("1911–1921")
    expect(reading_of(page, "aliases-1-period")).to_contain_text("1924–1992")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    periods = Actor.objects.get().aliases.values_list("period", flat=True)
    assert sorted(periods) == ["1911/1921", "1924/1992"]


def test_a_row_that_is_taken_out_leaves_the_others_their_meaning(
    page: Page, live_server: LiveServer
) -> None:
    actor = make_actor("Mongolia")
    enter(page, live_server, f"/admin/actors/actor/{actor.pk}/change/")
    page.get_by_role("button", name="Add another Alias").click()
    page.get_by_role("button", name="Add another Alias").click()
    page.locator("#id_aliases-2-name").fill("Outer Mongolia")
    page.locator("#id_aliases-2-period").fill("1911–21")
    expect(reading_of(page, "aliases-2-period")).to_contain_text("1911–1921")
    page.locator("#aliases-1 .inline-deletelink").click()  # the row becomes the second
    expect(page.locator("#id_aliases-1-period")).to_have_value("1911–21")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert Actor.objects.get().aliases.get().period == "1911/1921"


def test_without_script_the_form_asks_once(page: Page, live_server: LiveServer) -> None:
    event = make_event("An armistice", status="draft", cited=False)
    enter(page, live_server, "/admin/")
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(page.context.cookies())  # type: ignore[arg-type]  # what it gave itself
    plain = context.new_page()
    plain.goto(f"{live_server.url}/admin/timeline/event/{event.pk}/change/")
    plain.locator("#id_date").fill("c. July 1953")
    save = plain.get_by_role("button", name="Save and continue editing")
    save.click()
    expect(plain.locator(".errorlist")).to_contain_text("Read as “about July 1953”. Save again")
    expect(plain.locator("#id_date")).to_have_value("c. July 1953")
    save.click()
    expect(plain.locator(".messagelist .success")).to_be_visible()
    event.refresh_from_db()
    assert event.date == "1953-07~"

    plain.locator("#id_date").fill("1950/51")
    save.click()
    expect(plain.locator(".errorlist")).to_contain_text("Choose one below")
    plain.get_by_label("1950 or 1951").check()
    save.click()
    expect(plain.locator(".messagelist .success")).to_be_visible()
    event.refresh_from_db()
    assert event.date == "[1950,1951]"
    context.close()


def test_axe_finds_nothing_in_what_is_shown_and_a_phone_holds_it(
    page: Page, live_server: LiveServer
) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    enter(page, live_server, "/admin/timeline/event/add/")
    page.locator("#id_date").fill("late 18th–early 19th century")
    expect(page.get_by_role("radio")).to_have_count(2)
    assert violations(page, context=".field-date") == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
