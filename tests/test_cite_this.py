"""Every page says how to cite it, to readers and to their programs."""

import json
import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.builders import make_actor, make_event, make_source
from tests.public import ADDRESSES, make_base
from timeline import references
from timeline.references import Entry, Name, Site, Work
from timeline.references.iso import ends, iso

HOSTILE = "</script><script>alert(1)</script> & \"'"
SITE = Site("A chronology", "Every entry quotes.", "en", "https://c.example/")
ARTICLE = Work(
    kind="article-journal",
    title="On a border",
    address="https://c.example/sources/border/",
    authors=(Name(family="Example", given="Ada"), Name(literal="The Institute")),
    container="A Review",
    issued="2013-05",
    volume="9",
    issue="2",
    page="12–34",
    language="en",
    doi="10.1000/1",
)


def body(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def linked(page: str) -> dict[str, Any]:
    """The JSON-LD of a page, which has one."""
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    said: dict[str, Any] = json.loads(text)
    assert said["@context"] == "https://schema.org"
    return said


def metas(page: str) -> list[tuple[str, str]]:
    """The names and contents of the tags in the head of a page."""
    head = page.split("</head>")[0]
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', head)
    return [(name, unescape(content)) for name, content in found]


def citations(page: str) -> list[str]:
    found = re.findall(r'<p class="citation"[^>]*>(.*?)</p>', page, re.DOTALL)
    return [" ".join(unescape(re.sub("<[^>]+>", "", one)).split()) for one in found]


@pytest.mark.parametrize(
    ("edtf", "plain"),
    [
        *((one, one) for one in ("1948", "1948-10", "1948-10-15")),
        *((one, "") for one in ("", "1948~", "194X", "1948-21", "1948?-10", "-0043", "Y17000")),
        *((one, "") for one in ("1948/1953", "[1948,1949]", "1948-XX", "1948-10-15T12:00:00")),
    ],
)
def test_a_plain_date_says_no_more_than_the_edtf(edtf: str, plain: str) -> None:
    assert iso(edtf) == plain


@pytest.mark.parametrize(
    ("edtf", "days"),
    [
        ("1948", ("1948", "")),
        ("1948/1953-07", ("1948", "1953-07")),
        ("1948~/1953", ("", "1953")),
        ("1948/..", ("1948", "")),
        ("[1948,1949]", ("", "")),
    ],
)
def test_an_end_that_is_no_plain_date_is_left_out(edtf: str, days: tuple[str, str]) -> None:
    assert ends(edtf) == days


def test_tags_of_an_article_are_those_that_reference_managers_read() -> None:
    assert references.of_work(ARTICLE) == [
        ("citation_title", "On a border"),
        ("citation_author", "Example, Ada"),
        ("citation_author", "The Institute"),
        ("citation_journal_title", "A Review"),
        ("citation_publication_date", "2013/05"),
        ("citation_volume", "9"),
        ("citation_issue", "2"),
        ("citation_firstpage", "12"),
        ("citation_lastpage", "34"),
        ("citation_doi", "10.1000/1"),
        ("citation_language", "en"),
        ("citation_public_url", "https://c.example/sources/border/"),
    ]


def test_what_is_not_known_of_a_work_is_not_said() -> None:
    book = Work(
        kind="book", title="A book", address="https://c.example/", issued="1948~", page="iv, 7"
    )
    assert [name for name, _ in references.of_work(book)] == [
        "citation_title",
        "citation_public_url",
    ]
    said = references.source(book, SITE)
    assert set(said) == {"@context", "@type", "@id", "name", "url", "mainEntityOfPage"}


def test_json_ld_of_an_article() -> None:
    said = references.source(ARTICLE, SITE)
    assert said["@type"] == "ScholarlyArticle"
    assert said["author"] == [
        {"@type": "Person", "name": "Ada Example", "givenName": "Ada", "familyName": "Example"},
        {"name": "The Institute"},
    ]
    assert said["isPartOf"] == {
        "@type": "PublicationIssue",
        "issueNumber": "2",
        "isPartOf": {
            "@type": "PublicationVolume",
            "volumeNumber": "9",
            "isPartOf": {"@type": "Periodical", "name": "A Review"},
        },
    }
    assert (said["datePublished"], said["pageStart"], said["pageEnd"]) == ("2013-05", "12", "34")
    assert said["sameAs"] == ["https://doi.org/10.1000/1"]


def test_a_doi_with_signs_of_addresses_is_written_as_one() -> None:
    old = replace(ARTICLE, doi="10.1000/(SICI)1<29::AID-X>3.0#2?")
    address = "https://doi.org/10.1000/%28SICI%291%3C29%3A%3AAID-X%3E3.0%232%3F"
    assert references.source(old, SITE)["sameAs"] == [address]


def test_an_issue_without_a_volume_is_of_its_periodical() -> None:
    assert references.source(replace(ARTICLE, volume=""), SITE)["isPartOf"] == {
        "@type": "PublicationIssue",
        "issueNumber": "2",
        "isPartOf": {"@type": "Periodical", "name": "A Review"},
    }


def test_json_ld_of_an_entry_is_a_page_about_an_event() -> None:
    entry = Entry("A treaty", "https://c.example/events/treaty/", date="1948~/1953")
    assert references.entry(entry, [ARTICLE], SITE) == {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": "https://c.example/events/treaty/",
        "url": "https://c.example/events/treaty/",
        "name": "A treaty",
        "headline": "A treaty",
        "inLanguage": "en",
        "temporalCoverage": "1948~/1953",
        "about": {"@type": "Event", "name": "A treaty", "endDate": "1953"},
        "citation": [
            {
                key: value
                for key, value in references.source(ARTICLE, SITE).items()
                if key not in ("@context", "mainEntityOfPage")
            }
        ],
        "isPartOf": {
            "@type": "WebSite",
            "@id": "https://c.example/#site",
            "name": "A chronology",
            "url": "https://c.example/",
        },
    }


@pytest.mark.django_db
def test_an_entry_says_how_to_cite_it(client: Client) -> None:
    make_base()
    page = body(client, "/events/relations/")
    (citation,) = citations(page)
    assert re.fullmatch(
        r"“Relations are established \(15 October 1948\)\.” Mongolia–DPRK relations\. "
        r"http://testserver/events/relations/\. Read on \d+ \w+ \d{4}\.",
        citation,
    )
    said = dict(metas(page))
    assert said["citation_title"] == "Relations are established (15 October 1948)"
    assert said["citation_public_url"] == "http://testserver/events/relations/"
    assert re.fullmatch(r"\d{4}/\d\d/\d\d", said["citation_online_date"])
    assert "citation_publication_date" not in said  # when it happened is not when it was published
    data = linked(page)
    assert data["about"]["startDate"] == "1948-10-15"
    assert [one["name"] for one in data["citation"]] == ["Mongolia at Sixty-Five: Relations"]
    assert [one["name"] for one in data["mentions"]] == ["Mongolia", "DPRK"]


@pytest.mark.django_db
def test_a_source_says_how_to_cite_it_and_the_text_as_read_here(client: Client) -> None:
    make_source(
        slug="border",
        title="Whose border?",
        type="article-journal",
        author=[{"family": "Example", "given": "Ada"}],
        container_title="A Review",
        issued="2013",
    )
    page = body(client, "/sources/border/")
    itself, here = citations(page)
    assert itself == "Ada Example, “Whose border?”, A Review (2013)."
    assert here.startswith("“Whose border?” Mongolia–DPRK relations. http://testserver/sources/")
    assert ("citation_author", "Example, Ada") in metas(page)
    assert ("og:type", "article") in metas(page)
    assert linked(page)["@id"] == "http://testserver/sources/border/#source"


@pytest.mark.django_db
def test_a_selection_is_cited_by_its_sentence_and_its_first_page(
    client: Client, settings: Any
) -> None:
    make_base()
    settings.PAGE_SIZE = 1
    first = body(client, "/?actor=mongolia")
    (further,) = re.findall(r'<a rel="next" href="([^"]+)"', first)
    for page in (first, body(client, unescape(further))):
        (citation,) = citations(page)
        assert citation.startswith(
            "2 entries that involve Mongolia. Mongolia–DPRK relations. "
            "http://testserver/?actor=mongolia. Read on "
        )
        data = linked(page)
        assert (data["@type"], data["name"]) == ("Dataset", "2 entries that involve Mongolia")
        assert data["url"] == "http://testserver/?actor=mongolia"
    search = data["isPartOf"]["potentialAction"]["target"]["urlTemplate"]
    assert search == "http://testserver/?q={words}"


@pytest.mark.django_db
def test_words_from_a_source_end_no_element(client: Client) -> None:
    source = make_source("Words.", title=HOSTILE, slug="hostile", container_title=HOSTILE)
    actor = make_actor(HOSTILE)
    make_event(
        HOSTILE, slug="hostile", summary=HOSTILE, source=source, quote="Words.", actors=[actor]
    )
    for address in ("/events/hostile/", "/sources/hostile/", f"/?actor={actor.slug}"):
        page = body(client, address)
        assert "<script>alert" not in page
        assert HOSTILE in json.dumps(linked(page), ensure_ascii=False).replace('\\"', '"')
        assert HOSTILE[:9] in dict(metas(page))["og:title"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_heads_are_whole_and_short(client: Client, address: str) -> None:
    make_base()
    page = client.get(address).content.decode()
    said = dict(metas(page))
    assert len(said["description"]) <= 160
    assert said["og:description"] == said["description"]
    assert said["og:title"]
    assert re.fullmatch(r"http://testserver/\S+card\S*\.png", said["og:image"])
    canonical = [unescape(one) for one in re.findall(r'rel="canonical" href="([^"]+)"', page)]
    assert canonical == [one for name, one in metas(page) if name == "og:url"]


@pytest.mark.django_db
def test_a_long_description_is_cut_at_a_word(client: Client) -> None:
    make_event(slug="long", summary="Words & “words” " * 40)
    said = dict(metas(body(client, "/events/long/")))["description"]
    assert re.search(r"(&|“words”|Words)…$", said)
    assert 140 < len(said) <= 160


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "listed"),
    [
        *((one, True) for one in ("", "?kind=war", "?actor=mongolia")),
        *((one, False) for one in ("?q=aid", "?actor=mongolia&kind=war", "?from=1948&to=1953")),
    ],
)
def test_search_engines_list_what_one_choice_leaves(
    client: Client, query: str, listed: bool
) -> None:
    make_base()
    assert ('content="noindex"' not in body(client, f"/{query}")) == listed


def test_pages_of_errors_need_no_data(client: Client) -> None:
    page = client.get("/robots.txt/nothing").content.decode()
    assert 'content="noindex"' in page
    assert "ld+json" not in page
    assert "citation_" not in page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_citation_is_copied_by_its_button(page: Page, live_server: LiveServer) -> None:
    make_base()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{live_server.url}/events/relations/")
    button = page.get_by_role("button", name="Copy", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == citations(page.content())[0]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_filter_that_is_changed_leaves_one_button(page: Page, live_server: LiveServer) -> None:
    make_base()
    page.goto(f"{live_server.url}/")
    expect(page.get_by_role("button", name="Copy", exact=True)).to_have_count(1)
    page.locator("#filters [name=from]").fill("1953")
    page.locator("#filters [name=from]").press("Tab")
    expect(page.locator(".citation")).to_contain_text("/?from=1953")
    expect(page.get_by_role("button", name="Copy", exact=True)).to_have_count(1)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_clipboard_the_citation_is_selected(page: Page, live_server: LiveServer) -> None:
    make_base()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(f"{live_server.url}/sources/article/")
    page.get_by_role("button", name="Copy", exact=True).last.click()
    selected = page.evaluate("getSelection().toString()")
    assert " ".join(selected.split()) == citations(page.content())[-1]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_script_one_click_selects_the_citation(page: Page, live_server: LiveServer) -> None:
    make_base()
    browser = page.context.browser
    assert browser
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{live_server.url}/events/relations/")
    assert plain.get_by_role("button", name="Copy", exact=True).count() == 0
    style = "user-select"
    assert plain.locator(".citation").evaluate(f"e => getComputedStyle(e)['{style}']") == "all"
    context.close()
