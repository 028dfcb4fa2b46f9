"""Who may give, see, choose from and carry out an import."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests.admin_forms import editor, member, staff, text_of
from tests.proposals import (
    ADD,
    CHRONOLOGY,
    LIST,
    carry_out,
    choose,
    give,
    preview,
    url,
)
from tests.seeds import ACTORS, EVENTS, import_folders, source, write_seed
from timeline.models import Event, SeedImport
from timeline.seeds import proposing

pytestmark = pytest.mark.django_db
DRAFTS = (
    source().replace("type =", 'status = "draft"\ntype =')
    + ACTORS
    + EVENTS.replace("[[event]]\n", '[[event]]\nstatus = "draft"\n')
)


def test_a_contributor_gives_and_chooses_and_does_not_carry_out(client: Client) -> None:
    member(client, "contributor")
    proposal = give(client)
    choose(client, proposal, {"actor:dprk": "leave", "event:relations": "leave"})
    page = text_of(preview(client, proposal))
    assert "Somebody who may carry out imports can do so on this page." in page
    seen = proposing.fingerprint(SeedImport.objects.get())
    assert client.post(url(proposal, "apply"), {"seen": seen}).status_code == 403
    assert not Event.objects.exists()
    member(client, "editor")
    carry_out(client, proposal)
    assert Event.objects.get().slug == "armistice"


def test_a_contributor_does_not_choose_for_others(client: Client) -> None:
    member(client, "editor")
    proposal = give(client)
    member(client, "contributor")
    assert "choice-" not in client.get(url(proposal)).content.decode()
    assert client.post(url(proposal), {"go": "discard"}).status_code == 403


@pytest.mark.parametrize("view", ["add", "list", "change", "preview", "apply"])
def test_who_has_nothing_to_do_with_imports_sees_none(client: Client, view: str) -> None:
    member(client, "editor")
    proposal = give(client)
    staff(client, "view_event", "change_event")
    address = {"add": ADD, "list": LIST}.get(view) or url(proposal, view)
    answer = client.post(address) if view == "apply" else client.get(address)
    assert answer.status_code == 403


@pytest.mark.parametrize("view", ["add", "list", "change", "preview", "apply"])
def test_nobody_sees_imports_without_having_logged_in(client: Client, view: str) -> None:
    editor(client)
    proposal = give(client)
    client.logout()
    address = {"add": ADD, "list": LIST}.get(view) or url(proposal, view)
    answer = client.post(address) if view == "apply" else client.get(address)
    assert answer.status_code == 302
    assert "/login/" in answer["Location"]


def test_who_only_looks_cannot_choose(client: Client) -> None:
    editor(client)
    proposal = give(client)
    staff(client, "view_seedimport")
    assert "choice-" not in client.get(url(proposal)).content.decode()
    assert client.post(url(proposal), {"go": "save"}).status_code == 403
    assert client.get(ADD).status_code == 403


APPLY = ("view_seedimport", "add_seedimport", "apply_seedimport")


@pytest.mark.parametrize(
    ("chronology", "lacking"),
    [
        (DRAFTS, set()),
        (CHRONOLOGY, {"timeline.publish_event", "timeline.publish_source", "actors.publish_actor"}),
        (DRAFTS.replace('status = "draft"\ntype', "type"), {"timeline.publish_source"}),
    ],
)
def test_what_readers_will_see_needs_the_permission_to_publish_it(
    client: Client, chronology: str, lacking: set[str]
) -> None:
    staff(client, *APPLY)
    proposal = give(client, chronology)
    response = preview(client, proposal)
    assert set(response.context["lacking"]) == lacking
    answer = carry_out(client, proposal, seen=proposing.fingerprint(proposal))
    assert answer.status_code == (403 if lacking else 200)
    assert Event.objects.exists() is not bool(lacking)
    assert SeedImport.objects.get().state == ("planned" if lacking else "applied")


@pytest.mark.parametrize(
    ("old", "new", "lacking"),
    [
        ("The war ends", "A truce", {"timeline.publish_event"}),
        ("armistice in 1953", "an armistice in 1953", {"timeline.publish_event"}),
        ('"DPRK"', '"North Korea"', {"actors.publish_actor"}),
        ("An article called", "The article called", {"timeline.publish_source"}),
        ('id = "armistice"\n', 'id = "armistice"\nstatus = "draft"\n', {"timeline.publish_event"}),
    ],
)
def test_what_readers_see_is_changed_by_those_who_may_publish_it(
    client: Client, tmp_path: Path, old: str, new: str, lacking: set[str]
) -> None:
    import_folders(write_seed(tmp_path), verbosity=0)
    staff(client, *APPLY)
    proposal = give(client, CHRONOLOGY.replace(old, new))
    assert set(preview(client, proposal).context["lacking"]) == lacking


def test_who_may_not_delete_does_not_delete_by_an_import(client: Client, tmp_path: Path) -> None:
    import_folders(write_seed(tmp_path, DRAFTS), verbosity=0)
    staff(client, *APPLY)
    proposal = give(client, DRAFTS[: DRAFTS.index('[[event]]\nstatus = "draft"\nid = "arm')])
    choose(client, proposal, {"claim:armistice-claim": "drop", "event:armistice": "drop"})
    assert set(preview(client, proposal).context["lacking"]) == {
        *("timeline.delete_event", "timeline.delete_claim")
    }


def test_with_four_eyes_somebody_else_carries_out(client: Client, settings: Settings) -> None:
    settings.FOUR_EYES = True
    member(client, "editor")
    proposal = give(client)
    assert "Here a second person carries out what you gave." in text_of(preview(client, proposal))
    seen = proposing.fingerprint(proposal)
    assert client.post(url(proposal, "apply"), {"seen": seen}).status_code == 403
    member(client, "editor", "another")
    carry_out(client, proposal)
    assert Event.objects.exists()


def test_carrying_out_is_posted_with_a_token(client: Client) -> None:
    user = editor(client)
    proposal = give(client)
    assert client.get(url(proposal, "apply")).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    for view in ("change", "apply"):
        assert strict.post(url(proposal, view), {"go": "discard"}).status_code == 403
    assert strict.post(ADD).status_code == 403
