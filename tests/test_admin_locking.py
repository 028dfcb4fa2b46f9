"""Two editors on one thing: nothing is overwritten that somebody has not seen."""

import threading
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.admin_forms import change_path, editor, errors_beside, filled, text_of
from tests.builders import make_actor, make_claim, make_event, make_source
from timeline.admin.vanished import with_vanished_rows
from timeline.models import Claim, Event
from timeline.revisions.versions import version, versions

pytestmark = pytest.mark.django_db


@pytest.fixture
def other() -> Client:
    """A second editor, logged in."""
    client = Client()
    client.force_login(User.objects.create_superuser("second", "", "words"))
    return client


def save(client: Client, path: str, typed: dict[str, str], **changes: str) -> Any:
    return client.post(path, typed | changes)


def test_whoever_saves_second_writes_nothing_and_is_told_what_was_done(
    client: Client, other: Client
) -> None:
    editor(client)
    event = make_event("Truce")
    path = change_path(event)
    mine = filled(client, path)
    save(other, path, filled(other, path), title="Armistice", change_reason="More exact")
    response = save(client, path, mine, title="Cease-fire", summary="My words.")
    assert response.status_code == 200
    event.refresh_from_db()
    assert (event.title, event.summary) == ("Armistice", "")
    text = text_of(response)
    assert "Somebody else has saved this meanwhile second" in text
    assert "“More exact”" in text
    assert "Truce → Armistice" in text
    assert 'value="Cease-fire"' in response.content.decode()
    assert "My words." in text


def test_a_second_save_without_a_choice_is_refused_again(client: Client, other: Client) -> None:
    editor(client)
    path = change_path(make_event("Truce"))
    mine = filled(client, path)
    save(other, path, filled(other, path), title="Armistice")
    response = save(client, path, mine, title="Cease-fire")
    again = response.context["adminform"].form["seen_version"].value()
    assert save(client, path, mine, title="Cease-fire", seen_version=again).status_code == 200
    assert Event.objects.get().title == "Armistice"


def test_mine_is_saved_over_theirs_where_i_say_so(client: Client, other: Client) -> None:
    editor(client)
    path = change_path(make_event("Truce"))
    mine = filled(client, path)
    save(other, path, filled(other, path), title="Armistice")
    present = save(client, path, mine, title="Cease-fire").context["conflict"].version
    typed = mine | {"overwrite_version": present}
    assert save(client, path, typed, title="Cease-fire").status_code == 302
    assert Event.objects.get().title == "Cease-fire"


def test_a_choice_holds_for_what_was_shown_only(client: Client, other: Client) -> None:
    editor(client)
    path = change_path(make_event("Truce"))
    mine = filled(client, path)
    save(other, path, filled(other, path), title="Armistice")
    shown = save(client, path, mine, title="Cease-fire").context["conflict"].version
    save(other, path, filled(other, path), title="Peace")
    response = save(client, path, mine, title="Cease-fire", overwrite_version=shown)
    assert response.status_code == 200
    assert Event.objects.get().title == "Peace"
    assert "Armistice → Peace" in text_of(response)


def test_a_choice_is_not_asked_for_again_because_of_another_mistake(
    client: Client, other: Client
) -> None:
    editor(client)
    path = change_path(make_event("Truce"))
    mine = filled(client, path)
    save(other, path, filled(other, path), title="Armistice")
    present = save(client, path, mine).context["conflict"].version
    wrong = save(client, path, mine, title="", overwrite_version=present)
    assert list(errors_beside(wrong)) == ["title"]
    seen = wrong.context["adminform"].form["seen_version"].value()
    assert save(client, path, mine, title="Mine", seen_version=seen).status_code == 302


def test_a_save_of_one_s_own_is_no_conflict(client: Client) -> None:
    editor(client)
    path = change_path(make_event("Truce"))
    for title in ("Armistice", "Cease-fire"):
        assert save(client, path, filled(client, path), title=title).status_code == 302
    assert Event.objects.get().title == "Cease-fire"


def test_parts_count_too(client: Client, other: Client) -> None:
    editor(client)
    event = make_event(source=make_source(), quote="shared ideology")
    path, claim = change_path(event), event.claims.get()
    mine = filled(client, path)
    alone = change_path(claim)
    assert save(other, alone, filled(other, alone), note="Mind this.").status_code == 302
    response = save(client, path, mine, title="Mine")
    assert response.status_code == 200
    assert "Mind this." in text_of(response)


@pytest.mark.parametrize("kind", ["event", "claim", "source", "actor"])
def test_every_kind_of_thing_is_guarded(client: Client, other: Client, kind: str) -> None:
    editor(client)
    event = make_event(actors=[make_actor()], source=make_source(), quote="shared ideology")
    claim = event.claims.get()
    thing = {
        "event": event, "claim": claim, "source": claim.source, "actor": event.actors.get()
    }[kind]  # fmt: skip
    field = {"event": "summary", "claim": "note", "source": "note", "actor": "description"}[kind]
    path = change_path(thing)
    mine = filled(client, path)
    assert save(other, path, filled(other, path), **{field: "Theirs."}).status_code == 302
    assert save(client, path, mine, **{field: "Mine."}).status_code == 200
    thing.refresh_from_db()
    assert getattr(thing, field) == "Theirs."


def test_a_claim_deleted_by_another_keeps_what_i_typed_in_it(client: Client, other: Client) -> None:
    editor(client)
    event = make_event("Truce", source=make_source(), quote="shared ideology")
    make_claim(event, event.claims.get().source, "armistice in 1953")
    path = change_path(event)
    mine = filled(client, path) | {"claims-0-note": "Of the first."}
    theirs = filled(other, path) | {"claims-0-DELETE": "on"}
    assert save(other, path, theirs).status_code == 302
    response = save(client, path, mine)
    assert "Of the first." in text_of(response)
    claims = next(
        one.formset
        for one in response.context["inline_admin_formsets"]
        if one.formset.prefix == "claims"
    )
    assert [form["note"].value() for form in claims.forms][1] == "Of the first."
    typed = {
        bound.html_name: str(bound.value() or "")
        for form in (claims.management_form, *claims.forms)
        for bound in form
    }
    rest = {name: value for name, value in mine.items() if not name.startswith("claims-")}
    present = response.context["conflict"].version
    assert save(client, path, rest | typed, overwrite_version=present).status_code == 302
    assert sorted(Claim.objects.values_list("note", flat=True)) == ["", "Of the first."]


def test_a_page_that_is_stale_deletes_nothing(client: Client, other: Client) -> None:
    editor(client)
    event = make_event("Truce")
    path = change_path(event).replace("/change/", "/delete/")
    opened = client.get(path)
    seen = opened.context["seen_version"]
    assert f'name="seen_version" value="{seen}"' in opened.content.decode()
    change = change_path(event)
    save(other, change, filled(other, change), title="Armistice")
    typed = {"post": "yes", "seen_version": seen, "change_reason": "A double"}
    response = client.post(path, typed)
    assert "Nothing was deleted" in text_of(response)
    assert 'value="A double"' in response.content.decode()
    assert "Truce → Armistice" in text_of(response)
    assert Event.objects.exists()
    client.post(path, {"post": "yes", "seen_version": response.context["seen_version"]})
    assert not Event.objects.exists()


def test_the_page_carries_the_version_and_no_change_of_it_is_logged(client: Client) -> None:
    editor(client)
    event = make_event()
    path = change_path(event)
    assert f'name="seen_version" value="{version(event)}"' in client.get(path).content.decode()
    save(client, path, filled(client, path), title="Other")
    assert "version" not in text_of(client.get("/admin/")).lower()


@pytest.mark.parametrize("seen", ["x", "1.1", "9" * 40, "1.1-1.1-1.1-1.1-1.1-1.1", "-", ""])
def test_a_version_that_is_none_is_a_conflict(client: Client, seen: str) -> None:
    editor(client)
    path = change_path(make_event("Truce"))
    response = save(client, path, filled(client, path), title="Mine", seen_version=seen)
    assert response.status_code == 200
    assert Event.objects.get().title == "Truce"


def test_a_row_that_appears_late_makes_another_version() -> None:
    event = make_event()
    before = version(event)
    row = event.history.latest()
    assert versions(Event, [event.pk, 0]) == {event.pk: before, 0: "0.0-0.0-0.0"}
    event.history.model.objects.filter(pk=row.pk).delete()
    assert version(event) != before


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_is_right() -> None:
    User.objects.create_superuser("editor", "", "words")
    path = change_path(make_event("Truce"))
    start = threading.Barrier(2)
    answers: list[int] = []

    def edit(title: str) -> None:
        try:
            client = Client()
            client.force_login(User.objects.get())
            typed = filled(client, path)
            start.wait(60)
            answers.append(save(client, path, typed, title=title).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=edit, args=[title]) for title in ("One", "Other")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 302]
    assert Event.objects.get().history.count() == 2


ROWS = st.lists(st.tuples(st.sampled_from(["1", "2", "3"]), st.text(max_size=3), st.booleans()))


@given(ROWS, st.lists(st.text(min_size=1, max_size=3), max_size=3), st.sets(st.sampled_from("123")))
def test_no_typed_row_is_lost_unless_it_was_to_be_deleted(
    rows: list[tuple[str, str, bool]], new: list[str], there: set[str]
) -> None:
    posted = QueryDict(mutable=True)
    posted["p-INITIAL_FORMS"], posted["p-TOTAL_FORMS"] = str(len(rows)), str(len(rows) + len(new))
    for number, (key, text, delete) in enumerate(rows):
        posted[f"p-{number}-id"], posted[f"p-{number}-text"] = key, text
        if delete:
            posted[f"p-{number}-DELETE"] = "on"
    for number, text in enumerate(new, start=len(rows)):
        posted[f"p-{number}-id"], posted[f"p-{number}-text"] = "", text
    found = with_vanished_rows(posted, [("p", there)])
    initial, total = (int(str(found[f"p-{name}_FORMS"])) for name in ("INITIAL", "TOTAL"))
    made = [(found[f"p-{n}-id"], found[f"p-{n}-text"]) for n in range(total)]
    assert made[:initial] == [(key, text) for key, text, _ in rows if key in there]
    gone = [("", text) for key, text, delete in rows if key not in there and not delete]
    assert made[initial:] == gone + [("", text) for text in new]
