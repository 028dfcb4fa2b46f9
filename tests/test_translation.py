"""The interface can be translated: nothing that is read stands in English only."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import django
import pytest
from babel.messages.pofile import read_po
from django.apps import apps
from django.db.models import CharField, JSONField, TextField
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client, override_settings
from django.utils.dates import MONTHS_3
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation.trans_real import DjangoTranslation
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from scripts.messages import TEMPLATE, template
from tests import pseudo
from tests.axe import violations
from tests.public import ADDRESSES, make_base
from timeline import edtf, localised, wording
from timeline.admin.dates import EXAMPLES
from timeline.chronology import dating
from timeline.filters.facets import years_label

ROOT = Path(__file__).resolve().parent.parent
MORE = (
    *("/nowhere/", "/sources/article/?show=everything", "/?after=x", "/?when=maybe&order=x"),
    *("/timeline/?lanes=x&view=y", "/actors/?by=nothing"),
    *("/?from=1700&to=1701", "/?from=1953&to=1948"),
)
ADMIN = (
    *("/admin/", "/admin/timeline/event/", "/admin/timeline/event/add/"),
    *("/admin/timeline/source/", "/admin/timeline/source/add/", "/admin/timeline/claim/"),
    *("/admin/timeline/event/{event}/change/", "/admin/timeline/event/{event}/history/"),
    *("/admin/timeline/source/{source}/change/", "/admin/timeline/source/{source}/history/"),
    *("/admin/actors/actor/", "/admin/actors/actor/add/", "/admin/timeline/event/?years=x"),
    *("/admin/timeline/event/{event}/delete/", "/admin/timeline/source/{source}/cite/"),
    *("/admin/timeline/seedimport/", "/admin/timeline/seedimport/add/", "/admin/acts/"),
    *("/admin/doubles/events/", "/admin/doubles/actors/", "/admin/doubles/merges/"),
    *("/admin/timeline/event/deleted/", "/admin/timeline/source/{source}/lost/"),
    *("/admin/second-factor/", "/admin/timeline/event/?q=x"),
)

SECRET_KEY = re.compile(": [A-Z2-7]{4}( [A-Z2-7]{4})+$")  # of a second factor


@pytest.fixture(scope="session")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("locale")
    for code in pseudo.WORDS:
        pseudo.write_catalogue(folder, code)
    return folder


@pytest.fixture
def speaking(
    catalogues: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], None]]:
    """Has the program speak a pseudo-language."""
    templates = engines["jinja2"].env.cache  # type: ignore[attr-defined]

    def speak(code: str) -> None:
        monkeypatch.setitem(wording.LANGUAGES, code, pseudo.WORDS[code])
        settings.LOCALE_PATHS = [catalogues]
        settings.LANGUAGE_CODE = code
        templates.clear()  # what a template imports is made once, in one language

    yield speak
    templates.clear()


@pytest.fixture
def in_pseudo(speaking: Callable[[str], None]) -> None:
    """The program in the pseudo-language."""
    speaking(pseudo.CODE)


def knowledge() -> set[str]:
    """What stands in the knowledge base, apart from words that the program chose."""
    found = {"SHA", *map(str, MONTHS_3.values())}
    for label in ("actors", "timeline"):
        for model in apps.get_app_config(label).get_models():
            names = [
                field.name
                for field in model._meta.get_fields()
                if isinstance(field, CharField | TextField | JSONField) and not field.choices
            ]
            for row in model._default_manager.values_list(*names) if names else ():
                found |= {" ".join(str(value).split()) for value in row if value}
    return found


def djangos_own() -> set[str]:
    """What Django itself says in this language: some of it in English still."""
    with override_settings(LOCALE_PATHS=[]):
        catalogue = DjangoTranslation(pseudo.CODE)._catalog  # type: ignore[attr-defined]
    found = {said for _id, said in catalogue.items()}
    for file in Path(django.__file__).parent.glob("**/locale/en/LC_MESSAGES/django.po"):
        with file.open("rb") as opened:
            found |= {
                one.id
                for one in read_po(opened)
                if isinstance(one.id, str) and catalogue.get(one.id) is None
            }
    return found


def of_libraries() -> set[str]:
    """The names of models of others, who have catalogues of their own."""
    others = ("axes", "otp_static", "otp_totp", "auth")
    return {
        str(capfirst(model._meta.verbose_name_plural))
        for model in apps.get_models()
        if model._meta.app_label in others
    }


def complain(address: str, page: str, known: set[str]) -> list[str]:
    return [f"{address}: {text}" for text in pseudo.untranslated(page, known)]


def test_the_template_for_translators_has_every_message_of_the_program() -> None:
    assert TEMPLATE.read_text() == template(), "locale/django.pot is stale: run “make messages”"


@pytest.mark.django_db
@pytest.mark.usefixtures("in_pseudo")
def test_every_word_of_public_pages_is_translated_or_of_the_knowledge_base(
    client: Client, settings: Settings
) -> None:
    asked = {"aid OR established", "nowhere", "lines", "x", "y", "sha256sum received.txt"}
    names = {settings.SITE_NAME, settings.SITE_TAGLINE}
    wrong = []
    for address in ("/", "/timeline/", "/actors/", "/sources/", "/about/"):
        wrong += complain(f"empty {address}", client.get(address).content.decode(), names)
    make_base()
    known = knowledge() | asked | names
    for address in (*ADDRESSES, *MORE):
        page = client.get(address).content.decode()
        wrong += complain(address, page, known)
    for name in ("400", "403", "404", "500"):
        wrong += complain(name, render_to_string(f"{name}.html"), names)
    assert not wrong, "\n".join(sorted(set(wrong)))


@pytest.mark.usefixtures("in_pseudo")
def test_every_word_of_ours_in_the_admin_is_translated_or_of_the_knowledge_base(
    admin_client: Client, settings: Settings
) -> None:
    make_base()
    event = apps.get_model("timeline", "Event").objects.get(slug="relations")
    source = apps.get_model("timeline", "Source").objects.get(slug="article")
    event.title = "Relations are made"
    event.save()
    # Dates in words are read in English only, and so are the examples of them.
    known = (
        knowledge()
        | djangos_own()
        | of_libraries()
        | {"admin", "mongolia-dprk-at-65", "XX", settings.SITE_NAME, *EXAMPLES}
    )
    wrong = []
    for address in ADMIN:
        page = admin_client.get(address.format(event=event.pk, source=source.pk))
        assert page.status_code == 200, address
        wrong += complain(address, page.content.decode(), known)
    wrong = [one for one in wrong if not SECRET_KEY.search(one)]
    assert not wrong, "\n".join(sorted(set(wrong)))


@pytest.mark.usefixtures("in_pseudo")
def test_dates_years_and_numbers_follow_the_language() -> None:
    assert get_language() == pseudo.CODE
    date = edtf.parse("1948-10-15")
    assert localised.words(date) == pseudo.pseudo("15 October 1948")
    assert dating("1948-10-15").words == pseudo.pseudo("15 October 1948")
    assert dating("").words == pseudo.pseudo("undated")
    assert years_label(1940, 1949, get_language()) == pseudo.pseudo("1940s")
    assert localised.year_words(-43) == pseudo.pseudo("44 BCE")
    assert localised.century_label(1948) == pseudo.pseudo("20. century")
    assert localised.number(1_234_567) == "1\xa0234\xa0567"


def test_what_was_said_in_one_language_is_not_kept_for_another(
    settings: Settings, request: pytest.FixtureRequest
) -> None:
    assert dating("1948-09").words == "September 1948"
    assert localised.number(1234) == "1,234"
    request.getfixturevalue("in_pseudo")
    assert dating("1948-09").words == pseudo.pseudo("September 1948")
    assert localised.number(1234) == "1\xa0234"


def test_a_language_without_words_for_dates_has_the_english_ones() -> None:
    assert wording.language_of("en-gb") is wording.ENGLISH
    assert wording.language_of("ar") is wording.ENGLISH
    assert wording.language_of(None) is wording.ENGLISH


def test_a_regional_language_has_the_words_of_its_own_or_of_its_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(wording.LANGUAGES, "eo", pseudo.WORDS["eo"])
    assert wording.language_of("eo-xx") is pseudo.WORDS["eo"]


PHYSICAL = re.compile(
    r"[{;\s]((?:margin|padding|border)-(?:left|right)\b[^;]*"
    r"|border-(?:top|bottom)-(?:left|right)[^;]*|(?:left|right)\s*:[^;]*"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)[^;]*"
    r"|(?:margin|padding)\s*:(?:\s+[\w.-]+|\s+\w+\([^()]*\)){4})"
)


def test_style_sheets_name_the_start_and_the_end_of_a_line_and_no_left_or_right() -> None:
    found = []
    for file in (ROOT / "static" / "css").glob("*.css"):
        for rule in PHYSICAL.findall(file.read_text()):
            sides = re.split(r"\s+", rule.partition(":")[2].strip())
            if len(sides) != 4 or sides[1] != sides[3]:
                found.append(f"{file.name}: {rule.strip()}")
    assert not found, "\n".join(found)


def left(page: Page, selector: str) -> float:
    """Where the first of these elements begins at the left."""
    edge: float = page.locator(selector).first.evaluate("e => e.getBoundingClientRect().left")
    return edge


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_page_from_right_to_left_is_turned_round_and_fits(
    page: Page, live_server: LiveServer, speaking: Callable[[str], None]
) -> None:
    make_base()
    speaking(pseudo.RIGHT_TO_LEFT)
    for address in ("/", "/events/relations/", "/actors/mongolia/", "/sources/article/", "/about/"):
        page.set_viewport_size({"width": 320, "height": 700})
        page.goto(live_server.url + address)
        assert page.get_attribute("html", "dir") == "rtl", address
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        assert violations(page) == {}, address
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(live_server.url)
    assert left(page, ".entry .when") > left(page, ".entry .what")
    assert left(page, ".histogram figcaption span:first-child") < left(
        page, ".histogram figcaption span:last-child"
    )
    style = "element => getComputedStyle(element).direction"
    assert page.locator(".entry blockquote").first.evaluate(style) == "ltr"
