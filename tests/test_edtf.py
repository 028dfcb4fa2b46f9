"""EDTF text → bounds, flags and level, and what possibly or certainly lies in a window."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.dates import bounds, years
from timeline import edtf
from timeline.edtf import EdtfError, Window, certainly_in, parse, possibly_in


def point(first: int, last: int) -> tuple[int, int, int, int]:
    """The bounds of something that happens once, on some day from ``first`` to ``last``."""
    return first, last, first, last


# Days as integers


@given(st.integers(-edtf.MAX_YEAR, edtf.MAX_YEAR), st.integers(1, 12), st.integers(1, 31))
def test_a_day_survives_the_way_to_an_integer_and_back(year: int, month: int, day: int) -> None:
    assert edtf.from_int(edtf.to_int(year, month, day)) == (year, month, day)


def test_days_before_the_common_era_sort_in_order_of_time() -> None:
    days = [(-44, 12, 31), (-43, 1, 1), (-43, 3, 15), (-1, 12, 31), (0, 1, 1), (1, 1, 1)]
    numbers = [edtf.to_int(*day) for day in days]
    assert numbers == sorted(numbers)


def test_every_bound_is_exact_in_javascript_too() -> None:
    assert -(2**53) < edtf.FIRST_DAY < edtf.LAST_DAY < 2**53


# Dates


@pytest.mark.parametrize(
    ("text", "first", "last", "level"),
    [
        ("1948-10-15", 19481015, 19481015, 0),
        ("1948-02", 19480201, 19480229, 0),
        ("1949-02", 19490201, 19490228, 0),
        ("1948", 19480101, 19481231, 0),
        ("0000", 101, 1231, 0),
        ("1985-04-12T23:20:30+14:00", 19850412, 19850412, 0),
        ("1985-04-12T24:00:00", 19850412, 19850412, 0),
        ("-0043-03-15", -429685, -429685, 1),
        ("Y170000002", 1700000020101, 1700000021231, 1),
        ("Y-17E7", -1699999999899, -1699999998769, 2),
        ("1950S2", 19000101, 19991231, 2),
        ("-1234S2", -12989899, -11998769, 2),
        ("Y171010000S3", 1710000000101, 1719999991231, 2),
        ("Y12345S7", 123450101, 123451231, 2),
        ("Y1745E1S3", 174000101, 174991231, 2),
        ("Y-157900S3", -1579989899, -1569998769, 2),
    ],
)
def test_a_date_spans_its_precision(text: str, first: int, last: int, level: int) -> None:
    assert bounds(text) == point(first, last)
    assert parse(text).level == level


@pytest.mark.parametrize(
    ("text", "first", "last", "level"),
    [
        ("194X", 19400101, 19491231, 1),
        ("19XX", 19000101, 19991231, 1),
        ("1984-XX", 19840101, 19841231, 1),
        ("1984-06-XX", 19840601, 19840630, 1),
        ("1984-XX-XX", 19840101, 19841231, 1),
        ("1XXX", 10000101, 19991231, 2),
        ("1984-1X", 19841001, 19841231, 2),
        ("156X-12-25", 15601225, 15691225, 2),
        ("15XX-12-XX", 15001201, 15991231, 2),
        ("1XXX-12", 10001201, 19991231, 2),
        ("XXXX-12-XX", 1201, 99991231, 2),
        ("1930-X0-10", 19301010, 19301010, 2),
        ("1984-XX-3X", 19840130, 19841231, 2),
        ("-01XX", -1989899, -998769, 1),
        ("-000X", -89899, -8769, 1),
        ("-1984-1X", -19838999, -19838769, 2),
    ],
)
def test_unspecified_digits_span_what_they_can_stand_for(
    text: str, first: int, last: int, level: int
) -> None:
    assert bounds(text) == point(first, last)
    assert parse(text).level == level


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("19X4-02-29", 19040229, 19840229),
        ("15XX-02-29", 15040229, 15960229),
        ("-000X-02-29", -79771, -39771),
        ("1900-02-2X", 19000220, 19000228),
        ("19XX-02-2X", 19000220, 19990228),
    ],
)
def test_a_leap_day_is_sought_in_leap_years_only(text: str, first: int, last: int) -> None:
    assert bounds(text) == point(first, last)


@pytest.mark.parametrize(
    ("text", "first", "last", "level"),
    [
        ("2001-21", 20010301, 20010531, 1),
        ("2001-24", 20011201, 20020228, 1),
        ("2003-28", 20031201, 20040229, 2),
        ("2001-29", 20010901, 20011130, 2),
        ("2001-32", 20010601, 20010831, 2),
        ("2001-36", 20011001, 20011231, 2),
        ("2001-38", 20010501, 20010831, 2),
        ("2001-41", 20010701, 20011231, 2),
    ],
)
def test_a_season_has_the_days_that_are_documented(
    text: str, first: int, last: int, level: int
) -> None:
    assert bounds(text) == point(first, last)
    assert parse(text).level == level


FIRST, LAST = date(1890, 1, 1), date(1909, 12, 31)  # with 1900, which is no leap year
CALENDAR = [(FIRST + timedelta(days=day)).isoformat() for day in range((LAST - FIRST).days + 1)]


@given(st.dates(FIRST, LAST), st.sets(st.sampled_from([3, 5, 6, 8, 9])))
@example(date(1900, 2, 28), {8, 9})
@example(date(1892, 2, 29), {3})
def test_masked_digits_span_the_first_to_the_last_day_of_the_calendar_that_fit(
    day: date, masked: set[int]
) -> None:
    text = "".join("X" if at in masked else char for at, char in enumerate(day.isoformat()))
    fits = re.compile(text.replace("X", "."))
    fitting = [int(day.replace("-", "")) for day in CALENDAR if fits.fullmatch(day)]
    assert bounds(text) == point(fitting[0], fitting[-1])


def test_a_year_beyond_the_reach_of_the_bounds_is_infinitely_far() -> None:
    future = (edtf.LAST_DAY, None, edtf.LAST_DAY, None)
    past = (None, edtf.FIRST_DAY, None, edtf.FIRST_DAY)
    assert bounds("Y17E200") == bounds("Y1E398S2") == bounds("Y" + "9" * 199) == future
    assert bounds("Y-17E200") == bounds("[Y-2E200,Y-3E200]") == past
    assert bounds("Y-9E12/Y9E0012") == (None, edtf.FIRST_DAY, edtf.LAST_DAY, None)
    assert bounds("1948/Y17E200") == (19480101, 19481231, edtf.LAST_DAY, None)
    assert bounds("Y17E200/..") == future
    assert bounds("{1948,Y17E200..}") == (19480101, None, 19480101, None)
    assert not possibly_in(parse("Y17E200"), years(-5000, 5000))
    with pytest.raises(EdtfError, match="ends before it begins"):
        parse("Y17E200/Y17E199")


# Qualification


@pytest.mark.parametrize(
    ("text", "uncertain", "approximate", "level"),
    [
        ("1944", False, False, 0),
        ("1946?", True, False, 1),
        ("1948-09~", False, True, 1),
        ("1984%", True, True, 1),
        ("Y-17000~", False, True, 1),
        ("%2004", True, True, 2),
        ("2004-06~-11", False, True, 2),
        ("?2004-06-~11", True, True, 2),
        ("1950?/1953", True, False, 1),
        ("1950/1953-~10", False, True, 2),
        ("[1948,1949?]", True, False, 2),
    ],
)
def test_qualification_of_any_part_qualifies_the_whole_and_widens_nothing(
    text: str, uncertain: bool, approximate: bool, level: int
) -> None:
    parsed = parse(text)
    assert (parsed.uncertain, parsed.approximate) == (uncertain, approximate)
    assert parsed.qualified == (uncertain or approximate)
    assert parsed.level == level
    assert bounds(text) == bounds("".join(char for char in text if char not in "?~%"))


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("2004-06~-11", (edtf.Mark.APPROXIMATE, edtf.Mark.APPROXIMATE, edtf.Mark.NONE)),
        ("2004-~06-11", (edtf.Mark.NONE, edtf.Mark.APPROXIMATE, edtf.Mark.NONE)),
        ("?2004-06-11~", (edtf.Mark.BOTH, edtf.Mark.APPROXIMATE, edtf.Mark.APPROXIMATE)),
    ],
)
def test_a_mark_at_the_right_reaches_back_and_one_at_the_left_does_not(
    text: str, marks: tuple[edtf.Mark, ...]
) -> None:
    expression = parse(text).expression
    assert isinstance(expression, edtf.Date)
    assert expression.marks == marks


# Intervals and sets


@pytest.mark.parametrize(
    ("text", "expected", "level"),
    [
        ("1950/1953", (19500101, 19501231, 19530101, 19531231), 0),
        ("1953/..", (19530101, 19531231, edtf.LAST_DAY, None), 1),
        ("../1953", (None, edtf.FIRST_DAY, 19530101, 19531231), 1),
        ("1953/", (19530101, 19531231, 19530101, None), 1),
        ("/1953", (None, 19531231, 19530101, 19531231), 1),
        ("../..", (None, edtf.FIRST_DAY, edtf.LAST_DAY, None), 1),
        ("/", (None, None, None, None), 1),
        ("16XX/17XX", (16000101, 16991231, 17000101, 17991231), 2),
        ("-0043-03-15/0014", (-429685, -429685, 140101, 141231), 1),
    ],
)
def test_an_interval_has_the_bounds_of_its_ends(
    text: str, expected: tuple[int | None, ...], level: int
) -> None:
    assert bounds(text) == expected
    assert parse(text).level == level


def test_the_ends_of_an_interval_that_overlap_limit_each_other() -> None:
    assert bounds("198X/1985-06") == (19800101, 19850630, 19850601, 19850630)
    assert bounds("2004-06-11/2004-06") == (20040611, 20040611, 20040611, 20040630)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1667,1668,1670..1672]", point(16670101, 16721231)),
        ("[1670,1667]", point(16670101, 16701231)),
        ("[..2013]", (None, 20131231, None, 20131231)),
        ("[1946..]", (19460101, None, 19460101, None)),
        ("{1667,1668,1670}", point(16670101, 16701231)),
        ("{1670,1667}", point(16670101, 16701231)),
        ("{1960..1965}", (19600101, 19601231, 19650101, 19651231)),
        ("{..1983}", (None, edtf.FIRST_DAY, 19830101, 19831231)),
        ("{1960..}", (19600101, 19601231, edtf.LAST_DAY, None)),
    ],
)
def test_a_set_is_one_unknown_point_or_reaches_from_its_first_member_to_its_last(
    text: str, expected: tuple[int | None, ...]
) -> None:
    assert bounds(text) == expected
    assert parse(text).level == 2


# Windows


def test_what_lasted_from_1948_to_2013_is_certainly_found_by_the_years_between() -> None:
    assert possibly_in(parse("1948/2013"), years(1980, 1985))
    assert certainly_in(parse("1948/2013"), years(1980, 1985))


def test_what_goes_on_is_certainly_found_long_after_its_start() -> None:
    assert possibly_in(parse("1953/.."), years(2010, 2010))
    assert certainly_in(parse("1953/.."), years(2010, 2010))
    assert certainly_in(parse("../1953"), years(-500, -400))


def test_what_has_an_unknown_end_is_only_possibly_found_after_its_start() -> None:
    assert possibly_in(parse("1953/"), years(2010, 2010))
    assert not certainly_in(parse("1953/"), years(2010, 2010))
    assert certainly_in(parse("1953/"), years(1953, 1953))
    assert not certainly_in(parse("/1953"), years(1900, 1900))
    assert certainly_in(parse("/1953"), years(1953, 1953))


def test_a_decade_is_possibly_but_not_certainly_in_one_of_its_years() -> None:
    assert possibly_in(parse("194X"), years(1944, 1944))
    assert not certainly_in(parse("194X"), years(1944, 1944))
    assert certainly_in(parse("194X"), years(1940, 1949))


@pytest.mark.parametrize("text", ["1944~", "1944?", "1944%", "1944-?05", "1943/1944~"])
def test_a_qualified_date_is_never_certainly_anywhere(text: str) -> None:
    assert possibly_in(parse(text), years(1944, 1944))
    assert not certainly_in(parse(text), years(1000, 3000))
    assert not certainly_in(parse(text), Window(None, None))


def test_a_year_is_certainly_in_itself_and_not_in_its_neighbours() -> None:
    assert certainly_in(parse("1953"), years(1953, 1953))
    assert not possibly_in(parse("1953"), years(1952, 1952))
    assert not possibly_in(parse("1953"), years(1954, 1954))


def test_both_days_at_the_ends_of_a_window_belong_to_it() -> None:
    day = parse("1948-10-15")
    for window in (Window(None, 19481015), Window(19481015, None)):
        assert possibly_in(day, window)
        assert certainly_in(day, window)
    for window in (Window(None, 19481014), Window(19481016, None)):
        assert not possibly_in(day, window)
        assert not certainly_in(day, window)


def test_a_point_that_is_open_to_one_side_is_not_everywhere_on_that_side() -> None:
    assert possibly_in(parse("[..2013]"), years(1990, 1990))
    assert not certainly_in(parse("[..2013]"), years(1990, 2020))
    assert certainly_in(parse("[..2013]"), Window.years(None, 2013))
    assert not certainly_in(parse("[1946..]"), years(1940, 2000))
    assert certainly_in(parse("[1946..]"), Window.years(1946, None))


def test_nothing_is_certain_between_the_members_of_a_set() -> None:
    assert not certainly_in(parse("{1850,1950}"), years(1900, 1900))
    assert not certainly_in(parse("{1850..1852,1950}"), years(1900, 1900))
    assert certainly_in(parse("{1850,1950}"), years(1850, 1950))
    assert certainly_in(parse("{1850..1950}"), years(1900, 1900))
    assert possibly_in(parse("[1850,1950]"), years(1900, 1900))  # ADR 5: the span of all members


def test_years_before_the_common_era_are_found_by_their_numbers() -> None:
    assert certainly_in(parse("-0043-03-15"), years(-43, -43))
    assert not possibly_in(parse("-0043-03-15"), years(-42, -42))
    assert not possibly_in(parse("-0043-03-15"), years(-44, -44))
    assert certainly_in(parse("-0100/0100"), years(0, 0))


def test_a_window_of_years_in_the_wrong_order_or_out_of_reach_is_refused() -> None:
    with pytest.raises(ValueError, match="from 1955 to 1945 are in the wrong order"):
        Window.years(1955, 1945)
    with pytest.raises(ValueError, match="out of reach"):
        Window.years(None, edtf.MAX_YEAR)
