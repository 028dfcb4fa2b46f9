"""With FOUR_EYES, a second person publishes; nobody what he was the last to change."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.admin_forms import change_path, claim_data, errors_beside, filled, member
from tests.builders import make_event, make_source
from timeline import history
from timeline.models import Event, Status
from timeline.revisions import last_author

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def four_eyes(settings: Any) -> None:
    settings.FOUR_EYES = True


def written_by(user: User, status: Status = Status.REVIEW) -> Event:
    with history.act("Written", user):
        return make_event(status=status)


def status_of(event: Event) -> str:
    event.refresh_from_db()
    return event.status


def by_the_form(client: Client, event: Event, **changes: str) -> dict[str, list[str]]:
    path = change_path(event)
    response = client.post(path, filled(client, path) | changes)
    return {} if response.status_code == 302 else errors_beside(response)


def from_the_list(client: Client, event: Event) -> None:
    client.post("/admin/timeline/event/", {"action": "publish", "_selected_action": event.pk})


def test_who_wrote_an_entry_does_not_publish_it(client: Client) -> None:
    event = written_by(member(client, "editor"))
    errors = by_the_form(client, event, status=Status.PUBLISHED)
    assert "You made the last change" in errors["status"][0]
    from_the_list(client, event)
    assert status_of(event) == Status.REVIEW


def test_somebody_else_publishes_it(client: Client) -> None:
    first = written_by(member(client, "editor", "first"))
    second = written_by(User.objects.get(username="first"))
    member(client, "editor", "second")
    assert not by_the_form(client, first, status=Status.PUBLISHED)
    from_the_list(client, second)
    assert (status_of(first), status_of(second)) == (Status.PUBLISHED, Status.PUBLISHED)


def test_nor_does_the_second_change_it_while_publishing(client: Client) -> None:
    event = written_by(member(client, "editor", "first"))
    member(client, "editor", "second")
    changed = {"status": Status.PUBLISHED, "title": "By the way"}
    assert "publishes what is stored" in by_the_form(client, event, **changed)["status"][0]
    assert status_of(event) == Status.REVIEW


def test_after_a_correction_the_first_may_publish(client: Client) -> None:
    first = member(client, "editor", "first")
    event = written_by(first)
    member(client, "editor", "second")
    assert not by_the_form(client, event, title="Corrected")
    assert "You made the last" in by_the_form(client, event, status=Status.PUBLISHED)["status"][0]
    client.force_login(first)
    assert not by_the_form(client, event, status=Status.PUBLISHED)
    assert status_of(event) == Status.PUBLISHED


@pytest.mark.parametrize("status", [Status.DRAFT, Status.REVIEW])
def test_to_submit_is_no_change_of_the_content(client: Client, status: Status) -> None:
    author = member(client, "editor", "first")
    event = written_by(author, Status.DRAFT)
    member(client, "editor", "second")
    by_the_form(client, event, status=status)
    assert last_author(event) == author.pk


def test_what_is_published_is_changed_in_review_only(client: Client) -> None:
    event = written_by(User.objects.create_user("author"), Status.PUBLISHED)
    member(client, "editor")
    assert by_the_form(client, event, title="Corrected")["status"]
    assert not by_the_form(client, event, title="Corrected", status=Status.REVIEW)
    assert status_of(event) == Status.REVIEW


def test_nor_are_its_quotes_and_actors(client: Client) -> None:
    source = make_source()
    event = written_by(User.objects.create_user("author"), Status.PUBLISHED)
    member(client, "editor")
    by_the_form(client, event, **claim_data(source, "shared ideology", 1))
    claim = event.claims.get()
    path = change_path(claim)
    assert client.post(path, filled(client, path) | {"note": "New"}).status_code == 200
    claim.refresh_from_db()
    assert (event.claims.count(), claim.note) == (1, "")


def test_a_new_entry_is_not_published_at_once(client: Client) -> None:
    member(client, "editor")
    data = filled(client, "/admin/timeline/event/add/")
    data |= {"title": "New", "kind": "war", "status": Status.PUBLISHED}
    data |= claim_data(make_source(), "shared ideology")
    assert client.post("/admin/timeline/event/add/", data).status_code == 200
    assert not Event.objects.exists()


def test_a_source_is_published_by_a_second_person_and_corrected_by_one(client: Client) -> None:
    first = member(client, "editor", "first")
    with history.act("Written", first):
        source = make_source(status=Status.REVIEW)
    path = change_path(source)
    refused = client.post(path, filled(client, path) | {"status": Status.PUBLISHED})
    assert "You made the last change" in errors_beside(refused)["status"][0]
    member(client, "editor", "second")
    assert client.post(path, filled(client, path) | {"status": "published"}).status_code == 302
    assert client.post(path, filled(client, path) | {"title": "Corrected"}).status_code == 302
    source.refresh_from_db()
    assert (source.status, source.title) == (Status.PUBLISHED, "Corrected")


def test_what_a_program_wrote_anybody_may_publish(client: Client) -> None:
    event = make_event(status=Status.DRAFT)
    member(client, "editor")
    assert not by_the_form(client, event, status=Status.PUBLISHED)
    assert status_of(event) == Status.PUBLISHED
