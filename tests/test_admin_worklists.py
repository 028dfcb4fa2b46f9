"""The work lists: what is in each, how they are counted, and who sees them."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actors.models import Actor
from tests.admin_forms import change_path, editor, filled, member, staff, text_of
from tests.builders import make_actor, make_claim, make_event, make_source
from tests.derived import follows
from timeline.admin import listing, worklists
from timeline.index import catch_up
from timeline.index.work import Work, of_events
from timeline.models import Claim, Event, Status

pytestmark = pytest.mark.django_db
EVENTS, CLAIMS = "/admin/timeline/event/", "/admin/timeline/claim/"
PASSAGES = "/admin/timeline/passage/"
TWO = "The talks began in 1950.\n\nThe talks began in 1951."


def counts(client: Client) -> dict[str, str]:
    """What the first page says: the length of each list by its address."""
    groups = client.get("/admin/").context["work"]["groups"]
    return {
        one.address: f"{one.number}{'+' if one.more else ''}"
        for group in groups
        for one in group.lists
    }


def listed(client: Client, address: str, **parameters: str) -> list[Any]:
    response = client.get(address, parameters)
    assert response.status_code == 200, response.headers
    return list(response.context["cl"].result_list)


def titles(client: Client, **parameters: str) -> list[str]:
    return sorted(event.title for event in listed(client, EVENTS, **parameters))


def test_the_first_page_counts_every_list_with_drafts_and_leads_to_it(client: Client) -> None:
    editor(client)
    make_event("undated")
    inferred: dict[str, Any] = {"date_basis": "inferred", "date_note": "by context"}
    make_event("inferred", date="1948", status=Status.DRAFT, **inferred)
    make_event("bare", date="1950", status=Status.REVIEW, cited=False)
    event = make_event("torn", date="1948", source=make_source(TWO), quote="in 1950")
    make_claim(event, make_source(TWO), "in 1951", stance=Claim.Stance.DISPUTES)
    Claim.objects.filter(event__title="undated").update(lost=True)
    make_source("Nobody quotes this.", status=Status.DRAFT)
    expected = {
        f"{EVENTS}?status__exact=review": "1",
        f"{EVENTS}?status__exact=draft": "1",
        f"{EVENTS}?sources=none": "1",
        f"{EVENTS}?contested=yes": "1",
        f"{EVENTS}?sources=one": "1",
        f"{EVENTS}?date_basis__exact=inferred&dated=yes": "1",
        f"{EVENTS}?dated=no": "1",
        f"{CLAIMS}?lost__exact=1": "1",
        f"{CLAIMS}?note=due": "1",
        "/admin/timeline/source/?status__exact=review": "0",
        "/admin/timeline/source/?status__exact=draft": "1",
        f"{PASSAGES}?claimed=no": "4",
    }
    assert counts(client) == expected
    for address, number in expected.items():
        assert len(listed(client, address)) == int(number), address
    assert "To do Events In review 1 Drafts 1 Without any claim 1" in text_of(client.get("/admin/"))


@pytest.mark.parametrize(
    ("given", "lists"),
    [
        ({"note": ""}, {Work.ONE_SOURCE}),
        ({"stance": "disputes"}, {Work.ONE_SOURCE, Work.CONTESTED, Work.NOTE_DUE}),
        ({"stance": "disputes", "note": "Out of date."}, {Work.ONE_SOURCE, Work.CONTESTED}),
        ({"stance": "disputes", "note": " \n"}, {Work.ONE_SOURCE, Work.CONTESTED, Work.NOTE_DUE}),
        ({"date": "1951"}, {Work.ONE_SOURCE, Work.CONTESTED, Work.NOTE_DUE}),
        ({"date": "1950-05"}, {Work.ONE_SOURCE}),
        ({"lost": True, "date": "1951"}, {Work.LOST}),
    ],
)
@pytest.mark.parametrize("status", list(Status))
def test_what_is_due_of_one_claim(given: dict[str, Any], lists: set[Work], status: Status) -> None:
    event = make_event(date="1950", status=status, cited=False)
    make_claim(event, make_source(TWO, status=status), "The talks began in 1950", **given)
    assert {one.list for one in of_events([event.pk])} == lists
    catch_up()
    follows()


def test_claims_of_two_sources_are_not_of_one_even_if_one_is_a_draft(client: Client) -> None:
    editor(client)
    event = make_event("two", date="1950")
    make_claim(event, make_source(TWO, status=Status.DRAFT), "in 1950")
    assert titles(client, sources="one") == []


def test_lists_follow_every_change(client: Client) -> None:
    editor(client)
    event = make_event("one", date="1950")
    assert titles(client, contested="yes") == []
    claim = make_claim(event, make_source(TWO), "in 1951", date="1951")
    assert titles(client, contested="yes") == ["one"]
    assert listed(client, CLAIMS, note="due") == [claim]
    claim.delete()
    assert titles(client, contested="yes") == []
    assert titles(client, sources="one") == ["one"]
    event.delete()
    assert set(counts(client).values()) - {"0"} == {"3"}  # passages that nobody quotes now


def test_filters_are_combined(client: Client) -> None:
    editor(client)
    make_event("draft", status=Status.DRAFT)
    make_event("dated", date="1950", status=Status.DRAFT)
    make_event("published")
    assert titles(client, sources="one", dated="no", status__exact="draft") == ["draft"]
    assert titles(client, sources="one", q="published") == ["published"]
    assert titles(client, contested="yes", sources="one") == []
    assert titles(client, sources="nonsense") == ["dated", "draft", "published"]


def test_long_lists_are_looked_up_the_other_way_round_with_the_same_result(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(client)
    for number in range(4):
        make_event(f"{number}", date="1950" if number % 2 else "")
    monkeypatch.setattr("timeline.admin.list_filters.MOST", 1)
    assert titles(client, sources="one") == ["0", "1", "2", "3"]
    assert titles(client, sources="one", dated="no", q="2") == ["2"]
    path = change_path(Event.objects.get(title="1"))
    typed = {"action": "return_to_draft", "_selected_action": ["0"], "select_across": "1"}
    client.post(f"{EVENTS}?sources=one&dated=yes", typed)
    assert Event.objects.filter(status=Status.DRAFT).count() == 2
    assert client.get(path).status_code == 200


def test_counts_say_where_they_stop(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    editor(client)
    monkeypatch.setattr(worklists, "MOST", 2)
    for _ in range(3):
        make_event()
    assert counts(client)[f"{EVENTS}?dated=no"] == "2+"
    assert "Undated more than 2" in text_of(client.get("/admin/"))


def test_passages_without_claims_are_listed_by_source(client: Client) -> None:
    editor(client)
    source = make_source()
    make_event(source=source, quote="shared ideology")
    make_source("Elsewhere.")
    found = listed(client, PASSAGES, claimed="no", source__id__exact=str(source.pk))
    assert [passage.ordinal for passage in found] == [1, 3]
    found = listed(client, PASSAGES, claimed="yes", source__id__exact=str(source.pk))
    assert [passage.ordinal for passage in found] == [2]


@pytest.mark.parametrize(
    ("permissions", "groups"),
    [
        ((), []),
        (("view_event",), ["Events"]),
        (("change_claim",), ["Claims"]),
        (("view_source",), ["Sources"]),
        (("view_passage",), ["Sources"]),
        (("view_actor",), []),
    ],
)
def test_only_lists_that_one_may_look_at_are_shown(
    client: Client, permissions: tuple[str, ...], groups: list[str]
) -> None:
    staff(client, *permissions)
    make_event("A secret draft", status=Status.DRAFT)
    response = client.get("/admin/")
    assert [group.label for group in response.context["work"]["groups"]] == groups
    assert "secret" not in text_of(response)
    assert ("To do" in text_of(response)) == bool(groups)


@pytest.mark.parametrize("group", ["contributor", "editor", "administrator"])
def test_every_link_of_what_is_to_do_is_open_to_who_sees_it(client: Client, group: str) -> None:
    member(client, group)
    make_event()
    work = client.get("/admin/").context["work"]
    addresses = [one.address for some in work["groups"] for one in some.lists]
    addresses += [address for _label, address in work["ways"]]
    assert len(addresses) >= 15
    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_one_s_own_drafts_stand_on_the_first_page(client: Client) -> None:
    member(client, "contributor")
    typed = filled(client, "/admin/timeline/event/add/")
    client.post("/admin/timeline/event/add/", typed | {"title": "Begun", "kind": "war"})
    make_event("Of others", status=Status.DRAFT)
    make_event("Published")
    text = text_of(client.get("/admin/"))
    assert "My drafts Begun" in text
    assert "Of others" not in text
    assert "Waits for you" not in text


def test_what_others_submit_waits_for_who_may_publish(client: Client) -> None:
    member(client, "contributor")
    typed = filled(client, "/admin/timeline/event/add/") | {"kind": "war", "status": "review"}
    client.post("/admin/timeline/event/add/", typed | {"title": "Theirs"})
    assert "Waits for you" not in text_of(client.get("/admin/"))
    member(client, "editor")
    client.post("/admin/timeline/event/add/", typed | {"title": "My own"})
    make_source(title="A source", status=Status.REVIEW)
    text = text_of(client.get("/admin/"))
    assert "Waits for you to review Theirs A source My drafts My own" in text
    path = change_path(Event.objects.get(title="Theirs"))
    client.post(path, filled(client, path) | {"summary": "Changed."})
    assert "Waits for you to review A source" in text_of(client.get("/admin/"))


def test_the_first_page_takes_the_same_number_of_queries_however_much_there_is(
    client: Client,
) -> None:
    editor(client)
    other = User.objects.create_user("other")

    def queries() -> int:
        client.get("/admin/")
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get("/admin/")
        return len(captured)

    def more(number: int) -> None:
        for _ in range(number):
            event = make_event(status=Status.REVIEW, actors=[make_actor()])
            event.history.update(history_user=other)
            make_event(status=Status.DRAFT)

    more(1)
    before = queries()
    more(5)
    assert queries() == before
    assert before < 25


def test_a_list_says_that_there_is_more_than_it_counts(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(client)
    monkeypatch.setattr(listing, "MOST", 60)
    monkeypatch.setattr(listing.CappedList, "most", 60)
    Actor.objects.bulk_create(
        Actor(slug=f"a-{n:03}", name=f"Actor {n:03}", kind="state") for n in range(70)
    )
    address = "/admin/actors/actor/"
    text = text_of(client.get(address))
    assert "More than 60 actors" in text
    assert "sorted in their own order only" not in text
    assert len(listed(client, address, p="2")) == 10
    assert client.get(address, {"p": "3"}).status_code == 302
    sorted_by_kind = client.get(address, {"o": "-2"})
    assert "sorted in their own order only" in text_of(sorted_by_kind)
    assert next(one.name for one in sorted_by_kind.context["cl"].result_list) == "Actor 000"
    assert "more than 60 results" in text_of(client.get(address, {"q": "Actor"}))
    few = client.get(address, {"q": "Actor 00", "o": "-1"})
    assert next(one.name for one in few.context["cl"].result_list) == "Actor 009"


@pytest.mark.parametrize("order", ["x", "-", "99", "1.2", "-1.-2", "²"])
def test_an_order_that_makes_no_sense_is_no_error(
    client: Client, order: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(client)
    monkeypatch.setattr(listing, "MOST", 1)
    make_event("one")
    make_event("two")
    assert len(listed(client, EVENTS, o=order)) == 2


def test_sources_are_offered_by_words_and_few_of_them(client: Client) -> None:
    editor(client)
    for number in range(25):
        make_source(f"Text {number}.", title=f"Report {number}")
    wanted = make_source("A treaty.", title="The Ulaanbaatar treaty")
    make_event("one", source=wanted, quote="treaty")
    page = client.get(EVENTS).content.decode()
    assert page.count("claims__source__id__exact=") == 20
    found = client.get(EVENTS, {"source_like": "treaty ulaan"}).content.decode()
    assert found.count("claims__source__id__exact=") == 1
    assert titles(client, claims__source__id__exact=str(wanted.pk)) == ["one"]
    assert titles(client, claims__source__id__exact="x") == []
    assert "No source has these words" in text_of(client.get(EVENTS, {"source_like": "\0zzz"}))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("armistice", ["draft", "published"]),
        ("ARMIS", ["draft", "published"]),
        ("treaties", ["published"]),
        ("armistice pact", ["draft"]),
        ("-armistice", []),
        ("…", []),
        ("%", []),
        ("'", []),
        ('"', []),
        ("x" * 300, []),
        ("own-id", ["published"]),
        ("Chosŏn", ["published"]),
        ("NEAR(armistice) OR *", []),
    ],
)
def test_search_finds_published_and_drafts(client: Client, words: str, found: list[str]) -> None:
    editor(client)
    actor = make_actor("Choson")
    make_event("published", slug="own-id", summary="The armistice treaty.", actors=[actor])
    make_event("draft", source=make_source("An armistice."), summary="A pact.", status=Status.DRAFT)
    assert titles(client, q=words) == found


def test_claims_are_found_drafts_and_lost_ones_too(client: Client) -> None:
    editor(client)
    text = "Shared ideology."
    public = make_event("public", source=make_source(text), quote=text).claims.get()
    hidden = make_event("hidden", source=make_source(text), quote=text, status=Status.DRAFT)
    unread = make_event("unread", source=make_source(text, status=Status.DRAFT), quote=text)
    lost = make_event("lost", source=make_source(text), quote=text).claims.get()
    Claim.objects.filter(pk=lost.pk).update(lost=True)
    wanted = {public, hidden.claims.get(), unread.claims.get(), lost}
    assert set(listed(client, CLAIMS, q="ideology")) == wanted
    assert listed(client, CLAIMS, q=public.slug) == [public]
    assert set(listed(client, CLAIMS, q="hidden")) == {hidden.claims.get()}
    assert listed(client, CLAIMS, q="nothing of it") == []
    assert listed(client, CLAIMS, event__status__exact="draft") == [hidden.claims.get()]
    assert listed(client, CLAIMS, event__date_basis__exact="inferred") == []
