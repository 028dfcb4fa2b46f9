"""Who may merge what, and undo it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from actors.models import Actor
from tests.admin_forms import editor, member, staff, text_of
from tests.builders import make_actor, make_claim, make_event, make_source
from tests.doubles import (
    ACTOR_RIGHTS,
    ACTORS,
    EVENT_RIGHTS,
    EVENTS,
    MERGES,
    allowed,
    chosen,
    make_double,
    path_of,
)
from timeline import doubles, index
from timeline.models import Distinct, Event, Status

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("missing", sorted(EVENT_RIGHTS - {"view_event"}))
def test_entries_are_merged_with_every_permission_and_with_none_missing(
    client: Client, missing: str
) -> None:
    one, other = make_double()
    editor(client)
    data = chosen(client, one, other)
    allowed(client, EVENT_RIGHTS - {missing})
    page = client.get(path_of(one, other))
    assert "Show the result" not in text_of(page)
    assert client.post(path_of(one, other), data).status_code == 403
    assert Event.objects.count() == 2
    allowed(client, EVENT_RIGHTS)
    assert client.post(path_of(one, other), data).status_code == 302
    assert Event.objects.count() == 1


@pytest.mark.parametrize("missing", sorted(ACTOR_RIGHTS - {"view_actor"}))
def test_actors_are_merged_with_every_permission_and_with_none_missing(
    client: Client, missing: str
) -> None:
    one, other = make_actor("One"), make_actor("Other")
    make_event(actors=[one, other])
    index.catch_up()
    editor(client)
    data = chosen(client, one, other)
    allowed(client, ACTOR_RIGHTS - {missing})
    assert client.post(path_of(one, other), data).status_code == 403
    assert Actor.objects.count() == 2
    allowed(client, ACTOR_RIGHTS)
    assert client.post(path_of(one, other), data).status_code == 302


def test_drafts_are_merged_without_publishing(client: Client) -> None:
    one, other = make_double(status=Status.DRAFT)
    editor(client)
    data = chosen(client, one, other)
    allowed(client, EVENT_RIGHTS - {"publish_event"})
    assert client.post(path_of(one, other), data).status_code == 302


def test_a_contributor_merges_nothing_not_even_drafts(client: Client) -> None:
    one, other = make_double(status=Status.DRAFT)
    editor(client)
    data = chosen(client, one, other)
    member(client, "contributor")
    assert "Merge…" not in text_of(client.get("/admin/timeline/event/"))
    assert client.post(path_of(one, other), data).status_code == 403
    assert client.get(EVENTS).status_code == 200
    member(client, "editor", "another")
    assert client.post(path_of(one, other), data).status_code == 302


def test_a_contributor_says_nothing_of_published_entries(client: Client) -> None:
    one, other = make_double()
    member(client, "contributor")
    keys = {"one": one.pk, "other": other.pk, "say": "apart"}
    assert client.post(EVENTS, keys).status_code == 403
    assert not Distinct.objects.exists()


@pytest.mark.parametrize("path", [EVENTS, ACTORS, MERGES, "/admin/doubles/event/1/2/"])
def test_the_pages_are_for_editors_only(client: Client, path: str) -> None:
    assert client.get(path).status_code == 302
    staff(client)
    assert client.get(path).status_code == 403


def test_whoever_may_only_look_compares_and_changes_nothing(client: Client) -> None:
    one, other = make_double()
    staff(client, "view_event")
    assert one.title in text_of(client.get(EVENTS))
    assert "Show the result" not in text_of(client.get(path_of(one, other)))
    assert client.post(EVENTS, {"one": one.pk, "other": other.pk}).status_code == 403


def test_with_four_eyes_nobody_changes_what_is_published_by_merging(
    client: Client, settings: Any
) -> None:
    settings.FOUR_EYES = True
    editor(client)
    one, other = make_double()
    answer = client.post(path_of(one, other), chosen(client, one, other))
    assert "Here a second person publishes" in text_of(answer)
    assert Event.objects.count() == 2


def test_a_draft_that_nobody_published_quotes_is_not_published_by_its_double(
    client: Client,
) -> None:
    editor(client)
    draft = make_source("Words of a draft.", status=Status.DRAFT)
    one = make_event(cited=False)
    other = make_event(cited=False, status=Status.DRAFT)
    make_claim(other, draft, "Words")
    answer = client.post(path_of(one, other), chosen(client, one, other))
    assert "needs at least one quote" in text_of(answer)
    assert Event.objects.count() == 2


@pytest.mark.parametrize("missing", ["add_event", "delete_event", "publish_event", "add_claim"])
def test_a_merge_is_undone_with_every_permission_and_with_none_missing(
    client: Client, missing: str
) -> None:
    one, other = make_double()
    done = doubles.merge(doubles.Asked("event", one.pk, other.pk))
    undoing = reverse("admin:doubles_undo", args=[done.pk])
    all_of_them = EVENT_RIGHTS | {"add_event", "add_claim", "add_participation"}
    allowed(client, all_of_them - {missing})
    assert client.get(undoing).status_code == 403
    assert client.post(undoing).status_code == 403
    assert Event.objects.count() == 1
    allowed(client, all_of_them)
    assert client.post(undoing).status_code == 302
    assert Event.objects.count() == 2


def test_a_contributor_undoes_no_merge_and_an_editor_does(client: Client) -> None:
    one, other = make_double()
    done = doubles.merge(doubles.Asked("event", one.pk, other.pk))
    undoing = reverse("admin:doubles_undo", args=[done.pk])
    member(client, "contributor")
    assert client.post(undoing).status_code == 403
    assert undoing not in client.get(MERGES).content.decode()
    member(client, "editor", "another")
    assert client.post(undoing).status_code == 302
