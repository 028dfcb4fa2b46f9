"""What contributors, editors and administrators may do, action by action."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client

from actors.models import Actor
from tests.admin_forms import (
    add_path,
    change_path,
    claim_data,
    errors_beside,
    event_data,
    filled,
    member,
)
from tests.builders import make_actor, make_claim, make_event, make_source
from timeline import history, index
from timeline.groups import GROUPS
from timeline.models import Claim, Event, Source, Status
from timeline.revisions import revisions

pytestmark = pytest.mark.django_db
everybody = pytest.mark.parametrize("group", ["contributor", "editor", "administrator"])
publishers = pytest.mark.parametrize(
    ("group", "allowed"), [("contributor", False), ("editor", True), ("administrator", True)]
)


def save(client: Client, obj: Event | Source | Actor | Claim, **changes: object) -> int:
    """The status of the answer to the changed form of ``obj``; 302 where it was saved."""
    path = change_path(obj)
    found = client.get(path)
    if found.status_code != 200 or not found.context["has_change_permission"]:
        return client.post(path, changes).status_code
    data = filled(client, path) | {name: str(value) for name, value in changes.items()}
    return client.post(path, data).status_code


@everybody
def test_everybody_writes_drafts(client: Client, group: str) -> None:
    source = make_source()
    member(client, group)
    typed = event_data(client) | claim_data(source, "The war ended in an armistice in 1953")
    assert client.post(add_path("timeline_event"), typed).status_code == 302
    event = Event.objects.get()
    assert (event.status, event.claims.count()) == (Status.DRAFT, 1)
    assert save(client, event, title="Another title", status=Status.REVIEW) == 302
    event.refresh_from_db()
    assert (event.title, event.status) == ("Another title", Status.REVIEW)


@publishers
def test_only_editors_publish_by_the_form(client: Client, group: str, allowed: bool) -> None:
    event = make_event(status=Status.REVIEW)
    member(client, group)
    save(client, event, status=Status.PUBLISHED)
    event.refresh_from_db()
    assert (event.status == Status.PUBLISHED) is allowed


@publishers
def test_only_editors_publish_from_the_list(client: Client, group: str, allowed: bool) -> None:
    event = make_event(status=Status.REVIEW)
    member(client, group)
    client.post("/admin/timeline/event/", {"action": "publish", "_selected_action": event.pk})
    event.refresh_from_db()
    assert (event.status == Status.PUBLISHED) is allowed


def published(model: str) -> Any:
    event = make_event(actors=[make_actor()])
    index.catch_up()
    things = {"event": event, "claim": event.claims.get(), "source": event.claims.get().source}
    return things.get(model) or Actor.objects.get()


CHANGES = {
    "event": {"title": "Something else"},
    "source": {"title": "Something else"},
    "claim": {"note": "Something else"},
    "actor": {"description": "Something else"},
}


@publishers
@pytest.mark.parametrize("model", CHANGES)
def test_only_editors_change_what_readers_see(
    client: Client, group: str, allowed: bool, model: str
) -> None:
    thing = published(model)
    member(client, group)
    assert (save(client, thing, **CHANGES[model]) == 302) is allowed
    thing.refresh_from_db()
    (field,) = CHANGES[model]
    assert (getattr(thing, field) == "Something else") is allowed


@publishers
@pytest.mark.parametrize("status", [Status.DRAFT, Status.REVIEW])
@pytest.mark.parametrize("action", ["return_to_draft", "submit"])
def test_only_editors_withdraw_an_entry(
    client: Client, group: str, allowed: bool, status: str, action: str
) -> None:
    event, other = make_event(), make_event()
    member(client, group)
    save(client, event, status=status)
    client.post("/admin/timeline/event/", {"action": action, "_selected_action": other.pk})
    assert Event.objects.published().count() == (0 if allowed else 2)


@publishers
def test_only_editors_add_a_quote_to_what_is_published(
    client: Client, group: str, allowed: bool
) -> None:
    event, source = make_event(), make_source()
    member(client, group)
    typed = filled(client, add_path("timeline_claim"))
    typed |= {"event": str(event.pk), "source": str(source.pk), "quote": "In 1911 Mongolia"}
    response = client.post(add_path("timeline_claim"), typed)
    assert (response.status_code == 302) is allowed
    assert event.claims.count() == (2 if allowed else 1)
    if not allowed:
        assert "This event is published" in str(errors_beside(response)["__all__"])


@publishers
@pytest.mark.parametrize("model", ["event", "source", "actor"])
def test_only_editors_delete(client: Client, group: str, allowed: bool, model: str) -> None:
    makers: dict[str, Callable[[], Event | Source | Actor]] = {
        "event": lambda: make_event(status=Status.DRAFT, cited=False),
        "source": lambda: make_source(status=Status.DRAFT),
        "actor": make_actor,
    }
    thing = makers[model]()
    member(client, group)
    path = change_path(thing).replace("/change/", "/delete/")
    assert (client.post(path, {"post": "yes"}).status_code == 302) is allowed
    assert type(thing).objects.filter(pk=thing.pk).exists() is not allowed


def test_a_contributor_deletes_a_quote_of_a_draft_and_no_other(client: Client) -> None:
    source = make_source()
    draft, shown = make_event(status=Status.DRAFT), make_event()
    claims = [make_claim(event, source, "shared ideology") for event in (draft, shown)]
    member(client, "contributor")
    for claim in claims:
        client.post(change_path(claim).replace("/change/", "/delete/"), {"post": "yes"})
    assert list(Claim.objects.filter(source=source)) == [claims[1]]


@publishers
def test_only_editors_go_back_to_a_state_that_was_public(
    client: Client, group: str, allowed: bool
) -> None:
    with history.act("Written and published"):
        event = make_event()
    moment = revisions(event)[-1].moment
    event.status = Status.DRAFT
    event.save()
    member(client, group)
    path = change_path(event).replace("/change/", f"/history/{moment:%Y%m%dT%H%M%S%f}/")
    assert (client.post(path).status_code == 302) is allowed
    assert Event.objects.published().exists() is allowed


@pytest.mark.parametrize(
    ("group", "allowed"), [("contributor", False), ("editor", False), ("administrator", True)]
)
def test_only_administrators_manage_users(client: Client, group: str, allowed: bool) -> None:
    user = member(client, group)
    assert (client.get("/admin/auth/user/").status_code == 200) is allowed
    assert (client.get(f"/admin/auth/user/{user.pk}/change/").status_code == 200) is allowed
    assert (client.get("/admin/auth/user/add/").status_code == 200) is allowed


@everybody
def test_every_list_of_the_knowledge_base_can_be_read(client: Client, group: str) -> None:
    make_event(actors=[make_actor()])
    member(client, group)
    for model in ("timeline/event", "timeline/claim", "timeline/source", "actors/actor"):
        assert client.get(f"/admin/{model}/").status_code == 200


def test_a_contributor_sees_what_is_published_and_no_button_to_save_it(client: Client) -> None:
    event = make_event(title="A treaty")
    member(client, "contributor")
    shown = client.get(change_path(event)).content.decode()
    assert "A treaty" in shown
    assert 'name="_save"' not in shown
    assert 'name="title"' not in shown
    assert "Readers see this, so only editors change it." in shown
    event.status = Status.DRAFT
    event.save()
    assert "only editors change it" not in client.get(change_path(event)).content.decode()


def test_an_actor_of_drafts_only_is_for_contributors(client: Client) -> None:
    actor = make_actor()
    make_event(status=Status.DRAFT, actors=[actor])
    index.catch_up()
    member(client, "contributor")
    assert save(client, actor, description="Who it is") == 302


def test_a_group_that_an_administrator_has_changed_stays_as_it_is() -> None:
    group = Group.objects.get(name="contributor")
    group.permissions.clear()
    Group.objects.get(name="editor").delete()
    call_command("migrate", verbosity=0)
    assert not group.permissions.exists()
    assert Group.objects.get(name="editor").permissions.count() == len(GROUPS["editor"])


def test_every_permission_of_a_group_exists() -> None:
    for name, wanted in GROUPS.items():
        user = User.objects.create_user(name)
        user.groups.set([Group.objects.get(name=name)])
        assert user.get_all_permissions() == wanted


def pressed(client: Client, event: Event, button: str, **changes: str) -> str:
    """The status after a button of the event's form."""
    path = change_path(event)
    client.post(path, filled(client, path) | changes | {button: "1"})
    event.refresh_from_db()
    return event.status


def test_buttons_save_and_choose_the_status_in_one_step(client: Client) -> None:
    event = make_event(status=Status.DRAFT)
    member(client, "editor")
    shown = client.get(change_path(event)).content.decode()
    assert "_submit" in shown
    assert "_publish" in shown
    assert "_withdraw" not in shown
    assert shown.index('name="_save"') < shown.index('name="_submit"')  # Enter presses the first
    assert pressed(client, event, "_submit") == Status.REVIEW
    assert pressed(client, event, "_publish", title="Published so") == Status.PUBLISHED
    assert event.title == "Published so"
    assert pressed(client, event, "_withdraw") == Status.DRAFT


def test_a_contributor_has_no_button_to_publish_and_forging_one_is_refused(client: Client) -> None:
    event = make_event(status=Status.DRAFT)
    member(client, "contributor")
    shown = client.get(change_path(event)).content.decode()
    assert "_submit" in shown
    assert "_publish" not in shown
    assert pressed(client, event, "_publish") == Status.DRAFT


def test_a_button_says_what_has_become_of_the_entry(client: Client) -> None:
    event = make_event(status=Status.DRAFT)
    member(client, "editor")
    path = change_path(event)
    answer = client.post(path, filled(client, path) | {"_submit": "1"}, follow=True)
    assert "It is in review now" in answer.content.decode()
    answer = client.post(path, filled(client, path) | {"_save": "1"}, follow=True)
    assert "It is in review now" not in answer.content.decode()
