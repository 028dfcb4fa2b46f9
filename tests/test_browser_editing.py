"""Two editors on one entry, what is to do, and a preview, in a real browser."""

import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.admin_forms import change_path
from tests.axe import DJANGOS_OWN, violations
from tests.builders import make_actor, make_claim, make_event, make_source
from tests.logins import enter
from timeline.models import Claim, Event, Status

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def save(page: Page) -> None:
    page.get_by_role("button", name="Save and continue editing").click()


@pytest.fixture
def event() -> Event:
    source = make_source(title="The article")
    return make_event("Truce", date="1953", source=source, quote="armistice in 1953")


@pytest.mark.parametrize("script", [True, False])
def test_whoever_saves_second_is_asked_and_loses_nothing(
    page: Page, live_server: LiveServer, event: Event, script: bool
) -> None:
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=script, locale="en-GB")
    second = context.new_page()
    enter(page, live_server, change_path(event))
    enter(second, live_server, change_path(event), "contributor")
    page.get_by_label("Title:").fill("Armistice")
    second.get_by_label("Title:").fill("Cease-fire")
    second.locator("#id_claims-0-note").fill("My long note.")
    page.get_by_label("Reason for this change").fill("More exact")
    save(page)
    expect(page.locator(".messagelist .success")).to_be_visible()

    save(second)
    conflict = second.locator(".conflict")
    expect(conflict).to_contain_text("Somebody else has saved this meanwhile")
    expect(conflict).to_contain_text("editor")
    expect(conflict).to_contain_text("“More exact”")
    expect(conflict).to_contain_text("Truce → Armistice")
    expect(second.get_by_label("Title:")).to_have_value("Cease-fire")
    expect(second.locator("#id_claims-0-note")).to_have_value("My long note.")
    assert Event.objects.get().title == "Armistice"

    second.get_by_label("Save mine over it").check()
    save(second)
    expect(second.locator(".messagelist .success")).to_be_visible()
    assert Event.objects.get().title == "Cease-fire"
    assert Claim.objects.get().note == "My long note."

    page.get_by_label("Title:").fill("Peace")
    save(page)
    page.get_by_role("link", name="Discard mine and see theirs").click()
    expect(page.get_by_label("Title:")).to_have_value("Cease-fire")
    context.close()


def test_the_first_page_leads_from_a_number_to_the_list_and_a_preview(
    page: Page, live_server: LiveServer, event: Event
) -> None:
    draft = make_event("Talks", status=Status.DRAFT, date="1950", cited=False)
    claim = make_claim(draft, make_source("The talks began in 1951.", title="Another"), "in 1951")
    Claim.objects.filter(pk=claim.pk).update(date="1951")
    enter(page, live_server, "/admin/")
    row = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Contested"))
    expect(row).to_contain_text("1")
    row.get_by_role("link").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Talks").click()
    page.get_by_role("link", name="Preview").click()
    expect(page.locator(".preview")).to_contain_text("Preview: not public.")
    expect(page.locator("h1")).to_contain_text("Talks")
    page.get_by_role("link", name="Back to editing").click()
    expect(page).to_have_title(re.compile("Talks"))


def test_many_are_changed_after_a_look(page: Page, live_server: LiveServer, event: Event) -> None:
    make_event("Talks", kind="war")
    enter(page, live_server, "/admin/timeline/event/")
    page.locator("#action-toggle").check()
    page.get_by_label("Action:").select_option("set_kind")
    page.get_by_role("button", name="Go", exact=True).click()
    page.get_by_label("Kind:").fill("war")
    page.get_by_label("Reason for this change").fill("One word for it")
    page.get_by_role("button", name="See what will change").click()
    expect(page.locator(".bulk li").filter(has_text="Truce")).to_contain_text("diplomacy → war")
    assert Event.objects.get(title="Truce").kind == "diplomacy"
    page.get_by_role("button", name="Carry out").click()
    expect(page.locator(".messagelist")).to_contain_text("1 was changed.")
    assert set(Event.objects.values_list("kind", flat=True)) == {"war"}


def test_a_list_is_downloaded(page: Page, live_server: LiveServer, event: Event) -> None:
    enter(page, live_server, "/admin/timeline/event/?q=truce")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    assert re.fullmatch(r"events-\d{4}-\d\d-\d\d\.csv", download.value.suggested_filename)
    text = download.value.path().read_text("utf-8-sig")
    assert "Truce" in text.splitlines()[1]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_new_is_accessible_and_fits(
    page: Page, live_server: LiveServer, event: Event, width: int, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of two words
    page.set_viewport_size({"width": width, "height": 800})
    make_event("Talks", status=Status.DRAFT, actors=[make_actor()])
    enter(page, live_server, "/admin/")
    expect(page.get_by_role("heading", name="To do")).to_be_visible()
    preview = change_path(event).replace("/change/", "/preview/")
    for path in ("/admin/", preview):
        page.goto(f"{live_server.url}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        look(page)
    page.goto(f"{live_server.url}{change_path(event)}")
    User.objects.create_superuser("second", "", "")
    event.title = "Armistice"
    event.save()
    save(page)
    expect(page.locator(".conflict")).to_be_visible()
    look(page)


def look(page: Page) -> None:
    assert violations(page, ignored=DJANGOS_OWN) == {}
