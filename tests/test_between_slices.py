"""What one slice of the editors' pages might let through that another guards."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.admin_forms import member
from tests.builders import make_actor, make_claim, make_event, make_source
from timeline import doubles, history
from timeline.admin.citing.proposals import MOST_READ, dates_in
from timeline.admin.moments import moment_text
from timeline.doubles import Asked
from timeline.models import Claim, Event, Status, Twofold
from timeline.revisions import undo

pytestmark = pytest.mark.django_db

TEXT = "Words that are quoted.\n\nOther words that are quoted.\n\nThe third words."


def latest(model: Any, **of: Any) -> Any:
    return model.history.filter(**of).latest("history_id").history_date


def twice_quoted(status: Status) -> tuple[Event, Claim, Claim]:
    source = make_source(TEXT)
    event = make_event(status=status, cited=False) if status != Status.PUBLISHED else None
    event = event or make_event(source=source, quote="Words that are quoted.")
    if event.claims.exists():
        first = event.claims.get()
    else:
        first = make_claim(event, source, "Words that are quoted.")
    return event, first, make_claim(event, source, "The third words.")


def drafted_by(user: User) -> tuple[Event, Claim, Any]:
    """An entry in review, its claim with a note that was there once; with the moment of that."""
    with history.act("Written", None):
        event, first, _second = twice_quoted(Status.REVIEW)
    with history.act("Noted", user):
        first.note = "Something that nobody else has seen"
        first.save()
    noted = latest(Claim, id=first.pk)
    return event, first, noted


# --- four eyes ---
def test_with_four_eyes_nobody_deletes_a_quote_that_readers_see(
    client: Client, settings: Any
) -> None:
    settings.FOUR_EYES = True
    event, first, _ = twice_quoted(Status.PUBLISHED)
    member(client, "editor")
    path = f"/admin/timeline/claim/{first.pk}/delete/"
    client.post(path, {"post": "yes"})
    assert event.claims.count() == 2
    client.post(
        "/admin/timeline/claim/",
        {"action": "delete_selected", "_selected_action": first.pk, "post": "yes"},
    )
    assert event.claims.count() == 2


def test_with_four_eyes_nobody_brings_a_quote_back_to_what_readers_see(
    client: Client, settings: Any
) -> None:
    settings.FOUR_EYES = True
    event, first, _ = twice_quoted(Status.REVIEW)
    key = first.pk
    first.delete()
    event.status = Status.PUBLISHED
    event.save()
    member(client, "editor")
    client.post(f"/admin/timeline/claim/deleted/{key}/", {})
    assert event.claims.count() == 1


def test_with_four_eyes_a_quote_that_readers_see_is_not_reverted(
    client: Client, settings: Any
) -> None:
    settings.FOUR_EYES = True
    user = member(client, "editor")
    event, first, noted = drafted_by(user)
    with history.act("", user):
        first.note = ""
        first.save()
    with history.act("", None):
        event.status = Status.PUBLISHED
        event.save()
    answer = client.post(f"/admin/timeline/claim/{first.pk}/history/{moment_text(noted)}/", {})
    first.refresh_from_db()
    assert first.note == "", answer.status_code


def test_with_four_eyes_an_undo_shows_readers_nothing_that_was_never_published(
    client: Client, settings: Any
) -> None:
    settings.FOUR_EYES = True
    user = member(client, "editor")
    event, first, _noted = drafted_by(user)
    with history.act("", user):
        first.note = ""
        first.save()
    taken = latest(Claim, id=first.pk)
    with history.act("", None):
        event.status = Status.PUBLISHED
        event.save()
    answer = client.post(f"/admin/acts/{moment_text(taken)}/undo/", {})
    first.refresh_from_db()
    assert first.note == "", answer.status_code


def test_with_four_eyes_what_was_published_comes_back_in_review(
    client: Client, settings: Any
) -> None:
    """Republishing alone: meant?"""
    settings.FOUR_EYES = True
    event, _first, _ = twice_quoted(Status.PUBLISHED)
    then = latest(Claim, event_id=event.pk)
    user = member(client, "editor")
    with history.act("", user):
        event.status = Status.DRAFT
        event.title = "Other"
        event.save()
    client.post(f"/admin/timeline/event/{event.pk}/history/{moment_text(then)}/", {})
    event.refresh_from_db()
    assert event.status == Status.REVIEW


# --- merges and their undoing by the other pages ---
def merged(kept_status: Status, gone_status: Status) -> tuple[Event, int, Claim]:
    source = make_source(TEXT)
    kept = make_event("Kept", status=kept_status, source=source, quote="Words that are quoted.")
    gone = make_event("Gone", status=gone_status, source=source, quote="The third words.")
    key, claim = gone.pk, gone.claims.get()
    doubles.merge(Asked(Twofold.EVENT, kept.pk, gone.pk))
    return kept, key, claim


def test_a_contributor_takes_no_quotes_from_what_is_published_by_bringing_back(
    client: Client,
) -> None:
    kept, gone, claim = merged(Status.PUBLISHED, Status.DRAFT)
    kept.claims.exclude(pk=claim.pk).get().delete()
    member(client, "contributor")
    answer = client.post(f"/admin/timeline/event/deleted/{gone}/", {})
    claim.refresh_from_db()
    assert claim.event_id == kept.pk, answer.status_code
    assert not Event.objects.uncited().filter(pk=kept.pk).exists()


def test_what_was_merged_does_not_come_back_without_undoing_the_merge(client: Client) -> None:
    kept, gone, claim = merged(Status.PUBLISHED, Status.DRAFT)
    kept.claims.exclude(pk=claim.pk).get().delete()
    member(client, "editor")
    client.post(f"/admin/timeline/event/deleted/{gone}/", {})
    assert not Event.objects.uncited().filter(pk=kept.pk).exists()


def test_a_claim_is_not_reverted_into_another_entry(client: Client) -> None:
    kept, _gone, claim = merged(Status.PUBLISHED, Status.DRAFT)
    then = latest(Claim, id=claim.pk)
    undo(then)
    claim.refresh_from_db()
    assert claim.event_id != kept.pk
    member(client, "contributor")
    answer = client.post(f"/admin/timeline/claim/{claim.pk}/history/{moment_text(then)}/", {})
    claim.refresh_from_db()
    assert claim.event_id != kept.pk, answer.status_code


def test_a_reverted_entry_takes_no_quotes_of_others(client: Client) -> None:
    """Kept reverted to a moment when it had a claim that is another's now."""
    kept, _gone, claim = merged(Status.DRAFT, Status.PUBLISHED)
    then = latest(Claim, id=claim.pk)
    kept.refresh_from_db()
    undo(then)
    claim.refresh_from_db()
    assert claim.event.status == Status.PUBLISHED
    member(client, "contributor")
    client.post(f"/admin/timeline/event/{kept.pk}/history/{moment_text(then)}/", {})
    claim.refresh_from_db()
    assert claim.event.status == Status.PUBLISHED
    assert not Event.objects.uncited().exists()


# --- drafts and readers ---
def test_a_withdrawn_actor_is_told_by_what_readers_saw(client: Client) -> None:
    actor = make_actor("Known name", slug="known")
    event = make_event(actors=[actor])
    event.status = Status.DRAFT
    event.save()
    actor.name, actor.slug = "Unseen name", "unseen"
    actor.save()
    assert client.get("/actors/unseen/").status_code == 404
    answer = client.get("/actors/known/")
    assert answer.status_code == 410
    assert "Known name" in answer.content.decode()
    assert "Unseen name" not in answer.content.decode()


def test_an_address_that_no_reader_knew_leads_nowhere(client: Client) -> None:
    actor = make_actor("First unseen name", slug="first")
    actor.name, actor.slug = "Known name", "known"
    actor.save()
    event = make_event(actors=[actor])
    assert client.get("/actors/known/").status_code == 200
    assert client.get("/actors/first/").status_code == 404
    event.status = Status.DRAFT
    event.save()
    assert client.get("/actors/first/").status_code == 404


def test_readers_do_not_learn_what_draft_was_merged(client: Client) -> None:
    _kept, _gone, _claim = merged(Status.PUBLISHED, Status.DRAFT)
    for path in ("/changes/", "/changes.atom", f"/events/{_kept.slug}/"):
        answer = client.get(path)
        assert answer.status_code in (200, 404), path
        assert "Gone" not in answer.content.decode(), path


def test_a_quote_of_nothing_but_years_is_not_read_to_its_end() -> None:
    """One request of a contributor kept a process busy for half a minute."""
    assert [one.words for one in dates_in(f"In 1948 {'x ' * MOST_READ}in 1950")] == ["1948"]
