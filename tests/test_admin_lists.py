"""The lists of the admin: what they show, find and filter, what their actions do, who may look."""

from typing import Any

import pytest
from django.test import Client

from tests.admin_forms import change_path, editor, errors_beside, filled, staff, text_of
from tests.builders import make_actor, make_claim, make_event, make_source
from timeline.admin.in_use import words_in_use
from timeline.models import Claim, Event, Passage, Status

pytestmark = pytest.mark.django_db
EVENTS = "/admin/timeline/event/"
MODELS = ["timeline/event", "timeline/source", "timeline/claim", "timeline/passage", "actors/actor"]


def shown(client: Client, **parameters: str) -> list[str]:
    """The titles in the list of events, in its order."""
    response = client.get(EVENTS, parameters)
    assert response.status_code == 200, response.headers
    return [event.title for event in response.context["cl"].result_list]


@pytest.mark.parametrize("model", MODELS)
def test_lists_need_a_constant_number_of_queries(
    client: Client, model: str, django_assert_max_num_queries: Any
) -> None:
    editor(client)
    for _ in range(12):
        make_event(actors=[make_actor()])
    client.get(f"/admin/{model}/")
    with django_assert_max_num_queries(9):
        client.get(f"/admin/{model}/")


@pytest.mark.parametrize("model", MODELS)
def test_lists_and_forms_are_closed_to_staff_without_permission(client: Client, model: str) -> None:
    event = make_event(actors=[make_actor()])
    staff(client)
    claim = event.claims.get()
    things = [event, claim.source, claim, claim.passage, event.actors.get()]
    assert client.get(f"/admin/{model}/").status_code == 403
    for thing in things:
        assert client.get(change_path(thing)).status_code == 403


def test_whoever_may_only_look_at_events_cannot_post(client: Client) -> None:
    editor(client)
    event = make_event("Right")
    path = change_path(event)
    typed = filled(client, path) | {"title": "Wrong"}
    staff(client, "view_event", "view_claim")
    assert client.get(path).status_code == 200
    assert client.post(path, typed).status_code == 403
    action = {"action": "return_to_draft", "_selected_action": [event.pk]}
    client.post(EVENTS, action)
    assert Event.objects.get().status == Status.PUBLISHED


def test_events_are_listed_by_date_with_their_quotes_counted(client: Client) -> None:
    editor(client)
    make_event("undated")
    make_event("later", date="1953")
    make_event("earlier", date="1948-09~", date_basis="inferred", date_note="by context")
    assert shown(client) == ["earlier", "later", "undated"]
    text = text_of(client.get(EVENTS))
    assert "about September 1948 earlier diplomacy published inferred 1 view" in text
    assert "undated undated diplomacy published - 1 view" in text


@pytest.mark.parametrize(
    ("parameters", "titles"),
    [
        ({"q": "treaty"}, ["pact"]),
        ({"q": "its own words"}, ["quoted"]),
        ({"status__exact": "draft"}, ["draft"]),
        ({"kind": "trade"}, ["pact"]),
        ({"date_basis__exact": "inferred"}, ["pact"]),
        ({"dated": "no"}, ["draft", "quoted"]),
        ({"dated": "yes"}, ["pact"]),
        ({"qualified__exact": "1"}, ["pact"]),
        ({"years": "1940..1950"}, ["pact"]),
        ({"years": "1948"}, ["pact"]),
        ({"years": "1949.."}, []),
        ({"years": "..-43"}, []),
    ],
)
def test_events_are_found_and_filtered(
    client: Client, parameters: dict[str, str], titles: list[str]
) -> None:
    editor(client)
    inferred: dict[str, Any] = {"date_basis": "inferred", "date_note": "by context"}
    make_event("pact", summary="A treaty.", kind="trade", date="1948~", **inferred)
    make_event("draft", status=Status.DRAFT)
    make_event("quoted", source=make_source("In its own words."))
    assert sorted(shown(client, **parameters)) == titles


def test_events_are_filtered_by_source(client: Client) -> None:
    editor(client)
    event = make_event("one")
    make_event("other")
    source = event.claims.get().source
    assert shown(client, claims__source__id__exact=str(source.pk)) == ["one"]


@pytest.mark.parametrize("years", ["1950..1940", "x", "..", "１９４８", "9" * 30])
def test_years_that_make_no_sense_find_nothing_and_say_how(client: Client, years: str) -> None:
    editor(client)
    make_event(date="1948")
    assert shown(client, years=years) == []
    assert "Write a year, or two with dots between" in text_of(client.get(EVENTS, {"years": years}))


def test_publishing_from_the_list_reports_each_event(client: Client) -> None:
    editor(client)
    good = make_event("good", status=Status.DRAFT)
    bad = make_event("bad", status=Status.DRAFT, cited=False)
    action = {"action": "publish", "_selected_action": [good.pk, bad.pk]}
    text = text_of(client.post(EVENTS, action, follow=True))
    assert "Published: “good”." in text
    assert "“bad”: A published event needs at least one quote" in text
    assert list(Event.objects.published()) == [good]


def test_returning_to_draft_is_in_the_history(client: Client) -> None:
    user = editor(client)
    event = make_event()
    client.post(EVENTS, {"action": "return_to_draft", "_selected_action": [event.pk]})
    newest = event.history.latest()
    assert (newest.status, newest.history_user) == (Status.DRAFT, user)


def test_the_last_quote_of_a_published_event_is_not_deleted_from_the_list(client: Client) -> None:
    editor(client)
    event = make_event("kept")
    claim = event.claims.get()
    action = {"action": "delete_selected", "_selected_action": [claim.pk], "post": "yes"}
    text = text_of(client.post("/admin/timeline/claim/", action, follow=True))
    assert "would have no quote of a published source left" in text
    path = change_path(claim).replace("/change/", "/delete/")
    assert "kept" in text_of(client.get(path))
    client.post(path, {"post": "yes"})
    assert Claim.objects.exists()


def test_one_of_two_quotes_may_be_deleted(client: Client) -> None:
    editor(client)
    event = make_event(source=make_source(), quote="shared ideology")
    claim = make_claim(event, event.claims.get().source, "armistice in 1953")
    client.post(change_path(claim).replace("/change/", "/delete/"), {"post": "yes"})
    assert event.claims.count() == 1


def test_a_claim_alone_is_checked_as_on_its_event_s_page(client: Client) -> None:
    editor(client)
    claim = make_event(source=make_source(), quote="shared ideology").claims.get()
    path = change_path(claim)
    response = client.post(path, filled(client, path) | {"quote": "shared idealism"})
    assert "Did you mean" in errors_beside(response)["quote"][0]
    client.post(path, filled(client, path) | {"quote": "based on shared ideology"})
    claim.refresh_from_db()
    assert claim.passage.text[claim.start : claim.end] == "based on\nshared ideology"


def test_a_claim_is_not_moved_to_a_draft_if_it_is_the_last(client: Client) -> None:
    editor(client)
    claim = make_event(source=make_source(), quote="shared ideology").claims.get()
    draft = make_source(status=Status.DRAFT)
    path = change_path(claim)
    response = client.post(path, filled(client, path) | {"source": str(draft.pk)})
    assert "source" in errors_beside(response)


def test_a_claim_is_added_alone(client: Client) -> None:
    editor(client)
    event, source = make_event(slug="known"), make_source()
    path = "/admin/timeline/claim/add/"
    typed = {"event": event.pk, "source": source.pk, "quote": "shared ideology"}
    assert client.post(path, filled(client, path) | typed).status_code == 302
    claim = source.claims.get()
    assert claim.slug.startswith("known-")
    assert claim.ordinal == 2


def test_claims_are_found_by_their_words_and_shown_with_their_event(client: Client) -> None:
    editor(client)
    event = make_event("pact", source=make_source(), quote="shared ideology")
    make_event()
    response = client.get("/admin/timeline/claim/", {"q": "ideology"})
    assert response.context["cl"].result_count == 1
    assert f'<a href="{change_path(event)}">pact</a>' in response.content.decode()


def passages_offered(client: Client, **parameters: Any) -> list[str]:
    asked = {"app_label": "timeline", "model_name": "claim", "field_name": "passage"}
    response = client.get("/admin/autocomplete/", asked | parameters)
    return [found["id"] for found in response.json()["results"]]


def test_passages_are_offered_of_the_chosen_source_only(client: Client) -> None:
    editor(client)
    source, other = make_source(), make_source("The war elsewhere.")
    third = source.passages.get(ordinal=3)
    assert passages_offered(client, term="war", source=source.pk) == [str(third.pk)]
    assert len(passages_offered(client, term="war", source="")) == 2
    assert passages_offered(client, term="3", source=source.pk) == [str(third.pk)]
    assert passages_offered(client, term="", source=other.pk) == [str(other.passages.get().pk)]
    assert len(passages_offered(client, term="war", source="²")) == 2


def test_passages_are_for_reading_only(client: Client) -> None:
    editor(client)
    passage = make_source("Words.").passages.get()
    assert client.get(change_path(passage)).status_code == 200
    assert client.post(change_path(passage), {"text": "Others."}).status_code == 403
    assert Passage.objects.get().text == "Words."


def test_an_actor_is_edited_with_names_and_relations(client: Client) -> None:
    editor(client)
    other = make_actor("Qing")
    path = "/admin/actors/actor/add/"
    typed = filled(client, path) | {
        "name": "Mongolia",
        "kind": "state",
        "aliases-0-name": "MPR",
        "aliases-0-period": "1924/1992",
        "relations-0-kind": "member-of",
        "relations-0-other": str(other.pk),
    }
    wrong = client.post(path, typed | {"aliases-0-period": "1924-1992"})
    assert "period" in errors_beside(wrong, "aliases")
    assert client.post(path, typed).status_code == 302
    assert other.inverse_relations.get().actor.slug == "mongolia"
    page = text_of(client.get(change_path(other.inverse_relations.get().actor)))
    assert "1924–1992 earliest: 1 January 1924 latest: 31 December 1992" in page


def test_an_actor_is_not_related_to_itself(client: Client) -> None:
    editor(client)
    actor = make_actor()
    path = change_path(actor)
    typed = {"relations-0-kind": "part-of", "relations-0-other": str(actor.pk)}
    response = client.post(path, filled(client, path) | typed)
    assert "related to itself" in errors_beside(response, "relations")["other"][0]


def test_the_first_page_bears_the_name_of_the_site_and_leads_to_it(client: Client) -> None:
    editor(client)
    page = client.get("/admin/")
    assert "Mongolia–DPRK relations" in text_of(page)
    assert '<a href="/">View site</a>' in page.content.decode()


def test_the_words_in_use_come_each_once_in_order_and_without_the_empty_one() -> None:
    assert words_in_use("timeline_participation", "role") == []
    actor = make_actor()
    for role in ("host", "", "guest", "host", "été"):
        make_event(actors=[(actor, role)], cited=False)
    assert sorted(words_in_use("timeline_participation", "role")) == ["guest", "host", "été"]
    make_event(kind="war", cited=False)
    assert words_in_use("timeline_event", "kind") == ["diplomacy", "war"]
