"""Doubles in a real browser: found, compared, merged, undone, set apart; also on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.axe import DJANGOS_OWN, violations
from tests.builders import make_actor, make_event
from tests.logins import enter
from timeline.models import Event, Merge

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ONE, OTHER = "Diplomatic relations established", "Mongolia establishes diplomatic relations"


@pytest.fixture
def double() -> tuple[Event, Event]:
    """Two entries that are the same."""
    actors = [make_actor("Mongolia"), make_actor("North Korea")]
    one = make_event(ONE, date="1948-10-15", actors=actors, slug="relations")
    return one, make_event(OTHER, date="1948-10", actors=actors, slug="the-other")


def test_an_editor_finds_compares_merges_and_undoes(
    page: Page, live_server: LiveServer, double: tuple[Event, Event]
) -> None:
    one, other = double
    enter(page, live_server, f"/admin/timeline/event/{other.pk}/change/")
    panel = page.locator(".likely-doubles")
    expect(panel).to_contain_text(ONE)
    expect(panel).to_contain_text("one date lies in the other")
    panel.get_by_role("link", name="Compare").click()

    expect(page.locator(".compared-role").first).to_have_text("kept")
    expect(page.get_by_role("radio", name="15 October 1948")).to_be_checked()
    page.get_by_role("radio", name=OTHER).check()
    page.get_by_role("button", name="Show the result").click()
    result = page.locator(".merged")
    expect(result).to_contain_text(OTHER)
    expect(result).to_contain_text("(from the other)")
    expect(result).to_contain_text("the-other → relations")
    page.get_by_label("Reason for this change").fill("They are the same")
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.locator(".messagelist .success")).to_contain_text("Merged")
    expect(page.get_by_label("Title:")).to_have_value(OTHER)
    page.goto(f"{live_server.url}/events/the-other/")
    expect(page).to_have_url(f"{live_server.url}/events/relations/")

    page.goto(f"{live_server.url}/admin/doubles/merges/")
    page.get_by_role("link", name="Undo this merge").click()
    expect(page.locator(".doubles")).to_contain_text("is there again")
    page.get_by_label("Reason for this change").fill("They are two")
    page.get_by_role("button", name="Undo this merge").click()
    expect(page.locator(".messagelist .success")).to_contain_text("The merge is undone")
    assert Merge.objects.get().undone is not None
    assert Event.objects.get(pk=one.pk).title == ONE
    assert Event.objects.get(pk=other.pk).title == OTHER


def test_two_that_are_not_the_same_are_set_apart_and_back(
    page: Page, live_server: LiveServer, double: tuple[Event, Event]
) -> None:
    enter(page, live_server, "/admin/doubles/events/")
    expect(page.locator(".double")).to_have_count(1)
    page.get_by_role("button", name="Not the same").click()
    expect(page.locator(".messagelist .success")).to_contain_text("are not the same")
    expect(page.locator(".double")).to_have_count(0)
    page.get_by_role("link", name="Those that are not the same").click()
    page.get_by_role("button", name="Take that back").click()
    page.goto(f"{live_server.url}/admin/doubles/events/")
    expect(page.locator(".double")).to_have_count(1)


def test_actors_are_merged_from_their_list_without_script(
    page: Page, live_server: LiveServer, scriptless: Page
) -> None:
    for name in ("Tsedenbal", "Cedenbal"):
        make_actor(name, kind="person")
    enter(page, live_server, "/admin/actors/actor/")
    scriptless.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    scriptless.goto(f"{live_server.url}/admin/actors/actor/")
    for box in scriptless.locator("input[name=_selected_action]").all():
        box.check()
    scriptless.locator("select[name=action]").select_option("merge_selected")
    scriptless.locator("button[name=index]").click()
    scriptless.get_by_label("The name that is not taken").select_option("transliteration")
    scriptless.get_by_role("button", name="Show the result").click()
    scriptless.get_by_role("button", name="Merge", exact=True).click()
    expect(scriptless.locator(".messagelist .success")).to_contain_text("Merged")
    expect(scriptless.locator("#id_aliases-0-name")).to_have_value(re.compile("edenbal"))


def test_the_list_leads_to_the_first_page_and_fits_a_phone(
    page: Page, live_server: LiveServer, double: tuple[Event, Event]
) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    enter(page, live_server, "/admin/")
    page.get_by_role("link", name="Likely double events").click()
    compare = page.get_by_role("link", name="Compare and merge")
    expect(compare).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    compare.click()
    expect(page.get_by_role("button", name="Show the result")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_axe_finds_nothing_that_is_ours(
    page: Page, live_server: LiveServer, double: tuple[Event, Event]
) -> None:
    one, other = double
    two = make_actor("Tsedenbal", kind="person"), make_actor("Cedenbal", kind="person")
    enter(page, live_server, "/admin/doubles/events/")
    for address in (
        "/admin/doubles/events/",
        "/admin/doubles/actors/",
        "/admin/doubles/merges/",
        f"/admin/doubles/event/{one.pk}/{other.pk}/",
        f"/admin/doubles/actor/{two[0].pk}/{two[1].pk}/",
        f"/admin/timeline/event/{one.pk}/change/",
    ):
        page.goto(f"{live_server.url}{address}")
        assert violations(page, ignored=DJANGOS_OWN) == {}
