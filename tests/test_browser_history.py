"""History in a real browser: a bulk edit is undone, what was deleted is brought back."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.axe import DJANGOS_OWN, violations
from tests.builders import make_actor, make_event, make_source
from tests.logins import enter
from timeline.models import Event

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def events() -> None:
    source = make_source(title="The article")
    for title in ("Truce", "Armistice"):
        make_event(
            title, slug=title.lower(), source=source, quote="shared ideology", actors=[make_actor()]
        )


def assert_accessible(page: Page) -> None:
    assert violations(page, ignored=DJANGOS_OWN) == {}


def withdraw_all(page: Page, live_server: LiveServer, reason: str) -> None:
    """Return all events to draft from their list."""
    page.goto(f"{live_server.url}/admin/timeline/event/")
    for box in page.locator("#result_list .action-select").all():
        box.check()
    page.get_by_label("Action:").select_option("return_to_draft")
    page.get_by_label("Reason:").fill(reason)
    page.get_by_role("button", name="Go").click()
    expect(page.locator(".messagelist")).to_contain_text("Drafts again")


def test_a_change_of_many_is_told_undone_and_told_again(
    page: Page, live_server: LiveServer, complaints: list[str]
) -> None:
    events()
    enter(page, live_server, "/admin/")
    withdraw_all(page, live_server, "The source is a forgery")

    page.goto(f"{live_server.url}/events/truce/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Withdrawn")
    expect(page.locator("main")).to_contain_text("The source is a forgery")
    complaints[:] = [one for one in complaints if "status of 410" not in one]
    page.get_by_role("link", name="what was added, corrected and withdrawn").click()
    first = page.locator(".log > li").first
    expect(first).to_contain_text("Withdrawn: Truce")
    expect(first).to_contain_text("The source is a forgery")
    assert_accessible(page)

    page.goto(f"{live_server.url}/admin/acts/")
    assert_accessible(page)
    page.locator(".acts .act h2 a").first.click()
    expect(page.locator("ol.acts")).to_contain_text("published")
    assert_accessible(page)
    page.get_by_role("link", name="Undo this act …").click()
    expect(page.locator("#content-main")).to_contain_text("2 events changed back")
    assert_accessible(page)
    page.get_by_label("Reason for this change").fill("It is genuine")
    page.get_by_role("button", name="Undo this act").click()
    expect(page.locator(".messagelist")).to_contain_text("Undone: 2 events changed back.")

    page.goto(f"{live_server.url}/events/truce/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Truce")
    page.get_by_role("link", name="All changes of this chronology").click()
    expect(page.locator(".log > li").first).to_contain_text("Added: Truce")
    expect(page.locator(".log > li").first).to_contain_text("It is genuine")


def test_what_was_deleted_is_found_and_brought_back(page: Page, live_server: LiveServer) -> None:
    events()
    enter(page, live_server, "/admin/")
    page.goto(
        f"{live_server.url}/admin/timeline/event/{Event.objects.get(slug='truce').pk}/delete/"
    )
    page.get_by_label("Reason for this change").fill("It never took place")
    page.get_by_role("button", name="Yes, I’m sure").click()
    expect(page.locator(".messagelist")).to_contain_text("deleted")
    page.get_by_role("link", name="Deleted", exact=True).click()
    expect(page.locator("ol.acts")).to_contain_text("“It never took place”")
    assert_accessible(page)
    page.get_by_role("link", name="Bring back …").click()
    expect(page.locator(".act")).to_contain_text("Truce")
    assert_accessible(page)
    page.get_by_role("button", name="Bring back").click()
    expect(page.locator(".messagelist")).to_contain_text("is back as it was, with its id")
    page.goto(f"{live_server.url}/events/truce/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Truce")


def test_all_of_it_works_without_script_and_fits_a_phone(
    page: Page, scriptless: Page, live_server: LiveServer
) -> None:
    events()
    enter(scriptless, live_server, "/admin/")
    withdraw_all(scriptless, live_server, "The source is a forgery")
    scriptless.goto(f"{live_server.url}/admin/acts/")
    scriptless.locator(".acts .act h2 a").first.click()
    scriptless.get_by_role("link", name="Undo this act …").click()
    scriptless.get_by_role("button", name="Undo this act").click()
    expect(scriptless.locator(".messagelist")).to_contain_text("Undone: 2 events changed back.")
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{live_server.url}/changes/")
    expect(page.locator(".log > li").first).to_contain_text(re.compile("Added: (Truce|Armistice)"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
