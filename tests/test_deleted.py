"""What was deleted can be found and brought back; whatever is done asks why."""

import re

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actors.models import Actor, Alias
from tests.admin_forms import change_path, editor, member, staff, text_of
from tests.builders import ARTICLE, make_actor, make_claim, make_event, make_source
from timeline import history, texts
from timeline.models import Claim, Event, Participation, Source, Status
from timeline.readings import TextSpec
from timeline.revisions import deleted

pytestmark = pytest.mark.django_db
QUOTE = "The war ended in an armistice in 1953."
PAGES: dict[type, str] = {
    model: f"/admin/{model._meta.app_label}/{model._meta.model_name}/deleted/"
    for model in (Event, Source, Claim, Actor)
}


def delete(thing: Event | Actor | Source | Claim, reason: str = "Doubtful") -> int:
    key = int(thing.pk)
    with history.act(reason):
        thing.delete()
    return key


def bring_back_path(model: type, key: int) -> str:
    return f"{PAGES[model]}{key}/"


def test_what_was_deleted_is_listed_with_who_when_and_why(client: Client) -> None:
    user = editor(client)
    event = make_event("Truce")
    with history.act("Never took place", user):
        event.delete()
    text = text_of(client.get(PAGES[Event]))
    assert re.search(r"Truce Deleted on .*, by editor\. “Never took place” Bring back", text)
    assert PAGES[Event] in client.get("/admin/timeline/event/").content.decode()


def test_it_comes_back_with_its_id_and_all_that_belonged_to_it(client: Client) -> None:
    editor(client)
    source = make_source()
    event = make_event("Truce", source=source, quote=QUOTE, actors=[make_actor("DPRK")])
    claim = event.claims.get().pk
    key = delete(event)
    path = bring_back_path(Event, key)
    text = text_of(client.get(path))
    assert "What will come back Event added" in text
    assert "Actor “DPRK” added" in text
    assert not Event.objects.exists()
    answer = client.post(path, {"change_reason": "It did"}, follow=True)
    assert "“Truce” is back as it was, with its id." in text_of(answer)
    assert Event.objects.get().pk == key
    assert Claim.objects.get().pk == claim
    assert Participation.objects.exists()
    assert Event.history.latest().history_change_reason.endswith("UTC: It did")
    assert "Truce" not in text_of(client.get(PAGES[Event]))
    assert client.get(path).status_code == 404


def test_sources_with_their_texts_actors_with_their_names_and_claims_come_back(
    client: Client,
) -> None:
    editor(client)
    source, actor = make_source(), make_actor("DPRK")
    Alias.objects.create(actor=actor, name="North Korea")
    keys = {Source: delete(source), Actor: delete(actor)}
    for model, key in keys.items():
        assert client.post(bring_back_path(model, key)).status_code == 302
    source = Source.objects.get()
    assert [one.text for one in source.passages.all()][-1] == QUOTE
    assert Alias.objects.get().actor_id == keys[Actor]
    event = make_event(source=source, quote=QUOTE)
    extra = delete(make_claim(event, source, "shared ideology"))
    assert client.post(bring_back_path(Claim, extra)).status_code == 302
    assert event.claims.count() == 2


def test_what_is_in_the_way_is_told_and_nothing_comes_back(client: Client) -> None:
    editor(client)
    source = make_source()
    key = delete(make_event("Truce", source=source, quote=QUOTE))
    texts.store_text(source, ARTICLE.replace("1953", "1954"), TextSpec())
    path = bring_back_path(Event, key)
    for answer in (client.get(path), client.post(path)):
        text = text_of(answer)
        assert "It cannot be brought back; nothing was changed." in text
        assert "is not in the source" in text
    assert not Event.objects.exists()


def test_the_list_is_paged_also_within_one_act(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(client)
    real = deleted.deleted
    monkeypatch.setattr(
        "timeline.admin.deleted.deleted", lambda model, before: real(model, before, 2)
    )
    for number in range(5):
        make_actor(f"Actor {number}")
    with history.act("All at once"):
        Actor.objects.all().delete()
    found, address = [], PAGES[Actor]
    while address:
        page = client.get(address).content.decode()
        found += re.findall(r"<h2>(Actor \d)</h2>", page)
        link = re.search(r'rel="next" href="([^"]+)"', page)
        address = PAGES[Actor] + link[1] if link else ""
    assert sorted(found) == [f"Actor {number}" for number in range(5)]


def test_what_was_deleted_twice_is_listed_once(client: Client) -> None:
    editor(client)
    key = delete(make_actor("Twice"), "First")
    client.post(bring_back_path(Actor, key))
    delete(Actor.objects.get(), "Second")
    page = client.get(PAGES[Actor])
    assert page.content.decode().count("<h2>Twice</h2>") == 1
    assert "“Second”" in text_of(page)


@pytest.mark.parametrize("query", ["?before=x", "?before=20260101T000000000000", "?before=x.1"])
def test_an_address_of_no_page_is_not_found(client: Client, query: str) -> None:
    editor(client)
    assert client.get(PAGES[Event] + query).status_code == 404


@pytest.mark.parametrize("key", [999, 10**30])
def test_what_was_never_deleted_cannot_be_brought_back(client: Client, key: int) -> None:
    editor(client)
    assert client.get(bring_back_path(Event, key)).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_list(client: Client) -> None:
    editor(client)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGES[Claim])
        return len(queries)

    def delete_one() -> None:
        event = make_event("Truce", status=Status.DRAFT)
        with history.act("Doubtful"):
            event.claims.get().delete()

    delete_one()
    asked()
    few = asked()
    for _number in range(5):
        delete_one()
    assert asked() == few


def test_deletions_have_an_index_of_their_own() -> None:
    """A list of them is not to read all of the history."""
    for model in PAGES:
        table = model.history.model._meta.db_table  # type: ignore[attr-defined]
        with connection.cursor() as cursor:
            names = connection.introspection.get_constraints(cursor, table)
        assert f"{table}_deleted" in names


BRINGING_BACK = ("add_event", "add_participation", "add_claim", "publish_event")


@pytest.mark.parametrize("lacking", BRINGING_BACK)
def test_published_events_are_brought_back_by_nobody_who_lacks_a_permission(
    client: Client, lacking: str
) -> None:
    key = delete(make_event("Truce"))
    path = bring_back_path(Event, key)
    staff(client, "view_event", *(one for one in BRINGING_BACK if one != lacking))
    assert client.get(path).status_code == 403
    assert client.post(path).status_code == 403
    assert not Event.objects.exists()
    if lacking != "publish_event":
        assert path not in client.get(PAGES[Event]).content.decode()


def test_a_contributor_brings_drafts_back_and_nothing_published(client: Client) -> None:
    draft = delete(make_event("Draft", status=Status.DRAFT))
    published = delete(make_event("Published"))
    event = make_event()
    claim = delete(make_claim(event, event.claims.get().source, "took place"))
    member(client, "contributor")
    assert client.post(bring_back_path(Event, draft)).status_code == 302
    assert client.post(bring_back_path(Event, published)).status_code == 403
    assert client.post(bring_back_path(Claim, claim)).status_code == 403


@pytest.mark.parametrize("model", list(PAGES))
def test_the_list_is_for_those_who_may_see_what_is_there(client: Client, model: type) -> None:
    staff(client, f"view_{model.__name__.lower()}")
    assert client.get(PAGES[model]).status_code == 200
    client.logout()
    assert client.get(PAGES[model]).status_code == 302
    others = [f"view_{one.__name__.lower()}" for one in PAGES if one is not model]
    client.force_login(staff_named("other", *others))
    assert client.get(PAGES[model]).status_code == 403


def staff_named(name: str, *permissions: str) -> User:
    user = User.objects.create_user(name, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


def test_deleting_asks_why(client: Client) -> None:
    editor(client)
    actor = make_actor("DPRK")
    path = change_path(actor).replace("/change/", "/delete/")
    assert 'name="change_reason"' in client.get(path).content.decode()
    client.post(path, {"post": "yes", "change_reason": " Unused "})
    assert not Actor.objects.exists()
    last = Actor.history.latest()
    assert (last.history_type, last.history_change_reason) == ("-", "Unused")


def test_the_bar_of_a_list_asks_why_and_deleting_remembers_the_answer(client: Client) -> None:
    editor(client)
    actor = make_actor("DPRK")
    path = reverse("admin:actors_actor_changelist")
    assert 'name="change_reason"' in client.get(path).content.decode()
    data = {"action": "delete_selected", "_selected_action": actor.pk, "index": 0}
    asked = client.post(path, data | {"change_reason": 'Said "unused"'}).content.decode()
    assert 'value="Said &quot;unused&quot;"' in asked
    assert Actor.objects.exists()
    client.post(path, data | {"post": "yes", "change_reason": "Unused"})
    assert not Actor.objects.exists()
    assert Actor.history.latest().history_change_reason == "Unused"


def test_the_reason_of_an_action_is_in_the_history(client: Client) -> None:
    editor(client)
    event = make_event("Truce")
    path = reverse("admin:timeline_event_changelist")
    words = "Doubtful " + "x" * 600
    client.post(
        path,
        {
            "action": "return_to_draft",
            "_selected_action": event.pk,
            "index": 0,
            "change_reason": words,
        },
    )
    assert Event.objects.get().status == Status.DRAFT
    assert Event.history.latest().history_change_reason == words[:500]


def test_reverting_asks_why(client: Client) -> None:
    editor(client)
    event = make_event("Right")
    event.title = "Wrong"
    event.save()
    page = client.get(change_path(event).replace("/change/", "/history/")).content.decode()
    way = re.findall(r'href="([^"]+/history/\d+T\d+/)"', page)[0]
    assert 'name="change_reason"' in client.get(way).content.decode()
    client.post(way, {"change_reason": "it was right"})
    assert Event.objects.get().title == "Right"
    assert Event.history.latest().history_change_reason.endswith("UTC: it was right")
