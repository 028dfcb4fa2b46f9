"""What a search finds, the same on every database, and how pages show it."""

import html
import re

import pytest
from django.conf import settings as django_settings
from django.test import Client
from hypothesis import example, given

from actors.models import Alias
from tests.builders import make_actor, make_event, make_source
from tests.chronicle import Chronicle, make_chronicle, queries
from tests.public import SECRET, make_base
from tests.searches import many, texts
from timeline import index
from timeline.chronology import Count, Selection, read
from timeline.index.finding import sought
from timeline.models import Event, Source, Status
from timeline.search import (
    EmptyQueryError,
    parse,
)


@pytest.fixture
def chronicle(db: None) -> Chronicle:
    return make_chronicle()


@many
@given(text=queries)
@example("-treaty")
@example("Kim OR treaty -Kim")
@example("outer mongolia trade")
def test_search_finds_what_a_plain_reading_finds(chronicle: Chronicle, text: str) -> None:
    try:
        selection = Selection(sought=sought(parse(text)))
    except EmptyQueryError:
        return
    expected = [one.slug for one in chronicle.expected(selection)]
    assert [one.slug for one in read(selection, size=200).entries] == expected
    assert Count(selection).total == len(expected)


def found(query: str) -> set[str]:
    """The titles of the entries that ``query`` finds."""
    index.catch_up()
    return {one.title for one in read(Selection(sought=sought(parse(query))), size=50).entries}


@pytest.fixture
def library(db: None) -> None:
    """Some entries with words in the title, the summary, a quote, a name; and a draft."""
    kim = make_actor("Kim Il Sung", slug="kim", kind="person")
    mpr = make_actor("Mongolia", slug="mongolia")
    Alias.objects.create(actor=mpr, name="Mongolian People’s Republic")
    Alias.objects.create(actor=mpr, name="MPR")
    text = make_source(
        "Pyŏngyang welcomed the guests.\n\nThe Sino-Soviet treaties’ text — “peace & bread”.",
        slug="text",
    )
    make_event("A treaty", slug="title", quote="They met one day.")
    make_event("Summary", slug="summary", summary="Of the peace and the treaty. " + "More. " * 90)
    make_event("Quote", source=text, quote="The Sino-Soviet treaties’ text — “peace & bread”.")
    make_event("City", source=text, quote="Pyŏngyang welcomed the guests.")
    make_event("Visit", actors=[kim, mpr], quote="He arrived.")
    make_event("Talks", actors=[mpr], quote="They talked.")
    make_event("Foreign letters", actors=[make_actor("Foreign Office")], quote="They wrote.")
    make_event("Draft treaty", status=Status.DRAFT)


# The same on every database.
TABLE = {
    "treaty": {"A treaty", "Summary", "Quote"},
    "TREATIES": {"A treaty", "Summary", "Quote"},
    "treaty -peace": {"A treaty"},
    "peace treaty": {"Summary", "Quote"},
    '"peace treaty"': set(),
    '"peace bread"': {"Quote"},
    '"peace and the treaty"': {"Summary"},
    "soviet-sino": set(),
    "sino-soviet": {"Quote"},
    "Sino Soviet": {"Quote"},
    "pyongyang OR bread": {"City", "Quote"},
    "pyongyang OR bread guests": {"City"},
    "Pyo\u0306ngyang": {"City"},
    '"treaty they met"': set(),  # no phrase reaches from the title into a quote
    "MPR": {"Visit", "Talks"},
    "mongolia": {"Visit", "Talks"},
    "mongolian": set(),
    "Mongolian People's Republic": {"Visit", "Talks"},
    '"Mongolian People’s Republic"': {"Visit", "Talks"},
    "Mongolian Republic": set(),
    "Mongolian People's Republic arrived": {"Visit"},
    "kim": {"Visit"},
    "Sung Kim": {"Visit"},
    "Kim Il Sung talked": set(),
    "Kim OR talked": {"Visit", "Talks"},
    "mongolia -kim": {"Talks"},
    "-mongolia -treaty": {"City", "Foreign letters"},
    "foreign -office": {"Foreign letters"},
    "foreign office wrote": {"Foreign letters"},
    "office": set(),
    "welcome": {"City"},
    "1948": set(),
    "\ue0010": set(),
    "treat*": set(),
    "title:treaty": set(),
}


@pytest.mark.parametrize(("query", "expected"), TABLE.items())
@pytest.mark.usefixtures("library")
def test_a_query_finds_the_same_on_every_database(query: str, expected: set[str]) -> None:
    assert found(query) == expected


@pytest.mark.usefixtures("library")
def test_a_name_that_was_taken_back_or_given_finds_accordingly() -> None:
    Alias.objects.filter(name="MPR").delete()
    assert found("MPR") == set()
    Alias.objects.update(name="Outer Mongolia")
    assert found("Mongolian People’s Republic") == set()
    assert found("outer mongolia") == {"Visit", "Talks"}
    assert found("outer") == set()


@pytest.mark.django_db
def test_a_name_of_an_actor_of_drafts_finds_nothing_and_tells_nothing() -> None:
    make_base()
    assert found(SECRET) == set()


HOSTILE = (
    *('"', "'", "''", "(", ")", "((treaty", "NEAR(a b)", "a NEAR b", "*", "treat*", "a:b", "^a"),
    *("title:a", "\\", "a\\", "\\'", "\0", "a\0b", "'; DROP TABLE timeline_event; --", "%s", "%"),
    *("{0}", "\U0001f600", "\U0001f600 treaty", "a" * 201, "a " * 30, "&", "|", "!", "<->", ":*"),
    *("'treaty':A", "AND", "NOT treaty", "OR", "-", "-treaty", "−", "＂", "א שלום", "\u202etreaty"),
    *("\ue000", "\ue0010", "<script>alert(1)</script>", "‮", "ﷺ" * 100, "\u0301", "a\u0301" * 60),
    *("{{ 7*7 }}", "${x}", "../../etc", "\n", "\t", "1e9999", "9" * 150, "null", '""', '"a', "«»"),
)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.usefixtures("library")
def test_no_search_breaks_a_page(client: Client, text: str) -> None:
    for path in ("/", "/sources/"):
        answer = client.get(path, {"q": text})
        assert answer.status_code in (200, 302, 400), (path, text)
        if answer.status_code == 302:
            assert client.get(answer.headers["Location"]).status_code == 200
        assert "<script>alert" not in answer.content.decode()
    assert Event.objects.count() == 8


@many
@given(text=texts.filter(lambda text: "\ud800" not in text))
@pytest.mark.usefixtures("library")
def test_any_search_is_answered_and_has_one_address(client: Client, text: str) -> None:
    answer = client.get("/", {"q": text}, follow=True)
    assert answer.status_code in (200, 400)
    assert len(answer.redirect_chain) <= 1


def page(client: Client, path: str, **query: str | int) -> str:
    answer = client.get(path, query)
    assert answer.status_code == 200
    return answer.content.decode()


def marks(page: str) -> list[str]:
    return [html.unescape(one) for one in re.findall(r'<mark class="hit">(.*?)</mark>', page)]


@pytest.mark.usefixtures("library")
def test_hits_are_marked_in_title_quote_and_actor(client: Client) -> None:
    found = page(client, "/", q="treaty", source="text")
    assert "treaties" in marks(found)
    assert marks(page(client, "/", q="treaty", kind="diplomacy")).count("treaty") >= 2
    assert marks(page(client, "/", q="Kim Il")) == ["Kim Il Sung"]
    assert "<mark" not in page(client, "/")


@pytest.mark.django_db
def test_the_quote_that_is_shown_is_one_with_a_hit(client: Client) -> None:
    text = make_source("First words.\n\nSecond words of peace.")
    event = make_event("Entry", source=text, quote="First words.", summary="In short: peace.")
    passage = text.passages.get(ordinal=2)
    event.claims.create(
        slug="second",
        source=text,
        passage=passage,
        quote=passage.text,
        start=0,
        end=len(passage.text),
        ordinal=2,
    )
    assert "First words." in page(client, "/")
    found = page(client, "/", q="peace")
    assert "First words." not in found
    assert "#claim-second" in found
    assert "In short" not in found
    assert marks(found)[0] == "peace"


@pytest.mark.usefixtures("library")
def test_a_hit_in_the_summary_only_is_shown_there(client: Client) -> None:
    found = page(client, "/", q="peace -bread")
    assert 'class="found-words"' in found
    assert marks(found) == ["peace"]
    assert "More. …" in found
    assert "found-words" not in page(client, "/", q="mpr")


@pytest.mark.usefixtures("library")
def test_words_stand_in_the_sentence_a_chip_and_the_search_field(client: Client) -> None:
    found = html.unescape(page(client, "/", q='"sino soviet" OR bread'))
    assert '1 entry with the words “"sino soviet" OR bread”.' in found
    assert '“"sino soviet" OR bread” <span' in found
    assert 'value=""sino soviet" OR bread"' in found
    refused = client.get("/", {"q": "…"})
    assert refused.status_code == 400
    assert "Write at least one word" in refused.content.decode()


@pytest.mark.usefixtures("library")
def test_the_chronology_shows_where_else_the_words_stand(client: Client) -> None:
    found = page(client, "/", q="welcomed")
    assert "In the text of the sources" in found
    assert 'href="/sources/text/#p-1"' in found
    assert 'href="/sources/?q=welcomed"' in found


@pytest.mark.usefixtures("library")
def test_sources_are_searched_by_paragraph(client: Client) -> None:
    found = page(client, "/sources/", q="sino-soviet")
    assert re.findall(r'href="(/sources/[^"]*#[^"]*)"', found) == ["/sources/text/#p-2"]
    assert 'id="p-2"' in page(client, "/sources/text/")
    assert marks(found) == ["Sino-Soviet"]
    assert "No paragraph has the words" in page(client, "/sources/", q="armistice")
    assert "#p-" not in page(client, "/sources/", q="MPR")  # a name finds entries, no paragraphs
    assert client.get("/sources/", {"q": ""}).headers["Location"] == "/sources/"
    assert client.get("/sources/", {"q": "…"}).status_code == 400
    assert client.get("/sources/", {"q": "text", "after": "x"}).status_code == 400
    assert client.get("/sources/", {"q": "text", "after": str(2**63)}).status_code == 400


@pytest.mark.usefixtures("library")
def test_only_what_is_not_there_can_be_asked_of_paragraphs(client: Client) -> None:
    Source.objects.exclude(slug="text").update(status=Status.DRAFT)
    found = page(client, "/sources/", q="-treaty")
    assert re.findall(r"#p-\d", found) == ["#p-1"]


@pytest.mark.usefixtures("library")
def test_paragraphs_of_drafts_are_never_found(client: Client) -> None:
    make_source(f"{SECRET} welcomed.", status=Status.DRAFT, title=f"{SECRET} source")
    for path in ("/", "/sources/"):
        assert f"{SECRET} " not in page(client, path, q="welcomed")
    Source.objects.filter(slug="text").update(status=Status.DRAFT)
    assert "#p-" not in page(client, "/sources/", q="welcomed")
    assert "#p-" not in page(client, "/", q="welcomed")


def test_paragraphs_come_in_pages_without_gap_or_repetition(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timeline.views.sources.PASSAGES_A_PAGE", 2)
    make_source("\n\n".join(f"Peace number {number}." for number in range(1, 6)), slug="long")
    make_source("Peace in a draft.", status=Status.DRAFT)
    address = "/sources/?q=peace"
    seen: list[str] = []
    for _ in range(3):
        found = client.get(address).content.decode()
        seen += re.findall(r"#p-(\d)", found)
        (address, *_) = [
            html.unescape(one) for one in re.findall(r'rel="next" href="([^"]+)"', found)
        ] or [""]
    assert (seen, address) == (["1", "2", "3", "4", "5"], "")
    assert "No further paragraph" in page(client, "/sources/", q="peace", after=10**12)


def test_hits_of_a_page_are_only_as_many_as_fit(client: Client, db: None) -> None:
    for number in range(django_settings.PAGE_SIZE + 2):
        make_event(f"Peace {number}", date=f"19{number % 90 + 10}", cited=False)
    first = page(client, "/", q="peace")
    assert first.count('class="entry"') == django_settings.PAGE_SIZE
    (rest,) = re.findall(r'rel="next" href="([^"]+)"', first)
    assert client.get(html.unescape(rest)).content.decode().count('class="entry"') == 2
