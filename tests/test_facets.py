"""Facets and histogram: what they offer, count and lead to, also where counting ends early."""

import html
import re
from collections import Counter

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import make_actor, make_event, make_source
from tests.chronicle import KINDS, Chronicle, make_chronicle, queries
from timeline import edtf, index
from timeline.chronology import Count, Selection
from timeline.filters import EventFilter
from timeline.filters.addresses import query_string
from timeline.filters.facets import FacetShown, ValueShown, bars_of, facets_of, years_label
from timeline.index.facts import CONTESTED, Basis, Facet

pytestmark = pytest.mark.django_db

many = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


def asked(query: str) -> EventFilter:
    index.catch_up()
    found = EventFilter(QueryDict(query.removeprefix("?")))
    assert found.is_valid(), found.errors
    return found


def facet(query: str, parameter: str) -> FacetShown:
    (found,) = (one for one in facets_of(asked(query)) if one.parameter == parameter)
    return found


def values(query: str, parameter: str) -> dict[str, ValueShown]:
    return {one.slug: one for one in facet(query, parameter).values}


def numbers(query: str, parameter: str) -> dict[str, int | None]:
    return {slug: one.entries for slug, one in values(query, parameter).items()}


def total(query: str) -> int:
    return asked(query).count.total


@pytest.fixture
def history() -> None:
    """Entries of three actors, three kinds and two sources."""
    article, book = (
        make_source("They met.", slug=slug, title=slug.title()) for slug in ("article", "book")
    )
    mongolia, dprk, china = (make_actor(slug.upper(), slug=slug) for slug in ("mn", "kp", "cn"))
    for date, kind, source, actors in (
        ("1948", "talks", article, [mongolia, dprk]),
        ("1949", "talks", article, [mongolia, dprk]),
        ("1950/1953", "war", article, [dprk, china]),
        ("1951", "war", book, [china]),
        ("1955", "trade", book, [mongolia, china]),
        ("", "trade", book, [mongolia]),
    ):
        make_event(date=date, kind=kind, source=source, quote="They met.", actors=actors)


@pytest.mark.usefixtures("history")
def test_every_value_is_offered_with_its_number_the_most_frequent_first() -> None:
    assert list(numbers("", "actor").items()) == [("mn", 4), ("cn", 3), ("kp", 3)]
    assert list(numbers("", "kind").items()) == [("talks", 2), ("trade", 2), ("war", 2)]
    assert list(numbers("", "source").items()) == [("article", 3), ("book", 3)]


@pytest.mark.usefixtures("history")
def test_an_actor_more_narrows_and_a_chosen_one_can_be_taken_off() -> None:
    found = values("actor=kp", "actor")
    assert {slug: one.entries for slug, one in found.items()} == {"kp": 3, "mn": 2, "cn": 1}
    assert [slug for slug, one in found.items() if one.chosen] == ["kp"]
    assert found["mn"].query == "?actor=kp&actor=mn"
    assert found["kp"].query == ""
    assert total("actor=kp&actor=mn") == 2


@pytest.mark.usefixtures("history")
def test_a_kind_or_source_more_widens_so_their_numbers_do_not_mind_what_is_chosen() -> None:
    found = values("kind=war&actor=cn", "kind")
    assert {slug: one.entries for slug, one in found.items()} == {"war": 2, "trade": 1}
    assert found["trade"].query == "?actor=cn&kind=trade&kind=war"
    assert found["war"].query == "?actor=cn"
    assert total("actor=cn&kind=trade&kind=war") == 3
    assert numbers("kind=war", "source") == {"article": 1, "book": 1}
    assert numbers("source=book&kind=war", "source") == {"article": 1, "book": 1}


@pytest.mark.usefixtures("history")
def test_what_is_chosen_is_offered_to_be_taken_off_even_where_it_has_no_entries() -> None:
    found = facet("kind=talks&actor=cn", "kind").values
    assert [(one.slug, one.entries, one.chosen) for one in found] == [
        ("talks", None, True),
        ("war", 2, False),
        ("trade", 1, False),
    ]
    assert found[0].query == "?actor=cn"
    assert [one.slug for one in facet("kind=talks&actor=cn", "actor").values] == ["cn"]


@pytest.mark.usefixtures("history")
def test_a_facet_keeps_words_years_and_order_but_not_the_page() -> None:
    query = "q=they&from=1940&to=1960&when=certain&order=-date&after=19480101.1"
    assert values(query, "actor")["mn"].query == (
        "?q=they&from=1940&to=1960&when=certain&actor=mn&order=-date"
    )
    bars = bars_of(asked(query))
    assert bars[0].query == "?q=they&from=1948&to=1948&when=certain&order=-date"


@pytest.mark.usefixtures("history")
def test_years_narrow_the_numbers() -> None:
    assert numbers("from=1950&to=1951", "actor") == {"cn": 2, "kp": 1}
    assert numbers("from=1954", "kind") == {"trade": 1}
    assert numbers("from=1900&to=1901", "kind") == {}


@pytest.mark.usefixtures("history")
def test_a_bar_stands_for_a_year_and_counts_what_may_lie_in_it() -> None:
    bars = bars_of(asked(""))
    assert [(bar.label, bar.entries) for bar in bars] == [
        *(("1948", 1), ("1949", 1), ("1950", 1), ("1951", 2)),
        *(("1952", 1), ("1953", 1), ("1954", 0), ("1955", 1)),
    ]
    assert [bar.height for bar in bars] == [50, 50, 50, 100, 50, 50, 0, 50]
    assert bars[3].query == "?from=1951&to=1951"
    assert [bar.entries for bar in bars_of(asked("actor=cn"))] == [1, 2, 1, 1, 0, 1]
    assert [bar.entries for bar in bars_of(asked("actor=cn&kind=war"))] == [1, 2, 1, 1]


@pytest.mark.usefixtures("history")
def test_where_there_is_nothing_to_tell_apart_nothing_is_drawn() -> None:
    for query in ("from=1951&to=1951", "from=1700&to=1701", "actor=mn&actor=cn"):
        assert bars_of(asked(query)) == ()


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [
        (1948, 1948, "1948"),
        (1940, 1949, "1940s"),
        (1900, 1999, "1900–1999"),
        (-43, -43, "44 BCE"),
        (-50, -41, "51–42 BCE"),
        (-10, -1, "11–2 BCE"),
        (0, 9, "1 BCE – 9 CE"),
        (10, 19, "10s CE"),
        (-100, 99, "101 BCE – 99 CE"),
        (1000, 1999, "1000–1999"),
        (0, 0, "1 BCE"),
    ],
)
def test_bars_are_labelled_as_readers_count_years(first: int, last: int, label: str) -> None:
    assert years_label(first, last, "en") == label


def test_a_few_entries_beside_many_are_still_to_be_seen() -> None:
    source = make_source("They met.")
    for _ in range(60):
        make_event(date="1948", source=source, quote="They met.")
    make_event(date="1950", source=source, quote="They met.")
    assert [bar.height for bar in bars_of(asked(""))] == [100, 0, 3]


def test_the_width_of_bars_follows_the_span() -> None:
    source = make_source("They met.")
    spans = []
    for date in ("1948", "1953", "1700", "-1999", "Y-30000"):
        make_event(date=date, source=source, quote="They met.")
        bars = bars_of(asked(""))
        spans.append((bars[0].years, len(bars) <= 100) if bars else None)
    assert spans == [None, (1, True), (10, True), (100, True), (1000, True)]


@pytest.fixture
def chronicle(db: None) -> Chronicle:
    return make_chronicle()


def some(parameter: str, names: list[str], most: int) -> st.SearchStrategy[list[tuple[str, str]]]:
    return st.lists(
        st.sampled_from(names).map(lambda name: (parameter, name)), max_size=most, unique=True
    )


years = st.sampled_from(([], [("from", "1900")], [("to", "1949")], [("from", "-50"), ("to", "60")]))
wishes = st.tuples(
    years,
    some("actor", [f"a{n}" for n in range(6)], 2),
    some("kind", list(KINDS), 2),
    some("source", [f"s{n}" for n in range(4)], 2),
    some("basis", [*Basis], 2),
    some("contested", [CONTESTED.name], 1),
    st.just([]) | queries.map(lambda text: [("q", text)]),
).map(lambda parts: query_string([pair for part in parts for pair in part]))


@many
@given(wish=wishes)
def test_numbers_are_those_that_a_click_shows(chronicle: Chronicle, wish: str) -> None:
    found = EventFilter(QueryDict(wish.removeprefix("?")))
    if not found.is_valid():  # no word in it
        return
    for one in facets_of(found):
        assert one.exact
        others = [pair for pair in found.parameters if pair[0] != one.parameter]
        for value in one.values:
            clicked = total(value.query)
            if one.parameter == "actor" and not value.chosen:
                assert value.entries == clicked
            elif one.parameter == "actor":
                assert (value.entries or 0) == found.count.total
            else:
                alone = query_string([*others, (one.parameter, value.slug)])
                assert (value.entries or 0) == total(alone)
                if found.chosen(one.parameter) and not value.chosen:
                    assert clicked >= found.count.total


@many
@given(wish=wishes)
def test_a_bar_within_the_years_shows_what_its_click_shows(chronicle: Chronicle, wish: str) -> None:
    found = EventFilter(QueryDict(wish.removeprefix("?")))
    if not found.is_valid():
        return
    first, last = found.years
    for bar in bars_of(found):
        clicked = asked(bar.query)
        start, end = clicked.years
        assert start is not None
        assert end is not None
        assert end - start + 1 == bar.years
        if (first is None or first <= start) and (last is None or end <= last):
            assert clicked.count.total == bar.entries


@pytest.fixture
def counting_ends_early(chronicle: Chronicle, monkeypatch: pytest.MonkeyPatch) -> Chronicle:
    monkeypatch.setattr("timeline.chronology.counting.MOST_COUNTED", 5)
    return chronicle


def test_of_many_entries_the_first_are_counted_and_that_is_said(
    counting_ends_early: Chronicle,
) -> None:
    found = asked("kind=war&kind=trade&to=2100")
    expected = counting_ends_early.expected(found.selection)
    assert len(expected) > 5
    count = found.count
    assert (count.total, count.exact, count.values_exact) == (5, False, False)
    assert found.sentence().startswith("More than 5 entries possibly in or before 2100")
    known = counting_ends_early.published
    counted = Counter(value for one in expected[:5] for value in known[one])
    for shown in count.by_value[Facet.ACTOR]:
        assert shown.entries == counted[shown.id]
    starts = [one.earliest_start or edtf.FIRST_DAY for one in expected[:5]]
    known_starts = [start // 10_000 for start in starts if start > edtf.FIRST_DAY]
    assert count.counted_to == known_starts[-1]


def test_what_fits_is_counted_in_full(counting_ends_early: Chronicle) -> None:
    found = asked("kind=war&kind=trade&from=1948&to=1948&actor=a1&actor=a2")
    assert len(counting_ends_early.expected(found.selection)) <= 5
    assert (found.count.exact, found.count.values_exact, found.count.counted_to) == (
        True,
        True,
        None,
    )


def test_tallies_know_the_total_of_one_value_however_many(counting_ends_early: Chronicle) -> None:
    for query in ("", "from=1900", "kind=war", "actor=a1&to=1950"):
        found = asked(query)
        expected = counting_ends_early.expected(found.selection)
        assert len(expected) > 5
        assert (found.count.total, found.count.exact) == (len(expected), True)
        assert found.sentence().startswith(f"{len(expected)} entries")
        assert found.count.values_exact == (not found.chosen("kind") and not found.chosen("actor"))


def test_tallies_know_the_values_of_many_entries_in_some_years(
    counting_ends_early: Chronicle,
) -> None:
    count = Count(Selection(first=1940, last=1960))
    known = counting_ends_early.published
    wanted = Counter(
        value for one in counting_ends_early.expected(count.selection) for value in known[one]
    )
    assert count.values_exact
    for facet_values in count.by_value.values():
        for one in facet_values:
            assert one.entries == wanted[one.id]


def test_pages_say_where_counting_ended(counting_ends_early: Chronicle, client: Client) -> None:
    page = html.unescape(client.get("/?kind=trade&kind=war").content.decode())
    assert "More than 5 entries" in page
    assert re.search(r"counted up to [^<]+ only; narrow the years to see the rest", page)
    assert "Counted in 5 of these entries." in page
    everything = client.get("/").content.decode()
    assert "counted up to" not in everything
    assert "Counted in" not in everything


@pytest.mark.usefixtures("history")
def test_bars_and_facets_of_a_page_are_links_that_say_what_they_are(client: Client) -> None:
    page = html.unescape(client.get("/?actor=cn&kind=war").content.decode())
    assert '<a href="/?actor=cn&kind=war&from=' not in page  # one order of parameters
    assert "<title>1951: 2 entries</title>" in page
    assert "<title>1950: 1 entry</title>" in page
    for link in re.findall(r'href="(/\?[^"]*)"', page):
        assert client.get(link).status_code == 200, link
    (chosen,) = re.findall(r'href="([^"]*)" aria-current="true"[^<]*<span[^>]*>war', page)
    assert chosen == "/?actor=cn"
