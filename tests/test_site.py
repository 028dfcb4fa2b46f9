"""What crawlers are told: robots.txt and the sitemap."""

import re
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.builders import make_event, make_source
from tests.public import SECRET, make_base
from timeline.models import Event
from timeline.views import site

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(client: Client, address: str) -> list[str]:
    """The paths that a sitemap names, all of this site."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer.headers["Content-Type"] == "application/xml; charset=utf-8"
    tree = ET.fromstring(answer.content)  # noqa: S314  # our own
    found = [one.text or "" for one in tree.iter(f"{NAMESPACE}loc")]
    assert all(one.startswith("http://testserver/") for one in found)
    return [one.removeprefix("http://testserver") for one in found]


def everything(client: Client) -> list[str]:
    return [page for part in locations(client, "/sitemap.xml") for page in locations(client, part)]


def disallowed(robots: str, path: str) -> bool:
    """Whether ``path`` is refused, by the rules of RFC 9309 for * (no rule here has a $)."""
    rules = re.findall(r"^Disallow: (\S+)$", robots, re.MULTILINE)
    patterns = (".*".join(map(re.escape, rule.split("*"))) for rule in rules)
    return any(re.match(pattern, path) for pattern in patterns)


def test_robots_names_the_sitemap_without_asking_the_database(client: Client) -> None:
    # Without the mark django_db, any query fails this test.
    answer = client.get("/robots.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().endswith("\nSitemap: http://testserver/sitemap.xml")


@pytest.mark.parametrize(
    ("path", "refused"),
    [
        *((path, False) for path in ("/", "/timeline/", "/events/x/", "/sources/x/", "/about/")),
        *((path, False) for path in ("/?kind=war", "/?actor=x", "/actors/?page=2")),
        *((path, False) for path in ("/sources/?page=2", "/static/card.png")),
        *((path, True) for path in ("/admin/", "/admin/login/?next=/", "/?actor=x&kind=war")),
        *((path, True) for path in ("/?q=war", "/?after=1-2", "/?order=-date", "/sources/?q=x")),
        *((path, True) for path in ("/timeline/?view=1948", "/sources/x/?show=corrections")),
    ],
)
def test_crawlers_are_kept_from_what_has_no_end(client: Client, path: str, refused: bool) -> None:
    assert disallowed(client.get("/robots.txt").content.decode(), path) == refused


@pytest.mark.django_db
def test_the_sitemap_has_every_page_that_readers_see_once_and_no_draft(client: Client) -> None:
    make_base()
    found = everything(client)
    assert len(found) == len(set(found))
    assert {"/", "/about/", "/timeline/", "/events/relations/", "/sources/article/"} <= {*found}
    assert {"/actors/mongolia/", "/actors/speaker/"} <= {*found}
    assert len([one for one in found if one.startswith("/events/")]) == 4
    assert not [one for one in found if SECRET.lower() in one]
    assert all(client.get(one).status_code == 200 for one in found)


@pytest.mark.django_db
def test_parts_are_ranges_of_keys_and_leave_nothing_out(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site, "PART", 2)
    source = make_source("One. Two. Three. Four. Five.")
    made = [
        make_event(source=source, quote=f"{one}.")
        for one in ("One", "Two", "Three", "Four", "Five")
    ]
    Event.objects.filter(pk=made[2].pk).update(status="draft")
    parts = [one for one in locations(client, "/sitemap.xml") if one.startswith("/sitemap-event")]
    assert parts[-1] == f"/sitemap-event-{-(-made[-1].pk // 2)}.xml"
    by_part = [locations(client, one) for one in parts]
    assert max(map(len, by_part)) <= 2
    slugs = [page.split("/")[2] for part in by_part for page in part]
    assert slugs == [one.slug for one in made if one != made[2]]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["event-0", "event-99999999999999999999", "claim-1", "event-x"])
def test_a_part_that_cannot_be_is_not_found(client: Client, address: str) -> None:
    assert client.get(f"/sitemap-{address}.xml").status_code == 404


@pytest.mark.django_db
def test_a_sitemap_asks_as_much_whatever_there_is(client: Client) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address)
        return len(queries)

    make_base()
    client.get("/sitemap.xml")  # derives what is written
    few = [asked("/sitemap.xml"), asked("/sitemap-event-1.xml"), asked("/sitemap-actor-1.xml")]
    for _one in range(5):
        make_event()
    client.get("/sitemap.xml")
    assert few == [asked(f"/sitemap{one}.xml") for one in ("", "-event-1", "-actor-1")]
    assert few[1] == 1
