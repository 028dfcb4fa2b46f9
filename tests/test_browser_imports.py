"""An import in a real browser: send, reject one, take one conflict, try it out, carry it out."""

from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.axe import DJANGOS_OWN, violations
from tests.logins import enter
from tests.proposals import CHRONOLOGY, give
from tests.seeds import ARTICLE, import_folders, write_seed
from timeline.history import act
from timeline.models import Event, SeedImport

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEW = (
    '[[event]]\nid = "fresh"\ntitle = "Fresh"\nkind = "war"\n'
    '[[event.claim]]\nquote = "The war ended in an armistice"\n'
)
SECOND = (
    CHRONOLOGY.replace("The war ends", "A truce").replace(
        "DPRK establish relations", "DPRK have relations"
    )
    + NEW
)


@pytest.fixture
def seed(tmp_path: Path) -> Path:
    """A seed to be sent; an older one was imported, and an editor changed an event since."""
    import_folders(write_seed(tmp_path / "old"), verbosity=0)
    with act("An editor's"):
        event = Event.objects.get(slug="armistice")
        event.summary = "Mine"
        event.save()
    return write_seed(tmp_path / "new", SECOND)


def journey(page: Page, seed: Path) -> None:
    """From the files to the report."""
    page.get_by_label("Files").set_input_files([seed / "chronology.toml", seed / "article.txt"])
    page.get_by_role("button", name="Show the plan").click()
    expect(page.get_by_role("heading", name="Import of article")).to_be_visible()
    row = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="The war ends"))
    truce = page.get_by_role("group", name="What to do with A truce")
    truce.get_by_label("Take the seed’s, with its quotes").check()
    page.get_by_role("group", name="What to do with Fresh").get_by_label("Reject").check()
    page.get_by_role("button", name="created (2)").click()
    expect(page.get_by_role("group", name="Fresh").get_by_label("Reject")).to_be_checked()
    expect(row).to_have_count(0)
    page.get_by_role("button", name="See what would happen").click()
    expect(page.get_by_text("Would be updated: 2 events.")).to_be_visible()
    expect(page.get_by_text("event fresh is left out; kept.")).to_be_visible()
    assert Event.objects.get(slug="armistice").summary == "Mine"
    page.get_by_label("Reason for this change").fill("A second edition")
    page.get_by_role("button", name="Import").click()
    expect(page.locator(".messagelist .success")).to_contain_text("was carried out")
    expect(page.locator(".import-report")).to_contain_text("Updated: 2 events.")


def carried_out() -> None:
    event = Event.objects.get(slug="armistice")
    assert (event.title, event.summary) == ("A truce", "")
    assert event.history.first().history_change_reason == "A second edition"
    assert not Event.objects.filter(slug="fresh").exists()


def test_an_editor_sends_a_seed_chooses_and_carries_it_out(
    page: Page, live_server: LiveServer, seed: Path
) -> None:
    enter(page, live_server, "/admin/timeline/seedimport/add/")
    journey(page, seed)
    carried_out()


def test_an_import_needs_no_script(
    page: Page, scriptless: Page, live_server: LiveServer, seed: Path
) -> None:
    enter(scriptless, live_server, "/admin/timeline/seedimport/add/")
    journey(scriptless, seed)
    carried_out()


def test_a_broken_seed_is_told_and_sent_again(
    page: Page, live_server: LiveServer, seed: Path
) -> None:
    enter(page, live_server, "/admin/timeline/seedimport/add/")
    write_seed(seed, SECOND.replace("armistice in 1953", "armistice in 1954"))
    files = [seed / "chronology.toml", seed / "article.txt"]
    page.get_by_label("Files").set_input_files(files)
    page.get_by_role("button", name="Show the plan").click()
    expect(page.locator(".import-problems")).to_contain_text("Did you mean, in paragraph 3")
    assert not SeedImport.objects.exists()
    write_seed(seed, SECOND)
    page.get_by_label("Files").set_input_files(files)
    page.get_by_role("button", name="Show the plan").click()
    expect(page.get_by_role("heading", name="Import of article")).to_be_visible()


@pytest.mark.parametrize("path", ["", "add/", "{pk}/change/", "{pk}/preview/"])
def test_the_pages_of_an_import_are_accessible_and_fit_a_phone(
    page: Page, live_server: LiveServer, seed: Path, path: str
) -> None:
    user = enter(page, live_server, "/admin/timeline/seedimport/add/")
    client = Client()
    client.force_login(user)
    proposal = give(client, SECOND, ARTICLE)
    page.goto(f"{live_server.url}/admin/timeline/seedimport/{path.format(pk=proposal.pk)}")
    assert violations(page, ignored=DJANGOS_OWN) == {}
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
