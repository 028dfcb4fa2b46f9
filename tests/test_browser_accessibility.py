"""Every public page in a real browser: for every eye, on every screen, by keyboard, unmoving."""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from actors.models import Actor
from tests.axe import DRAWN, violations
from tests.builders import make_claim, make_event, make_source
from tests.public import ADDRESSES, make_base
from timeline import index
from timeline.models import Event
from timeline.readings import Correction, TextSpec

pytestmark = [
    *(pytest.mark.browser, pytest.mark.django_db(transaction=True)),
    pytest.mark.usefixtures("refused"),
]
SCRIPT = (Path(__file__).parent / "accessibility.js").read_text()
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNFOLD = "all => all.forEach(one => { one.open = true; })"

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
MONGOLIAN = "1948 онд Монгол Улс, БНАСАУ дипломат харилцаа тогтоов."
READ = TextSpec(headings=("Түүх",), emendations=(Correction("дипло-мат", "дипломат", "hyphen"),))


class State(NamedTuple):
    """A page as a reader may see it: an address, and whether all that is folded is open."""

    address: str
    unfolded: bool = False

    @property
    def embedded(self) -> bool:
        return "embed=1" in self.address

    def open(self, page: Page, live_server: LiveServer) -> None:
        page.goto(live_server.url + self.address)
        if self.unfolded:
            page.locator("details").evaluate_all(UNFOLD)
        page.evaluate(SCRIPT)


class View(NamedTuple):
    """Screens of these widths in turn, the size of text, and the scheme that comes first."""

    widths: tuple[int, ...]
    text: str
    first: int


VIEWS = (
    View((320, 390), "100%", 0),
    View((1920, 1280), "100%", 1),
    View((768, 1280, 320), "200%", 0),
)
UNFOLDED = ("/", "/?from=x", "/timeline/", "/sources/article/", "/actors/mongolia/")
STATES = (
    *map(State, ADDRESSES),
    *map(State, ("/nowhere/", "/?after=x", "/?from=1700&to=1701", "/actors/?by=nothing")),
    *map(State, ("/timeline/?view=x", "/timeline/?from=x", "/sources/article/?show=everything")),
    *map(State, ("/sources/article/#claim-overlap", "/sources/mongol/#p-1")),
    *(State(address, unfolded=True) for address in UNFOLDED),
)
WALKED = (
    *(State(address, unfolded=True) for address in UNFOLDED),
    *map(State, ("/events/relations/", "/actors/?by=decade", "/timeline/?embed=1")),
)


@pytest.fixture
def base(transactional_db: None) -> None:
    """What all pages have, a source in another language that disagrees, and names that change."""
    make_base()
    relations, mongolia = Event.objects.get(slug="relations"), Actor.objects.get(slug="mongolia")
    received = f"Түүх\n\n{MONGOLIAN.replace('дипломат', 'дипло-мат')}"
    source = make_source(received, READ, title="Монгол ба БНАСАУ", slug="mongol", language="mn")
    make_claim(relations, source, MONGOLIAN, date="1949", stance="disputes")
    make_event("An intergovernmental agreement", date="1947?/1948", source=source, quote=MONGOLIAN)
    mongolia.aliases.create(name="Mongolian People’s Republic", period="1924/1992~")
    mongolia.relations.create(kind="member-of", other=Actor.objects.get(slug="dprk"))
    index.catch_up()


def look(page: Page, number: int = 0) -> Iterator[str]:
    """What axe and the width complain about, on each of the screens in turn.

    What no screen changes is looked at on the first.
    """
    for rules, view in zip(((), DRAWN, DRAWN), VIEWS, strict=True):
        width = view.widths[number // 2 % len(view.widths)]
        scheme = SCHEMES[(number + view.first) % 2]
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("size => { document.documentElement.style.fontSize = size; }", view.text)
        seen = f"{width} px wide, {scheme}, text {view.text}"
        if found := violations(page, rules=rules):
            yield f"{seen}: {found}"
        if (wide := page.evaluate(OVERFLOW)) > 0:
            yield f"{seen}: {wide} px too wide"


def walk(page: Page, key: str) -> list[str]:
    """What is wrong with the way that ``key`` leads through the page, until it begins anew."""
    page.evaluate("accessible.begin()")
    for _ in range(300):
        page.keyboard.press(key)
        if not page.evaluate("accessible.stop()"):
            break
    else:
        return [f"{key} is caught."]
    wrong: list[str] = page.evaluate("back => accessible.walked(back)", key != "Tab")
    return [f"{key}: {one}" for one in wrong]


def contrast(page: Page, of: Locator, around: int = 0) -> float:
    """Between the lightest and the darkest that is seen in the box of an element."""
    of.scroll_into_view_if_needed()
    box = of.bounding_box()
    assert box is not None
    picture = page.screenshot(
        clip={
            "x": box["x"] - around,
            "y": box["y"] - around,
            "width": box["width"] + 2 * around,
            "height": box["height"] + 2 * around,
        }
    )
    return float(page.evaluate("accessible.contrast", b64encode(picture).decode()))


@pytest.mark.usefixtures("base")
@pytest.mark.parametrize("part", [0, 1])
def test_axe_finds_nothing_on_any_page_and_none_scrolls_sideways(
    page: Page, live_server: LiveServer, part: int
) -> None:
    wrong: dict[State, list[str]] = {}
    for number, state in [*enumerate(STATES)][part::2]:
        state.open(page, live_server)
        if words := [*look(page, number)]:
            wrong[state] = words
    assert not wrong


@pytest.mark.usefixtures("transactional_db")
def test_axe_finds_nothing_where_nothing_has_been_published(
    page: Page, live_server: LiveServer
) -> None:
    for address in ("/", "/timeline/", "/actors/", "/actors/?by=decade", "/sources/"):
        State(address).open(page, live_server)
        assert not [*look(page)], address


@pytest.mark.usefixtures("base")
def test_every_page_has_its_landmarks_headings_and_names(
    page: Page, live_server: LiveServer
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    wrong: dict[State, list[str]] = {}
    for state in STATES:
        state.open(page, live_server)
        if words := page.evaluate("embedded => accessible.structure(embedded)", state.embedded):
            wrong[state] = words
    assert not wrong


@pytest.mark.usefixtures("base")
def test_words_of_another_language_are_marked_as_such(page: Page, live_server: LiveServer) -> None:
    for address in (
        *("/", "/?q=1948", "/events/relations/", "/sources/", "/sources/?q=1948"),
        *("/sources/mongol/", "/sources/mongol/?show=corrections"),
    ):
        State(address).open(page, live_server)
        assert page.locator("#content [lang=mn]").count(), address
        assert page.evaluate("accessible.unmarked('Cyrillic', 'mn')") == [], address


@pytest.mark.usefixtures("base")
@pytest.mark.parametrize("width", [390, 1280])
def test_the_keyboard_reaches_everything_in_order_and_is_seen_where_it_is(
    page: Page, live_server: LiveServer, width: int
) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    wrong: dict[State, list[str]] = {}
    for state in WALKED:
        state.open(page, live_server)
        if words := [*walk(page, "Tab"), *walk(page, "Shift+Tab")]:
            wrong[state] = words
    assert not wrong


@pytest.mark.usefixtures("base")
def test_the_first_stop_leads_to_the_content(page: Page, live_server: LiveServer) -> None:
    for address in ("/", "/events/relations/", "/sources/article/", "/timeline/", "/nowhere/"):
        State(address).open(page, live_server)
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_text("Skip to the content")
        page.keyboard.press("Enter")
        expect(page.locator("#content")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.locator("#content :focus")).to_have_count(1)


@pytest.mark.usefixtures("base")
def test_on_a_phone_the_filters_are_opened_by_keyboard(page: Page, live_server: LiveServer) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for address in ("/", "/timeline/"):
        State(address).open(page, live_server)
        page.locator(".sheet > summary").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator("#from")).to_be_focused()


@pytest.mark.usefixtures("base")
def test_nothing_moves_for_those_who_ask_for_that(page: Page, live_server: LiveServer) -> None:
    State("/").open(page, live_server)
    assert page.evaluate("accessible.moving()") == ["html glides"]
    page.emulate_media(reduced_motion="reduce")
    for address in ("/sources/article/#claim-overlap", "/actors/mongolia/", "/events/relations/"):
        State(address).open(page, live_server)
        assert page.evaluate("accessible.moving()") == []
    State("/").open(page, live_server)
    page.locator("#from").fill("1951")
    page.keyboard.press("Tab")
    expect(page.locator("#sentence")).to_have_text("2 entries possibly in or after 1951.")
    assert page.evaluate("accessible.moving()") == []
    State("/timeline/").open(page, live_server)
    page.locator("#move-in").click()
    page.wait_for_url("**view=**")
    assert page.evaluate("accessible.moving()") == []


@pytest.mark.usefixtures("base")
@pytest.mark.parametrize("scheme", SCHEMES)
def test_marks_and_marked_words_are_seen_in_the_colours_of_the_system(
    page: Page, live_server: LiveServer, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(forced_colors="active", color_scheme=scheme, reduced_motion="reduce")
    marks, words = 4, 0
    for address, of, around in (
        *(("/", ".entry .mark", marks), ("/", ".entry .mark-inferred", marks)),
        *(("/", ".histogram .bar", marks), ("/?q=aid", ".entry .hit", words)),
        *(("/timeline/", ".drawn .dot", marks), ("/timeline/", ".somewhere", marks)),
        ("/actors/mongolia/", ".sure", marks),
        *(("/sources/article/", ".q", words), ("/sources/article/", ".strip path", marks)),
        ("/sources/article/#claim-overlap", ".anchor:target ~ .q2", words),
    ):
        State(address).open(page, live_server)
        assert contrast(page, page.locator(of).first, around) >= 3, f"{of} on {address}"
    State("/about/").open(page, live_server)
    here = page.locator(".menu [aria-current]")
    assert here.evaluate("node => getComputedStyle(node).borderBottomWidth") == "2px"
