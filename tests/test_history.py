"""Acts: what is written inside one shares its moment, its reason and its user."""

import pytest
from django.contrib.auth.models import User

from actors.models import Actor
from tests.builders import make_actor
from timeline import history

pytestmark = pytest.mark.django_db


def acts(actor: Actor) -> list[tuple[object, ...]]:
    """The rows of an actor's history, the oldest first."""
    rows = Actor.history.filter(id=actor.pk).order_by("history_id")
    return [(row.history_date, row.history_change_reason, row.history_user) for row in rows]


def test_all_that_one_act_writes_shares_moment_reason_and_user() -> None:
    user = User.objects.create_user("anna")
    with history.act("Both at once", user) as act:
        first, second = make_actor(), make_actor()
    expected = [(act.moment, "Both at once", user)]
    assert acts(first) == acts(second) == expected


def test_an_act_within_an_act_is_part_of_the_outer_one() -> None:
    with history.act("Outer") as outer, history.act("Inner") as inner:
        actor = make_actor()
    assert inner == outer
    assert acts(actor) == [(outer.moment, "Outer", None)]


def test_an_act_ends_also_when_it_fails() -> None:
    with pytest.raises(ZeroDivisionError), history.act("Failing"):
        raise ZeroDivisionError
    assert acts(make_actor())[0][1] == ""


def test_what_no_act_holds_has_a_moment_of_its_own() -> None:
    actor = make_actor()
    actor.save()
    first, second = acts(actor)
    assert first[0] != second[0]
    assert (first[1], first[2]) == ("", None)


def test_a_deletion_is_told_too() -> None:
    actor = make_actor()
    key = actor.pk
    with history.act("Double entry"):
        actor.delete()
    newest = Actor.history.filter(id=key).latest()
    assert (newest.history_type, newest.history_change_reason) == ("-", "Double entry")


def test_writing_many_at_once_keeps_their_history() -> None:
    with history.act("Imported") as imported:
        history.bulk_create([Actor(slug=f"a-{n}", name="A", kind="state") for n in range(3)])
    rows = list(Actor.objects.all())
    for row in rows:
        row.name = "B"
    with history.act("Renamed") as renamed:
        history.bulk_update(rows, ["name"])
    for row in rows:
        assert [act[:2] for act in acts(row)] == [
            (imported.moment, "Imported"),
            (renamed.moment, "Renamed"),
        ]


def test_writing_nothing_at_once_is_no_error() -> None:
    history.bulk_create([])
    history.bulk_update([], ["name"])
    assert not Actor.history.exists()
