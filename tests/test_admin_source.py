"""Editing a source: its data, its text and how it is read."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.admin_forms import (
    add_path,
    change_path,
    editor,
    errors_beside,
    filled,
    staff,
    text_of,
)
from tests.builders import ARTICLE, make_actor, make_event, make_source
from timeline.models import Claim, Emendation, Source, SourceText, Status
from timeline.readings import Correction, TextSpec, sha256

pytestmark = pytest.mark.django_db
ADD = "/admin/timeline/source/add/"


@pytest.fixture(autouse=True)
def user(client: Client) -> None:
    editor(client)


def data(client: Client, **changes: Any) -> dict[str, Any]:
    return filled(client, add_path("timeline_source")) | {"title": "An article"} | changes


def emendation(number: int = 0, **fields: str) -> dict[str, str]:
    return {f"emendations-{number}-{name}": value for name, value in fields.items()}


def stored(client: Client, path: str, typed: dict[str, Any]) -> Any:
    """The answer when the form was saved and, after the look at the quotes, stored."""
    look = client.post(path, typed)
    assert look.status_code == 302
    return client.post(look["Location"], {"_store": ""}, follow=True)


def test_a_source_is_added_with_its_text(client: Client) -> None:
    typed = data(client, raw=ARTICLE, headings="Diplomacy", author="Batchimeg, M.\nliteral: UN")
    assert client.post(ADD, typed).status_code == 302
    source = Source.objects.get()
    assert source.author == [{"family": "Batchimeg", "given": "M."}, {"literal": "UN"}]
    assert source.passages.count() == 3
    assert source.passages.get(ordinal=2).heading == "Diplomacy"


def test_a_source_may_be_noted_before_its_text_is_there(client: Client) -> None:
    assert client.post(ADD, data(client)).status_code == 302
    assert not SourceText.objects.exists()


def test_an_uploaded_text_is_kept_byte_for_byte(client: Client) -> None:
    received = "First.\r\n\r\nSecond \t\r\n"
    file = SimpleUploadedFile("a.txt", received.encode())
    assert client.post(ADD, data(client, upload=file)).status_code == 302
    assert SourceText.objects.get().raw_sha256 == sha256(received)


def test_a_pasted_text_has_plain_line_ends(client: Client) -> None:
    client.post(ADD, data(client, raw="  First.\r\n\r\nSecond.\r\n"))
    assert SourceText.objects.get().raw == "  First.\n\nSecond.\n"


def test_an_upload_that_is_no_text_says_where(client: Client) -> None:
    file = SimpleUploadedFile("a.pdf", b"abc\xff\xfe")
    response = client.post(ADD, data(client, upload=file))
    assert "Byte 4 of the file is not UTF-8" in errors_beside(response)["upload"][0]


def test_an_upload_is_still_there_after_an_error_elsewhere(client: Client) -> None:
    file = SimpleUploadedFile("a.txt", b"Uploaded words.")
    response = client.post(ADD, data(client, upload=file, title=""))
    assert "Uploaded words.</textarea>" in response.content.decode()


def test_a_text_given_twice_is_refused(client: Client) -> None:
    file = SimpleUploadedFile("a.txt", b"Words.")
    response = client.post(ADD, data(client, upload=file, raw="Others."))
    assert "raw" in errors_beside(response)


def test_all_that_is_wrong_with_a_reading_is_told_beside_its_field(client: Client) -> None:
    typed = data(client, raw=ARTICLE, begins="In 1912", headings="Diplomcy")
    typed |= emendation(find="shard ideology", read="x", reason="misprint")
    response = client.post(ADD, typed)
    assert "The nearest is “In 1911”" in errors_beside(response)["begins"][0]
    assert "Diplomcy" in errors_beside(response)["headings"][0]
    assert "shared ideology" in errors_beside(response, "emendations")["find"][0]
    assert not Source.objects.exists()


def test_an_emendation_without_a_reason_says_so(client: Client) -> None:
    typed = data(client, raw=ARTICLE) | emendation(find="armistice", read="truce")
    response = client.post(ADD, typed)
    assert "without a reason" in errors_beside(response, "emendations")["find"][0]


def test_emendations_without_a_text_say_what_is_missing(client: Client) -> None:
    response = client.post(ADD, data(client) | emendation(find="a", read="b", reason="c"))
    assert "raw" in errors_beside(response)
    assert "no text to emend" in text_of(response)


def test_an_emendation_is_added_to_a_stored_text(client: Client) -> None:
    source = make_source("The frist war.")
    path = change_path(source)
    typed = filled(client, path) | emendation(find="frist", read="first", reason="misprint")
    assert client.post(path, typed).status_code == 302
    assert source.passages.get().text == "The first war."
    assert SourceText.objects.get().raw == "The frist war."


def test_an_emendation_that_a_new_text_needs_no_more_is_told_how_it_goes(client: Client) -> None:
    spec = TextSpec(emendations=(Correction("frist", "first", "misprint"),))
    path = change_path(make_source("The frist one.", spec))
    typed = filled(client, path) | {"raw": "The first one."}
    errors = errors_beside(client.post(path, typed), "emendations")["find"]
    assert "is not in the text" in errors[0]
    assert "tick Delete" in errors[1]
    typed["emendations-0-DELETE"] = "on"
    assert client.post(path, typed).status_code == 302
    assert not Emendation.objects.exists()


def test_an_emendation_is_taken_back(client: Client) -> None:
    spec = TextSpec(emendations=(Correction("frist", "first", "misprint"),))
    source = make_source("The frist war.", spec)
    path = change_path(source)
    client.post(path, filled(client, path) | {"emendations-0-DELETE": "on"})
    assert source.passages.get().text == "The frist war."
    assert not Emendation.objects.exists()


def test_the_line_ends_of_a_received_text_do_not_get_in_the_way(client: Client) -> None:
    spec = TextSpec(begins="One\r\nfirst", emendations=(Correction("a\r\nb", "a b", "break"),))
    source = make_source("Page\r\n\r\nOne\r\nfirst a\r\nb.", spec)
    path = change_path(source)
    typed = filled(client, path) | emendation(1, find="b.", read="c.", reason="misprint")
    typed["emendations-TOTAL_FORMS"] = "2"
    assert client.post(path, typed).status_code == 302
    assert source.passages.get().text == "One\r\nfirst a c."


def test_saving_without_touching_the_text_leaves_it_alone(client: Client) -> None:
    spec = TextSpec(emendations=(Correction("a\r\nb", "a b", "break"),))
    source = make_source("One a\r\nb.", spec)
    path, before = change_path(source), SourceText.history.count()
    client.post(path, filled(client, path) | {"note": "read"})
    source.refresh_from_db()
    assert (source.note, SourceText.history.count()) == ("read", before)


def test_replacing_a_text_tells_what_became_of_its_quotes(client: Client) -> None:
    source = make_source()
    make_event(source=source, quote="In 1911 Mongolia")
    make_event(source=source, quote="shared ideology")
    make_event(source=source, quote="armistice in 1953", status=Status.DRAFT)
    path = change_path(source)
    changed = ARTICLE.replace("1953", "1954").replace("They were", "They were all")
    text = text_of(stored(client, path, filled(client, path) | {"raw": changed}))
    assert "1 where they were, 1 moved" in text
    assert "1 quote is lost: its words are no longer in the text. Repair them" in text
    assert Claim.objects.get(lost=True).quote == "armistice in 1953"


def test_a_text_is_not_replaced_when_published_entries_would_quote_nothing(client: Client) -> None:
    source = make_source()
    make_event(source=source, quote="armistice in 1953", slug="armistice")
    path = change_path(source)
    other = "Another text.\n\nDiplomacy\n\nNothing more."
    response = stored(client, path, filled(client, path) | {"raw": other})
    assert "would quote nothing any more: armistice." in text_of(response)
    assert SourceText.objects.get().raw == ARTICLE
    assert not Claim.objects.get().lost
    assert not SourceText.history.filter(raw=other).exists()


def test_an_emendation_must_not_take_the_words_of_a_published_entry_away(client: Client) -> None:
    source = make_source("It ended in 1953.")
    make_event(source=source, quote="in 1953")
    path = change_path(source)
    wrong = emendation(0, find="1953", read="1954", reason="misprint")
    response = stored(client, path, filled(client, path) | wrong)
    assert "would quote nothing any more" in text_of(response)
    assert source.passages.get().text == "It ended in 1953."


def test_a_lost_quote_is_repaired_on_its_own_page(client: Client) -> None:
    source = make_source()
    event = make_event(source=source, quote="armistice in 1953", status=Status.DRAFT)
    claim = event.claims.get()
    path = change_path(source)
    stored(client, path, filled(client, path) | {"raw": ARTICLE.replace("1953", "1954")})
    path = change_path(claim)
    assert "Lost: these words are no longer in the source" in text_of(client.get(path))
    response = client.post(path, filled(client, path))
    assert "1953 in your quote, 1954 in the source" in text_of(response)
    client.post(path, filled(client, path) | {"quote": "armistice in 1954"})
    assert not Claim.objects.get().lost


def test_a_source_cannot_become_a_draft_under_published_events(client: Client) -> None:
    source = make_source()
    event = make_event(source=source)
    path = change_path(source)
    response = client.post(path, filled(client, path) | {"status": "draft"})
    assert event.slug in errors_beside(response)["status"][0]
    assert Source.objects.get().status == Status.PUBLISHED


def test_a_line_that_is_no_name_is_named(client: Client) -> None:
    response = client.post(ADD, data(client, author="Smith, J.\n, J."))
    assert "“, J.” is no name" in errors_beside(response)["author"][0]


def test_authors_are_shown_as_lines(client: Client) -> None:
    source = make_source(author=[{"family": "Khan", "given": "A."}, {"literal": "UN, Geneva"}])
    shown = filled(client, change_path(source))["author"]
    assert shown == "Khan, A.\nliteral: UN, Geneva"


def test_passages_are_shown_as_read_and_as_text(client: Client) -> None:
    source = make_source("One <b>bold</b> word.\n\nTwo.")
    page = client.get(change_path(source))
    assert "¶ 2 Two." in text_of(page)
    assert "<b>bold" not in page.content.decode()


def test_a_cited_source_is_not_deleted_and_the_page_says_why(client: Client) -> None:
    source = make_source()
    make_event(source=source, quote="shared ideology")
    path = change_path(source).replace("/change/", "/delete/")
    text = text_of(client.get(path))
    assert "because this is in use here" in text
    assert "“shared ideology”" in text
    client.post(path, {"post": "yes"})
    assert Source.objects.exists()


def test_a_source_without_quotes_is_deleted_with_its_text(client: Client) -> None:
    source = make_source()
    client.post(change_path(source).replace("/change/", "/delete/"), {"post": "yes"})
    assert not Source.objects.exists()


def test_a_cited_actor_is_not_deleted_and_the_page_says_why(client: Client) -> None:
    actor = make_actor()
    make_event(actors=[(actor, "host")])
    path = change_path(actor).replace("/change/", "/delete/")
    assert "because this is in use here" in text_of(client.get(path))


def test_whoever_may_edit_sources_only_may_emend_them(client: Client) -> None:
    source = make_source("The frist war.")
    staff(client, "change_source", "view_source", "publish_source")
    path = change_path(source)
    client.post(path, filled(client, path) | emendation(find="frist", read="first", reason="x"))
    assert source.passages.get().text == "The first war."


def test_whoever_may_only_look_cannot_post(client: Client) -> None:
    source = make_source("The frist war.")
    path = change_path(source)
    typed = filled(client, path) | emendation(find="frist", read="first", reason="x")
    staff(client, "view_source")
    assert client.get(path).status_code == 200
    assert client.post(path, typed).status_code == 403
    assert not Emendation.objects.exists()
