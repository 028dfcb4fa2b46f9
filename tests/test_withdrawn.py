"""What an address answers once nothing is public there: where it went, or that it was withdrawn."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actors.models import Actor
from tests.admin_forms import text_of
from tests.builders import make_actor, make_claim, make_event, make_source
from tests.public import HIDDEN, SECRET, make_base
from timeline import history
from timeline.models import Claim, Event, Merge, Participation, Source, Status

pytestmark = pytest.mark.django_db


def change(thing: Any, reason: str = "", **fields: Any) -> history.Act:
    with history.act(reason) as act:
        for name, value in fields.items():
            setattr(thing, name, value)
        thing.save()
    return act


def delete(thing: Any, reason: str = "") -> None:
    with history.act(reason):
        thing.delete()


def merge(gone: Any, kept: Any) -> Merge:
    """What merging does to the two, as far as addresses go."""
    kind = "event" if isinstance(gone, Event) else "actor"
    with history.act("Double") as act:
        row = Merge.objects.create(
            kind=kind, slug=gone.slug, gone=gone.pk, kept=kept.pk, moment=act.moment
        )
        if isinstance(gone, Actor):
            for part in Participation.objects.filter(actor=gone):
                part.actor = kept
                part.save()
        gone.delete()
    return row


def status(client: Client, path: str) -> int:
    return client.get(path).status_code


def led_to(client: Client, path: str) -> str:
    """Where a redirect for good leads."""
    answer = client.get(path)
    assert answer.status_code == 301, (path, answer.status_code)
    assert answer.headers["Cache-Control"] == "no-cache"
    return answer.headers["Location"]


def test_an_entry_that_readers_saw_is_gone_and_says_since_when_and_why(client: Client) -> None:
    event = make_event("Truce", slug="truce")
    act = change(event, "It was an armistice", status=Status.DRAFT)
    answer = client.get("/events/truce/")
    assert answer.status_code == 410
    assert answer.headers["Cache-Control"] == "no-cache"  # or a browser never asks again
    text = text_of(answer)
    assert "The entry “ Truce ” was withdrawn on " in text
    assert f'<time datetime="{act.moment.isoformat()}">' in answer.content.decode()
    assert "The reason given: It was an armistice" in text
    assert 'name="robots" content="noindex"' in answer.content.decode()


@pytest.mark.parametrize("way", ["draft", "review", "deleted"])
def test_however_it_was_withdrawn_it_is_gone_until_it_is_back(client: Client, way: str) -> None:
    event = make_event("Truce", slug="truce")
    if way == "deleted":
        delete(event)
    else:
        change(event, status=way)
    assert status(client, "/events/truce/") == 410
    if way != "deleted":
        change(event, status=Status.PUBLISHED)
        assert status(client, "/events/truce/") == 200


def test_a_withdrawal_without_a_reason_gives_none(client: Client) -> None:
    delete(make_event("Truce", slug="truce"))
    assert "reason" not in text_of(client.get("/events/truce/"))


def test_what_was_never_public_is_not_found(client: Client) -> None:
    event = make_event(SECRET, slug="secret", status=Status.DRAFT)
    for fields in ({"status": Status.REVIEW}, {"slug": "other"}, {"slug": "secret"}):
        change(event, **fields)
        assert status(client, "/events/secret/") == 404
        assert status(client, "/events/other/") == 404
    delete(event)
    assert status(client, "/events/secret/") == 404


def test_what_was_public_only_within_one_act_has_been_seen_by_nobody(client: Client) -> None:
    with history.act("Import"):
        event = make_event("Truce", slug="truce")
        event.status = Status.DRAFT
        event.save()
    assert status(client, "/events/truce/") == 404


def test_nothing_of_drafts_leaks(client: Client) -> None:
    event = make_event("Truce", slug="truce")
    change(event, "Doubtful", status=Status.DRAFT)
    change(event, f"{SECRET} reason", title=f"{SECRET} title", slug="secret")
    answer = client.get("/events/truce/")
    assert answer.status_code == 410
    assert SECRET not in answer.content.decode()
    assert status(client, "/events/secret/") == 404
    delete(event, SECRET)
    assert "Doubtful" in text_of(client.get("/events/truce/"))
    assert SECRET not in client.get("/events/truce/").content.decode()


def test_drafts_of_all_kinds_stay_not_found(client: Client) -> None:
    make_base()
    assert [path for path in HIDDEN if path.startswith(("/events", "/actors", "/sources"))]
    for path in HIDDEN:
        if not path.startswith("/?"):
            assert status(client, path) == 404, path


def test_a_renamed_entry_is_found_at_its_new_address(client: Client) -> None:
    event = make_event("Truce", slug="truce")
    change(event, slug="armistice")
    change(event, slug="armistice-of-1953")
    for old in ("truce", "armistice"):
        assert led_to(client, f"/events/{old}/?x=1") == "/events/armistice-of-1953/?x=1"
    change(event, "Doubtful", status=Status.DRAFT)
    assert status(client, "/events/truce/") == 410
    assert status(client, "/events/armistice-of-1953/") == 410


def test_an_id_that_another_entry_has_now_leads_to_that_one(client: Client) -> None:
    change(make_event("Truce", slug="truce"), slug="armistice")
    make_event("Another truce", slug="truce")
    assert status(client, "/events/truce/") == 200


def test_a_draft_that_has_the_id_now_hides_nothing(client: Client) -> None:
    change(make_event("Truce", slug="truce"), slug="armistice")
    make_event(SECRET, slug="truce", status=Status.DRAFT)
    assert led_to(client, "/events/truce/") == "/events/armistice/"


def test_a_new_address_that_is_no_more_than_a_draft_is_not_told(client: Client) -> None:
    event = make_event("Truce", slug="truce")
    change(event, status=Status.DRAFT, slug="secret")
    answer = client.get("/events/truce/")
    assert answer.status_code == 410
    assert "secret" not in answer.content.decode()


def test_what_was_merged_leads_to_what_was_kept_through_all_merges(client: Client) -> None:
    first, second, third = (make_event(slug=slug) for slug in ("one", "two", "three"))
    change(first, slug="one-renamed")
    merge(first, second)
    assert led_to(client, "/events/one/") == "/events/two/"
    assert led_to(client, "/events/one-renamed/") == "/events/two/"
    merge(second, third)
    assert led_to(client, "/events/one/") == "/events/three/"
    assert led_to(client, "/events/two/") == "/events/three/"


def test_a_merge_that_was_undone_leads_nowhere(client: Client) -> None:
    first, second = make_event(slug="one"), make_event(slug="two")
    row = merge(first, second)
    row.undone = row.moment
    row.save()
    assert status(client, "/events/one/") == 410


def test_a_merge_into_a_draft_is_a_withdrawal(client: Client) -> None:
    merge(make_event(slug="one"), make_event(slug="two", status=Status.DRAFT))
    assert status(client, "/events/one/") == 410


def test_a_merged_draft_is_not_found(client: Client) -> None:
    merge(make_event(slug="secret", status=Status.DRAFT), make_event(slug="two"))
    assert status(client, "/events/secret/") == 404


def test_merges_in_a_circle_end(client: Client) -> None:
    first, second = make_event(slug="one"), make_event(slug="two")
    keys = first.pk, second.pk
    row = merge(first, second)
    Merge.objects.create(kind="event", slug="two", gone=keys[1], kept=keys[0], moment=row.moment)
    delete(second)
    assert status(client, "/events/one/") == 410


def test_sources_and_their_texts_do_the_same(client: Client) -> None:
    source = make_source("Words.", slug="paper", title="A paper")
    change(source, slug="article")
    assert led_to(client, "/sources/paper/?show=corrections") == (
        "/sources/article/?show=corrections"
    )
    assert led_to(client, "/sources/paper/received.txt") == "/sources/article/received.txt"
    change(source, "Retracted", status=Status.DRAFT)
    for path in ("/sources/article/", "/sources/paper/", "/sources/article/received.txt"):
        answer = client.get(path)
        assert answer.status_code == 410
        assert "The source “ A paper ” was withdrawn on" in text_of(answer)
        assert "Retracted" in text_of(answer)
    delete(source)
    assert status(client, "/sources/article/received.txt") == 410
    make_source("Words.", slug="secret", status=Status.DRAFT).delete()
    assert status(client, "/sources/secret/") == 404


def test_an_actor_of_withdrawn_entries_is_gone_with_the_last_of_them(client: Client) -> None:
    actor = make_actor("DPRK", slug="dprk")
    first, second = make_event(actors=[actor]), make_event(actors=[actor])
    change(first, "One", status=Status.DRAFT)
    assert status(client, "/actors/dprk/") == 200
    change(second, "Both", status=Status.DRAFT)
    answer = client.get("/actors/dprk/")
    assert answer.status_code == 410
    assert "“ DPRK ” has not been named here since" in text_of(answer)
    assert "Both" in text_of(answer)


def test_an_actor_that_was_taken_out_renamed_or_merged(client: Client) -> None:
    actor, other = make_actor("DPRK", slug="dprk"), make_actor("NK", slug="nk")
    make_event(actors=[actor, other])
    change(actor, slug="north-korea")
    assert led_to(client, "/actors/dprk/") == "/actors/north-korea/"
    Participation.objects.filter(actor=other).delete()
    assert status(client, "/actors/nk/") == 410
    merge(other, actor)
    assert led_to(client, "/actors/nk/") == "/actors/north-korea/"


def test_an_actor_of_drafts_only_is_not_found(client: Client) -> None:
    actor = make_actor("DPRK", slug="dprk")
    event = make_event(status=Status.DRAFT, actors=[actor])
    part = event.participations.get()
    with history.act(""):
        part.delete()
    change(event, status=Status.PUBLISHED)  # without it
    delete(actor)
    assert status(client, "/actors/dprk/") == 404


def test_an_actor_whose_words_were_quoted_is_gone_with_the_quote(client: Client) -> None:
    speaker = make_actor("Speaker", slug="speaker")
    event = make_event()
    source = make_source("He said so.", slug="said")
    claim = make_claim(event, source, "said so", attributed_to=speaker)
    assert status(client, "/actors/speaker/") == 200
    change(source, "Retracted", status=Status.DRAFT)
    answer = client.get("/actors/speaker/")
    assert answer.status_code == 410
    assert "Retracted" in text_of(answer)
    assert Claim.objects.filter(pk=claim.pk).exists()


def test_the_number_of_queries_does_not_grow(client: Client) -> None:
    def asked(path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        return len(queries)

    actor = make_actor(slug="dprk")
    event = make_event(slug="truce", actors=[actor])
    change(event, status=Status.DRAFT)
    few = asked("/events/truce/"), asked("/actors/dprk/")
    for number in range(6):
        change(event, title=f"Title {number}")
        change(make_event(actors=[actor]), status=Status.DRAFT)
    assert (asked("/events/truce/"), asked("/actors/dprk/")) == few


def test_titles_and_reasons_are_never_markup(client: Client) -> None:
    delete(make_event("<script>alert(1)</script>", slug="truce"), "<b>bold</b>")
    page = client.get("/events/truce/").content.decode()
    assert "<script>alert" not in page
    assert "<b>bold" not in page


def test_only_reading_is_answered(client: Client) -> None:
    delete(make_event(slug="truce"))
    assert client.post("/events/truce/").status_code == 405
    assert client.head("/events/truce/").status_code == 410
    assert Source.objects.exists()
