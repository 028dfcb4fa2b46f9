"""The public pages: what they show, what they never show, and what they do with nonsense."""

import re
from itertools import pairwise

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actors.models import Actor
from tests.builders import make_actor, make_claim, make_event, make_source
from tests.public import ADDRESSES, HIDDEN, SECRET, make_base
from timeline import edtf, index
from timeline.history import act
from timeline.models import Event, Source, Status

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
HOSTILE = f"{SCRIPT} \"'& שלום {{{{ 7*7 }}}}"


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


@pytest.mark.parametrize("address", ADDRESSES)
def test_drafts_are_seen_nowhere_not_even_by_name_or_number(client: Client, address: str) -> None:
    make_base()
    page = client.get(address)
    assert page.status_code in (200, 400)
    assert SECRET not in page.content.decode()


@pytest.mark.parametrize("address", HIDDEN)
def test_the_addresses_of_drafts_tell_nothing(client: Client, address: str) -> None:
    make_base()
    page = client.get(address)
    assert page.status_code in (400, 404)
    assert f"{SECRET} " not in page.content.decode()


def test_an_editor_sees_no_more_on_public_pages(admin_client: Client) -> None:
    make_base()
    assert "3" not in re.findall(r"(\d) quotes", text(admin_client, "/events/relations/"))
    assert admin_client.get("/events/secret/").status_code == 404


def test_every_link_of_every_page_leads_somewhere(client: Client) -> None:
    make_base()
    for address in ADDRESSES:
        for link in re.findall(r'href="(/[^"#]*)', client.get(address).content.decode()):
            if not link.startswith(settings.STATIC_URL):
                answer = client.get(link.replace("&amp;", "&"))
                assert answer.status_code == 200, f"{link} on {address}"


def test_every_citation_points_to_an_anchor_that_is_there(client: Client) -> None:
    make_base()
    anchors = set(re.findall(r'id="(claim-[^"]+)"', text(client, "/sources/article/")))
    cited = re.findall(r'href="/sources/article/#([^"]+)"', text(client, "/events/relations/"))
    assert len(cited) == 2
    assert set(cited) <= anchors


def test_an_address_with_empty_parts_leads_to_the_one_without(client: Client) -> None:
    make_base()
    answer = client.get("/?from=1948&to=&actor=&kind=war&when=possible")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/?from=1948&kind=war")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=x", "“x” is no year"),
        ("after=x", "Begin at its start"),
        ("when=maybe", "Choose “possible” or “certain”"),
        ("from=1%00", "is no year"),
        ("actor=" + "x" * 10_000, "There is no actor"),
    ],
)
def test_nonsense_gets_a_message_status_400_and_no_entries(
    client: Client, query: str, said: str
) -> None:
    make_base()
    page = text(client, f"/?{query}", 400)
    assert said in page
    assert 'class="entry"' not in page
    assert len(page) < 12_000


def test_a_selection_without_entries_offers_ways_out(client: Client) -> None:
    make_base()
    page = text(client, "/?from=1700&to=1701")
    assert "No entry possibly between 1700 and 1701." in page
    assert "Leave out: to 1701" in page


def test_an_inferred_date_says_why_and_a_dispute_is_seen(client: Client) -> None:
    make_base()
    page = text(client, "/")
    assert "The war ended in 1953." in page
    assert "disputed" in page
    assert "sources give different dates" in page
    assert "1 of 2 quotes" in page


def test_an_event_shows_its_claims_side_by_side(client: Client) -> None:
    make_base()
    page = text(client, "/events/relations/")
    assert "In 1948 Mongolia and the DPRK established relations." in page
    assert ("disputes" in page, "1949" in page, "1948-10-15" in page) == (True, True, True)
    assert "http://testserver/events/relations/" in page


def test_an_event_tells_when_and_why_it_was_changed_but_not_by_whom(
    admin_client: Client, client: Client
) -> None:
    make_base()
    event = Event.objects.get(slug="armistice")
    with act("The year was wrong."):
        event.title, event.date = "The armistice", "1954"
        event.save()
    page = text(client, "/events/armistice/")
    assert "entry: title, date changed" in page
    assert "The year was wrong." in page
    assert "admin" not in page


def test_quotes_of_draft_sources_leave_no_trace_in_the_history(client: Client) -> None:
    make_base()
    assert text(client, "/events/relations/").count("quote added") == 2


def test_a_source_shows_clean_text_and_its_corrections_when_asked(client: Client) -> None:
    make_base()
    clean, marked = (text(client, f"/sources/article/{q}") for q in ("", "?show=corrections"))
    assert "estab-lished" not in clean
    assert '<del title="line-break hyphen">-</del>' in marked
    assert "not cited" in clean
    assert "note </span>1</sup>" in clean
    text(client, "/sources/article/?show=everything", 400)


def test_the_text_as_received_is_given_with_its_hash(client: Client) -> None:
    make_base()
    answer = client.get("/sources/article/received.txt")
    stored = Source.objects.get(slug="article").text
    assert answer.content.decode() == stored.raw
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["ETag"] == f'"{stored.raw_sha256}"'
    again = client.get("/sources/article/received.txt", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_the_about_page_counts_what_is_published(client: Client) -> None:
    make_base()
    page = re.sub(r"\s+", " ", text(client, "/about/"))
    for name, number in (("entries", 4), ("quotes", 5), ("entries without a quote", 0)):
        assert f"<dt>{name}</dt><dd>{number}</dd>" in page


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_are_titled_described_and_have_one_heading(client: Client, address: str) -> None:
    make_base()
    page = client.get(address).content.decode()
    head, body = page.split("</head>")
    assert len(re.findall(r"<title>[^<]{5,}</title>", head)) == 1
    assert all(re.findall(r"<title>([^<]*)</title>", body))  # of the bars
    assert re.search(r'<meta name="description" content="[^"]{5,}"', page)
    assert page.count("<h1") == 1
    assert ('rel="canonical"' in page) != ("noindex" in page)
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_an_event_leads_to_the_published_entries_before_and_after_it_and_to_its_years(
    client: Client,
) -> None:
    make_base()  # aid, relations, armistice, undated
    make_event("Unseen", slug="unseen", date="1950", status=Status.DRAFT)

    def neighbours(slug: str) -> list[str]:
        nav = text(client, f"/events/{slug}/").split('<nav class="neighbours"')[1]
        return re.findall(r'href="([^"]*)"', nav.split("</nav>")[0])

    assert neighbours("aid") == ["/events/relations/", "/timeline/?view=1943/1958"]
    before, after, timeline = neighbours("relations")
    assert (before, after) == ("/events/aid/", "/events/armistice/")
    assert client.get(timeline).status_code == 200
    assert neighbours("undated") == ["/events/armistice/", "/timeline/"]


def test_the_timeline_around_an_event_does_not_leave_what_it_can_show(client: Client) -> None:
    make_event("Far", slug="far", date=f"Y{edtf.MAX_YEAR}")
    page = text(client, "/events/far/")
    assert client.get(re.findall(r"/timeline/\?view=[^\"]*", page)[0]).status_code == 200


def test_what_is_stored_is_shown_as_text_and_never_run(client: Client) -> None:
    actor = make_actor(HOSTILE, slug="actor", description=HOSTILE)
    source = make_source(HOSTILE, slug="source", title=HOSTILE, note=HOSTILE, publisher=HOSTILE)
    event = make_event(
        HOSTILE, slug="event", summary=HOSTILE, actors=[(actor, HOSTILE)], cited=False
    )
    make_claim(event, source, HOSTILE, note=HOSTILE)
    for address in ("/", "/events/event/", "/actors/", "/actors/actor/", "/sources/source/"):
        page = text(client, address)
        assert SCRIPT not in page
        assert "&lt;script&gt;" in page
        assert "שלום {{ 7*7 }}" in page
    assert SCRIPT not in text(client, f"/?from={SCRIPT}&actor={SCRIPT}", 400)


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/?kind=diplomacy",
        "/events/aid/",
        "/actors/",
        "/actors/mongolia/",
        "/sources/",
        "/sources/article/",
    ],
)
def test_a_page_takes_as_many_queries_for_many_things_as_for_few(
    client: Client, address: str
) -> None:
    def count() -> int:
        index.catch_up()  # whoever writes does it, so that readers need not
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    make_base()
    client.get(address)  # from now on an older page is kept each time
    make_event(date="1953", actors=[make_actor()])  # so that there are years to tell apart
    few = count()
    article = Source.objects.get(slug="article")
    mongolia = Actor.objects.get(slug="mongolia")
    for _ in range(12):
        other = make_actor()
        other.relations.create(kind="part-of", other=mongolia)
        make_event(actors=[mongolia, other])
        make_event(
            actors=[mongolia],
            source=article,
            quote="During the war Mongolia gave aid.",
            date="1950",
        )
    assert count() == few


def test_unknown_addresses_get_a_helpful_page(client: Client) -> None:
    page = text(client, "/nowhere/", 404)
    assert "There is nothing at this address" in page
    assert 'href="/actors/"' in page


def test_a_failure_gets_a_page_that_needs_no_database(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(connection, "cursor", fail)
    client.raise_request_exception = False
    assert "Something went wrong here" in text(client, "/", 500)


def test_healthz_answers_any_host_and_says_when_the_database_is_away(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = client.get("/healthz", headers={"Host": "10.0.0.7"})
    assert (answer.status_code, answer.content) == (200, b"ok\n")

    def fail() -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(connection, "cursor", fail)
    assert client.get("/healthz").status_code == 503


def test_pages_only_answer_to_reading(client: Client) -> None:
    assert client.post("/").status_code == 405
    assert client.head("/about/").status_code == 200


def test_long_lists_of_actors_and_sources_come_in_pages(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timeline.views.actors.ACTORS_A_PAGE", 2)
    monkeypatch.setattr("timeline.views.sources.SOURCES_A_PAGE", 2)
    people = [make_actor(f"Person {number}", kind="person") for number in range(3)]
    for one in [make_actor("A state"), *people]:
        make_event(actors=[one])
    first, second = text(client, "/actors/"), text(client, "/actors/?page=2")
    assert re.findall(r"A state|Person \d", first) == ["A state", "Person 0"]
    assert re.findall(r"A state|Person \d", second) == ["Person 1", "Person 2"]
    assert 'rel="next" href="/actors/?page=2"' in first
    assert 'rel="prev" href="/actors/"' in second
    assert "Page 2 of 2" in second
    assert "Page 2 of 2" in text(client, "/sources/?page=2")


@pytest.mark.parametrize("number", ["0", "-1", "9", "x", "1.5", "٢", "", "9" * 5000, "1\0"])
def test_a_page_that_is_not_there_is_not_found(client: Client, number: str) -> None:
    make_event(actors=[make_actor()])
    assert client.get("/actors/", {"page": number}).status_code == 404
    assert client.get("/sources/", {"page": number}).status_code == 404


def test_what_was_done_to_a_draft_and_why_is_not_told_to_readers(client: Client) -> None:
    with act("Published at once"):
        event = make_event(slug="event", title="First title")
    for status, title, reason in (
        (Status.DRAFT, "Withdrawn title", "Secret reason of the withdrawal"),
        (Status.DRAFT, "Draft title", "Secret note"),
        (Status.PUBLISHED, "Second title", "Published again"),
    ):
        with act(reason):
            event.status, event.title = status, title
            event.save()
    page = text(client, "/events/event/")
    assert "Published at once" in page
    assert "Published again" in page
    assert "Secret" not in page


def test_titles_of_sources_are_marked_with_their_language_where_one_filters_by_them(
    client: Client,
) -> None:
    source = make_source("Түүх.", slug="history", title="Түүх", language="mn")
    make_event("Told", date="1948", source=source, quote="Түүх.")
    assert re.search(r'<span dir="auto" lang="mn">Түүх</span>', text(client, "/"))
    chosen = text(client, "/?source=history").partition('class="chips"')[2].partition("</ul>")[0]
    assert '<span lang="mn">Түүх</span>' in chosen


def test_about_says_how_many_entries_are_contested_and_leads_to_them(client: Client) -> None:
    assert "contested=yes" in text(client, "/about/")
    assert re.search(r"contested entries</dt><dd><a [^>]*>0</a>", text(client, "/about/"))
    make_base()  # one is disputed
    assert re.search(r"contested entry</dt><dd><a [^>]*>1</a>", text(client, "/about/"))


def test_where_no_entry_is_contested_the_filters_say_so(client: Client) -> None:
    make_event("Undisputed", date="1948")
    assert "No entry here is contested." in text(client, "/")


def test_a_date_is_explained_where_there_is_more_to_say_than_that_it_is_stated(
    client: Client,
) -> None:
    make_event("Plain", slug="plain", date="1948-10-15")
    make_event("Noted", slug="noted", date="1948-10-15", date_note="By the old calendar.")
    plain, noted = text(client, "/events/plain/"), text(client, "/events/noted/")
    assert 'id="dated"' not in plain
    assert "#dated" not in plain
    assert 'id="dated"' in noted
    assert 'href="#dated"' in noted


def test_corrections_are_counted_where_they_are_shown_and_hidden(client: Client) -> None:
    make_base()
    assert "1 correction" in text(client, "/sources/article/")
    assert '<a href="#corrections">1 correction</a>' in text(
        client, "/sources/article/?show=corrections"
    )
