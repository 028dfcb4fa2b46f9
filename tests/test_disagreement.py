"""What sources contest and what dates rest on: to be filtered by, and on the page of an entry."""

import html
import re
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actors.models import Alias
from tests.builders import make_actor, make_claim, make_event, make_source
from tests.derived import follows
from timeline import index
from timeline.chronology.comparison import has_name
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


def shown(client: Client, event: Event) -> str:
    """The text of the quotes' section of an event's page, without tags and doubled blanks."""
    page = client.get(event.get_absolute_url()).content.decode()
    found = re.search('aria-labelledby="quotes">(.*)<h2 id="cite"', page, re.DOTALL)
    assert found is not None
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", found[1])).split())


def rows(client: Client, event: Event) -> dict[str, list[str]]:
    """The cells of the comparison by the head of their row; that of the sources is ''."""
    page = client.get(event.get_absolute_url()).content.decode()
    found = {}
    for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL):
        cells = [
            " ".join(html.unescape(re.sub(r"<[^>]*>", " ", cell)).split())
            for cell in re.findall(r"<t[hd]\b.*?</t[hd]>", row, re.DOTALL)
        ]
        found[cells[0].split(" ")[0]] = cells[1:]
    return found


def test_one_quote_needs_no_comparison(client: Client, meeting: Event) -> None:
    assert shown(client, meeting).startswith(f"1 quote “{SAID}” — Source")
    assert rows(client, meeting) == {}


def test_sources_that_agree_are_counted(client: Client, meeting: Event) -> None:
    another_quote(meeting)
    assert "The 2 sources agree. None of them gives a date." in shown(client, meeting)
    another_quote(meeting, date="1948-05")
    assert "The 3 sources agree. 1 of them gives a date." in shown(client, meeting)
    assert [cell.partition(" ")[2] for cell in rows(client, meeting)["When"]] == [
        *(f"{n} gives no date" for n in numbers_of(meeting)[:2]),
        f"{numbers_of(meeting)[2]} May 1948 1948-05",
    ]


def numbers_of(event: Event) -> list[str]:
    """The numbers in the titles of the sources of an event."""
    return [
        claim.source.title.removeprefix("Source ")
        for claim in event.claims.select_related("source").order_by("id")
    ]


def test_quotes_of_one_source_share_a_column_and_are_counted_themselves(client: Client) -> None:
    source = make_source(f"{SAID}\n\nThey met in autumn.", title="Diary")
    event = make_event("Meeting", date="1948-21", source=source, quote=SAID)
    make_claim(event, source, "They met in autumn.", date="1948-23", stance="disputes")
    page = shown(client, event)
    assert "1 of 2 quotes disputes this entry." in page
    assert "1 of 2 quotes dates it differently." in page
    assert rows(client, event)[""] == ["Diary ≠ disputes this entry"]
    (said,) = rows(client, event)["What"]
    assert said.index(SAID) < said.index("They met in autumn.")


def test_dates_that_disagree_stand_in_their_own_words_beside_each_other(
    client: Client, meeting: Event
) -> None:
    another_quote(meeting, date="1948-05")
    another_quote(meeting, date="1949~", stance="disputes")
    page = shown(client, meeting)
    assert "1 of 3 sources disputes this entry." in page
    assert "1 of 3 sources dates it differently." in page
    none, fits, other = rows(client, meeting)["When"]
    assert "gives no date" in none
    assert fits.endswith("May 1948 1948-05 = fits the date of this entry")
    assert other.endswith("about 1949 1949~ ≠ not the date of this entry")
    assert [("≠" in head) for head in rows(client, meeting)[""]] == [False, False, True]


def test_dates_that_fit_the_entry_but_not_each_other_are_said_to(client: Client) -> None:
    event = make_event("Meeting", date="1948/1949", cited=False)
    another_quote(event, date="1948")
    another_quote(event, date="1949")
    assert "The dates that are given differ from each other." in shown(client, event)
    for cell in rows(client, event)["When"]:
        assert cell.endswith("≠ not the date that another gives")
    assert titles("contested=yes") == {"Meeting"}


def test_a_source_names_whom_its_quotes_name_by_any_name_and_reports_whom_they_report(
    client: Client, meeting: Event
) -> None:
    mongolia, dprk = make_actor("Mongolia"), make_actor("DPRK")
    Alias.objects.create(actor=dprk, name="North Korea")
    for actor in (mongolia, dprk):
        meeting.participations.create(actor=actor)
    meeting.participations.create(actor=dprk, role="host")
    text = "Mongolia’s envoy met that of North Korea."
    claim = make_claim(meeting, make_source(text), text)
    claim.attributed_to = make_actor("Speaker", kind="person")
    claim.save()
    first, second = rows(client, meeting)["Who"]
    assert first.endswith("nobody by name")
    assert second.endswith("named: Mongolia DPRK in the words of: Speaker")


@pytest.mark.parametrize(
    ("text", "names", "there"),
    [
        ("Mongolia’s envoy", {"Mongolia"}, True),
        ("the Mongolian envoy", {"Mongolia"}, False),
        ("they told us", {"US"}, False),
        ("the (USSR)", {"US", "USSR"}, True),
        ("a.b", {"a.b"}, True),
        ("a-b", {"a.b"}, False),
        ("anything", set(), False),
    ],
)
def test_a_name_is_there_as_it_is_written(text: str, names: set[str], there: bool) -> None:
    assert has_name(text, names) is there


def test_lost_words_are_shown_but_say_nothing(client: Client, meeting: Event) -> None:
    claim = another_quote(meeting, date="1700", stance="disputes")
    another_quote(meeting)
    same = another_quote(meeting, date="1948")
    make_claim(meeting, same.source, SAID, date="1948-05")
    Claim.objects.filter(pk=claim.pk).update(lost=True)
    page = shown(client, meeting)
    assert "The 3 sources agree." in page
    assert "1700" not in page
    assert "disputes" not in page
    assert "no longer in the corrected text" in page
    Claim.objects.filter(pk=claim.pk).update(date="1948")  # as a quote that stands gives it
    index.catch_up()
    assert "gives no date" in rows(client, meeting)["When"][1]


@pytest.mark.parametrize(
    ("fields", "basis"),
    [
        ({"date": "1948"}, "date stated"),
        ({"date": "1948", "date_basis": "inferred", "date_note": "A guess."}, "date inferred"),
        ({}, None),
    ],
)
def test_a_page_says_at_once_what_its_date_rests_on(
    client: Client, fields: dict[str, Any], basis: str | None
) -> None:
    page = client.get(make_event(**fields).get_absolute_url()).content.decode()
    head = page[page.index('class="event-when"') : page.index("<h1")]
    assert ("mark-inferred" in head) == (basis == "date inferred")
    assert re.findall(r">(date \w+)</(?:a|span)>", head) == ([basis] if basis else [])


def test_a_comparison_takes_as_many_queries_for_many_sources_as_for_few(
    client: Client, meeting: Event
) -> None:
    taken = []
    for number in (1, 5):
        for _ in range(number):
            meeting.participations.create(actor=make_actor())
            another_quote(meeting, date="1949")
        index.catch_up()
        with CaptureQueriesContext(connection) as queries:
            client.get(meeting.get_absolute_url())
        # Whether a page is kept is asked once more where one is.
        taken.append(sum("index_version" not in one["sql"] for one in queries))
    assert taken[0] == taken[1] > 0
