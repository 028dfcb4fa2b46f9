"""What is sent: how much of it is taken, how it is refused, and that it stays text."""

from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from pytest_django import Settings

from config.uploads import bad_request
from tests.admin_forms import add_path, change_path, editor, filled, text_of
from tests.builders import make_source
from tests.logins import LOGIN
from timeline.models import Source, SourceText

pytestmark = pytest.mark.django_db
NEW = {"title": "New", "slug": "new"}


def add_source(client: Client, **more: Any) -> Any:
    path = add_path("timeline_source")
    return client.post(path, filled(client, path) | NEW | more)


def test_a_very_long_article_can_be_pasted(client: Client) -> None:
    editor(client)
    text = ("A line of words.\n" * 1000 + "\n") * 300  # 5 MB, twice what Django takes by itself
    response = add_source(client, raw=text.replace("\n", "\r\n"))
    assert response.status_code == 302
    assert len(SourceText.objects.get().raw) == len(text)


def test_an_event_can_have_hundreds_of_claims(client: Client) -> None:
    editor(client)
    path = add_path("timeline_event")
    many = {f"claims-{number}-{name}": "" for number in range(300) for name in "abcdefghijkl"}
    response = client.post(path, filled(client, path) | many)
    assert response.status_code == 200  # it says what is missing, as for any event


def refused(response: Any) -> str:
    """What the page says that refuses too much."""
    assert response.status_code == 413
    assert "no-store" in response.headers["Cache-Control"]
    text = text_of(response)
    assert "Nothing was saved" in text
    assert "Log out" in text  # it is a page of the admin
    return text


def test_too_long_a_text_is_refused_on_a_page_that_says_so(client: Client) -> None:
    editor(client)
    assert "25 MB" in refused(add_source(client, raw="x" * 26_000_000))


def test_too_many_fields_are_refused_on_a_page_that_says_so(client: Client) -> None:
    editor(client)
    response = client.post(add_path("timeline_event"), {f"x{one}": "" for one in range(10_001)})
    assert "too many fields" in refused(response)


def test_too_large_a_request_is_refused_before_its_fields_are_read(
    client: Client, settings: Settings
) -> None:
    editor(client)
    settings.LARGEST_REQUEST = 1_000_000
    file = SimpleUploadedFile("a.txt", b"x" * 1_100_000)
    assert "1 MB" in refused(client.post(add_path("timeline_source"), {"upload": file}))


@pytest.mark.parametrize("address", [LOGIN, "/admin/timeline/source/add/", "/", "/no/such/page/"])
def test_a_stranger_sends_next_to_nothing(client: Client, address: str) -> None:
    response = client.post(address, {"raw": "x" * 200_000})
    assert response.status_code == 413
    assert response.headers["Content-Type"].startswith("text/plain")


def test_a_request_that_lies_about_its_length_is_read_as_far_as_it_says(client: Client) -> None:
    for length in ("-1", "x", "9" * 400, ""):
        response = client.post(LOGIN, b"a=b", content_type="text/plain", CONTENT_LENGTH=length)
        assert response.status_code in (200, 400, 413), length


def test_readers_keep_their_page_for_what_makes_no_sense(rf: RequestFactory) -> None:
    response = bad_request(rf.get("/about/"), SuspiciousOperation())
    assert response.status_code == 400
    assert "This request makes no sense to us" in response.content.decode()


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "/etc/passwd", "a\0b.txt", "evil.php", "x" * 5000, "‮txt.exe"]
)
def test_the_name_of_a_file_is_never_a_path(client: Client, name: str, tmp_path: Any) -> None:
    editor(client)
    file: Any = SimpleUploadedFile("x", b"Words of an article.", "text/html")
    file._name = name  # as it comes, before Django has cut it
    path = add_path("timeline_source")
    response = client.post(path, filled(client, path) | NEW | {"upload": file})
    if response.status_code == 302:  # Django refuses some of these names itself
        assert SourceText.objects.get().file == "article.txt"
    else:
        assert response.status_code in (200, 400)


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><script>alert(1)</script>",
        "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "<?php system('id'); ?>",
        "%PDF-1.7 <script>",
        "#!/bin/sh\nid",
    ],
)
def test_what_was_uploaded_is_given_back_as_plain_text_only(client: Client, text: str) -> None:
    source = make_source(text)
    response = client.get(f"/sources/{source.slug}/received.txt")
    assert response.content.decode() == text
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_what_is_no_text_is_refused(client: Client) -> None:
    editor(client)
    path = add_path("timeline_source")
    for content in (b"\x89PNG\r\n\x1a\n\xff", b"\xff\xfe\x00a", b"PK\x03\x04\xff"):
        file = SimpleUploadedFile("a.txt", content, "text/plain")
        response = client.post(path, filled(client, path) | NEW | {"upload": file})
        assert response.status_code == 200
    assert not Source.objects.exists()


def test_a_forged_form_changes_nothing_that_is_not_in_it(client: Client) -> None:
    editor(client)
    source = make_source()
    before = SourceText.objects.values().get()
    forged = {"raw_sha256": "0" * 64, "reading": "x", "file": "../x", "id": "999", "text": "x"}
    path = change_path(source)
    assert client.post(path, filled(client, path) | forged).status_code == 302
    assert SourceText.objects.values().get() == before
