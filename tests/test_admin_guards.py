"""What somebody with few rights or bad intent cannot do in the admin."""

import pytest
from django.test import Client

from tests.admin_forms import add_path, change_path, editor, errors_beside, filled, staff
from tests.builders import make_actor, make_event, make_source
from timeline.models import Claim, Event, Participation, Source, Status
from timeline.revisions import revisions

pytestmark = pytest.mark.django_db
FORGED = {"claims-TOTAL_FORMS": "0", "claims-INITIAL_FORMS": "0"}


def test_a_forged_form_of_claims_does_not_publish_an_event_without_a_quote(client: Client) -> None:
    event = make_event(status=Status.DRAFT, cited=False)
    staff(client, "change_event", "publish_event")
    path = change_path(event)
    response = client.post(path, filled(client, path) | FORGED | {"status": Status.PUBLISHED})
    assert "needs at least one quote" in errors_beside(response)["status"][0]
    assert not Event.objects.published().exists()


def test_nor_does_it_add_a_published_one(client: Client) -> None:
    staff(client, "add_event", "publish_event")
    typed = filled(client, add_path("timeline_event")) | FORGED
    typed |= {"title": "New", "slug": "new", "kind": "war", "status": Status.PUBLISHED}
    response = client.post(add_path("timeline_event"), typed)
    assert "needs at least one quote" in errors_beside(response)["status"][0]
    assert not Event.objects.exists()


def reverting(event: Event) -> str:
    """The address that reverts ``event`` to its first state."""
    moment = revisions(event)[-1].moment
    return change_path(event).replace("/change/", f"/history/{moment:%Y%m%dT%H%M%S%f}/")


def test_a_revert_needs_the_rights_that_its_changes_need(client: Client) -> None:
    source = make_source()
    event = make_event(source=source, quote="In 1911")
    before = Claim.objects.get().pk
    rights = ("change_event", "publish_event", "change_claim", "change_participation", "view_claim")
    staff(client, *rights)
    assert client.post(reverting(event)).status_code == 403
    assert Claim.objects.get().pk == before
    assert b"Revert" not in client.get(change_path(event).replace("/change/", "/history/")).content


def test_somebody_with_all_rights_to_an_event_and_its_parts_may_revert(client: Client) -> None:
    editor(client)
    actor = make_actor()
    event = make_event(actors=[actor])
    path = change_path(event)
    client.post(path, filled(client, path) | {"title": "Changed"})
    client.logout()
    rights = [
        f"{verb}_{model}"
        for verb in ("add", "change", "delete")
        for model in ("event", "claim", "participation")
    ]
    staff(client, "publish_event", *rights)
    moment = revisions(event)[1].moment
    address = path.replace("/change/", f"/history/{moment:%Y%m%dT%H%M%S%f}/")
    assert client.post(address).status_code == 302
    event.refresh_from_db()
    assert event.title != "Changed"
    assert Participation.objects.get().actor == actor


@pytest.mark.parametrize("source", ["9" * 30, "9" * 4400, "-1", "x", "1 OR 1", "٢"])
def test_a_number_that_no_source_has_breaks_no_search_for_passages(
    client: Client, source: str
) -> None:
    make_source()
    editor(client)
    response = client.get(
        "/admin/autocomplete/",
        {
            "app_label": "timeline",
            "model_name": "claim",
            "field_name": "passage",
            "term": "a",
            "source": source,
        },
    )
    assert response.status_code == 200


def test_an_address_that_is_no_web_address_is_no_link(client: Client) -> None:
    source = make_source()
    Source.objects.filter(pk=source.pk).update(url="javascript:alert(1)")
    event = make_event(source=source, quote="In 1911 Mongolia proclaimed its independence.")
    for page in (source, event):
        assert b"javascript:" not in client.get(page.get_absolute_url()).content
