"""One change of many: shown before it is done, refused thing by thing, one act of the history."""

from typing import Any

import pytest
from django.test import Client

from actors.models import Alias
from tests.admin_forms import change_path, editor, filled, member, staff, text_of
from tests.builders import make_actor, make_claim, make_event, make_source
from timeline.admin import bulk_actions
from timeline.models import Claim, Event, Participation, Source, Status

pytestmark = pytest.mark.django_db
EVENTS = "/admin/timeline/event/"
CLAIMS = "/admin/timeline/claim/"
SOURCES = "/admin/timeline/source/"


def asked(client: Client, path: str, action: str, things: list[Any], **given: str) -> Any:
    """The answer to the first step, or with ``step`` to another."""
    keys = [str(one.pk) for one in things]
    return client.post(path, {"action": action, "_selected_action": keys, **given})


def carried_out(client: Client, path: str, action: str, things: list[Any], **given: str) -> Any:
    """The list after the change has been looked at and carried out."""
    given.setdefault("change_reason", "Tidied")
    shown = asked(client, path, action, things, step="preview", **given)
    assert shown.status_code == 200, text_of(shown)
    seen = {f"{bulk_actions.SEEN}{one.thing.pk}": one.version for one in shown.context["outcomes"]}
    keys = [str(one.pk) for one in things]
    typed = {"action": action, "_selected_action": keys, "step": "apply", **given, **seen}
    return client.post(path, typed, follow=True)


def test_what_will_change_is_shown_and_nothing_is_done_yet(client: Client) -> None:
    editor(client)
    events = [make_event("one"), make_event("two", kind="war"), make_event("three", kind="trade")]
    page = text_of(asked(client, EVENTS, "set_kind", events))
    assert "Set the kind: several at once" in page
    assert "3 are chosen" in page
    shown = asked(
        client, EVENTS, "set_kind", events, step="preview", kind="war", change_reason="Why"
    )
    text = text_of(shown)
    assert "one kind diplomacy → war" in text
    assert "two is so already" in text
    assert "three kind trade → war" in text
    assert Event.objects.filter(kind="war").count() == 1
    assert Event.objects.get(title="one").history.count() == 1


def test_all_are_changed_in_one_act_with_the_reason_and_the_user(client: Client) -> None:
    user = editor(client)
    events = [make_event("one"), make_event("two"), make_event("three", kind="war")]
    answer = carried_out(client, EVENTS, "set_kind", events, kind="war", change_reason="One word")
    assert "2 were changed." in text_of(answer)
    assert "1 was so already." in text_of(answer)
    assert set(Event.objects.values_list("kind", flat=True)) == {"war"}
    records = [event.history.latest() for event in Event.objects.exclude(title="three")]
    assert {record.history_user for record in records} == {user}
    assert {record.history_change_reason for record in records} == {"One word"}
    assert len({record.history_date for record in records}) == 1
    assert Event.objects.get(title="three").history.count() == 1
    assert 'href="/?kind=war"' in client.get("/events/" + events[0].slug + "/").content.decode()


@pytest.mark.parametrize("given", [{"kind": "war"}, {"change_reason": "x"}, {}])
def test_a_reason_and_a_value_are_needed(client: Client, given: dict[str, str]) -> None:
    editor(client)
    event = make_event()
    for step in ("preview", "apply"):
        answer = asked(client, EVENTS, "set_kind", [event], step=step, **given)
        assert "This field is required." in text_of(answer)
    assert event.history.count() == 1


def test_what_breaks_a_rule_is_refused_alone(client: Client) -> None:
    editor(client)
    events = [make_event("dated", date="1950"), make_event("undated")]
    answer = carried_out(
        client, EVENTS, "set_basis", events, date_basis="inferred", date_note="By context."
    )
    text = text_of(answer)
    assert "1 was changed." in text
    assert "“undated”: It has no date." in text
    dated = Event.objects.get(title="dated")
    assert (dated.date_basis, dated.date_note) == ("inferred", "By context.")
    refused = asked(
        client, EVENTS, "set_kind", events, step="preview", kind="Two Words", change_reason="x"
    )
    assert text_of(refused).count("not changed:") == 2


def test_an_inference_needs_a_note_in_bulk_too(client: Client) -> None:
    editor(client)
    event = make_event("dated", date="1950")
    answer = carried_out(client, EVENTS, "set_basis", [event], date_basis="inferred", date_note="")
    assert "Say why" in text_of(answer)
    assert Event.objects.get().date_basis == "stated"


def test_actors_are_added_and_removed_by_any_of_their_names(client: Client) -> None:
    editor(client)
    actor = make_actor("Mongolia", slug="mn")
    Alias.objects.create(actor=actor, name="MPR")
    events = [make_event("one"), make_event("two", actors=[(actor, "host")])]
    carried_out(client, EVENTS, "add_actor", events, actor="mpr", role="host")
    assert Participation.objects.filter(actor=actor, role="host").count() == 2
    carried_out(client, EVENTS, "add_actor", events, actor="mn", role="")
    carried_out(client, EVENTS, "remove_actor", events, actor="mn", role="host")
    assert set(Participation.objects.values_list("role", flat=True)) == {""}
    shown = asked(
        client, EVENTS, "remove_actor", events,
        actor="Mongolia", every_role="on", step="preview", change_reason="x",
    )  # fmt: skip
    assert "one actor Mongolia" in text_of(shown)
    carried_out(client, EVENTS, "remove_actor", events, actor="Mongolia", every_role="on")
    assert not Participation.objects.exists()
    assert Participation.history.filter(history_type="-").count() == 4


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Kim", "Several have this name; give the id: Kim (a), Kim (b)."),
        ("Mongol", "Do you mean one of these? Mongolia (mn)"),
        ("Nobody", "Nobody has this name. Give an id"),
    ],
)
def test_a_name_that_is_not_one_actor_s_is_refused(client: Client, name: str, said: str) -> None:
    editor(client)
    for slug in ("a", "b"):
        make_actor("Kim", slug=slug)
    make_actor("Mongolia", slug="mn")
    event = make_event()
    given = {"actor": name, "change_reason": "x"}
    assert said in text_of(asked(client, EVENTS, "add_actor", [event], step="preview", **given))
    assert said in text_of(asked(client, EVENTS, "add_actor", [event], step="apply", **given))
    assert not Participation.objects.exists()


def test_notes_are_added_where_there_are_none(client: Client) -> None:
    editor(client)
    event = make_event(source=make_source(), quote="shared ideology")
    noted = make_claim(event, event.claims.get().source, "armistice in 1953", note="Mind this.")
    answer = carried_out(client, CLAIMS, "add_note", [event.claims.get(note=""), noted], note="N.")
    assert "It has a note already." in text_of(answer)
    assert sorted(Claim.objects.values_list("note", flat=True)) == ["Mind this.", "N."]


def test_the_type_of_sources_is_set(client: Client) -> None:
    editor(client)
    sources = [make_source(), make_source(type="book")]
    carried_out(client, SOURCES, "set_type", sources, type="book")
    assert set(Source.objects.values_list("type", flat=True)) == {"book"}


def test_what_somebody_else_changed_meanwhile_is_refused(client: Client) -> None:
    editor(client)
    events = [make_event("one"), make_event("two")]
    given = {"kind": "war", "change_reason": "x"}
    shown = asked(client, EVENTS, "set_kind", events, step="preview", **given)
    seen = {f"{bulk_actions.SEEN}{one.thing.pk}": one.version for one in shown.context["outcomes"]}
    path = change_path(events[0])
    client.post(path, filled(client, path) | {"kind": "trade"})
    answer = asked(client, EVENTS, "set_kind", events, step="apply", **given, **seen)
    assert answer.status_code == 302
    assert sorted(Event.objects.values_list("kind", flat=True)) == ["trade", "war"]
    assert "“one”: Somebody else has changed it" in text_of(client.get(EVENTS))


def test_contributors_change_drafts_and_are_told_of_the_rest(client: Client) -> None:
    member(client, "contributor")
    events = [make_event("open"), make_event("draft", status=Status.DRAFT)]
    answer = carried_out(client, EVENTS, "set_kind", events, kind="war")
    assert "“open”: You may not change it." in text_of(answer)
    assert dict(Event.objects.values_list("title", "kind")) == {
        "open": "diplomacy",
        "draft": "war",
    }
    answer = carried_out(
        client, CLAIMS, "add_note", list(Claim.objects.filter(event__title="open")), note="N."
    )
    assert "You may not change it." in text_of(answer)
    assert not Claim.objects.exclude(note="").exists()


def test_with_four_eyes_nothing_published_is_changed_at_once(client: Client, settings: Any) -> None:
    settings.FOUR_EYES = True
    editor(client)
    actor = make_actor("Mongolia")
    event = make_event("open")
    for action, given in (("set_kind", {"kind": "war"}), ("add_actor", {"actor": "Mongolia"})):
        answer = carried_out(client, EVENTS, action, [event], **given)
        assert "a second person publishes" in text_of(answer)
    assert not actor.participations.exists()
    assert Event.objects.get().kind == "diplomacy"


@pytest.mark.parametrize("permissions", [("view_event",), ("view_event", "change_claim")])
def test_who_may_not_change_events_has_no_such_action(
    client: Client, permissions: tuple[str, ...]
) -> None:
    event = make_event()
    staff(client, *permissions)
    assert "Set the kind" not in text_of(client.get(EVENTS))
    given = {"kind": "war", "change_reason": "x"}
    asked(client, EVENTS, "set_kind", [event], step="apply", **given)
    assert Event.objects.get().kind == "diplomacy"


def test_all_of_a_filtered_list_are_changed_but_not_too_many(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(client)
    events = [make_event(kind="war") for _ in range(3)]
    make_event("other")
    across = {"select_across": "1", "step": "apply", "kind": "talks", "change_reason": "x"}
    asked(client, f"{EVENTS}?kind=war", "set_kind", events[:1], **across)
    assert Event.objects.filter(kind="talks").count() == 3
    monkeypatch.setattr(bulk_actions, "MOST_AT_ONCE", 2)
    answer = client.post(
        f"{EVENTS}?kind=talks",
        {"action": "set_kind", "_selected_action": ["1"], **across, "kind": "war"},
        follow=True,
    )
    assert "At most 2 are changed at once." in text_of(answer)
    assert not Event.objects.filter(kind="war").exists()
