"""Possibly and certainly in a span of time, as SQL: the same answers as timeline.edtf gives."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import make_event
from timeline import edtf
from timeline.models import Event

pytestmark = pytest.mark.django_db


def possibly(date: str, first: int | None, last: int | None) -> bool:
    make_event(date=date, slug="it", cited=False)
    return Event.objects.possibly_in(edtf.Window.years(first, last)).exists()


def certainly(date: str, first: int | None, last: int | None) -> bool:
    make_event(date=date, slug="it", cited=False)
    return Event.objects.certainly_in(edtf.Window.years(first, last)).exists()


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("1948/2013", 1980, 1985),  # neither end lies in the window
        ("1948/2013", 2000, 2050),  # the start does not
        ("1948/2013", 1900, 1950),  # the end does not
        ("1953/..", 2010, 2010),
        ("1953/", 2010, 2010),
        ("194X", 1944, 1944),
        ("1944~", 1944, 1944),
        ("1953", 1953, 1953),
        ("1953-12-31", 1953, 1953),
        ("[..2013]", 1650, 1650),
        ("-0043-03-15", -43, -43),
        ("-0100/0100", 0, 0),
        ("../-0043", -500, -400),
        ("1953", None, 1953),
        ("1953", 1953, None),
        ("1953", None, None),
    ],
)
def test_possibly_in(date: str, first: int | None, last: int | None) -> None:
    assert possibly(date, first, last)


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("1953", 1952, 1952),
        ("1953", 1954, 1954),
        ("1953/..", 1900, 1952),
        ("194X", 1950, 1950),
        ("-0043-03-15", -42, -42),
        ("-0043-03-15", -44, -44),
        ("-0043-03-15", 43, 43),
        ("", None, None),
        ("", 1, 3000),
    ],
)
def test_not_even_possibly_in(date: str, first: int | None, last: int | None) -> None:
    assert not possibly(date, first, last)


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("1948/2013", 1980, 1985),
        ("1953/..", 2010, 2010),
        ("194X", 1940, 1949),
        ("1953", 1953, 1953),
        ("[..2013]", None, 2013),
        ("-0043-03-15", -43, -43),
        ("1953", None, None),
    ],
)
def test_certainly_in(date: str, first: int | None, last: int | None) -> None:
    assert certainly(date, first, last)


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("194X", 1944, 1944),
        ("1944~", 1944, 1944),
        ("1944~", None, None),
        ("1944?", 1900, 2000),
        ("1944%", 1900, 2000),
        ("1943/1944~", 1943, 1943),
        ("1953/", 2010, 2010),
        ("[..2013]", 2000, 2013),
        ("", None, None),
    ],
)
def test_not_certainly_in(date: str, first: int | None, last: int | None) -> None:
    assert not certainly(date, first, last)


YEARS = st.integers(-30, 30)
ONE = YEARS.map(lambda year: f"{'-' if year < 0 else ''}{abs(year):04}")
DATES = st.one_of(
    ONE,
    st.builds("{}{}".format, ONE, st.sampled_from("?~%")),
    st.builds("{}/{}".format, ONE, st.just("..") | st.just("")),
    st.builds("{}/{}".format, st.just("..") | st.just(""), ONE),
    st.tuples(YEARS, YEARS).map(
        lambda pair: "/".join(f"{'-' if y < 0 else ''}{abs(y):04}" for y in sorted(pair))
    ),
    st.builds("[..{}]".format, ONE),
    st.builds("{{{}..}}".format, ONE),
    st.sampled_from(["000X", "002X", "-001X", "00XX", "..", "../..", "/"]),
)
WINDOWS = st.tuples(st.none() | YEARS, st.none() | YEARS).filter(
    lambda pair: pair[0] is None or pair[1] is None or pair[0] <= pair[1]
)


@given(st.lists(DATES, min_size=1, max_size=8, unique=True), WINDOWS)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_answers_as_the_dates_themselves_do(
    texts: list[str], years: tuple[int | None, int | None]
) -> None:
    Event.objects.all().delete()
    window = edtf.Window.years(*years)
    dates = []
    for text in texts:
        try:
            dates.append(edtf.parse(text))
        except edtf.EdtfError:
            continue
        make_event(date=text, cited=False)
    for found, holds in (
        (Event.objects.possibly_in(window), edtf.possibly_in),
        (Event.objects.certainly_in(window), edtf.certainly_in),
    ):
        assert set(found.values_list("date", flat=True)) == {
            date.text for date in dates if holds(date, window)
        }


def test_events_stand_in_order_of_their_first_known_bound_and_undated_ones_last() -> None:
    dates = ["", "[..2013]", "1953/..", "-0043", "16XX/17XX", "1948-10-15", "/1953", "../-0100"]
    for date in dates:
        make_event(date=date, cited=False)
    assert list(Event.objects.values_list("date", flat=True)) == [
        *("../-0100", "-0043", "16XX/17XX", "1948-10-15", "1953/..", "/1953", "[..2013]", "")
    ]
