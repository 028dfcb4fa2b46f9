"""Citing by selecting in a real browser: by mouse, keyboard, finger, and without script."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.axe import DJANGOS_OWN, violations
from tests.builders import make_actor, make_event, make_source
from tests.citing import cite_path
from tests.logins import enter
from tests.test_browser_admin import choose
from timeline.models import Claim, Event, Participation, Source, Status

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = """\
Nothing is said here. It is only a beginning.

On 15 October 1948 Mongolia and the DPRK met 🧭 in 𝒰laanbaatar. The talks began. They broke off.
Later the talks began anew.

The war ended in an armistice in 1953."""


@pytest.fixture
def source() -> Source:
    make_actor("Mongolia")
    make_actor("North Korea").aliases.create(name="DPRK")
    source = make_source(TEXT, title="The article")
    make_event("Beginning", source=source, quote="only a beginning", status=Status.DRAFT)
    return source


def open_source(page: Page, live_server: LiveServer, source: Source) -> None:
    """The page of ``source``, for an editor who has logged in."""
    enter(page, live_server, cite_path(source))


def select(page: Page, ordinal: int, words: str, nth: int = 0) -> None:
    """Drag the mouse over ``words`` of a paragraph, their ``nth`` place in it."""
    box = page.evaluate(
        """([ordinal, words, nth]) => {
            const paragraph = document.querySelector(`.cite-words[data-ordinal="${ordinal}"]`);
            paragraph.scrollIntoView({ block: "center" });
            let at = -1;
            for (let n = 0; n <= nth; n += 1) at = paragraph.textContent.indexOf(words, at + 1);
            const range = document.createRange();
            const nodes = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
            for (let gone = 0; nodes.nextNode(); gone += nodes.currentNode.length) {
                const [node, end] = [nodes.currentNode, at + words.length];
                if (at >= gone && at < gone + node.length) range.setStart(node, at - gone);
                if (end > gone && end <= gone + node.length) range.setEnd(node, end - gone);
            }
            const lines = [...range.getClientRects()];
            const [first, last] = [lines[0], lines.at(-1)];
            const middle = (line) => line.top + line.height / 2;
            return [first.left, middle(first), last.right, middle(last)];
        }""",
        [ordinal, words, nth],
    )
    page.mouse.move(box[0] + 1, box[1])
    page.mouse.down()
    page.mouse.move(box[2] - 1, box[3], steps=3)
    page.mouse.up()


def quote(page: Page) -> Locator:
    return page.locator("#id_claim-quote")


def save(page: Page) -> None:
    page.locator(".submit-row").get_by_role("button", name="Save draft").click()


def test_words_selected_by_mouse_become_a_draft(
    page: Page, live_server: LiveServer, source: Source
) -> None:
    open_source(page, live_server, source)
    expect(page.locator(".cite-rest")).to_be_hidden()
    words = "On 15 October 1948 Mongolia and the DPRK met 🧭 in 𝒰laanbaatar."
    select(page, 2, words)
    expect(quote(page)).to_have_value(words)
    expect(page.locator(".cite-where")).to_contain_text("Paragraph 2, characters 1 to 62.")
    page.get_by_label("Title:").fill("They met")
    expect(page.locator("#id_event-slug")).to_have_value("they-met")
    page.get_by_label("Kind:").fill("talks")
    page.get_by_label("North Korea “DPRK”").check()
    save(page)
    expect(page.locator(".messagelist")).to_have_text("Saved, as a draft: They met.")
    expect(page.locator(".messagelist")).to_be_focused()
    claim = Claim.objects.get(event__title="They met")
    assert (claim.quote, claim.start, claim.end) == (words, 0, len(words))
    assert Participation.objects.get().actor.name == "North Korea"
    mark = page.locator(f"#claim-{claim.slug} + mark")
    expect(mark).to_have_text(words)
    expect(mark).to_be_in_viewport()
    page.locator(".messagelist").get_by_role("link", name="They met").click()
    expect(page.locator("#id_title")).to_have_value("They met")


def test_from_a_sentence_to_a_draft_it_takes_six_clicks_and_two_typed_fields(
    page: Page, live_server: LiveServer, source: Source
) -> None:
    open_source(page, live_server, source)
    select(page, 2, "On 15 October 1948 Mongolia and the DPRK met 🧭 in 𝒰laanbaatar.")  # one drag
    pressed = [
        page.get_by_role("button", name="15 October 1948"),
        page.get_by_label("Mongolia", exact=True),
        page.get_by_label("North Korea “DPRK”"),
    ]
    for one in pressed:
        one.click()
    expect(page.locator(".field-date .edtf-reading").first).to_contain_text("15 October 1948")
    page.get_by_label("Title:").click()
    page.keyboard.type("They met")
    page.keyboard.press("Tab")
    page.keyboard.type("talks")
    save(page)
    expect(page.locator(".messagelist")).to_have_text("Saved, as a draft: They met.")
    event = Event.objects.get(title="They met")
    assert (event.date, event.date_basis, event.claims.get().date) == (
        "1948-10-15",
        "stated",
        "1948-10-15",
    )
    assert sorted(event.actors.values_list("name", flat=True)) == ["Mongolia", "North Korea"]


def test_the_place_that_is_selected_is_quoted_and_not_its_twin(
    page: Page, live_server: LiveServer, source: Source
) -> None:
    open_source(page, live_server, source)
    select(page, 2, "he talks bega", nth=1)  # snapped to whole words
    expect(quote(page)).to_have_value("the talks began")
    expect(page.locator(".cite-where")).to_contain_text("characters 103 to 117")
    page.get_by_label("Title:").fill("Talks anew")
    page.get_by_label("Kind:").fill("talks")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_be_visible()
    claim = Claim.objects.get(event__title="Talks anew")
    assert claim.start == claim.passage.text.index("the talks began anew")


def test_a_selection_over_two_paragraphs_says_so(
    page: Page, live_server: LiveServer, source: Source
) -> None:
    open_source(page, live_server, source)
    page.evaluate(
        """() => {
            const [one, other] = document.querySelectorAll(".cite-words");
            getSelection().setBaseAndExtent(one.firstChild, 3, other.firstChild, 9);
        }"""
    )
    expect(page.locator(".cite-complaint")).to_contain_text("several paragraphs")
    expect(page.locator(".cite-complaint")).to_contain_text("¶ 1–2")
    expect(page.locator("#cite-status")).to_contain_text("several paragraphs")
    page.locator(".cite-words").nth(2).click(click_count=3)  # which ends before what follows
    expect(quote(page)).to_have_value("The war ended in an armistice in 1953.")


def test_the_keyboard_alone_is_enough(page: Page, live_server: LiveServer, source: Source) -> None:
    open_source(page, live_server, source)
    page.get_by_role("link", name="Cite paragraph 2").focus()
    page.keyboard.press("Enter")
    expect(quote(page)).to_have_value(TEXT.split("\n\n")[1].partition(" The")[0])
    page.keyboard.press("ArrowRight")
    expect(quote(page)).to_have_value("The talks began.")
    page.keyboard.press("Shift+ArrowRight")
    expect(quote(page)).to_have_value("The talks began. They broke off.")
    expect(page.locator("#cite-status")).to_contain_text("Paragraph 2")
    page.keyboard.press("Enter")
    expect(page.locator("#id_event-title")).to_be_focused()
    page.keyboard.type("Talks")
    page.keyboard.press("Tab")
    page.keyboard.type("talks")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_be_visible()
    assert Claim.objects.get(event__title="Talks").quote == "The talks began. They broke off."


def test_escape_leads_back_to_the_paragraph(
    page: Page, live_server: LiveServer, source: Source
) -> None:
    open_source(page, live_server, source)
    select(page, 3, "an armistice in 1953")
    expect(quote(page)).to_have_value("an armistice in 1953")
    page.get_by_label("Title:").focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Cite paragraph 3")).to_be_focused()
    expect(page.locator(".cite-rest")).to_be_hidden()


def test_an_error_brings_everything_back_to_the_same_place(
    page: Page, live_server: LiveServer, source: Source
) -> None:
    open_source(page, live_server, source)
    select(page, 3, "an armistice in 1953")
    page.get_by_label("Kind:").fill("Two words")
    page.get_by_label("Title:").fill("An armistice")
    page.get_by_text("A new event").click()
    save(page)
    expect(page.locator(".field-kind .errorlist")).to_be_visible()
    expect(page.locator("#id_event-kind")).to_be_focused()
    expect(page.get_by_label("Title:")).to_have_value("An armistice")
    expect(quote(page)).to_have_value("an armistice in 1953")
    expect(page.locator(".cite-words").nth(2)).to_be_in_viewport()
    page.get_by_label("Kind:").fill("war")
    save(page)
    expect(page.locator(".messagelist")).to_be_visible()
    assert Event.objects.get(title="An armistice").status == Status.DRAFT


def test_a_quote_is_added_to_another_event_by_its_name(
    page: Page, live_server: LiveServer, source: Source
) -> None:
    make_event("The armistice of 1953")
    open_source(page, live_server, source)
    select(page, 3, "an armistice in 1953")
    page.get_by_label("Another event that is there").check()
    expect(page.get_by_label("Title:")).to_be_hidden()
    choose(page, "claim-event", "armistice")
    expect(page.get_by_role("button", name="Save draft")).to_be_hidden()
    page.get_by_role("button", name="Add the quote").click()
    expect(page.locator(".messagelist")).to_contain_text("The quote is added")
    assert source.claims.filter(event__title="The armistice of 1953").exists()


def test_typed_words_are_looked_up_by_the_button(
    page: Page, live_server: LiveServer, source: Source
) -> None:
    open_source(page, live_server, source)
    quote(page).fill("an armistice in 1954")
    page.get_by_role("button", name="Look up the words").click()
    expect(page.locator(".quote-near")).to_contain_text("1954 in your quote, 1953 in the source")
    expect(quote(page)).to_be_focused()
    page.get_by_role("button", name="Take the source’s words").click()
    page.get_by_role("button", name="Look up the words").click()
    expect(page.locator(".cite-where")).to_contain_text("Paragraph 3")


def test_without_script_the_words_are_pasted(
    scriptless: Page, live_server: LiveServer, source: Source
) -> None:
    open_source(scriptless, live_server, source)
    scriptless.get_by_role("link", name="Cite paragraph 2").click()
    expect(quote(scriptless)).to_have_value(TEXT.split("\n\n")[1])
    quote(scriptless).fill("Mongolia and the DPRK met")
    scriptless.get_by_role("button", name="Look up the words").click()
    expect(scriptless.locator(".cite-where")).to_contain_text("Paragraph 2, characters 20 to 44.")
    scriptless.get_by_label("Mongolia", exact=True).check()
    scriptless.get_by_label("Title:").fill("They met")
    scriptless.get_by_label("Kind:").fill("talks")
    save(scriptless)
    expect(scriptless.locator(".messagelist")).to_have_text("Saved, as a draft: They met.")
    assert Claim.objects.get(event__title="They met").start == 19
    assert Participation.objects.get().actor.name == "Mongolia"


@pytest.fixture
def phone(browser: Browser, complaints: list[str]) -> Page:
    """A page of a phone that is narrow and has no mouse."""
    context = browser.new_context(
        viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True, locale="en-GB"
    )
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(f"uncaught: {error}"))
    return page


def test_on_a_phone_the_form_is_a_sheet_below_the_selected_words(
    phone: Page, live_server: LiveServer, source: Source, complaints: list[str]
) -> None:
    open_source(phone, live_server, source)
    phone.evaluate(
        """() => {
            const last = document.querySelectorAll(".cite-words")[2];
            getSelection().setBaseAndExtent(last.firstChild, 0, last.firstChild, 13);
        }"""
    )
    expect(quote(phone)).to_have_value("The war ended")
    sheet, words = phone.locator(".cite-panel"), phone.locator(".cite-words").nth(2)
    expect(words).to_be_in_viewport()
    (above, below) = (words.bounding_box(), sheet.bounding_box())
    assert above
    assert below
    assert above["y"] + 20 < below["y"]
    assert round(below["y"] + below["height"]) == 640
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    phone.get_by_label("Title:").fill("An armistice")
    phone.get_by_label("Kind:").fill("war")
    save(phone)
    expect(phone.locator(".messagelist")).to_be_in_viewport()
    assert Event.objects.filter(title="An armistice").exists()
    phone.context.close()
    assert not complaints


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_that_is_ours(
    page: Page, live_server: LiveServer, source: Source, theme: str
) -> None:
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    open_source(page, live_server, source)
    for words in ("", "Mongolia and the DPRK met"):
        if words:
            select(page, 2, words)
            expect(quote(page)).to_have_value(words)
            page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
        assert violations(page, ignored=DJANGOS_OWN) == {}
