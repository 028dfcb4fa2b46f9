"""Forged forms: fields that no form has are not taken from any."""

from typing import Any

import pytest
from django.test import Client

from tests.admin_forms import change_path, editor, filled
from tests.builders import make_event, make_source
from timeline.models import Claim, Event
from timeline.revisions import revisions

pytestmark = pytest.mark.django_db

OF_EVENTS = {
    **dict.fromkeys(("earliest_start", "latest_start", "earliest_end", "latest_end"), "1"),
    "sort_date": "1",
    "qualified": "on",
    "id": "999",
    "pk": "999",
    "history_user": "1",
    "history_date_0": "1900-01-01",
    "history_change_reason": "forged",
}
OF_CLAIMS = {"lost": "on", "start": "0", "end": "1", "ordinal": "77", "id": "999"}


def test_an_event_takes_no_bounds_and_no_history_from_a_form(client: Client) -> None:
    user = editor(client)
    event = make_event(date="1948")
    before = Event.objects.values().get()
    path = change_path(event)
    assert client.post(path, filled(client, path) | OF_EVENTS).status_code == 302
    assert Event.objects.values().get() == before
    client.post(path, filled(client, path) | OF_EVENTS | {"title": "Another"})
    assert Event.objects.values().get() == before | {"title": "Another"}
    newest = revisions(event)[0]
    assert (str(newest.user), newest.reason) == (str(user), "")
    assert newest.moment.year > 2000


@pytest.mark.parametrize("inline", [True, False])
def test_a_claim_takes_no_position_and_no_loss_from_a_form(client: Client, inline: bool) -> None:
    editor(client)
    source = make_source()
    event = make_event(source=source, quote="They were based on shared ideology.", date="1948")
    claim = event.claims.get()
    before = Claim.objects.values().get()
    path = change_path(event if inline else claim)
    prefix = "claims-0-" if inline else ""
    forged: dict[str, Any] = {f"{prefix}{name}": value for name, value in OF_CLAIMS.items()}
    if inline:
        forged.pop("claims-0-id")  # which says whose form it is
    assert client.post(path, filled(client, path) | forged).status_code == 302
    after = Claim.objects.values().get()
    assert {**after, "ordinal": before["ordinal"]} == before


def test_the_form_of_one_event_takes_no_claim_of_another(client: Client) -> None:
    editor(client)
    source = make_source()
    event = make_event(source=source, quote="In 1911 Mongolia proclaimed its independence.")
    other = make_event(source=source, quote="The war ended in an armistice in 1953.")
    theirs = other.claims.get()
    path = change_path(event)
    data = filled(client, path) | {"claims-0-id": str(theirs.pk), "claims-0-note": "taken"}
    client.post(path, data)
    theirs.refresh_from_db()
    assert (theirs.event_id, theirs.note) == (other.pk, "")
