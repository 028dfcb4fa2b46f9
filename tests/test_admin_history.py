"""The history of an object in the admin, and its way back."""

import re

import pytest
from django.test import Client

from actors.models import Alias
from tests.admin_forms import change_path, editor, filled, staff, text_of
from tests.builders import make_actor, make_event
from timeline.history import act
from timeline.models import Event, Source, Status

pytestmark = pytest.mark.django_db


def history_path(obj: object) -> str:
    return change_path(obj).replace("/change/", "/history/")


def ways_back(client: Client, obj: object) -> list[str]:
    """The addresses of the buttons, the newest first."""
    page = client.get(history_path(obj)).content.decode()
    return re.findall(r'href="([^"]+/history/\d+T\d+/)"', page)


def retitled(title: str = "Wrong") -> Event:
    event = make_event("Right")
    event.title = title
    with act("Better"):
        event.save()
    return event


def test_the_history_tells_who_when_why_and_what(client: Client) -> None:
    editor(client)
    event = make_event("Right", status=Status.DRAFT)
    path = change_path(event)
    client.post(path, filled(client, path) | {"title": "New", "change_reason": "Clearer"})
    text = text_of(client.get(history_path(event)))
    assert "· editor “Clearer” Title Right → New This is the present state." in text
    assert "· a program" in text


def test_reverting_shows_what_will_change_and_asks_first(client: Client) -> None:
    editor(client)
    event = retitled()
    way = ways_back(client, event)[0]
    text = text_of(client.get(way))
    assert "Title Wrong → Right" in text
    assert Event.objects.get().title == "Wrong"
    assert "is as it was" in text_of(client.post(way, follow=True))
    assert Event.objects.get().title == "Right"
    assert "Reverted to the state of" in text_of(client.get(history_path(event)))


def test_a_state_that_breaks_a_rule_is_refused_with_the_reason(client: Client) -> None:
    editor(client)
    event = make_event("Right")
    with act("Withdrawn"):
        event.status = Status.DRAFT
        event.save()
    Source.objects.update(status=Status.DRAFT)
    way = ways_back(client, event)[-1]
    for answer in (client.get(way), client.post(way)):
        assert "cannot be brought back" in text_of(answer)
        assert "would quote no published source" in text_of(answer)
    assert Event.objects.get().status == Status.DRAFT


def test_an_actor_s_history_holds_its_names(client: Client) -> None:
    editor(client)
    actor = make_actor("Mongolia")
    with act("Names"):
        Alias.objects.create(actor=actor, name="MPR")
    assert "Alias “MPR” added" in text_of(client.get(history_path(actor)))


def test_sources_and_claims_have_histories(client: Client) -> None:
    editor(client)
    claim = make_event().claims.get()
    assert "Source text added" in text_of(client.get(history_path(claim.source)))
    assert "Claim added" in text_of(client.get(history_path(claim)))


def test_whoever_may_only_look_sees_the_history_and_cannot_revert(client: Client) -> None:
    editor(client)
    event = retitled()
    way, *_ = ways_back(client, event)
    staff(client, "view_event")
    assert ways_back(client, event) == []
    assert client.get(way).status_code == 403
    assert client.post(way).status_code == 403


def test_the_history_is_closed_to_whoever_may_not_look(client: Client) -> None:
    event = retitled()
    staff(client, "view_actor")
    assert client.get(history_path(event)).status_code == 403


@pytest.mark.parametrize("moment", ["20010101T000000000000", "yesterday", "²"])
def test_a_moment_that_is_no_act_is_not_found(client: Client, moment: str) -> None:
    editor(client)
    assert client.get(f"{history_path(retitled())}{moment}/").status_code == 404


def test_the_history_of_what_is_not_there_is_not_found(client: Client) -> None:
    editor(client)
    assert client.get("/admin/timeline/event/99999/history/").status_code == 404


def test_history_is_text_and_never_html(client: Client) -> None:
    editor(client)
    event = retitled("<script>alert(1)</script>")
    page = client.get(history_path(event)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in client.get(ways_back(client, event)[0]).content.decode()
