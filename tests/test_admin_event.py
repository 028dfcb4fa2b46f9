"""Editing an event with its actors and claims on one page of the admin."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.admin_forms import (
    actor_data,
    add_path,
    change_path,
    claim_data,
    editor,
    errors_beside,
    event_data,
    filled,
    staff,
    text_of,
    the_event,
)
from tests.builders import make_actor, make_claim, make_event, make_source
from timeline.models import Claim, Event, Status

pytestmark = pytest.mark.django_db
QUOTE = "The war ended in an armistice in 1953."
ADD = "/admin/timeline/event/add/"


@pytest.fixture(autouse=True)
def user(client: Client) -> User:
    return editor(client)


def test_an_event_is_added_with_an_actor_and_a_quote_on_one_page(client: Client) -> None:
    source, actor = make_source(), make_actor("DPRK")
    data = event_data(client, **actor_data(actor, "party"), **claim_data(source, QUOTE))
    assert client.post(ADD, data).status_code == 302
    event = the_event()
    claim = event.claims.get()
    assert (event.slug, event.status, event.sort_date) == ("an-armistice", "draft", 19530101)
    assert str(event.participations.get()) == "DPRK (party)"
    assert (claim.passage.ordinal, claim.start, claim.quote) == (3, 0, QUOTE)
    assert claim.slug.startswith("an-armistice-")


def test_the_quote_that_is_kept_is_the_source_s_own(client: Client) -> None:
    source = make_source("They called it “friendship – and more”.")
    client.post(ADD, event_data(client, **claim_data(source, 'it "friendship - and  more"')))
    assert Claim.objects.get().quote == "it “friendship – and more”"


def test_a_quote_that_is_not_there_is_answered_with_what_the_source_says(client: Client) -> None:
    source = make_source()
    data = event_data(client, **claim_data(source, QUOTE.replace("1953", "1954"), note="mine"))
    response = client.post(ADD, data)
    (message,) = errors_beside(response, "claims")["quote"]
    assert "Did you mean" in message
    assert "1954 in your quote, 1953 in the source" in text_of(response)
    page = response.content.decode()
    assert f'data-words="{QUOTE}"' in page
    assert "1954." in page
    assert "mine</textarea>" in page  # nothing typed is lost
    assert not Event.objects.exists()


def test_a_wrong_quote_has_one_message_only(client: Client) -> None:
    data = event_data(client, **claim_data(make_source(), "nothing like this at all, ever"))
    response = client.post(ADD, data)
    assert [len(told) for told in errors_beside(response, "claims").values()] == [1]


REPEATS = "The talks began in May. They ended soon.\n\nLater the talks began anew in Ulaanbaatar."


def test_words_that_stand_twice_are_listed_with_their_surroundings(client: Client) -> None:
    source = make_source(REPEATS)
    response = client.post(ADD, event_data(client, **claim_data(source, "talks began")))
    assert "stands 2 times" in errors_beside(response, "claims")["quote"][0]
    text = text_of(response)
    assert "Paragraph 1: … The talks began in May." in text
    assert "Paragraph 2: … " in text, text
    assert "Later the talks began anew in Ulaanbaatar" in text


@pytest.mark.parametrize(
    "choice", [{"prefix_words": "Later the"}, {"suffix_words": "anew in"}, {"passage": 2}]
)
def test_the_words_around_or_the_passage_choose(client: Client, choice: dict[str, Any]) -> None:
    source = make_source(REPEATS)
    if "passage" in choice:
        choice = {"passage": source.passages.get(ordinal=2).pk}
    data = event_data(client, **claim_data(source, "talks began", **choice))
    assert client.post(ADD, data).status_code == 302
    assert Claim.objects.get().passage.ordinal == 2


def test_the_words_around_a_repeated_quote_are_shown_and_kept(client: Client) -> None:
    event = make_event(cited=False, status="draft")
    make_claim(event, make_source(REPEATS), "talks began", prefix="Later the")
    path = change_path(event)
    data = filled(client, path)
    assert data["claims-0-prefix_words"].endswith("the")
    assert client.post(path, data | {"claims-0-note": "seen"}).status_code == 302
    claim = Claim.objects.get()
    assert (claim.passage.ordinal, claim.note) == (2, "seen")


def test_a_longer_quote_stays_where_it_was(client: Client) -> None:
    event = make_event(cited=False, status="draft")
    make_claim(event, make_source(REPEATS), "talks began", prefix="Later the")
    path = change_path(event)
    client.post(path, filled(client, path) | {"claims-0-quote": "Later the talks began anew"})
    claim = Claim.objects.get()
    assert (claim.passage.ordinal, claim.start, claim.quote) == (2, 0, "Later the talks began anew")


def test_a_quote_of_another_paragraph_takes_its_passage_along(client: Client) -> None:
    event = make_event(cited=False)
    make_claim(event, make_source(), "shared ideology")
    path = change_path(event)
    assert client.post(path, filled(client, path) | {"claims-0-quote": QUOTE}).status_code == 302
    assert Claim.objects.get().passage.ordinal == 3


def test_a_passage_that_does_not_hold_the_quote_is_refused(client: Client) -> None:
    source = make_source()
    first = source.passages.get(ordinal=1)
    data = event_data(client, **claim_data(source, QUOTE, passage=first.pk))
    response = client.post(ADD, data)
    assert "stands in paragraph 3" in errors_beside(response, "claims")["passage"][0]


def test_a_passage_of_another_source_is_refused(client: Client) -> None:
    other = make_source("Elsewhere.").passages.get()
    data = event_data(client, **claim_data(make_source(), QUOTE, passage=other.pk))
    assert "another source" in errors_beside(client.post(ADD, data), "claims")["passage"][0]


def test_a_claim_without_source_or_quote_says_so_beside_both(client: Client) -> None:
    response = client.post(ADD, event_data(client, **{"claims-0-note": "no quote"}))
    assert {"source", "quote"} <= set(errors_beside(response, "claims"))


def test_claims_of_the_same_words_get_ids_of_their_own(client: Client) -> None:
    source = make_source()
    data = event_data(client, **claim_data(source, QUOTE), **claim_data(source, QUOTE, 1))
    data |= {"claims-TOTAL_FORMS": "2", "claims-1-stance": "disputes"}
    assert client.post(ADD, data).status_code == 302
    first, second = Claim.objects.order_by("ordinal")
    assert (first.ordinal, second.ordinal) == (1, 2)
    assert second.slug == f"{first.slug}-2"


def test_a_date_that_is_no_edtf_has_the_reader_s_advice_beside_it(client: Client) -> None:
    response = client.post(ADD, event_data(client, date="1948-10-32"))
    (message,) = errors_beside(response)["date"]
    assert "character 9" in message


def test_a_date_is_shown_in_words_with_its_earliest_and_latest_day(client: Client) -> None:
    text = text_of(client.get(change_path(make_event(date="1948-09~"))))
    assert "about September 1948 earliest: 1 September 1948 latest: 30 September 1948" in text


def test_an_open_end_is_called_open(client: Client) -> None:
    text = text_of(client.get(change_path(make_event(date="-0043/.."))))
    assert "from 44 BCE earliest: 1 January 44 BCE latest: open" in text


def test_an_inferred_date_without_a_reason_is_refused(client: Client) -> None:
    response = client.post(ADD, event_data(client, date_basis="inferred"))
    assert "date_note" in errors_beside(response)


def test_a_published_event_needs_a_quote(client: Client) -> None:
    response = client.post(ADD, event_data(client, status="published"))
    assert "needs at least one quote of a published source" in text_of(response)
    assert not Event.objects.exists()


def test_quotes_of_drafts_do_not_count(client: Client) -> None:
    source = make_source(status="draft")
    data = event_data(client, status="published", **claim_data(source, QUOTE))
    assert "all of these are from drafts" in text_of(client.post(ADD, data))


def test_the_last_claim_of_a_published_event_cannot_be_deleted(client: Client) -> None:
    event = make_event()
    path = change_path(event)
    response = client.post(path, filled(client, path) | {"claims-0-DELETE": "on"})
    assert "needs at least one quote" in text_of(response)
    assert event.claims.count() == 1


def test_a_claim_of_a_draft_can_be_deleted(client: Client) -> None:
    event = make_event(status="draft")
    path = change_path(event)
    client.post(path, filled(client, path) | {"claims-0-DELETE": "on"})
    assert not event.claims.exists()


def test_whoever_may_not_edit_claims_cannot_publish_without_one(client: Client) -> None:
    staff(client, "add_event", "change_event", "view_event", "publish_event")
    response = client.post(ADD, event_data(client, status="published"))
    assert "needs at least one quote" in errors_beside(response)["status"][0]


def test_the_id_is_made_from_the_title_and_free(client: Client) -> None:
    make_event(slug="mongolia-dprk-relations")
    client.post(ADD, event_data(client, title="Mongolia–DPRK relations"))
    assert Event.objects.filter(slug="mongolia-dprk-relations-2").exists()


def test_a_title_without_latin_letters_asks_for_an_id(client: Client) -> None:
    response = client.post(ADD, event_data(client, title="蒙古"))
    assert "slug" in errors_beside(response)


def test_an_id_that_is_taken_is_refused(client: Client) -> None:
    make_event(slug="taken")
    assert "slug" in errors_beside(client.post(ADD, event_data(client, slug="taken")))


def test_changing_the_id_of_a_published_event_warns(client: Client) -> None:
    event = make_event(slug="old")
    path = change_path(event)
    response = client.post(path, filled(client, path) | {"slug": "new"}, follow=True)
    assert "The address changed from “old” to “new”" in text_of(response)


def test_kinds_and_roles_in_use_are_offered(client: Client) -> None:
    make_event(kind="trade", actors=[(make_actor(), "buyer")])
    page = client.get(add_path("timeline_event")).content.decode()
    assert '<option value="trade">' in page
    assert '<option value="buyer">' in page


def test_view_on_site_is_for_what_readers_see(client: Client) -> None:
    event = make_event(slug="seen")
    assert "/events/seen/" in client.get(change_path(event)).content.decode()
    Event.objects.update(status=Status.DRAFT)
    assert "/events/seen/" not in client.get(change_path(event)).content.decode()


def test_all_that_one_save_writes_shares_its_moment_reason_and_user(
    client: Client, user: User
) -> None:
    source, actor = make_source(), make_actor()
    data = event_data(client, change_reason="First entry", **actor_data(actor))
    client.post(ADD, data | claim_data(source, QUOTE))
    event = the_event()
    records = [
        event.history.get(),
        event.participations.get().history.get(),
        event.claims.get().history.get(),
    ]
    assert len({record.history_date for record in records}) == 1
    assert {record.history_change_reason for record in records} == {"First entry"}
    assert {record.history_user for record in records} == {user}


def test_stored_text_is_never_taken_for_html(client: Client) -> None:
    event = make_event("<script>alert(1)</script>", source=make_source("<b>bold</b> words."))
    for path in (change_path(event), "/admin/timeline/event/"):
        page = client.get(path).content.decode()
        assert "<script>alert" not in page
        assert "<b>bold" not in page
