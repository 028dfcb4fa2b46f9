"""The pages of actors: what they say of names, relations and company, and never of drafts."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actors.models import Actor
from tests.builders import make_actor, make_event
from tests.public import SECRET, make_base
from timeline import index
from timeline.models import Status

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script> \"'& שלום"


def text(client: Client, address: str, status: int = 200) -> str:
    index.catch_up()
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def words(page: str) -> str:
    """What can be read on a page, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def mongolia() -> Actor:
    """An actor with names and relations of all sorts of times, and one entry."""
    made = make_actor("Mongolia", slug="mongolia")
    made.aliases.create(name="MPR", kind="abbreviation", period="1924/1992", note="In the article.")
    made.aliases.create(name="Outer Mongolia", period="/1911")
    made.aliases.create(name="Ulaanbaatar", kind="metonym")
    other = make_actor("League", slug="league")
    made.relations.create(kind="member-of", other=other, period="1961~/..")
    make_actor("Region", slug="region").relations.create(kind="part-of", other=made)
    make_event("Talks", date="1948", actors=[made, other])
    return made


def test_names_and_relations_are_said_in_order_of_time_and_drawn(client: Client) -> None:
    mongolia()
    page = text(client, "/actors/mongolia/")
    said = words(page)
    assert "Names Outer Mongolia until 1911, beginning unknown MPR abbreviation 1924–1992" in said
    assert "In the article." in said
    assert "member of League" in said
    assert page.count('class="line-drawing') == 4  # the axis, two names, one relation
    assert "line-qualified" in page
    assert re.search(r'<rect class="sure" x="[\d.]+%" y="7" width="[\d.]+%"', page)


def test_what_has_no_time_is_listed_apart_and_not_drawn(client: Client) -> None:
    mongolia()
    said = words(text(client, "/actors/mongolia/"))
    assert "Names at any time Ulaanbaatar metonym" in said
    assert "Relations of no recorded time comprises Region" in said
    assert "Names and relations over time" not in text(client, "/actors/region/")


def test_drawings_are_for_eyes_only_since_their_words_stand_beside_them(client: Client) -> None:
    mongolia()
    for drawing in re.findall(r"<svg[^>]*>", text(client, "/actors/mongolia/")):
        assert 'aria-hidden="true"' in drawing
    assert "style=" not in text(client, "/actors/mongolia/")


def test_company_is_counted_whatever_the_role_and_leads_to_the_entries(client: Client) -> None:
    one, often, seldom = make_actor(slug="one"), make_actor(slug="often"), make_actor(slug="seldom")
    make_event(actors=[one, (often, "host"), (often, "")])
    make_event(actors=[one, often, seldom])
    make_event(actors=[one])
    make_event(actors=[often])
    page = text(client, "/actors/one/")
    assert "In how many of its 3 entries." in page
    assert re.findall(r">(\d) of (\d) entries<", page) == [("2", "3"), ("1", "3")]
    assert re.findall(r'class="bar-solid" width="([\d.]+)%"', page) == ["66.7", "33.3"]
    assert 'href="/?actor=often&amp;actor=one"' in page


def test_company_says_of_how_many_entries_it_is_counted(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timeline.chronology.counting.MOST_COUNTED", 2)
    monkeypatch.setattr("timeline.chronology.people.MOST_COUNTED", 2)
    one, other = make_actor(slug="one"), make_actor(slug="other")
    for _ in range(3):
        make_event(date="1948", actors=[one, other])
    page = text(client, "/actors/one/")
    assert "In how many of 2 of its 3 entries." in page
    assert ">2 of 2 entries<" in page


def test_the_decades_of_an_actor_lead_to_its_entries_and_say_where_none_is(client: Client) -> None:
    mongolia()
    make_event(date="1965")
    page = text(client, "/actors/mongolia/")
    assert 'href="/?from=1940&amp;to=1949&amp;actor=mongolia"' in page
    assert "1950s the chronology is silent" in words(page)
    assert "1960s nothing recorded" in words(page)
    assert "Nothing recorded is not nothing happened." in page


def test_the_grid_is_a_table_with_headings_and_a_name_that_can_be_scrolled(client: Client) -> None:
    mongolia()
    make_event(date="1965")
    page = text(client, "/actors/?by=decade")
    assert re.findall(r'<th scope="col"[^>]*>([^<]+)', page) == ["1940s", "1950s", "1960s"]
    assert re.findall(r'<th scope="row"[^>]*>(?:<a[^>]*>)?([^<]+)', page) == [
        *("All entries", "Mongolia", "League")
    ]
    assert 'role="region" aria-labelledby="grid-name" tabindex="0"' in page
    assert '<caption id="grid-name">' in page
    assert page.count("nothing recorded</span>") == 2
    assert page.count("the chronology is silent</span>") == 3
    assert 'href="/?from=1960&amp;to=1969"' in page


def test_the_grid_comes_in_pages(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timeline.views.actors.ROWS_A_PAGE", 1)
    for slug in ("a", "b", "c"):
        make_event(date="1948", actors=[make_actor(slug.upper() * 3, slug=slug)])
    first, second, third = (
        text(client, f"/actors/?by=decade{more}") for more in ("", "&page=2", "&page=3")
    )
    assert [re.findall(r">([ABC]{3})<", one) for one in (first, second, third)] == [
        *(["AAA"], ["BBB"], ["CCC"])
    ]
    assert 'rel="next" href="/actors/?by=decade&amp;page=2"' in first
    assert 'rel="prev" href="/actors/?by=decade"' in second
    assert 'rel="prev" href="/actors/?by=decade&amp;page=2"' in third
    assert "by=decade&amp;page=2" in re.findall(r'rel="canonical" href="([^"]+)"', second)[0]


@pytest.mark.parametrize("number", ["0", "-1", "9", "x", "", "1\0"])
def test_a_page_of_the_grid_that_is_not_there_is_not_found(client: Client, number: str) -> None:
    mongolia()
    assert client.get("/actors/", {"by": "decade", "page": number}).status_code == 404


@pytest.mark.parametrize("view", ["x", "", "decades", "1\0", "<script>"])
def test_a_view_that_is_not_there_offers_those_that_are(client: Client, view: str) -> None:
    answer = client.get("/actors/", {"by": view})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert 'href="/actors/?by=decade"' in page
    assert "<script>" not in page
    assert 'aria-current="page">By' not in page


def test_an_empty_chronology_says_so_in_both_views(client: Client) -> None:
    assert "No actor has been published yet." in text(client, "/actors/")
    assert "No entry that names a year has been published yet." in text(
        client, "/actors/?by=decade"
    )
    make_event(date="", actors=[make_actor(slug="undated")])
    assert "No entry that names a year" in text(client, "/actors/?by=decade")
    assert 'class="decades"' not in text(client, "/actors/undated/")


def test_drafts_leave_no_trace(client: Client) -> None:
    make_base()
    seen = Actor.objects.get(slug="mongolia")
    draft = make_actor(f"{SECRET} friend", slug="friend")
    seen.relations.create(kind="part-of", other=draft, period="1900/1950", note=SECRET)
    make_event(date="1800", actors=[seen, draft], status=Status.DRAFT)
    for address in ("/actors/mongolia/", "/actors/?by=decade", "/actors/"):
        page = text(client, address)
        assert SECRET not in page
        assert "18th century" not in page
        assert "1800s" not in page


def test_names_of_any_script_are_text(client: Client) -> None:
    one = make_actor(HOSTILE, slug="one", description=HOSTILE)
    other = make_actor(HOSTILE, slug="other")
    one.aliases.create(name=HOSTILE, period="1948/1950", note=HOSTILE)
    one.aliases.create(name=f"{HOSTILE}.", note=HOSTILE)
    one.relations.create(kind="part-of", other=other, period="1948/1950", note=HOSTILE)
    one.relations.create(kind="member-of", other=other, note=HOSTILE)
    make_event(date="1948", actors=[one, other])
    for address in ("/actors/one/", "/actors/other/", "/actors/?by=decade"):
        page = text(client, address)
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page
        assert "שלום" in page
    assert re.search(r'<b dir="auto">&lt;script', text(client, "/actors/one/"))


@pytest.mark.parametrize("address", ["/actors/mongolia/", "/actors/?by=decade"])
def test_a_page_takes_as_many_queries_for_much_as_for_little(client: Client, address: str) -> None:
    def count() -> int:
        index.catch_up()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    seen = mongolia()
    client.get(address)
    make_event(date="1953", actors=[make_actor()])
    few = count()
    for number in range(12):
        other = make_actor()
        other.aliases.create(name=f"Name {number}", period=f"19{number:02}/")
        other.relations.create(kind="part-of", other=seen, period=f"18{number:02}/")
        seen.aliases.create(name=f"Name {number}", period=f"17{number:02}/..")
        make_event(date=f"18{number:02}/", actors=[seen, other])
    assert count() == few
