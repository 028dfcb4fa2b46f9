"""How alike two entries and two actors are: what must be told, and what must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline import edtf
from timeline.likeness import (
    ActorLook,
    EventLook,
    Why,
    actors_alike,
    events_alike,
    keys,
)
from timeline.likeness.dates import Dates, dates_alike

LAST = 20131231
NAMES = st.text(
    st.sampled_from("abcdefghijklmnopqrstuvwyz ABCĐŎŏŭéИЦ-'’.,"), min_size=1, max_size=25
)
SMALLEST_DATES = ("1948", "1948-10", "1948-10-15", "194X", "1948/1953", "[..1950]", "1948-10-31")


def dates(text: str) -> Dates | None:
    """What an entry of this date has."""
    if not text:
        return None
    date = edtf.parse(text)
    first = edtf.FIRST_DAY if date.earliest_start is None else date.earliest_start
    last = edtf.LAST_DAY if date.latest_end is None else date.latest_end
    return Dates(first, last, text)


def look(
    title: str, date: str = "1948-10-15", actors: str = "Mongolia, North Korea", **more: object
) -> EventLook:
    who = {sum(map(ord, name)): name for name in actors.split(", ") if name}
    given: dict[str, object] = {"kind": "diplomacy", "actors": who} | more
    return EventLook(dates(date), title, **given)  # type: ignore[arg-type]


def person(*names: str, kind: str = "person") -> ActorLook:
    return ActorLook(kind, names)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Kim Il-sung", "KIM IL SUNG", Why.SAME_NAME),
        ("Kim Il-sung", "Kim, Il-sung", Why.SAME_NAME),
        ("Kim Il-sung", "Il Sung Kim", Why.OTHER_ORDER),
        ("Kim Il-sung", "Kim Ilsung", Why.OTHER_SPACES),
        ("Kim Il-sung", "Kim Il-sŏng", Why.SPELLING),
        ("Pyongyang", "P'yŏngyang", Why.SAME_NAME),
        ("Pyongyang", "P’yŏngyang", Why.SAME_NAME),
        ("Tsedenbal", "Cedenbal", Why.SPELLING),
        ("Choibalsan", "Choybalsan", Why.SPELLING),
        ("Ulaanbaatar", "Ulan Bator", Why.SPELLING),
        ("Чойбалсан", "Choibalsan", Why.SAME_NAME),
        ("Цэдэнбал", "Tsedenbal", Why.SAME_NAME),
        ("Khrushchev", "Хрущёв", Why.SPELLING),
        ("Busan", "Pusan", Why.SPELLING),
        ("Jeju", "Cheju", Why.SPELLING),
        ("Gyeongju", "Kyŏngju", Why.SPELLING),
        ("Mao Zedong", "Mao Tse-tung", Why.SPELLING),
        ("Zhou Enlai", "Chou En-lai", Why.SPELLING),
        ("Deng Xiaoping", "Teng Hsiao-p'ing", Why.SPELLING),
        ("King Kalakaua", "Kalakaua", Why.SAME_NAME),
        ("Đặng Văn", "Dang Van", Why.SAME_NAME),
    ],
)
def test_names_of_one_are_told_with_their_reason_and_found_by_a_key(
    one: str, other: str, why: Why
) -> None:
    found = actors_alike(person(one), person(other))
    assert found.likely
    assert found.reasons[0].why is why
    assert keys([one], person=True) & keys([other], person=True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Il-sung", "Kim Jong-il"),
        ("Mongolia", "Inner Mongolia"),
        ("Mongolia", "Mongolian"),
        ("China", "Chain"),
        ("North Korea", "South Korea"),
        ("Iran", "Iraq"),
        ("Austria", "Australia"),
        ("George V", "George VI"),
        ("", "Kim"),
        ("…", "…"),
    ],
)
def test_others_are_not_told(one: str, other: str) -> None:
    assert not actors_alike(person(one), person(other)).likely
    assert not actors_alike(person(one, kind="state"), person(other, kind="state")).likely


def test_an_abbreviation_is_told_of_the_name_whose_initials_it_has() -> None:
    long = "Democratic People's Republic of Korea"
    for short in ("DPRK", "D.P.R.K."):
        found = actors_alike(person(short, kind="state"), person(long, kind="state"))
        assert found.likely
        assert found.reasons[0].why is Why.INITIALS
        assert keys([short]) & keys([long])
    assert not actors_alike(person("DPRR", kind="state"), person(long, kind="state")).likely
    assert not actors_alike(person("Dprk", kind="state"), person(long, kind="state")).likely


def test_an_alias_that_is_the_other_s_name_is_told() -> None:
    state = person("DPRK", "North Korea", kind="state")
    assert actors_alike(state, person("North Korea", kind="state")).score == 1.0
    assert actors_alike(state, person("Corea", "North Korea", kind="state")).score == 0.95


def test_those_who_are_related_are_not_likely_the_same() -> None:
    one, other = person("Mongolia", kind="state"), person("Mongolia", kind="state")
    found = actors_alike(one, other, "predecessor of")
    assert not found.likely
    assert found.reasons[-1].values == ("predecessor of",)


def test_a_capital_and_its_government_of_one_name_are_ranked_low() -> None:
    state = person("DPRK", "Pyongyang", kind="state")
    city = person("Pyongyang", kind="place")
    assert actors_alike(state, city).score < actors_alike(state, state).score
    assert actors_alike(person("Mongolia", kind="polity"), person("Mongolia", kind="state")).likely


@given(NAMES, NAMES)
def test_likeness_of_actors_does_not_depend_on_which_is_first(one: str, other: str) -> None:
    there = actors_alike(person(one), person(other))
    back = actors_alike(person(other), person(one))
    assert there.score == back.score
    assert 0 <= there.score <= 1


@given(NAMES, NAMES, st.sampled_from(["person", "state"]))
def test_whoever_is_likely_the_same_shares_a_key(one: str, other: str, kind: str) -> None:
    found = actors_alike(person(one, kind=kind), person(other, kind=kind))
    if found.likely:
        assert keys([one], person=kind == "person") & keys([other], person=kind == "person")


@given(st.lists(NAMES, max_size=60).map(" ".join), st.booleans())
def test_a_key_is_never_longer_than_its_column(name: str, person: bool) -> None:
    assert all(len(key) <= 80 for key in keys([name], person=person))


@given(st.permutations(["Yum", "Tsedenbal", "Bat"]), st.sampled_from([" ", ", ", "-", " - "]))
def test_order_and_punctuation_of_words_do_not_count(parts: list[str], between: str) -> None:
    found = actors_alike(person("Yum Tsedenbal Bat"), person(between.join(parts)))
    assert found.score >= 0.95


def test_the_same_event_in_other_words_is_told_with_reasons() -> None:
    found = events_alike(
        look("Mongolia and the DPRK establish diplomatic relations"),
        look("Diplomatic relations established between Mongolia and North Korea"),
    )
    assert found.score > 0.8
    assert [reason.why for reason in found.reasons] == [
        Why.SAME_DATE,
        Why.SAME_ACTORS,
        Why.WORDS,
        Why.SAME_KIND,
    ]
    assert found.reasons[1].values == ("Mongolia", "North Korea")
    assert found.reasons[2].values == ("3", "3")


def test_a_misprint_does_not_hide_a_double() -> None:
    misprinted = look("Mongolia establishes diplomtic realtions with North Korea")
    assert events_alike(look("Diplomatic relations established"), misprinted).score > 0.8


@pytest.mark.parametrize(
    ("one", "other", "more"),
    [
        ("1948-10-15", "1948-10", "1948"),
        ("1948-10-15", "1948-10-15", "1948-10-16"),
        ("1948-10-15", "1948", "194X"),
        ("1948", "1948", "1948/1953"),
        ("1948-10-15/1948-10-20", "1948-10-15/1948-10-20", "1948-10-18/1948-11-03"),
    ],
)
def test_the_nearer_and_more_precise_date_is_the_likelier(one: str, other: str, more: str) -> None:
    title = "Diplomatic relations established"
    near = events_alike(look(title, one), look(title, other)).score
    assert near > events_alike(look(title, one), look(title, more)).score


@pytest.mark.parametrize("other", ["1948", "1948-10", "1948-10-15"])
def test_a_coarser_date_does_not_hide_a_double(other: str) -> None:
    title = "Diplomatic relations established"
    assert events_alike(look(title), look(title, other)).likely


@pytest.mark.parametrize("other", ["1948-10-16", "1948-10-17", "1949", "1948-11", ""])
def test_another_day_is_hardly_the_same_event(other: str) -> None:
    title = "Diplomatic relations established"
    assert events_alike(look(title), look(title, other)).score < 0.5


def test_the_last_day_of_a_month_is_next_to_the_first_of_the_next() -> None:
    for month, last in (("02", "29"), ("04", "30"), ("10", "31")):
        following = f"{int(month) + 1:02}"
        one, other = dates(f"1948-{month}-{last}"), dates(f"1948-{following}-01")
        assert dates_alike(one, other)[1] is not None
    assert dates_alike(dates("1948-12-31"), dates("1949-01-01"))[1] is not None


def test_other_events_of_the_same_day_and_actors_are_not_told() -> None:
    assert not events_alike(look("Treaty signed"), look("Delegation visits a museum")).likely


def test_the_same_words_about_others_are_hardly_told() -> None:
    one = look("Ambassador presents his credentials", actors="Mongolia")
    other = look("Ambassador presents his credentials", actors="France")
    assert events_alike(one, other).score < 0.7
    assert Why.NO_SHARED_ACTORS in {reason.why for reason in events_alike(one, other).reasons}


def test_names_of_those_who_took_part_are_no_words_in_common() -> None:
    one, other = look("North Korea visits Mongolia"), look("Mongolia warns North Korea")
    assert not events_alike(one, other).likely


def test_undated_entries_are_compared_with_each_other() -> None:
    title = "Diplomatic relations established"
    found = events_alike(look(title, ""), look(title, ""))
    assert found.likely
    assert found.reasons[0].why is Why.UNDATED


def test_the_same_words_of_a_source_count_a_little() -> None:
    titles = title, other = "Treaty of friendship", "Treaty of mutual aid"
    apart = events_alike(look(title), look(other)).score
    quoting = [look(one, quotes=frozenset({(7, 10, 60 + n)})) for n, one in enumerate(titles)]
    assert events_alike(*quoting).score > apart
    elsewhere = look(other, quotes=frozenset({(7, 100, 160)}))
    assert events_alike(quoting[0], elsewhere).score == apart


TITLES = st.lists(st.sampled_from(["treaty", "war", "visits", "Mongolia", "of"]), max_size=5)


@given(
    TITLES,
    TITLES,
    st.sampled_from(SMALLEST_DATES),
    st.sampled_from(SMALLEST_DATES),
    st.sampled_from(["Mongolia", "North Korea, Mongolia", ""]),
)
def test_likeness_of_events_does_not_depend_on_which_is_first(
    one: list[str], other: list[str], date: str, when: str, actors: str
) -> None:
    mine = look(" ".join(one), date, actors)
    theirs = look(" ".join(other), when)
    there, back = events_alike(mine, theirs), events_alike(theirs, mine)
    assert there.score == back.score
    assert 0 <= there.score <= 1
