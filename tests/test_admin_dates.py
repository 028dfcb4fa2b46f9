"""Dates in words in the admin: taken when they have been seen, asked about when they have not."""

import html
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from actors.models import Actor
from tests.admin_forms import (
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
from tests.builders import make_actor, make_event, make_source
from timeline.admin.dates import EdtfFormField, TypedDate, seen_for
from timeline.models import Claim, Event, Source

ADD = "/admin/timeline/event/add/"


def seen_fields(response: Any, name: str = "date") -> list[str]:
    """What the page would post as seen for a date field: one value, or one of several."""
    tags = re.findall(rf'<input[^>]*name="{name}-seen"[^>]*>', response.content.decode())
    return [
        html.unescape(found[1]) for tag in tags if (found := re.search(r'value="([^"]*)"', tag))
    ]


@pytest.fixture
def user(client: Client) -> User:
    return editor(client)


def cleaned(text: str, seen: str = "") -> str:
    return str(EdtfFormField(required=False).clean(TypedDate(text, seen)))


def test_edtf_is_taken_at_once() -> None:
    assert cleaned(" 1948-10-15 ") == "1948-10-15"
    assert cleaned("") == ""


def test_words_are_taken_once_their_meaning_was_seen() -> None:
    with pytest.raises(ValidationError, match="Read as “15 October 1948”"):
        cleaned("15 October 1948")
    assert cleaned(" 15 October  1948", seen_for("1948-10-15", "15 October 1948")) == "1948-10-15"


def test_a_meaning_that_was_seen_for_other_words_does_not_count() -> None:
    with pytest.raises(ValidationError, match="can mean more than one"):
        cleaned("10/11/1948", seen_for("1948-11-10", "10 November 1948"))


@pytest.mark.parametrize(
    "seen", ["1950 10/11/1948", "10/11/1948", "1948-11-10", " 10/11/1948", "x"]
)
def test_what_the_words_do_not_mean_is_not_taken_whoever_posts_it(seen: str) -> None:
    with pytest.raises(ValidationError):
        cleaned("10/11/1948", seen)


def test_one_of_two_meanings_is_chosen() -> None:
    assert cleaned("10/11/1948", "1948-10-11 10/11/1948") == "1948-10-11"


def test_no_date_is_confirmed_like_a_date() -> None:
    with pytest.raises(ValidationError, match="no date"):
        cleaned("undated")
    assert cleaned("undated", " undated") == ""


@pytest.mark.django_db
@pytest.mark.usefixtures("user")
def test_without_script_the_first_save_shows_the_meaning_and_the_second_takes_it(
    client: Client,
) -> None:
    data = event_data(client, date="late 17th century", title="A war of words")
    response = client.post(ADD, data)
    assert "Read as “between about 1667 and 1699”" in errors_beside(response)["date"][0]
    assert not Event.objects.exists()
    page = response.content.decode()
    assert 'value="late 17th century"' in page
    assert 'value="A war of words"' in page
    assert "earliest: 1 January 1667" in text_of(response)
    assert "“late”" in text_of(response)  # the convention is told
    (seen,) = seen_fields(response)
    assert client.post(ADD, data | {"date-seen": seen}).status_code == 302
    assert the_event().date == "[1667~..1699]"


@pytest.mark.django_db
@pytest.mark.usefixtures("user")
def test_words_that_were_seen_stay_seen_when_something_else_is_wrong(client: Client) -> None:
    data = event_data(client, date="c. 1944", title="", **{"date-seen": "1944~ c. 1944"})
    response = client.post(ADD, data)
    assert "date" not in errors_beside(response)
    assert seen_fields(response) == ["1944~ c. 1944"]


@pytest.mark.django_db
@pytest.mark.usefixtures("user")
def test_an_ambiguous_date_is_chosen_by_a_radio_button_that_stays_chosen(client: Client) -> None:
    data = event_data(client, date="10/11/1948")
    response = client.post(ADD, data)
    assert "more than one date" in errors_beside(response)["date"][0]
    values = seen_fields(response)
    assert values == ["1948-11-10 10/11/1948", "1948-10-11 10/11/1948"]
    assert "checked" not in response.content.decode()  # nothing is chosen for the editor
    response = client.post(ADD, data | {"date-seen": values[1], "title": ""})
    assert re.search(rf'value="{values[1]}"\s+checked', response.content.decode())
    assert client.post(ADD, data | {"date-seen": values[1]}).status_code == 302
    assert the_event().date == "1948-10-11"


@pytest.mark.django_db
@pytest.mark.usefixtures("user")
def test_what_is_not_understood_stays_in_the_field_and_is_told_once(client: Client) -> None:
    response = client.post(ADD, event_data(client, date="1948, printed <b>1950"))
    (message,) = errors_beside(response)["date"]
    assert "“printed” has no place in a date" in message
    assert 'value="1948, printed &lt;b&gt;1950"' in response.content.decode()
    assert text_of(response).count("“printed”") == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("user")
def test_a_stored_date_that_could_be_read_otherwise_is_saved_as_it_is(client: Client) -> None:
    event = make_event("Talks", date="1903-05", status="draft", cited=False)
    response = client.get(change_path(event))
    assert seen_fields(response) == ["1903-05 1903-05"]
    data = filled(client, change_path(event)) | {"title": "New", "date-seen": "1903-05 1903-05"}
    assert client.post(change_path(event), data).status_code == 302
    event.refresh_from_db()
    assert (event.title, event.date) == ("New", "1903-05")


@pytest.mark.django_db
@pytest.mark.usefixtures("user")
def test_words_for_the_same_date_change_nothing(client: Client) -> None:
    event = make_event("Talks", date="1948-10-15", status="draft", cited=False)
    data = filled(client, change_path(event)) | {
        "date": "15 October 1948",
        "date-seen": "1948-10-15 15 October 1948",
    }
    before = event.history.count()
    assert client.post(change_path(event), data).status_code == 302
    assert event.history.count() == before or event.history.first().date == "1948-10-15"


@pytest.mark.django_db
@pytest.mark.usefixtures("user")
def test_claims_sources_aliases_and_relations_take_words(client: Client) -> None:
    source = make_source()
    claim = claim_data(source, "The war ended in an armistice in 1953.", date="mid-1953")
    claim["claims-0-date-seen"] = "[1953-05~..1953-08~] mid-1953"
    assert client.post(ADD, event_data(client, **claim)).status_code == 302
    assert Claim.objects.get().date == "[1953-05~..1953-08~]"

    path = change_path(source)
    data = filled(client, path) | {"issued": "May 2013", "issued-seen": "2013-05 May 2013"}
    assert client.post(path, data).status_code == 302
    assert Source.objects.get().issued == "2013-05"

    actor, other = make_actor("Mongolia"), make_actor("DPRK")
    path = change_path(actor)
    data = filled(client, path) | {
        "aliases-0-name": "Mongolian People's Republic",
        "aliases-0-period": "1924–1992",
        "aliases-0-period-seen": "1924/1992 1924–1992",
        "relations-0-kind": "member-of",
        "relations-0-other": str(other.pk),
        "relations-0-period": "since 1948",
    }
    response = client.post(path, data)
    assert "Read as “from 1948”" in errors_beside(response, "relations")["period"][0]
    (seen,) = seen_fields(response, "relations-0-period")
    assert client.post(path, data | {"relations-0-period-seen": seen}).status_code == 302
    actor = Actor.objects.get(pk=actor.pk)
    assert actor.aliases.get().period == "1924/1992"
    assert actor.relations.get().period == "1948/.."


@pytest.mark.django_db
@pytest.mark.usefixtures("user")
def test_the_part_of_a_page_that_the_script_asks_for(client: Client) -> None:
    url = reverse("read_date")
    response = client.get(url, {"text": " c.  1944 ", "name": "claims-0-date"})
    assert "about 1944 earliest: 1 January 1944" in text_of(response)
    assert seen_fields(response, "claims-0-date") == ["1944~ c. 1944"]
    assert "no-store" in response["Cache-Control"]
    assert text_of(client.get(url, {"text": "  ", "name": "date"})) == ""
    assert "No date" in text_of(client.get(url, {"text": "n.d.", "name": "date"}))
    assert len(seen_fields(client.get(url, {"text": "10/11/1948", "name": "date"}))) == 2
    assert client.post(url, {"text": "1944"}).status_code == 405


@pytest.mark.django_db
@pytest.mark.usefixtures("user")
def test_nothing_that_is_asked_comes_back_as_markup(client: Client) -> None:
    page = client.get(
        reverse("read_date"), {"text": "<script>1</script>", "name": '"><script>'}
    ).content.decode()
    assert "<script" not in page
    page = client.get(
        reverse("read_date"), {"text": "c. 1944", "name": '"><script>'}
    ).content.decode()
    assert "<script" not in page
    response = client.get(reverse("read_date"), {"text": "1 or " * 10_000})
    assert "longer than a date" in text_of(response)


@pytest.mark.django_db
def test_only_staff_is_answered(client: Client) -> None:
    url = reverse("read_date")
    assert client.get(url, {"text": "1944"}).status_code == 403
    client.force_login(User.objects.create_user("reader"))
    assert client.get(url, {"text": "1944"}).status_code == 403
    staff(client)
    assert client.get(url, {"text": "1944"}).status_code == 200


@pytest.mark.django_db
@pytest.mark.usefixtures("user")
def test_reading_a_date_asks_nothing_of_the_chronology(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(3) as asked:  # the session, who, and what they may
        client.get(reverse("read_date"), {"text": "c. 1944", "name": "date"})
    assert not [query for query in asked.captured_queries if "timeline_" in query["sql"]]
