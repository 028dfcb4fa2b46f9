"""Two are compared and merged, several one after the other, and merges undone."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from actors.models import Actor
from tests.admin_forms import editor, text_of
from tests.builders import make_actor, make_event
from tests.doubles import (
    EVENTS,
    MERGES,
    chosen,
    make_double,
    path_of,
)
from timeline import doubles
from timeline.history import act
from timeline.models import Event, Merge, Status

pytestmark = pytest.mark.django_db


def test_two_are_compared_shown_merged_and_told(client: Client) -> None:
    user = editor(client)
    one, other = make_double()
    answer = client.get(f"{path_of(other, one)}?suggest")
    assert answer.status_code == 302
    assert answer["Location"] == path_of(one, other)
    text = text_of(client.get(path_of(one, other)))
    assert one.title in text
    assert other.title in text
    shown = client.post(path_of(one, other), chosen(client, one, other, "preview"))
    assert "What will be" in text_of(shown)
    assert Event.objects.count() == 2
    data = chosen(client, one, other, take_title="gone")
    answer = client.post(path_of(one, other), data, follow=True)
    assert "Merged" in text_of(answer)
    one.refresh_from_db()
    assert one.title == other.title
    assert not Event.objects.filter(pk=other.pk).exists()
    done = Merge.objects.get()
    assert (done.user, done.slug) == (user, other.slug)
    assert "Same" in Event.history.filter(id=one.pk).first().history_change_reason


def test_the_result_that_is_shown_posts_what_was_chosen(client: Client) -> None:
    editor(client)
    one, other = make_double("1948", "1948-10-15")
    data = chosen(client, one, other, "preview", take_date="gone", take_title="gone")
    shown = client.post(path_of(one, other), data)
    hidden = dict(shown.context["form"].hidden())
    client.post(path_of(one, other), hidden | {"step": "merge", "change_reason": ""})
    one.refresh_from_db()
    assert (one.title, one.date) == (other.title, "1948-10-15")


def test_choosing_otherwise_keeps_what_was_chosen(client: Client) -> None:
    editor(client)
    one, other = make_double()
    data = chosen(client, one, other, "compare", take_title="gone")
    page = client.post(path_of(one, other), data)
    assert next(row for row in page.context["rows"] if row.name == "take_title").takes_gone
    assert Event.objects.count() == 2


def test_two_actors_are_merged(client: Client) -> None:
    editor(client)
    one, other = make_actor("Tsedenbal", kind="person"), make_actor("Cedenbal", kind="person")
    event = make_event(actors=[other])
    text = text_of(client.post(path_of(one, other), chosen(client, one, other, "preview")))
    assert "Cedenbal (name) (from the other)" in text
    assert "1 entry of the other" in text
    data = chosen(client, one, other, alias_kind="transliteration")
    merged = client.post(path_of(one, other), data, follow=True)
    assert "Its address leads there." in text_of(merged)
    assert client.get(f"/actors/{other.slug}/").status_code == 301
    assert event.participations.get().actor == one
    assert one.aliases.get().kind == "transliteration"


def test_no_address_is_promised_of_an_actor_that_readers_never_saw(client: Client) -> None:
    editor(client)
    one, other = make_actor("Tsedenbal", kind="person"), make_actor("Cedenbal", kind="person")
    make_event(actors=[other], status=Status.DRAFT)
    data = chosen(client, one, other, alias_kind="transliteration")
    merged = client.post(path_of(one, other), data, follow=True)
    assert "is part of" in text_of(merged)
    assert "Its address leads there" not in text_of(merged)
    assert client.get(f"/actors/{other.slug}/").status_code == 404


def test_a_wrong_period_comes_back_with_its_message(client: Client) -> None:
    editor(client)
    one, other = make_actor("One"), make_actor("Other")
    data = chosen(client, one, other, "preview", alias_period="no date at all")
    page = client.post(path_of(one, other), data)
    assert page.context["form"].errors["alias_period"]
    assert Actor.objects.count() == 2


def test_nothing_is_merged_with_itself(client: Client) -> None:
    editor(client)
    event = make_event()
    for answer in (client.get, client.post):
        page = answer(path_of(event, event), follow=True)
        assert "nothing is merged with itself" in text_of(page)
    assert Event.objects.exists()


@pytest.mark.parametrize(
    "path",
    ["/admin/doubles/source/1/2/", "/admin/doubles/event/1/9999999999999999999999/",
     "/admin/doubles/merges/7/undo/", "/admin/doubles/merges/99999999999999999999/undo/"],
)  # fmt: skip
def test_what_is_nothing_is_not_found(client: Client, path: str) -> None:
    editor(client)
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "forged",
    [
        {"take_title": "theirs"},
        {"take_status": "published"},
        {"seen": ""},
        {"seen": "0123456789abcdef"},
        {"step": "delete"},
        {"step": ""},
        {"take_date": ""},
    ],
)
def test_a_forged_form_merges_nothing(client: Client, forged: dict[str, str]) -> None:
    editor(client)
    one, other = make_double()
    answer = client.post(path_of(one, other), chosen(client, one, other, **forged))
    assert answer.status_code == 200
    assert Event.objects.count() == 2


def test_forms_without_a_token_are_refused() -> None:
    strict = Client(enforce_csrf_checks=True)
    editor(strict)
    one, other = make_double()
    data = chosen(strict, one, other)
    assert strict.post(path_of(one, other), data).status_code == 403
    assert strict.post(EVENTS, {"one": one.pk, "other": other.pk}).status_code == 403


def test_what_is_deleted_while_one_compares_is_told(client: Client) -> None:
    editor(client)
    one, other = make_double()
    data = chosen(client, one, other)
    other.claims.all().delete()
    Event.objects.get(pk=other.pk).delete()
    answer = client.post(path_of(one, other), data, follow=True)
    assert "not there any more" in text_of(answer)
    said = client.post(EVENTS, {"one": one.pk, "other": other.pk}, follow=True)
    assert "deleted meanwhile" in text_of(said)


def test_what_is_changed_while_one_compares_is_not_merged(client: Client) -> None:
    editor(client)
    one, other = make_double()
    data = chosen(client, one, other)
    with act("meanwhile"):
        other.title = "Another"
        other.save()
    answer = client.post(path_of(one, other), data)
    assert "changed since you looked" in text_of(answer)
    assert Event.objects.count() == 2


def test_three_are_merged_one_after_the_other(client: Client) -> None:
    editor(client)
    one, other = make_double()
    third = make_event(one.title, date=one.date)
    action = {"action": "merge_selected", "_selected_action": [third.pk, other.pk, one.pk]}
    answer = client.post("/admin/timeline/event/", action)
    assert answer["Location"] == f"{path_of(one, other)}?more={third.pk}"
    answer = client.post(answer["Location"], chosen(client, one, other))
    assert answer["Location"] == path_of(one, third)
    client.post(answer["Location"], chosen(client, one, third))
    assert list(Event.objects.all()) == [one]
    assert one.claims.count() == 3


@pytest.mark.parametrize("number", [1, 11])
def test_one_is_too_few_and_many_are_too_many(client: Client, number: int) -> None:
    editor(client)
    keys = [make_actor().pk for _ in range(number)]
    action = {"action": "merge_selected", "_selected_action": keys}
    answer = client.post("/admin/actors/actor/", action, follow=True)
    assert "Choose from two to 10" in text_of(answer)


def test_what_readers_see_is_rather_kept(client: Client) -> None:
    editor(client)
    one, other = make_double()
    one.status = Status.DRAFT
    one.save()
    assert client.get(f"{path_of(one, other)}?suggest")["Location"] == path_of(other, one)


def test_a_merge_is_undone_from_the_list(client: Client) -> None:
    user = editor(client)
    one, other = make_double()
    client.post(path_of(one, other), chosen(client, one, other))
    done = Merge.objects.get()
    undoing = reverse("admin:doubles_undo", args=[done.pk])
    assert undoing in client.get(MERGES).content.decode()
    assert "is there again" in text_of(client.get(undoing))
    answer = client.post(undoing, {"change_reason": "They are two"}, follow=True)
    assert "The merge is undone" in text_of(answer)
    assert Event.objects.get(pk=other.pk).title == other.title
    done.refresh_from_db()
    assert done.undone is not None
    newest = Event.history.filter(id=other.pk).first()
    assert newest.history_user == user
    assert "They are two" in newest.history_change_reason
    assert undoing not in client.get(MERGES).content.decode()
    assert "undone already" in text_of(client.post(undoing))


def test_what_was_edited_since_is_told_before_and_after(client: Client) -> None:
    editor(client)
    one, other = make_double()
    client.post(path_of(one, other), chosen(client, one, other))
    with act("later"):
        one.refresh_from_db()
        one.title = "Edited since"
        one.save()
    undoing = reverse("admin:doubles_undo", args=[Merge.objects.get().pk])
    text = text_of(client.get(undoing))
    assert "Edited since" in text
    assert "It has been edited since." in text
    assert "The merge cannot be undone" in text
    assert "The merge holds" in text_of(client.post(undoing, follow=True))
    assert not Event.objects.filter(pk=other.pk).exists()


def test_of_two_merges_in_a_row_the_last_is_undone_first(client: Client) -> None:
    editor(client)
    one, other, third = (make_event(cited=False, status=Status.DRAFT) for _ in range(3))
    first = doubles.merge(doubles.Asked("event", other.pk, third.pk))
    last = doubles.merge(doubles.Asked("event", one.pk, other.pk))
    undoing = reverse("admin:doubles_undo", args=[first.pk])
    assert "undo that merge first" in text_of(client.get(undoing))
    client.post(undoing)
    assert Event.objects.count() == 1
    client.post(reverse("admin:doubles_undo", args=[last.pk]))
    client.post(undoing)
    assert Event.objects.count() == 3


def test_an_actor_of_very_many_entries_is_merged_by_the_command(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(client)
    one, other = make_actor("One", slug="one"), make_actor("Other", slug="the-other")
    make_event(actors=[other])
    monkeypatch.setattr("timeline.admin.doubles.rights.MOST_ENTRIES", 0)
    page = client.post(path_of(one, other), chosen(client, one, other))
    assert "manage.py merge actor one the-other" in text_of(page)
    assert Actor.objects.count() == 2
    told = StringIO()
    call_command("merge", "actor", "one", "the-other", stdout=told)
    assert Merge.objects.get().moment.isoformat() in told.getvalue()
    assert list(Actor.objects.all()) == [one]
    with pytest.raises(CommandError, match="There is no actor “the-other”"):
        call_command("merge", "actor", "one", "the-other")
    with pytest.raises(CommandError, match="itself"):
        call_command("merge", "actor", "one", "one")


def test_a_merge_that_wrote_very_much_is_undone_by_the_command(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(client)
    one, other = make_double()
    done = doubles.merge(doubles.Asked("event", one.pk, other.pk))
    monkeypatch.setattr("timeline.admin.doubles.undoing.MOST_FOR_A_PAGE", 0)
    undoing = reverse("admin:doubles_undo", args=[done.pk])
    assert "manage.py undo_act" in text_of(client.get(undoing))
    client.post(undoing)
    assert Event.objects.count() == 1
