"""Replacing a text in the admin: a look first, repairs, and storing all of it as one act."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.admin_forms import change_path, editor, filled, staff, text_of
from tests.builders import ARTICLE, make_claim, make_event, make_source
from timeline import texts
from timeline.models import Claim, Event, Source, SourceText, Status, WaitingText
from timeline.readings import TextSpec, sha256

pytestmark = pytest.mark.django_db
SPEC = TextSpec(headings=("Diplomacy",))
STORE = {"_store": ""}
LATER = ARTICLE.replace("armistice in 1953", "armistice in 1954")


@pytest.fixture
def source(client: Client) -> Source:
    editor(client)
    return make_source()


def look(client: Client, source: Source, **typed: Any) -> str:
    """The address of the page that tells what becomes of the quotes, after saving the form."""
    path = change_path(source)
    response = client.post(path, filled(client, path) | typed)
    assert response.status_code == 302
    assert "/text/" in response["Location"]
    return str(response["Location"])


def lost_path(source: Source) -> str:
    return reverse("admin:timeline_source_lost", args=[source.pk])


def choices(response: Any, claim: Claim) -> list[str]:
    """The values that may be chosen for a claim."""
    name = f"claim-{claim.pk}-choice"
    return re.findall(f'name="{name}" value="([^"]*)"', response.content.decode())


def choice(claim: Claim, value: str, **more: str) -> dict[str, str]:
    given = {"choice": value, **more}
    return {f"claim-{claim.pk}-{name}": said for name, said in given.items()}


def test_a_text_that_moves_nothing_is_stored_at_once(client: Client, source: Source) -> None:
    make_event(source=source, quote="In 1911 Mongolia")
    path = change_path(source)
    response = client.post(
        path, filled(client, path) | {"raw": ARTICLE + " It was cold."}, follow=True
    )
    assert "1 where they were, 0 moved" in text_of(response)
    assert not WaitingText.objects.exists()


def test_the_look_tells_what_moves_and_what_is_lost_and_stores_nothing(
    client: Client, source: Source
) -> None:
    make_event(source=source, quote="In 1911 Mongolia")
    make_event("They agreed", source=source, quote="shared ideology")
    make_event("The armistice", source=source, quote="armistice in 1953")
    before = SourceText.history.count(), Claim.history.count()
    new = LATER.replace("They were based", "First.\n\nThey were based")
    text = text_of(client.get(look(client, source, raw=new)))
    assert "Nothing is stored yet" in text
    assert "Quotes where they were: 1 Moved with their words: 1 Lost: 1" in text
    assert "¶ 2 → ¶ 3 · They agreed" in text
    assert "Paragraph 4: The war ended in an armistice in 1954" in text
    assert "The numbers differ: 1953 in your quote, 1954 in the source." in text
    assert (SourceText.history.count(), Claim.history.count()) == before
    assert SourceText.objects.get().raw == ARTICLE


def test_text_and_repairs_are_stored_as_one_act_with_the_reason(
    client: Client, source: Source
) -> None:
    event = make_event(source=source, quote="armistice in 1953")
    claim = event.claims.get()
    address = look(client, source, raw=LATER, note="corrected", change_reason="Second edition")
    page = client.get(address)
    assert 'value="Second edition"' in page.content.decode()
    likeliest = choices(page, claim)[0]
    data = choice(claim, likeliest) | {"change_reason": "Third edition"}
    response = client.post(address, STORE | data, follow=True)
    assert "1 was given other words." in text_of(response)
    claim.refresh_from_db()
    source.refresh_from_db()
    assert (claim.quote, claim.lost, source.note) == ("armistice in 1954", False, "corrected")
    assert SourceText.objects.get().raw == LATER
    acts = {
        (row.history_date, row.history_change_reason, row.history_user.username)
        for row in (claim.history.latest(), source.history.latest(), SourceText.history.latest())
    }
    ((_, reason, user),) = acts
    assert (reason, user) == ("Third edition", "editor")
    assert not WaitingText.objects.exists()


def test_other_words_are_looked_up_in_the_new_text(client: Client, source: Source) -> None:
    claim = make_event(source=source, quote="armistice in 1953").claims.get()
    address = look(client, source, raw=LATER)
    wrong = client.post(address, STORE | choice(claim, "words", words="an armstice"))
    assert "Did you mean" in text_of(wrong)
    twice = client.post(address, STORE | choice(claim, "words", words="Mongolia"))
    assert "stands 2 times in the source" in text_of(twice)
    assert "Words before:" in text_of(twice)
    assert SourceText.objects.get().raw == ARTICLE
    client.post(address, STORE | choice(claim, "words", words="an\n armistice"))
    claim.refresh_from_db()
    assert (claim.quote, claim.lost) == ("an armistice", False)


@pytest.mark.parametrize("value", ["3:0:3", "1:-3:4", "9:0:5", "nonsense", "3:23:24"])
def test_a_forged_choice_is_refused(client: Client, source: Source, value: str) -> None:
    claim = make_event(source=source, quote="armistice in 1953").claims.get()
    address = look(client, source, raw=LATER)
    response = client.post(address, STORE | choice(claim, value))
    assert response.status_code == 200
    assert "is not one of the available choices" in text_of(response)
    assert SourceText.objects.get().raw == ARTICLE


def test_what_is_left_lost_keeps_its_quote_and_is_listed(client: Client, source: Source) -> None:
    event = make_event(source=source, quote="armistice in 1953", status=Status.DRAFT)
    claim = event.claims.get()
    response = client.post(look(client, source, raw=LATER), STORE | choice(claim, ""), follow=True)
    assert "1 quote is lost" in text_of(response)
    assert f'href="{lost_path(source)}"' in response.content.decode()
    claim.refresh_from_db()
    assert (claim.lost, claim.quote) == (True, "armistice in 1953")


def test_published_entries_become_drafts_in_the_same_act(client: Client, source: Source) -> None:
    event = make_event("Truce", source=source, quote="armistice in 1953", slug="truce")
    address = look(client, source, raw=LATER)
    assert "Truce (truce)" in text_of(client.get(address))
    refused = client.post(address, STORE)
    assert "would quote nothing any more: truce." in text_of(refused)
    assert SourceText.objects.get().raw == ARTICLE
    assert client.post(address, STORE | {"make_drafts": "on"}).status_code == 302
    event.refresh_from_db()
    assert event.status == Status.DRAFT
    assert event.history.latest().history_date == SourceText.history.latest().history_date


def test_an_entry_whose_quote_is_repaired_stays_published(client: Client, source: Source) -> None:
    event = make_event(source=source, quote="armistice in 1953")
    address = look(client, source, raw=LATER)
    value = choices(client.get(address), event.claims.get())[0]
    client.post(address, STORE | choice(event.claims.get(), value) | {"make_drafts": "on"})
    event.refresh_from_db()
    assert event.status == Status.PUBLISHED
    assert SourceText.objects.get().raw == LATER


def test_back_to_the_form_gives_all_that_was_typed(client: Client, source: Source) -> None:
    make_event(source=source, quote="armistice in 1953")
    typed = {
        "raw": LATER,
        "note": "half a note",
        "change_reason": "why",
        "emendations-0-find": "ideology",
        "emendations-0-read": "ideals",
        "emendations-0-reason": "term",
    }
    response = client.post(look(client, source, **typed), {"_back": ""})
    assert "Nothing was stored" in text_of(response)
    assert f'action="{change_path(source)}"' in response.content.decode()
    form = response.context["adminform"].form
    (inline,) = response.context["inline_admin_formsets"]
    assert [form[name].value() for name in ("raw", "note")] == [LATER, "half a note"]
    assert form["change_reason"].value() == "why"
    assert inline.formset.forms[0]["read"].value() == "ideals"
    source.refresh_from_db()
    assert source.note == ""


def test_only_the_button_stores(client: Client, source: Source) -> None:
    make_event(source=source, quote="armistice in 1953", status=Status.DRAFT)
    address = look(client, source, raw=LATER)
    assert client.post(address, {"raw": LATER, "_save": ""}).status_code == 200
    assert SourceText.objects.get().raw == ARTICLE


def test_an_uploaded_text_is_kept_byte_for_byte(client: Client, source: Source) -> None:
    make_event(source=source, quote="armistice in 1953", status=Status.DRAFT)
    received = LATER.replace("\n", "\r\n") + "\r\n"
    address = look(client, source, upload=SimpleUploadedFile("a.txt", received.encode()))
    client.post(address, STORE)
    assert SourceText.objects.get().raw_sha256 == sha256(received)


def test_an_emendation_that_loses_a_quote_is_looked_at_too(client: Client, source: Source) -> None:
    claim = make_event(source=source, quote="armistice in 1953").claims.get()
    fields = {"find": "in 1953", "read": "in 1954", "reason": "misprint"}
    typed = {f"emendations-0-{name}": value for name, value in fields.items()}
    address = look(client, source, **typed)
    value = choices(client.get(address), claim)[0]
    client.post(address, STORE | choice(claim, value))
    claim.refresh_from_db()
    assert claim.quote == "armistice in 1954"
    assert source.emendations.count() == 1


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(
    client: Client, source: Source
) -> None:
    make_event(source=source, quote="armistice in 1953", status=Status.DRAFT)
    address = look(client, source, raw=LATER)
    texts.store_text(source, ARTICLE.replace("1911", "1912"), SPEC)
    response = client.post(address, STORE)
    assert "Nothing was saved: somebody else has saved this" in text_of(response)
    assert SourceText.objects.get().raw == ARTICLE.replace("1911", "1912")
    assert response.context["adminform"].form["raw"].value() == LATER


def test_the_look_is_its_editors_only(client: Client, source: Source) -> None:
    make_event(source=source, quote="armistice in 1953")
    address = look(client, source, raw=LATER)
    staff(client, "change_source", "view_source", "publish_source")
    assert client.get(address).status_code == 404
    assert client.post(address, STORE).status_code == 404


def test_the_look_wants_the_right_to_change_the_source(client: Client, source: Source) -> None:
    make_event(source=source, quote="armistice in 1953")
    address = look(client, source, raw=LATER)
    user = staff(client, "view_source")
    WaitingText.objects.update(editor=user)
    assert client.get(address).status_code == 403
    assert client.post(address, STORE | {"make_drafts": "on"}).status_code == 403
    assert SourceText.objects.get().raw == ARTICLE


def test_who_may_not_change_claims_is_offered_no_repair(client: Client, source: Source) -> None:
    claim = make_event(source=source, quote="armistice in 1953").claims.get()
    staff(client, "change_source", "view_source", "publish_source")
    address = look(client, source, raw=LATER)
    response = client.get(address)
    assert choices(response, claim) == []
    assert "they stay lost until an editor repairs them" in text_of(response)
    assert "You may not make all of them drafts" in text_of(response)
    client.post(address, STORE | choice(claim, "3:23:40") | {"make_drafts": "on"})
    assert SourceText.objects.get().raw == ARTICLE
    assert Event.objects.get().status == Status.PUBLISHED


def test_what_waits_too_long_goes(client: Client, source: Source) -> None:
    make_event(source=source, quote="armistice in 1953")
    look(client, source, raw=LATER)
    other = make_source(slug="other")
    make_event(source=other, quote="armistice in 1953")
    WaitingText.objects.update(waits_since="2020-01-01T00:00Z")
    look(client, other, raw=LATER)
    assert list(WaitingText.objects.values_list("source__slug", flat=True)) == ["other"]
    look(client, other, raw=LATER)
    assert WaitingText.objects.count() == 1


def test_stored_text_is_not_taken_for_markup(client: Client, source: Source) -> None:
    make_event("<b>Truce</b>", source=source, quote="armistice in 1953")
    new = LATER.replace("armistice in", "armistice <script>alert(1)</script> in")
    page = client.get(look(client, source, raw=new)).content.decode()
    assert "<script>alert" not in page
    assert "<b>Truce" not in page


def test_many_lost_quotes_are_shown_in_part_and_none_is_dropped(
    client: Client, source: Source
) -> None:
    event = make_event(source=source, quote="In 1911 Mongolia")
    for number in range(53):
        make_claim(event, source, "armistice in 1953", slug=f"claim-{number}")
    address = look(client, source, raw=LATER)
    text = text_of(client.get(address))
    assert "3 more are lost" in text
    client.post(address, STORE)
    assert Claim.objects.filter(lost=True).count() == 53
    page = client.get(lost_path(source))
    assert "53 quotes are lost" in text_of(page)
    assert page.content.decode().count('class="repair"') == 25


def test_the_look_takes_a_constant_number_of_queries(
    client: Client, source: Source, django_assert_max_num_queries: Any
) -> None:
    for _ in range(12):
        make_event(source=source, quote="armistice in 1953", status=Status.DRAFT)
        make_event(source=source, quote="shared ideology", status=Status.DRAFT)
    address = look(client, source, raw="First.\n\n" + LATER)
    with django_assert_max_num_queries(25):
        assert client.get(address).status_code == 200


def test_lost_quotes_of_a_source_are_repaired_together(client: Client, source: Source) -> None:
    claims = [
        make_event(source=source, quote=quote, status=Status.DRAFT).claims.get()
        for quote in ("armistice in 1953", "In 1911 Mongolia")
    ]
    new = LATER.replace("1911", "1912")
    texts.store_text(source, new, SPEC)
    page = client.get(lost_path(source))
    data = {"change_reason": "Quoted anew"}
    for claim in claims:
        data |= choice(claim, choices(page, claim)[0])
    response = client.post(lost_path(source), data, follow=True)
    assert "2 quotes repaired." in text_of(response)
    assert "None of its quotes is lost." in text_of(response)
    for claim in claims:
        claim.refresh_from_db()
    assert [claim.quote for claim in claims] == ["armistice in 1954", "In 1912 Mongolia"]
    (moment,) = {claim.history.latest().history_date for claim in claims}
    assert claims[0].history.latest().history_change_reason == "Quoted anew"
    assert moment


def test_a_forged_repair_on_the_list_changes_nothing(client: Client, source: Source) -> None:
    event = make_event(source=source, quote="armistice in 1953", status=Status.DRAFT)
    claim = event.claims.get()
    texts.store_text(source, LATER, SPEC)
    response = client.post(lost_path(source), choice(claim, "1:0:2"))
    assert "is not one of the available choices" in text_of(response)
    assert Claim.objects.get().lost


def test_the_list_of_lost_quotes_asks_for_permissions(client: Client, source: Source) -> None:
    event = make_event(source=source, quote="armistice in 1953", status=Status.DRAFT)
    texts.store_text(source, LATER, SPEC)
    staff(client, "view_source")
    claim = event.claims.get()
    assert choices(client.get(lost_path(source)), claim) == []
    client.post(lost_path(source), choice(claim, "3:23:40"))
    assert Claim.objects.get().lost
    client.logout()
    assert client.get(lost_path(source)).status_code == 302
    assert client.get("/admin/timeline/source/999/lost/").status_code == 302


def test_a_lost_claims_page_shows_its_likeliest_places(client: Client, source: Source) -> None:
    event = make_event(source=source, quote="armistice in 1953", status=Status.DRAFT)
    texts.store_text(source, LATER, SPEC)
    response = client.get(change_path(event.claims.get()))
    text = text_of(response)
    assert "It stood: The war ended in an armistice in 1953" in text
    assert "Paragraph 3: The war ended in an armistice in 1954" in text
    assert 'data-words="armistice in 1954"' in response.content.decode()


def test_the_history_of_a_source_tells_what_became_of_the_quotes(
    client: Client, source: Source
) -> None:
    claim = make_event(source=source, quote="armistice in 1953").claims.get()
    make_event(source=source, quote="shared ideology")
    make_event(source=source, quote="In 1911 Mongolia", status=Status.DRAFT)
    new = LATER.replace("They were", "They were all").replace("1911", "1912")
    address = look(client, source, raw=new)
    client.post(address, STORE | choice(claim, choices(client.get(address), claim)[0]))
    path = reverse("admin:timeline_source_history", args=[source.pk])
    text = text_of(client.get(path))
    assert "Quotes: 1 moved 1 given other words 1 lost" in text
