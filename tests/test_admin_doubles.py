"""Doubles in the admin: the lists, who may do what, forged posts, several, what was deleted."""

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actors.models import Actor, Relation
from tests.admin_forms import change_path, editor, event_data, filled, member, staff, text_of
from tests.builders import make_actor, make_claim, make_event, make_source
from timeline import doubles, index
from timeline.admin.doubles.rights import PARTS
from timeline.history import act
from timeline.models import Distinct, Event, Merge, Status, Twofold

pytestmark = pytest.mark.django_db

EVENTS, ACTORS = "/admin/doubles/events/", "/admin/doubles/actors/"
MERGES = "/admin/doubles/merges/"
EVENT_RIGHTS = {"view_event", "change_event", "delete_event", "publish_event"} | {
    one.split(".")[1] for one in PARTS[Twofold.EVENT]
}
ACTOR_RIGHTS = {"view_actor", "change_actor", "delete_actor", "publish_actor"} | {
    one.split(".")[1] for one in PARTS[Twofold.ACTOR]
}


def make_double(
    date: str = "1948-10-15", other: str = "1948-10-15", **fields: Any
) -> tuple[Event, Event]:
    """Two entries that are the same, in other words."""
    mongolia, dprk = make_actor("Mongolia"), make_actor("North Korea")
    told = {"kind": "diplomacy", "actors": [mongolia, dprk]} | fields
    one = make_event("Diplomatic relations established", date=date, **told)
    return one, make_event("Mongolia establishes diplomatic relations", date=other, **told)


def path_of(kept: Any, gone: Any) -> str:
    kind = "event" if isinstance(kept, Event) else "actor"
    return reverse("admin:doubles_merge", args=[kind, kept.pk, gone.pk])


def chosen(
    client: Client, kept: Any, gone: Any, step: str = "merge", **more: str
) -> dict[str, str]:
    """What the page of the comparison posts."""
    form = client.get(path_of(kept, gone)).context["form"]
    kind = "event" if isinstance(kept, Event) else "actor"
    data = {name: str(field.value()) for name, field in form.taken() for name in [field.html_name]}
    data |= {"seen": doubles.state(kind, kept.pk, gone.pk), "step": step, "change_reason": "Same"}
    extra = {"keep_date": "on"} if kind == "event" else {"alias_kind": "name", "alias_period": ""}
    return data | extra | more


def allowed(client: Client, names: set[str]) -> User:
    user = User.objects.create_user(f"staff{User.objects.count()}", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return user


def test_a_double_entry_is_listed_with_its_reasons(client: Client) -> None:
    editor(client)
    one, other = make_double()
    make_event("Something else", date="1948-10-15")
    text = text_of(client.get(EVENTS))
    assert one.title in text
    assert other.title in text
    assert "same date: 15 October 1948" in text
    assert "the same actors: Mongolia, North Korea" in text
    assert "3 of 3 words of the shorter title" in text
    assert "Something else" not in text


@pytest.mark.parametrize("other", ["1948", "1948-10", "1948-10-15/1948-10-17"])
def test_a_coarser_double_is_listed(client: Client, other: str) -> None:
    editor(client)
    one, _ = make_double(other=other)
    assert one.title in text_of(client.get(EVENTS))


def test_a_double_entry_is_listed_though_its_actors_are_there_twice_too(client: Client) -> None:
    editor(client)
    one, other = make_double()
    for part in other.participations.all():
        part.actor = make_actor(part.actor.name.upper())
        part.save()
    index.catch_up()
    assert "the same actors: Mongolia, North Korea" in text_of(client.get(EVENTS))
    assert "This may be there twice" in text_of(client.get(change_path(one)))


def test_drafts_and_undated_entries_are_listed_too(client: Client) -> None:
    editor(client)
    make_double("", "", status=Status.DRAFT)
    assert "neither has a date" in text_of(client.get(EVENTS))


def test_the_list_goes_on_where_it_ended_and_tells_every_pair_once(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(client)
    for name in ("STRETCH", "A_PAGE", "ENOUGH"):
        monkeypatch.setattr(f"timeline.doubles.events.{name}", 4)
    for year in range(1950, 1960):
        make_double(f"{year}-10-15", f"{year}-10-15", cited=False)
    make_double("", "", cited=False)
    seen, path = [], EVENTS
    for _ in range(20):
        context = client.get(path).context
        seen += [(pair.one.pk, pair.other.pk) for pair in context["pairs"]]
        if not context["after"]:
            break
        path = f"{EVENTS}?{context['after']}"
    assert len(seen) == len(set(seen)) == 11


def test_a_page_has_no_more_pairs_than_a_person_looks_at_and_the_next_has_the_rest(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(client)
    monkeypatch.setattr("timeline.doubles.events.MOST_PAIRS", 3)
    monkeypatch.setattr("timeline.doubles.events.ENOUGH", 3)
    for day in range(10, 20):
        make_double(f"1950-10-{day}", f"1950-10-{day}", cited=False)
    found = client.get(EVENTS)
    assert 3 <= len(found.context["pairs"]) <= 4
    seen = 0
    path = EVENTS
    for _ in range(20):
        context = client.get(path).context
        seen += len(context["pairs"])
        if not context["after"]:
            break
        path = f"{EVENTS}?{context['after']}"
    assert seen >= 10


def test_the_list_begins_at_a_year(client: Client) -> None:
    editor(client)
    make_double()
    assert client.get(EVENTS, {"from": "1948"}).context["pairs"]
    assert not client.get(EVENTS, {"from": "1949"}).context["pairs"]
    assert client.get(EVENTS, {"from": "-44"}).context["pairs"]


@pytest.mark.parametrize(
    "query",
    ["from=x", "after=x", "after=1_x", "from=" + "9" * 30, "after=" + "9" * 30, "after=9.5_1"],
)
def test_an_address_that_makes_no_sense_is_not_found(client: Client, query: str) -> None:
    editor(client)
    assert client.get(f"{EVENTS}?{query}").status_code == 404


def test_double_actors_are_listed_with_their_reasons(client: Client) -> None:
    editor(client)
    make_actor("Kim Il-sung", kind="person")
    make_actor("Il Sung Kim", kind="person")
    make_actor("Kim Jong-il", kind="person")
    text = text_of(client.get(ACTORS))
    assert "“Kim Il-sung” and “Il Sung Kim”: the same words in another order" in text
    assert "Kim Jong-il" not in text


def test_related_actors_of_one_name_are_not_listed(client: Client) -> None:
    editor(client)
    one, other = make_actor("Mongolia"), make_actor("Mongolia")
    assert client.get(ACTORS).context["pairs"]
    Relation.objects.create(actor=one, kind="predecessor-of", other=other)
    assert not client.get(ACTORS).context["pairs"]


def test_a_pair_of_many_keys_is_told_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    editor(client)
    monkeypatch.setattr("timeline.doubles.actors.ENOUGH", 1)
    make_actor("Mongolian People's Republic")
    make_actor("Mongolian Peoples Republic")
    seen, path = [], ACTORS
    for _ in range(20):
        context = client.get(path).context
        seen += context["pairs"]
        if not context["after"]:
            break
        path = f"{ACTORS}?{context['after']}"
    assert len(seen) == 1


def test_what_is_not_the_same_is_no_longer_listed_until_that_is_taken_back(client: Client) -> None:
    user = editor(client)
    one, other = make_double()
    keys = {"one": other.pk, "other": one.pk}
    answer = client.post(EVENTS, keys | {"say": "apart"}, follow=True)
    assert "are not the same" in text_of(answer)
    assert Distinct.objects.get().user == user
    assert not client.get(EVENTS).context["pairs"]
    assert "may be there twice" not in text_of(client.get(change_path(one)))
    assert "editor said so" in text_of(client.get(f"{EVENTS}?apart"))
    client.post(EVENTS, keys | {"say": "apart"})
    assert Distinct.objects.count() == 1
    client.post(f"{EVENTS}?apart", keys | {"say": "back"})
    assert client.get(EVENTS).context["pairs"]


def test_an_entry_s_page_tells_its_likely_doubles(client: Client) -> None:
    editor(client)
    one, other = make_double()
    page = client.get(change_path(one))
    assert "This may be there twice" in text_of(page)
    assert f'href="{change_path(other)}"' in page.content.decode()
    assert "This may be there twice" not in text_of(
        client.get(change_path(make_event(date="1700")))
    )


def test_the_page_of_an_entry_asks_as_often_however_many_are_alike(client: Client) -> None:
    editor(client)
    one, _ = make_double()

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(change_path(one))
        return len(queries)

    client.get(change_path(one))
    few = asked()
    for _number in range(4):
        Event.objects.create(
            title=one.title, slug=f"again-{_number}", date=one.date, kind="diplomacy"
        )
    assert asked() == few


@pytest.mark.parametrize("path", [EVENTS, ACTORS, MERGES])
def test_a_list_asks_as_often_however_long_it_is(client: Client, path: str) -> None:
    editor(client)

    def asked() -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        return len(queries)

    def add() -> None:
        for _ in range(3):
            make_double(cited=False)
            one, other = (make_event(cited=False, status=Status.DRAFT) for _ in range(2))
            doubles.merge(doubles.Asked("event", one.pk, other.pk))

    add()
    few = asked()
    add()
    assert asked() <= few  # a page of events that is full stops earlier


def test_whoever_adds_what_is_there_is_told(client: Client) -> None:
    editor(client)
    one, _ = make_double()
    data = event_data(client, title="Diplomatic relations are established", date="1948-10-15",
                      kind="diplomacy")  # fmt: skip
    answer = client.post("/admin/timeline/event/add/", data, follow=True)
    text = text_of(answer)
    assert "This may be there already" in text
    assert "Compare the two" in text
    assert Event.objects.count() == 3
    assert f"/admin/doubles/event/{one.pk}/" in answer.content.decode()


def test_whoever_adds_an_actor_of_a_known_name_is_told(client: Client) -> None:
    editor(client)
    make_actor("Tsedenbal", kind="person")
    path = "/admin/actors/actor/add/"
    typed = filled(client, path) | {"name": "Cedenbal", "kind": "person"}
    assert "This may be there already" in text_of(client.post(path, typed, follow=True))
    typed = filled(client, path) | {"name": "Somebody else", "kind": "person"}
    assert "there already" not in text_of(client.post(path, typed, follow=True))


def test_markup_in_titles_is_text(client: Client) -> None:
    editor(client)
    nasty = "<script>alert(1)</script> relations established"
    one = make_event(nasty, date="1948-10-15", cited=False)
    two = make_event(nasty, date="1948-10-15", cited=False)
    data = event_data(client, title=nasty, date="1948-10-15", kind="diplomacy")
    pages = [
        client.get(EVENTS),
        client.get(path_of(one, two)),
        client.post(path_of(one, two), chosen(client, one, two, "preview")),
        client.post("/admin/timeline/event/add/", data, follow=True),
    ]
    for page in pages:
        assert "<script>alert" not in page.content.decode()


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


@pytest.mark.parametrize("missing", sorted(EVENT_RIGHTS - {"view_event"}))
def test_entries_are_merged_with_every_permission_and_with_none_missing(
    client: Client, missing: str
) -> None:
    one, other = make_double()
    editor(client)
    data = chosen(client, one, other)
    allowed(client, EVENT_RIGHTS - {missing})
    page = client.get(path_of(one, other))
    assert "Show the result" not in text_of(page)
    assert client.post(path_of(one, other), data).status_code == 403
    assert Event.objects.count() == 2
    allowed(client, EVENT_RIGHTS)
    assert client.post(path_of(one, other), data).status_code == 302
    assert Event.objects.count() == 1


@pytest.mark.parametrize("missing", sorted(ACTOR_RIGHTS - {"view_actor"}))
def test_actors_are_merged_with_every_permission_and_with_none_missing(
    client: Client, missing: str
) -> None:
    one, other = make_actor("One"), make_actor("Other")
    make_event(actors=[one, other])
    index.catch_up()
    editor(client)
    data = chosen(client, one, other)
    allowed(client, ACTOR_RIGHTS - {missing})
    assert client.post(path_of(one, other), data).status_code == 403
    assert Actor.objects.count() == 2
    allowed(client, ACTOR_RIGHTS)
    assert client.post(path_of(one, other), data).status_code == 302


def test_drafts_are_merged_without_publishing(client: Client) -> None:
    one, other = make_double(status=Status.DRAFT)
    editor(client)
    data = chosen(client, one, other)
    allowed(client, EVENT_RIGHTS - {"publish_event"})
    assert client.post(path_of(one, other), data).status_code == 302


def test_a_contributor_merges_nothing_not_even_drafts(client: Client) -> None:
    one, other = make_double(status=Status.DRAFT)
    editor(client)
    data = chosen(client, one, other)
    member(client, "contributor")
    assert "Merge…" not in text_of(client.get("/admin/timeline/event/"))
    assert client.post(path_of(one, other), data).status_code == 403
    assert client.get(EVENTS).status_code == 200
    member(client, "editor", "another")
    assert client.post(path_of(one, other), data).status_code == 302


def test_a_contributor_says_nothing_of_published_entries(client: Client) -> None:
    one, other = make_double()
    member(client, "contributor")
    keys = {"one": one.pk, "other": other.pk, "say": "apart"}
    assert client.post(EVENTS, keys).status_code == 403
    assert not Distinct.objects.exists()


@pytest.mark.parametrize("path", [EVENTS, ACTORS, MERGES, "/admin/doubles/event/1/2/"])
def test_the_pages_are_for_editors_only(client: Client, path: str) -> None:
    assert client.get(path).status_code == 302
    staff(client)
    assert client.get(path).status_code == 403


def test_whoever_may_only_look_compares_and_changes_nothing(client: Client) -> None:
    one, other = make_double()
    staff(client, "view_event")
    assert one.title in text_of(client.get(EVENTS))
    assert "Show the result" not in text_of(client.get(path_of(one, other)))
    assert client.post(EVENTS, {"one": one.pk, "other": other.pk}).status_code == 403


def test_with_four_eyes_nobody_changes_what_is_published_by_merging(
    client: Client, settings: Any
) -> None:
    settings.FOUR_EYES = True
    editor(client)
    one, other = make_double()
    answer = client.post(path_of(one, other), chosen(client, one, other))
    assert "Here a second person publishes" in text_of(answer)
    assert Event.objects.count() == 2


def test_a_draft_that_nobody_published_quotes_is_not_published_by_its_double(
    client: Client,
) -> None:
    editor(client)
    draft = make_source("Words of a draft.", status=Status.DRAFT)
    one = make_event(cited=False)
    other = make_event(cited=False, status=Status.DRAFT)
    make_claim(other, draft, "Words")
    answer = client.post(path_of(one, other), chosen(client, one, other))
    assert "needs at least one quote" in text_of(answer)
    assert Event.objects.count() == 2


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


@pytest.mark.parametrize("missing", ["add_event", "delete_event", "publish_event", "add_claim"])
def test_a_merge_is_undone_with_every_permission_and_with_none_missing(
    client: Client, missing: str
) -> None:
    one, other = make_double()
    done = doubles.merge(doubles.Asked("event", one.pk, other.pk))
    undoing = reverse("admin:doubles_undo", args=[done.pk])
    all_of_them = EVENT_RIGHTS | {"add_event", "add_claim", "add_participation"}
    allowed(client, all_of_them - {missing})
    assert client.get(undoing).status_code == 403
    assert client.post(undoing).status_code == 403
    assert Event.objects.count() == 1
    allowed(client, all_of_them)
    assert client.post(undoing).status_code == 302
    assert Event.objects.count() == 2


def test_a_contributor_undoes_no_merge_and_an_editor_does(client: Client) -> None:
    one, other = make_double()
    done = doubles.merge(doubles.Asked("event", one.pk, other.pk))
    undoing = reverse("admin:doubles_undo", args=[done.pk])
    member(client, "contributor")
    assert client.post(undoing).status_code == 403
    assert undoing not in client.get(MERGES).content.decode()
    member(client, "editor", "another")
    assert client.post(undoing).status_code == 302


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
