"""Replacing a text in a real browser: see what moves and what is lost, repair one, store."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.axe import DJANGOS_OWN, violations
from tests.builders import ARTICLE, make_claim, make_event, make_source
from tests.logins import enter
from timeline import texts
from timeline.models import Claim, Source, Status
from timeline.readings import TextSpec

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEW = "A preface.\n\n" + ARTICLE.replace("armistice in 1953", "armistice in 1954")


@pytest.fixture
def source() -> Source:
    source = make_source(title="The article")
    event = make_event("The armistice", source=source, quote="armistice in 1953")
    make_claim(event, source, "In 1911 Mongolia", slug="independence")
    return source


def look(page: Page, live_server: LiveServer, source: Source) -> None:
    enter(page, live_server, f"/admin/timeline/source/{source.pk}/change/")
    page.get_by_label("or pasted text").fill(NEW)
    page.get_by_label("Reason for this change").fill("Second edition")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#content h1")).to_have_text("What becomes of the quotes")


def test_an_editor_sees_what_moves_and_is_lost_repairs_and_stores(
    page: Page, live_server: LiveServer, source: Source
) -> None:
    look(page, live_server, source)
    expect(page.locator(".became-moved li")).to_contain_text("¶ 1 → ¶ 2")
    lost = page.locator(".repair")
    expect(lost.locator("del")).to_have_text("armistice in 1953")
    expect(lost).to_contain_text("1953 in your quote, 1954 in the source")
    expect(lost.get_by_label("Leave it lost")).to_be_checked()
    lost.get_by_label("Paragraph 4").check()
    expect(page.get_by_label("Reason for this change")).to_have_value("Second edition")
    page.get_by_role("button", name="Store the text").click()
    expect(page.locator(".messagelist")).to_contain_text("1 moved. 1 was given other words.")
    quotes = set(Claim.objects.values_list("quote", "lost", "passage__ordinal"))
    assert quotes == {("armistice in 1954", False, 4), ("In 1911 Mongolia", False, 2)}

    page.goto(f"{live_server.url}/admin/timeline/source/{source.pk}/history/")
    act = page.locator(".act").first
    expect(act).to_contain_text("“Second edition”")
    expect(act).to_contain_text(re.compile(r"Quotes:\s+1 moved\s+1 given other words"))


def test_words_that_are_typed_choose_themselves_and_all_comes_back(
    page: Page, live_server: LiveServer, source: Source
) -> None:
    look(page, live_server, source)
    page.get_by_role("button", name="Back to the form").click()
    expect(page.locator(".errornote + .errorlist, .errorlist.nonfield").first).to_contain_text(
        "Nothing was stored"
    )
    expect(page.get_by_label("or pasted text")).to_have_value(NEW)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("textbox", name="Other words of the text").fill("The war ended")
    expect(page.get_by_label("Other words of the text:")).to_be_checked()
    page.get_by_role("button", name="Store the text").click()
    expect(page.locator(".messagelist .success").first).to_be_visible()
    assert Claim.objects.filter(quote="The war ended", lost=False).exists()


def test_a_lost_claim_is_quoted_anew_with_its_button(
    page: Page, live_server: LiveServer, source: Source
) -> None:
    texts.store_text(source, NEW, TextSpec(headings=("Diplomacy",)))
    claim = Claim.objects.get(lost=True)
    enter(page, live_server, f"/admin/timeline/claim/{claim.pk}/change/")
    page.get_by_role("button", name="Quote this").first.click()
    expect(page.locator("#id_quote")).to_have_value("armistice in 1954")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    claim.refresh_from_db()
    assert (claim.quote, claim.lost) == ("armistice in 1954", False)


def test_it_all_works_without_script(page: Page, live_server: LiveServer, source: Source) -> None:
    look(page, live_server, source)
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(page.context.cookies())  # type: ignore[arg-type]  # what it gave itself
    plain = context.new_page()
    plain.goto(page.url)
    plain.get_by_label("Paragraph 4").check()
    plain.get_by_role("button", name="Store the text").click()
    expect(plain.locator(".messagelist .success").first).to_be_visible()
    assert not Claim.objects.filter(lost=True).exists()
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_pages_are_for_everybody_and_for_phones(
    page: Page, live_server: LiveServer, source: Source, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    look(page, live_server, source)
    check(page)
    make_event(source=source, quote="shared ideology", status=Status.DRAFT)
    texts.store_text(source, NEW.replace("shared", "common"), TextSpec(headings=("Diplomacy",)))
    page.goto(f"{live_server.url}/admin/timeline/source/{source.pk}/lost/")
    expect(page.locator(".repair")).to_have_count(2)
    check(page)
    page.goto(f"{live_server.url}/admin/timeline/claim/{Claim.objects.first().pk}/change/")  # type: ignore[union-attr]
    check(page)


def check(page: Page) -> None:
    """Nothing is wider than the page, and axe finds nothing that is ours."""
    wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wide <= 0
    assert violations(page, ignored=DJANGOS_OWN) == {}
