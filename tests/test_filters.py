"""Query strings are read in one place: strictly, in words, and as one address for each state."""

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.builders import make_actor, make_claim, make_event, make_source
from timeline import index
from timeline.chronology.counting import MOST_VALUES
from timeline.filters import EventFilter
from timeline.filters.addresses import ORDER
from timeline.filters.facets import bars_of, facets_of
from timeline.filters.years import read_year
from timeline.index.facts import Facet
from timeline.localised import year_words
from timeline.models import Event, Source, Status

pytestmark = pytest.mark.django_db
LONG = "9" * 10_000


def asked(query: str) -> EventFilter:
    index.catch_up()
    return EventFilter(QueryDict(query))


def titles(query: str) -> set[str]:
    selection = asked(query)
    page = selection.page(50)
    assert not selection.errors
    assert selection.count.total == len(page.entries)
    return {entry.title for entry in page.entries}


def errors(query: str) -> dict[str, list[str]]:
    selection = asked(query)
    page = selection.page(50)
    assert page.entries == ()
    return dict(selection.errors)


def words(query: str) -> str:
    selection = asked(query)
    assert selection.is_valid(), selection.errors
    return selection.sentence()


def offered(query: str, parameter: str) -> dict[str, int | None]:
    """The values of a facet with their numbers."""
    (facet,) = (one for one in facets_of(asked(query)) if one.parameter == parameter)
    return {value.slug: value.entries for value in facet.values}


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("1948", 1948),
        (" 1948 ", 1948),
        ("-43", -43),
        ("−43", -43),
        ("44 BCE", -43),
        ("44 bc", -43),
        ("1BCE", 0),
        ("79 CE", 79),
        ("AD 79", None),
        ("0", 0),
        ("0948", 948),
        ("899999999999", 899_999_999_999),
    ],
)
def test_years_are_read_as_readers_type_them(text: str, year: int | None) -> None:
    if year is None:
        with pytest.raises(ValueError, match="is no year"):
            read_year(text)
    else:
        assert read_year(text) == year


@pytest.mark.parametrize(
    "text",
    [
        *("1948.5", "１９４８", "١٩٤٨", "1_9", "1e3", "+5", "--5", "1948\n", "0 BCE", "-5 BCE"),
        *("900000000000", "1948-10", "soon", "²", LONG, "0x10", "1948\0"),
    ],
)
def test_what_is_no_year_or_out_of_reach_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"“|The year"):
        read_year(text)


def test_years_are_worded_as_readers_count_them() -> None:
    assert [year_words(year) for year in (1948, 0, -43, 79)] == [
        "1948",
        "1 BCE",
        "44 BCE",
        "79 CE",
    ]


@pytest.fixture
def history() -> None:
    """Some published events, and a draft that must never be seen."""
    article, book = (
        make_source("They met.", slug="article", title="An article"),
        make_source("They met.", slug="book", title="A book"),
    )
    mongolia, dprk = make_actor("Mongolia", slug="mongolia"), make_actor("DPRK", slug="dprk")
    hidden = make_actor("Hidden", slug="hidden")
    for title, date, kind, actors in (
        ("relations", "1948-10-15", "diplomacy", [mongolia, dprk]),
        ("aid", "1953/", "aid", [mongolia, dprk]),
        ("war", "[1948..1953]", "war", [dprk]),
        ("about", "1951~", "war", [mongolia]),
        ("caesar", "-0043", "politics", []),
        ("undated", "", "politics", []),
    ):
        make_event(title, date=date, kind=kind, actors=actors, source=article, quote="They met.")
    make_claim(make_event("both", date="1960", kind="aid"), book, "They met.")
    make_event("draft", date="1951", kind="secret", actors=[hidden], status=Status.DRAFT)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("from=1951&to=1951", {"war", "about"}),
        ("from=1951&to=1951&when=certain", set()),
        ("from=1948&to=1953&when=certain", {"relations", "war", "aid"}),
        ("from=44+BCE&to=1", {"caesar"}),
        ("to=1900", {"caesar"}),
        ("from=1955", {"aid", "both"}),
        ("actor=mongolia", {"relations", "aid", "about"}),
        ("actor=mongolia&actor=dprk", {"relations", "aid"}),
        ("kind=war&kind=aid", {"war", "aid", "about", "both"}),
        ("source=book", {"both"}),
        ("source=book&source=article&kind=aid", {"aid", "both"}),
        ("from=&to=&actor=&kind=&source=&when=&order=&after=", None),
        ("when=certain", None),
        ("utm_source=x", None),
    ],
)
@pytest.mark.usefixtures("history")
def test_filters_select(query: str, found: set[str] | None) -> None:
    everything = {"relations", "aid", "war", "about", "caesar", "undated", "both"}
    assert titles(query) == (everything if found is None else found)


@pytest.mark.usefixtures("history")
def test_a_source_that_was_made_a_draft_is_neither_found_nor_named() -> None:
    Source.objects.filter(slug="book").update(status=Status.DRAFT)
    assert "source" in errors("source=book")
    assert "A book" not in str([facets_of(asked("")), errors("source=book")])
    assert titles("kind=aid") == {"aid", "both"}


@pytest.mark.usefixtures("history")
def test_what_only_drafts_hold_is_not_offered_and_no_value() -> None:
    assert set(offered("", "actor")) == {"mongolia", "dprk"}
    assert "secret" not in offered("", "kind")
    assert set(errors("actor=hidden&kind=secret")) == {"actor", "kind"}
    assert "Hidden" not in str(errors("actor=hidden"))


@pytest.mark.usefixtures("history")
def test_facets_count_published_entries() -> None:
    assert offered("", "actor") == {"mongolia": 3, "dprk": 3}
    assert offered("", "source") == {
        "article": 6,
        "book": 1,
        **{
            source.slug: 1
            for source in Source.objects.exclude(slug__in=("article", "book"))
            if source.claims.filter(event__status=Status.PUBLISHED).exists()
        },
    }


@pytest.mark.usefixtures("history")
def test_a_rare_actor_that_is_not_offered_can_still_be_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(MOST_VALUES, Facet.ACTOR, 1)
    assert list(offered("", "actor")) == ["mongolia"]
    assert titles("actor=dprk") == {"relations", "aid", "war"}
    assert offered("actor=dprk", "actor") == {"dprk": 3}


@pytest.mark.usefixtures("history")
def test_an_actor_and_a_source_without_entries_can_be_asked_for_and_have_none() -> None:
    speaker = make_actor("Speaker", slug="speaker")
    Event.objects.get(title="aid").claims.update(attributed_to=speaker)
    make_source("Nothing is quoted.", slug="unquoted", title="Unquoted")
    assert (titles("actor=speaker"), titles("source=unquoted")) == (set(), set())
    assert words("actor=speaker") == "No entry that involves Speaker"
    assert titles("actor=speaker&actor=mongolia") == set()
    assert titles("source=unquoted&source=book") == {"both"}


@pytest.mark.parametrize(
    ("query", "field", "said"),
    [
        ("from=soon", "from", "“soon” is no year. Write it like 1948, 44 BCE or -43."),
        ("from=1955&to=1945", "to", "1945 is before 1955"),
        ("from=10&to=44+BCE", "to", "44 BCE is before 10 CE"),
        ("from=1948&from=1949", "from", "more than once"),
        ("when=maybe", "when", "“possible” or “certain”"),
        ("q=%22%21%22", "q", "Write at least one word"),
        (f"q={LONG}", "q", "at most 20 words and 200 letters"),
        ("q=" + "+".join("abcdefghijklmnopqrstu"), "q", "at most 20 words"),
        ("q=treaty&q=pact", "q", "more than once"),
        ("order=title", "order", "“date” or “-date”"),
        ("after=19481015", "after", "Begin at its start"),
        ("basis=guessed", "basis", "“stated”, “inferred” or “undated”"),
        ("contested=no", "contested", "Choose “yes”, or leave it out"),
        ("actor=nobody", "actor", "“nobody”"),
        ("kind=nothing", "kind", "“nothing”"),
        ("source=nowhere", "source", "“nowhere”"),
        ("actor=a%00b", "actor", "“a�b”"),
        (f"kind={LONG}", "kind", f"“{'9' * 40}…”"),
        ("&".join(f"actor=a{number}" for number in range(30)), "actor", "at most 20"),
    ],
)
@pytest.mark.usefixtures("history")
def test_what_makes_no_sense_gets_a_message_beside_its_field_and_no_entries(
    query: str, field: str, said: str
) -> None:
    found = errors(query)
    assert list(found) == [field]
    assert said in str(found[field])


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "7 entries"),
        (
            "from=1945&to=1955&actor=mongolia&actor=dprk",
            "2 entries possibly between 1945 and 1955 that involve DPRK and Mongolia",
        ),
        ("from=1948&to=1948&when=certain", "1 entry certainly in 1948"),
        ("from=44+BCE", "6 entries possibly in or after 44 BCE"),
        ("to=1955", "5 entries possibly in or before 1955"),
        ("kind=war&kind=aid", "4 entries of the kind aid or war"),
        ("source=article&source=book", "7 entries quoting “An article” or “A book”"),
        ("when=certain", "7 entries"),
        ("kind=war&source=book", "No entry of the kind war quoting “A book”"),
        (
            "q=They+-about&kind=war&from=1950",
            "1 entry possibly in or after 1950 of the kind war with the words “They -about”",
        ),
    ],
)
@pytest.mark.usefixtures("history")
def test_a_sentence_says_what_is_shown(query: str, sentence: str) -> None:
    assert words(query) == sentence


@pytest.mark.usefixtures("history")
def test_the_sentence_minds_its_number() -> None:
    assert (
        words("actor=mongolia&to=1949")
        == "1 entry possibly in or before 1949 that involves Mongolia"
    )
    assert (
        words("actor=mongolia&to=1900")
        == "No entry possibly in or before 1900 that involves Mongolia"
    )


@pytest.mark.usefixtures("history")
def test_a_large_number_is_grouped_and_one_that_was_not_counted_to_its_end_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    everything = asked("")
    everything.count.__dict__["total"] = 12_345
    assert everything.sentence() == "12,345 entries"
    monkeypatch.setattr("timeline.chronology.counting.MOST_COUNTED", 2)
    assert words("kind=war&kind=aid") == "More than 2 entries of the kind aid or war"


@pytest.mark.usefixtures("history")
def test_each_chip_takes_off_its_own_filter_and_nothing_else() -> None:
    chips = asked("from=-43&to=1955&when=certain&actor=mongolia&actor=dprk&kind=war").chips
    assert [(chip.label, chip.query_without) for chip in chips[:3]] == [
        ("from 44 BCE", "?to=1955&when=certain&actor=dprk&actor=mongolia&kind=war"),
        ("to 1955", "?from=-43&when=certain&actor=dprk&actor=mongolia&kind=war"),
        ("certainly", "?from=-43&to=1955&actor=dprk&actor=mongolia&kind=war"),
    ]
    assert [chip.label for chip in chips[3:]] == ["DPRK", "Mongolia", "war"]
    (only, _certainly) = asked("from=1948&when=certain").chips
    assert only.query_without == ""


@pytest.mark.usefixtures("history")
def test_words_are_a_chip_and_a_part_of_every_address() -> None:
    selection = asked("q=+they++%22met%22&kind=war&order=-date")
    words_chip, kind_chip = selection.chips
    assert (words_chip.label, words_chip.query_without) == (
        '“they "met"”',
        "?kind=war&order=-date",
    )
    assert kind_chip.query_without == "?q=they+%22met%22&order=-date"
    assert selection.query == "?q=they+%22met%22&kind=war&order=-date"
    assert selection.query_with(order="date") == "?q=they+%22met%22&kind=war"


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("from=&when=possible&order=date&utm=1", ""),
        ("when=certain", ""),
        ("to=44+BCE&actor=mongolia&actor=dprk&actor=dprk", "?to=-43&actor=dprk&actor=mongolia"),
        ("after=19481015.1&order=-date&kind=war", "?kind=war&order=-date&after=19481015.1"),
    ],
)
@pytest.mark.usefixtures("history")
def test_every_state_has_one_address(query: str, canonical: str) -> None:
    selection = asked(query)
    assert selection.is_valid()
    assert selection.query == canonical
    again = asked(canonical[1:])
    assert again.is_valid()
    assert again.query == canonical


@pytest.mark.usefixtures("history")
def test_another_order_or_page_keeps_the_selection() -> None:
    selection = asked("kind=war&after=19481015.1")
    assert selection.is_valid()
    assert selection.query_with(order="-date") == "?kind=war&order=-date"
    assert selection.query_with() == "?kind=war"
    backwards = asked("order=-date")
    assert backwards.is_valid()
    assert backwards.query_with(order="date") == ""


hostile = st.lists(
    st.tuples(
        st.sampled_from([*ORDER]),
        st.one_of(
            st.text(max_size=20),
            st.sampled_from(
                ["", "1948", "-43", "mongolia", "\0", LONG, "１９", "certain", "inferred", "yes"]
            ),
            st.from_regex(r"-?[0-9]{1,20}(\.[0-9]{1,20})?", fullmatch=True),
        ),
    ),
    max_size=6,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(hostile)
@example([("after", "99999999999999999.999999999999999999")])
@example([("after", "undated.999999999999999999"), ("order", "-date")])
@example([("from", "-899999999999"), ("to", "899999999999")])
def test_no_query_string_breaks_anything(history: None, pairs: list[tuple[str, str]]) -> None:
    index.catch_up()
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    selection = EventFilter(data)
    page = selection.page(5)
    if selection.is_valid():
        assert selection.sentence()
        assert len(facets_of(selection)) == len(Facet)
        assert all(bar.label for bar in bars_of(selection))
        assert all(chip.label for chip in selection.chips)
        again = asked(selection.query[1:])
        assert again.is_valid()
        assert again.query == selection.query
        assert again.page(5) == page
    else:
        assert page.entries == ()
