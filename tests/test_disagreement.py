"""What sources contest and what dates rest on: values that readers filter by."""

import html

import pytest
from django.http import QueryDict
from django.test import Client

from tests.builders import make_claim, make_event, make_source
from tests.derived import follows
from timeline import index
from timeline.filters import EventFilter
from timeline.filters.facets import facets_of
from timeline.models import Claim, Event, Source, Status

pytestmark = pytest.mark.django_db

SAID = "They met in spring."


def asked(query: str) -> EventFilter:
    index.catch_up()
    found = EventFilter(QueryDict(query))
    assert found.is_valid(), found.errors
    return found


def titles(query: str) -> set[str]:
    return {entry.title for entry in asked(query).page(50).entries}


def offered(query: str, parameter: str) -> dict[str, int | None]:
    (facet,) = (one for one in facets_of(asked(query)) if one.parameter == parameter)
    return {value.name: value.entries for value in facet.values}


@pytest.fixture
def meeting() -> Event:
    """An entry that one source supports."""
    return make_event("Meeting", date="1948", source=make_source(SAID), quote=SAID)


def another_quote(event: Event, **fields: str) -> Claim:
    return make_claim(event, make_source(SAID), SAID, **fields)


def test_a_date_is_stated_or_inferred_and_no_date_is_neither() -> None:
    make_event("stated", date="1948")
    make_event("inferred", date="1949", date_basis="inferred", date_note="A guess.")
    make_event("undated")
    make_event("never mind", date_basis="inferred", date_note="A guess of nothing.")
    follows()
    assert titles("basis=stated") == {"stated"}
    assert titles("basis=inferred") == {"inferred"}
    assert titles("basis=undated") == {"undated", "never mind"}
    assert titles("basis=stated&basis=undated") == {"stated", "undated", "never mind"}
    assert titles("basis=undated&from=1900") == set()
    assert offered("", "basis") == {"none": 2, "inferred": 1, "stated": 1}
    assert offered("basis=inferred", "basis") == {"none": 2, "inferred": 1, "stated": 1}


def test_quotes_that_agree_contest_nothing(meeting: Event) -> None:
    another_quote(meeting, date="1948-05")
    another_quote(meeting)
    follows()
    assert titles("contested=yes") == set()
    assert offered("", "contested") == {}


def test_what_no_entry_has_can_be_asked_for_and_taken_off(meeting: Event) -> None:
    assert offered("contested=yes&basis=undated", "contested") == {"contested": None}
    assert asked("contested=yes").sentence() == (
        "No entry that sources dispute or date differently"
    )
    assert [chip.query_without for chip in asked("contested=yes&basis=undated").chips] == [
        "?contested=yes",
        "?basis=undated",
    ]


@pytest.mark.parametrize(
    "fields",
    [{"stance": "disputes"}, {"date": "1949"}, {"date": "1947-12/1947-12-31"}, {"date": "../1947"}],
)
def test_a_source_contests_an_entry_that_it_disputes_or_dates_otherwise(
    meeting: Event, fields: dict[str, str]
) -> None:
    make_event("Other", date="1948")
    claim = another_quote(meeting, **fields)
    follows()
    assert titles("contested=yes") == {"Meeting"}
    assert offered("", "contested") == {"contested": 1}
    claim.delete()
    assert titles("contested=yes") == set()
    follows()


def test_two_sources_that_disagree_contest_an_entry_without_a_date() -> None:
    event = make_event("Meeting", cited=False)
    another_quote(event, date="1948")
    another_quote(event, date="1949")
    assert titles("contested=yes&basis=undated") == {"Meeting"}


def test_an_entry_that_is_redated_may_be_contested(meeting: Event) -> None:
    another_quote(meeting, date="1948-05")
    assert titles("contested=yes") == set()
    meeting.date = "1950"
    meeting.save()
    assert titles("contested=yes") == {"Meeting"}
    follows()


def test_neither_lost_words_nor_a_hidden_source_contest_an_entry(meeting: Event) -> None:
    claim = another_quote(meeting, stance="disputes", date="1950")
    assert titles("contested=yes") == {"Meeting"}
    Claim.objects.filter(pk=claim.pk).update(lost=True)
    assert titles("contested=yes") == set()
    Claim.objects.filter(pk=claim.pk).update(lost=False)
    assert titles("contested=yes") == {"Meeting"}
    Source.objects.filter(pk=claim.source_id).update(status=Status.DRAFT)
    assert titles("contested=yes") == set()
    follows()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("basis=inferred", "No entry whose date is inferred"),
        ("basis=undated&basis=stated", "1 entry whose date is stated or not given"),
        (
            "kind=diplomacy&contested=yes&basis=stated&from=1948&to=1948",
            "1 entry possibly in 1948 whose date is stated that sources dispute or date differently"
            " of the kind diplomacy",
        ),
    ],
)
def test_the_sentence_says_so(meeting: Event, query: str, sentence: str) -> None:
    another_quote(meeting, stance="disputes")
    assert asked(query).sentence() == sentence


def test_an_address_has_them_in_one_order(meeting: Event) -> None:
    another_quote(meeting, stance="disputes")
    found = asked("contested=yes&order=-date&basis=undated&basis=stated&kind=diplomacy")
    assert found.query == "?kind=diplomacy&basis=stated&basis=undated&contested=yes&order=-date"
    assert [chip.label for chip in found.chips] == [
        *("diplomacy", "date stated", "no date", "contested")
    ]


def test_a_page_offers_them_and_tells_dates_apart_by_a_mark(meeting: Event, client: Client) -> None:
    another_quote(meeting, stance="disputes")
    make_event("inferred", date="1949", date_basis="inferred", date_note="A guess.")
    make_event("undated")
    page = html.unescape(client.get("/").content.decode())
    assert 'href="/?contested=yes"' in page
    assert page.count('<span class="mark mark-inferred" aria-hidden="true"></span> inferred') == 1
    assert page.count('<span class="mark mark-none" aria-hidden="true"></span> none') == 1
    narrowed = html.unescape(client.get("/?basis=inferred&contested=yes").content.decode())
    assert '<input type="hidden" name="basis" value="inferred">' in narrowed
    assert '<input type="hidden" name="contested" value="yes">' in narrowed
    assert 'aria-current="true"' in narrowed
