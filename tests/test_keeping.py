"""Finished pages are kept until something changes: never older than the last edit."""

import gzip
import threading

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.builders import make_actor, make_event, make_source
from timeline.index.updating import LOCK
from timeline.models import Event, Source, Status
from timeline.views.keeping import Kept, KeptPages, Shelf

pytestmark = pytest.mark.django_db

PACKED = {"Accept-Encoding": "br, gzip"}


def queries_of(client: Client, address: str, **headers: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address, headers=headers).status_code in (200, 304)
    return len(queries)


@pytest.mark.parametrize("address", ["/", "/events/met/", "/actors/", "/sources/", "/about/"])
def test_a_page_that_is_asked_for_again_costs_one_query(client: Client, address: str) -> None:
    make_event("They met", slug="met", actors=[make_actor()])
    client.get(address)
    assert queries_of(client, address) == 1


def test_the_next_reader_sees_every_way_of_writing(client: Client) -> None:
    event = make_event("They met", date="1948")
    page = client.get("/").content.decode()
    assert "They met" in page

    event.title = "They talked"
    event.save()
    assert "They talked" in client.get("/").content.decode()

    Event.objects.filter(pk=event.pk).update(title="They wrote")
    assert "They wrote" in client.get("/").content.decode()

    with connection.cursor() as cursor:
        cursor.execute("UPDATE timeline_event SET title = 'They slept'")
    assert "They slept" in client.get("/").content.decode()

    Source.objects.update(title="Another name")
    assert "Another name" in client.get("/").content.decode()

    Event.objects.update(status=Status.DRAFT)
    assert "They slept" not in client.get("/").content.decode()


def test_a_restored_database_is_not_taken_for_the_newer_one(client: Client) -> None:
    event = make_event("Before")
    client.get("/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM index_version")
        (before,) = cursor.fetchone()
    Event.objects.update(title="After")
    client.get("/")
    with connection.cursor() as cursor:  # the tables as a backup has them
        cursor.execute("UPDATE timeline_event SET title = 'Before' WHERE id = %s", [event.pk])
        cursor.execute("DELETE FROM index_change")
        cursor.execute("UPDATE index_version SET number = %s", [before])
    assert "Before" in client.get("/").content.decode()


def test_a_browser_that_has_the_page_is_told_so_until_it_changes(client: Client) -> None:
    make_event("They met")
    etag = client.get("/").headers["ETag"]
    again = client.get("/", headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == etag
    Event.objects.update(title="They talked")
    other = client.get("/", headers={"If-None-Match": etag})
    assert other.status_code == 200
    assert other.headers["ETag"] != etag


def test_pages_are_sent_compressed_to_those_who_can_read_that(client: Client) -> None:
    make_event("They met")
    plain, packed = client.get("/"), client.get("/", headers=PACKED)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    for one in (plain, packed):
        assert one.headers["Vary"] == "Accept-Encoding"
        assert one.headers["Cache-Control"] == "no-cache"
        assert int(one.headers["Content-Length"]) == len(one.content)


def test_a_kept_page_has_the_headers_of_a_fresh_one(client: Client) -> None:
    make_event("They met")
    fresh, again = client.get("/"), client.get("/")
    assert again.headers["Content-Security-Policy"] == fresh.headers["Content-Security-Policy"]
    assert dict(again.headers) == dict(fresh.headers)


def test_pages_of_one_address_are_not_those_of_another(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["one.example", "other.example"]
    make_event("They met")
    for host in ("one.example", "other.example", "one.example"):
        page = client.get("/", headers={"host": host}).content.decode()
        assert f'href="http://{host}/"' in page
    assert client.get("/", headers={"host": "third.example"}).status_code == 400


def test_what_is_wrong_or_the_admins_is_not_kept(client: Client, admin_client: Client) -> None:
    assert client.get("/?from=never").status_code == 400
    assert "ETag" not in client.get("/?from=never").headers
    assert "ETag" not in client.get("/events/none/").headers
    assert "ETag" not in admin_client.get("/admin/").headers


def test_the_shelf_gives_up_what_was_unused_for_longest() -> None:
    def page(size: int) -> Kept:
        return Kept(1, b"x" * size, b"", {})

    shelf = Shelf(100)
    for name in "abc":
        shelf.put(name, page(30))
    assert shelf.get("a")
    shelf.put("d", page(30))
    assert [name for name in "abcd" if shelf.get(name)] == ["a", "c", "d"]
    shelf.put("huge", page(101))
    assert not shelf.get("huge")
    for _ in range(10):  # the same page anew does not use up the room
        shelf.put("e", page(50))
    shelf.put("f", page(50))
    assert shelf.get("e")
    assert shelf.get("f")


def test_nothing_is_kept_where_there_is_no_room(settings: Settings) -> None:
    settings.PAGE_CACHE_MB = 0
    response = HttpResponse("page")
    request = HttpRequest()
    request.method = "GET"
    assert KeptPages(lambda _request: response)(request) is response


def test_an_import_is_seen_at_once(client: Client) -> None:
    assert "Nothing has been published yet" in client.get("/").content.decode()
    call_command("import_seed", settings.BASE_DIR / "seeds" / "mongolia-dprk-at-65")
    assert "44 entries" in client.get("/").content.decode()


def test_a_draft_changes_no_page(client: Client) -> None:
    make_event("They met")
    etag = client.get("/").headers["ETag"]
    make_event(
        "Not yet",
        status=Status.DRAFT,
        source=make_source("Not yet.", status=Status.DRAFT),
        quote="Not yet.",
    )
    assert client.get("/").headers["ETag"] == etag


@pytest.mark.django_db(transaction=True)
def test_readers_do_not_wait_for_somebody_who_writes_for_long(client: Client) -> None:
    make_event("They met", slug="met")
    assert client.get("/").status_code == 200
    Event.objects.update(title="They talked")  # past the program, so not derived yet
    locked, done = threading.Event(), threading.Event()

    def write_for_long() -> None:
        try:
            with transaction.atomic():
                if connection.vendor == "postgresql":
                    with connection.cursor() as cursor:
                        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
                else:
                    Event.objects.update(summary="Being written")
                locked.set()
                done.wait(30)
                transaction.set_rollback(True)
        finally:
            connection.close()

    writer = threading.Thread(target=write_for_long)
    writer.start()
    assert locked.wait(30)
    try:
        page = client.get("/")
        assert (page.status_code, "ETag" in page.headers) == (200, False)
        assert "They talked" in page.content.decode()
    finally:
        done.set()
        writer.join()
    assert "ETag" in client.get("/").headers
