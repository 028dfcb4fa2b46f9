"""The page on which one cites: what it shows, who may do what there, and how a draft is led on."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from tests.admin_forms import editor, member, page, staff, text_of
from tests.builders import make_actor, make_claim, make_event, make_source
from tests.citing import QUOTE, cite_path, digest, look_up, save, typed
from timeline.models import Claim, Event, Participation, Source, Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Source:
    return make_source()


# Who may do what.


def test_whoever_may_not_add_claims_reads_and_has_no_form(client: Client, source: Source) -> None:
    event = make_event("Founded", source=source, quote="In 1911 Mongolia proclaimed")
    staff(client, "view_source", "view_event", "view_claim")
    answer = client.get(cite_path(source))
    assert "Founded" in text_of(answer)
    assert "<textarea" not in answer.content.decode()
    assert save(client, source, QUOTE).status_code == 403
    assert look_up(client, source, QUOTE).status_code == 403
    assert Event.objects.get() == event


def test_whoever_may_not_see_sources_sees_nothing(client: Client, source: Source) -> None:
    staff(client, "add_claim", "add_event", "view_event")
    assert client.get(cite_path(source)).status_code == 403
    client.logout()
    assert client.get(cite_path(source)).status_code == 302
    assert client.post(cite_path(source), typed(QUOTE)).status_code == 302
    assert not Event.objects.exists()


def test_whoever_may_not_add_events_adds_to_those_that_are_there(
    client: Client, source: Source
) -> None:
    event = make_event(status=Status.DRAFT)
    staff(client, "view_source", "view_event", "add_claim")
    assert 'value="new"' not in client.get(cite_path(source)).content.decode()
    save(client, source, QUOTE)
    assert Event.objects.count() == 1
    save(client, source, QUOTE, target="other", claim__event=event.pk)
    assert event.claims.count() == 2


def test_whoever_may_not_say_who_took_part_is_not_asked(client: Client) -> None:
    mongolia = make_actor("Mongolia")
    source = make_source("Mongolia spoke.")
    staff(client, "view_source", "view_event", "add_event", "add_claim")
    chosen = {"participations-0-actor": mongolia.pk, "participations-TOTAL_FORMS": "1"}
    answer = save(client, source, "Mongolia spoke", **chosen)
    assert answer.status_code == 302
    assert not Participation.objects.exists()


@pytest.mark.parametrize(
    ("group", "allowed"), [("contributor", False), ("editor", True), ("administrator", True)]
)
def test_only_editors_add_a_quote_to_what_is_published(
    client: Client, source: Source, group: str, allowed: bool
) -> None:
    event, draft = make_event(), make_event(status=Status.DRAFT)
    member(client, group)
    answer = save(client, source, QUOTE, target=event.pk)
    assert (answer.status_code == 302) is allowed
    assert event.claims.count() == 1 + allowed
    if not allowed:
        assert "an editor has to add" in text_of(answer)
    assert save(client, source, QUOTE, target=draft.pk).status_code == 302
    assert save(client, source, QUOTE).status_code == 302


def test_published_events_are_not_offered_to_whom_may_not_change_them(
    client: Client, source: Source
) -> None:
    make_event("Public", source=source, quote=QUOTE)
    make_event("Hidden", source=source, quote=QUOTE, status=Status.DRAFT)
    member(client, "contributor")
    found = look_up(client, source, QUOTE)
    assert [one.title for one in found.context["entry"].likely] == ["Hidden"]


def test_with_four_eyes_nothing_published_is_added_to(
    client: Client, source: Source, settings: pytest.FixtureRequest
) -> None:
    settings.FOUR_EYES = True  # type: ignore[attr-defined]  # pytest-django's own class
    event = make_event()
    editor(client)
    assert save(client, source, QUOTE, target=event.pk).status_code == 200
    assert event.claims.count() == 1


@pytest.mark.parametrize("said", ["0", "999999999999999999999", "x", "-1", "²"])
def test_an_event_that_is_not_there_is_refused(client: Client, source: Source, said: str) -> None:
    editor(client)
    answer = save(client, source, QUOTE, target="other", claim__event=said)
    assert set(answer.context["entry"].claim.errors) == {"event"}


@pytest.mark.parametrize("name", ["ordinal", "start", "end"])
@pytest.mark.parametrize("said", ["-1", "99999999999999999999", "x", "²"])
def test_a_place_that_is_none_is_not_believed(
    client: Client, source: Source, name: str, said: str
) -> None:
    editor(client)
    place = {"claim__ordinal": "3", "claim__start": "0", "claim__end": "3"} | {
        f"claim__{name}": said
    }
    place |= {"claim__digest": digest(source), "claim__placed": QUOTE}
    assert look_up(client, source, QUOTE, **place).status_code == 200
    save(client, source, QUOTE, **place)
    assert all(claim.start == 0 and claim.passage.ordinal == 3 for claim in Claim.objects.all())


# The page.


def test_claims_are_marked_with_their_events_and_drafts_apart(client: Client) -> None:
    editor(client)
    source = make_source("It began here. It ended there.\n\nNobody cites this.")
    event = make_event("Beginning", source=source, quote="It began here", date="1948")
    draft = make_event("End", source=source, quote="ended there", status=Status.DRAFT)
    html = re.sub("<span[^>]*></span>", "", client.get(cite_path(source)).content.decode())
    assert '<mark class="cited">It began here</mark>. It <mark class="cited cited-draft">' in html
    assert f"/admin/timeline/event/{event.pk}/change/" in html
    assert f"/admin/timeline/claim/{draft.claims.get().pk}/change/" in html
    assert html.count('<strong class="cite-draft">draft</strong>') == 1


def test_stored_text_is_not_html(client: Client) -> None:
    editor(client)
    source = make_source("<b>It</b> began & <script>alert(1)</script> ended.", title="<i>Title</i>")
    make_event("<u>Event</u>", source=source, quote="began & <script>")
    for answer in (client.get(cite_path(source)), look_up(client, source, "<b>It</b> began")):
        html = answer.content.decode()
        assert not [
            tag for tag in ("<b>It", "<script>alert", "<i>Title", "<u>Event") if tag in html
        ]


def test_a_paragraph_can_be_asked_for_to_be_shortened(client: Client, source: Source) -> None:
    editor(client)
    answer = client.get(cite_path(source), {"passage": "3"})
    assert answer.context["entry"].claim["quote"].value() == QUOTE
    for asked in ("99", "x", "-1", "9" * 30):
        assert client.get(cite_path(source), {"passage": asked}).status_code == 200


def test_a_source_without_text_says_so(client: Client) -> None:
    editor(client)
    source = Source.objects.create(slug="untold", title="Untold")
    assert "No text yet" in text_of(client.get(cite_path(source)))
    assert client.get(cite_path(source).replace(str(source.pk), "999999")).status_code == 404
    assert client.get(cite_path(source).replace(str(source.pk), "x")).status_code == 404


def test_a_source_and_the_list_of_sources_lead_there(client: Client, source: Source) -> None:
    editor(client)
    for html in (
        page(client, "timeline_source_change", source.pk),
        page(client, "timeline_source_changelist"),
    ):
        assert f'href="{cite_path(source)}"' in html


def test_a_long_source_takes_as_many_queries_as_a_short_one(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    editor(client)
    short = make_source("Only this.")
    long = make_source("\n\n".join(f"Paragraph {number} says so." for number in range(300)))
    for number in range(20):
        event = make_event(source=long, quote=f"Paragraph {number} says")
        make_claim(event, long, f"{number} says so")
    client.get(cite_path(short))
    with CaptureQueriesContext(connection) as of_short:
        client.get(cite_path(short))
    with django_assert_num_queries(len(of_short)):
        assert client.get(cite_path(long)).status_code == 200


# On to what readers see, without leaving the page.


def publish(client: Client, source: Source, event: object) -> int:
    """The status of the answer to the button that publishes a draft."""
    return client.post(cite_path(source), {"_publish_draft": str(event)}).status_code


def test_a_draft_is_published_beside_its_words(client: Client, source: Source) -> None:
    user = member(client, "editor")
    save(client, source, QUOTE)
    event = Event.objects.get()
    assert f'value="{event.pk}"' in client.get(cite_path(source)).content.decode()
    assert publish(client, source, event.pk) == 302
    event.refresh_from_db()
    assert event.status == Status.PUBLISHED
    assert event.history.latest().history_user == user
    assert "_publish_draft" not in client.get(cite_path(source)).content.decode()


def test_a_contributor_publishes_nothing_here(client: Client, source: Source) -> None:
    event = make_event(source=source, quote=QUOTE, status=Status.REVIEW)
    member(client, "contributor")
    assert "_publish_draft" not in client.get(cite_path(source)).content.decode()
    assert publish(client, source, event.pk) == 403
    assert not Event.objects.published().exists()


def test_a_contributor_submits_a_draft_beside_its_words(client: Client, source: Source) -> None:
    member(client, "contributor")
    save(client, source, QUOTE)
    event = Event.objects.get()
    assert "Submit for review" in client.get(cite_path(source)).content.decode()
    posted = client.post(cite_path(source), {"_submit_draft": str(event.pk)}, follow=True)
    event.refresh_from_db()
    assert event.status == Status.REVIEW
    page = posted.content.decode()
    assert "In review: " in page
    assert "_submit_draft" not in page
    member(client, "editor")
    assert client.post(cite_path(source), {"_submit_draft": str(event.pk)}).status_code == 403


def test_nor_does_who_wrote_it_where_a_second_person_has_to(
    client: Client, source: Source, settings: Any
) -> None:
    settings.FOUR_EYES = True
    member(client, "editor", "first")
    save(client, source, QUOTE)
    event = Event.objects.get()
    publish(client, source, event.pk)
    assert not Event.objects.published().exists()
    member(client, "editor", "second")
    publish(client, source, event.pk)
    assert Event.objects.published().exists()


@pytest.mark.parametrize("key", ["0", "", "x", "٣", "9" * 30])
def test_what_this_source_is_not_quoted_for_is_not_published_here(
    client: Client, source: Source, key: str
) -> None:
    other = make_event(status=Status.DRAFT)
    member(client, "editor")
    assert publish(client, source, key) == 404
    assert publish(client, source, other.pk) == 404
    assert not Event.objects.published().exists()


def test_in_a_draft_source_there_is_nothing_to_publish_with(client: Client) -> None:
    draft = make_source(status=Status.DRAFT)
    event = make_event(source=draft, quote=QUOTE, status=Status.DRAFT)
    member(client, "editor")
    assert publish(client, draft, event.pk) == 403
