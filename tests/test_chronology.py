"""The read path: frozen entries, pages by cursor, headings that are never too precise."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from actors.models import Actor
from tests.builders import make_actor, make_claim, make_event, make_source
from timeline import edtf, index
from timeline.chronology import Count, Cursor, Page, Selection, grouped, read
from timeline.chronology.dating import dating
from timeline.chronology.people import visible_actors
from timeline.index import values
from timeline.index.facts import Facet
from timeline.models import Claim, Event, Status

pytestmark = pytest.mark.django_db


def page(after: Cursor | None = None, size: int = 50, *, latest_first: bool = False) -> Page:
    index.catch_up()
    return read(Selection(), size=size, after=after, latest_first=latest_first)


def visible() -> set[str]:
    """The names of the actors that readers may see."""
    index.catch_up()
    return {actor.name for actor in visible_actors()}


def titles(some: Page) -> list[str]:
    return [entry.title for entry in some.entries]


def make_dated(*dates: str) -> None:
    source = make_source("Something happened.")
    for date in dates:
        make_event(date or "undated", date=date, source=source, quote="Something happened.")


def test_entries_come_by_date_and_undated_ones_last_in_both_orders() -> None:
    make_dated("", "1953", "-0043", "1948-10-15")
    assert titles(page()) == ["-0043", "1948-10-15", "1953", "undated"]
    assert titles(page(latest_first=True)) == ["1953", "1948-10-15", "-0043", "undated"]


@pytest.mark.parametrize("latest_first", [False, True])
def test_pages_follow_each_other_there_and_back_without_gap_or_repetition(
    latest_first: bool,
) -> None:
    make_dated("1953", "1953", "", "1948", "1953", "", "-0100", "1990")
    everything = [entry.slug for entry in page(latest_first=latest_first).entries]
    seen: list[str] = []
    pages = [page(size=3, latest_first=latest_first)]
    while (cursor := pages[-1].next) is not None:
        pages.append(page(cursor, 3, latest_first=latest_first))
    for one in pages:
        seen += [entry.slug for entry in one.entries]
    assert seen == everything
    first, second, third = pages
    assert not first.has_previous
    assert (second.has_previous, second.previous) == (True, None)
    assert page(third.previous, 3, latest_first=latest_first).entries == second.entries


def test_a_cursor_of_an_entry_that_is_gone_still_works() -> None:
    make_dated("1948", "1953", "1990")
    first = page(size=1)
    Claim.objects.filter(event__date="1948").delete()
    Event.objects.filter(date="1948").delete()
    assert titles(page(first.next, 1)) == ["1953"]


@given(st.text(max_size=30))
def test_a_cursor_reads_what_it_wrote_and_refuses_all_else(text: str) -> None:
    try:
        cursor = Cursor.read(text)
    except ValueError:
        return
    assert Cursor.read(str(cursor)) == cursor


def test_a_cursor_can_be_read_by_people() -> None:
    assert str(Cursor(19481015, 7)) == "19481015.7"
    assert Cursor.read("undated.7") == Cursor(None, 7)


def test_reading_a_page_takes_as_many_queries_for_many_entries_as_for_one() -> None:
    def count(after: Cursor | None = None) -> int:
        index.catch_up()
        with CaptureQueriesContext(connection) as queries:
            read(Selection(), size=20, after=after)
        return len(queries)

    mongolia = make_actor("Mongolia")
    make_event("one", date="1948", actors=[mongolia])
    few = count()
    for number in range(25):
        make_event(date=f"19{number:02}", actors=[mongolia, (make_actor(), "host")])
    assert (few, count()) == (4, 3)  # with 20 dated ones there is no need to ask for undated ones
    assert count(page(size=20).next) <= 5


def test_an_entry_shows_the_first_quote_that_supports_it_and_counts_all() -> None:
    source = make_source("They did not meet. They met in 1948. They met.", language="en")
    event = make_event("Meeting", date="1948", cited=False)
    speaker = make_actor("Batchimeg")
    make_claim(event, source, "They did not meet.", stance="disputes", ordinal=1)
    make_claim(event, source, "They met in 1948.", ordinal=2, attributed_to=speaker, slug="met")
    (entry,) = page().entries
    assert entry.citation is not None
    assert entry.citation.quote == "They met in 1948."
    assert (entry.citation.claim, entry.citation.paragraph) == ("met", 1)
    assert (entry.citation.attributed_to, entry.citation.language) == ("Batchimeg", "en")
    assert (entry.quotes, entry.disputes) == (2, 1)


def test_quotes_of_draft_sources_and_lost_ones_do_not_count() -> None:
    event = make_event("Meeting")
    make_claim(event, make_source("Hidden words.", status=Status.DRAFT), "Hidden words.")
    make_claim(event, make_source("Lost words."), "Lost words.", lost=True)
    (entry,) = page().entries
    assert entry.quotes == 1


def test_actors_come_in_the_order_and_the_roles_that_the_editor_gave() -> None:
    one, other = make_actor("Zambia"), make_actor("Angola")
    make_event(actors=[one, (other, "host")])
    (entry,) = page().entries
    assert [(part.name, part.role) for part in entry.parts] == [("Zambia", ""), ("Angola", "host")]


@pytest.mark.parametrize(
    ("dates", "apart"),
    [
        ({"1948", "1948-10-15"}, False),
        ({"1948", "1949"}, True),
        ({"1948", ""}, False),
        ({"/1953", "1950"}, False),
        ({"1953/..", "1950"}, True),
        (set(), False),
    ],
)
def test_dates_disagree_only_if_no_reading_is_common(dates: set[str], apart: bool) -> None:
    assert edtf.disagree(dates) is apart


def test_an_entry_whose_quotes_give_different_dates_says_so() -> None:
    event = make_event("Meeting", date="1948")
    make_claim(event, make_source("It was 1949."), "It was 1949.", date="1949")
    (entry,) = page().entries
    assert entry.dates_disagree


@pytest.mark.parametrize(
    ("date", "marks"),
    [
        ("1948-10-15", ""),
        ("1944~", "mark-qualified"),
        ("1953/..", "mark-spans mark-open-end"),
        ("/1953", "mark-spans mark-open-start"),
        ("[..2013]", "mark-open-start"),
        ("1924~/1990", "mark-spans mark-qualified"),
        ("", "mark-none"),
    ],
)
def test_certainty_is_seen_before_it_is_read(date: str, marks: str) -> None:
    assert dating(date).marks == marks


def test_an_undated_event_says_so_and_never_the_first_of_january() -> None:
    assert dating("").column == ("", "undated")


@pytest.mark.parametrize(
    ("date", "heading"),
    [
        ("1948-10-15", "1940s"),
        ("194X", "1940s"),
        ("1944/1953", "1940s"),
        ("16XX/17XX", "17th century"),
        ("16XX", "17th century"),
        ("1XXX", "11th century to 20th century"),
        ("[1667,1670..1672]", "1660s"),
        ("[1899..1901]", "1890s"),
        ("{1899,1901}", "1890s"),
        ("[..2013]", "2010s"),
        ("/1953", "1950s"),
        ("{..1953}", "Without known beginning"),
        ("/..", "Without known beginning"),
        ("../1953", "Without known beginning"),
        ("-0043", "40s BCE"),
        ("-00XX", "1st century BCE"),
        ("", "Undated"),
    ],
)
def test_a_heading_is_never_more_precise_than_its_entries(date: str, heading: str) -> None:
    make_dated(date)
    assert [period.heading for period in grouped(page().entries)] == [heading]


def test_a_heading_that_comes_back_is_continued_and_has_an_anchor_of_its_own() -> None:
    make_dated("1600-01-01", "16XX", "1601")
    periods = grouped(page().entries)
    assert [period.heading for period in periods] == [
        "1600s",
        "17th century",
        "1600s, continued",
    ]
    assert len({period.anchor for period in periods}) == 3


def test_actors_that_appear_in_drafts_only_are_not_shown() -> None:
    shown, hidden = make_actor("Shown"), make_actor("Hidden")
    make_event(actors=[shown, (shown, "host")])
    make_event(actors=[shown, hidden], status=Status.DRAFT)
    assert visible() == {"Shown"}
    assert values.of_slugs(Facet.ACTOR, [hidden.slug]) == {}


def test_an_actor_in_two_roles_of_an_entry_is_counted_once() -> None:
    one, other = make_actor("One"), make_actor("Other")
    make_event(actors=[one, (one, "host")])
    make_event(actors=[one, other], status=Status.DRAFT)
    index.catch_up()
    assert values.entries_of(Facet.ACTOR, [one.pk, other.pk]) == {one.pk: 1}


def test_actors_who_are_quoted_or_related_to_those_shown_are_shown() -> None:
    state, office, speaker, parliament = (
        make_actor(name) for name in ("State", "Office", "Speaker", "Parliament")
    )
    stranger, related_to_stranger = make_actor("Stranger"), make_actor("Friend of stranger")
    event = make_event(actors=[state])
    event.claims.update(attributed_to=speaker)
    office.relations.create(kind="office-of", other=state)
    speaker.relations.create(kind="member-of", other=parliament)
    related_to_stranger.relations.create(kind="member-of", other=stranger)
    assert visible() == {
        "State",
        "Office",
        "Speaker",
        "Parliament",
    }


def test_an_actor_of_drafts_is_hidden_even_if_related_to_one_that_is_shown() -> None:
    state, hidden = make_actor("State"), make_actor("Hidden")
    make_event(actors=[state])
    make_event(actors=[hidden], status=Status.DRAFT)
    hidden.relations.create(kind="office-of", other=state)
    assert visible() == {"State"}


def test_companions_are_counted_in_published_entries_only() -> None:
    one, other, third = make_actor("One"), make_actor("Other"), make_actor("Third")
    make_event(actors=[one, other])
    make_event(actors=[one, other, (other, "host"), third])
    make_event(actors=[one, third], status=Status.DRAFT)
    make_event(actors=[third])
    index.catch_up()
    value = values.of_slugs(Facet.ACTOR, [one.slug])[one.slug]
    found = Count(Selection(actors=(value.id,))).by_value[Facet.ACTOR]
    assert [(actor.name, actor.entries) for actor in found] == [
        ("One", 2),
        ("Other", 2),
        ("Third", 1),
    ]


def test_an_actor_renamed_is_shown_by_the_new_name_where_it_is_counted() -> None:
    actor = make_actor("Old name")
    make_event(actors=[actor])
    Actor.objects.update(name="New name")
    index.catch_up()
    assert [one.name for one in Count(Selection()).by_value[Facet.ACTOR]] == ["New name"]
