"""The lists of likely doubles, and where else an editor is told of them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actors.models import Relation
from tests.admin_forms import change_path, editor, event_data, filled, text_of
from tests.builders import make_actor, make_event
from tests.doubles import ACTORS, EVENTS, MERGES, chosen, make_double, path_of
from timeline import doubles, index
from timeline.models import Distinct, Event, Status

pytestmark = pytest.mark.django_db


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
