"""Texts that are no EDTF are refused with advice; any text is refused or read, and soon."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.dates import bounds, years
from timeline import edtf
from timeline.edtf import Edtf, EdtfError, certainly_in, parse, possibly_in

ALPHABET = "0123456789XYEST:Z-/.,?~%[]{}+"
SAMPLES = (
    *("1948", "1948-10", "1948-10-15", "1985-04-12T23:20:30Z", "1950/1953", "1953/..", "/1953"),
    *("194X", "16XX/17XX", "15XX-12-XX", "XXXX-02-29", "1944~", "?2004-06-~11", "2001-21"),
    *("-0043-03-15", "-01XX", "Y-17E7", "1950S2", "Y171010000S3", "[..2013]", "[1946..]"),
    *("[1667,1668,1670..1672]", "{..1983-12-31,1984-10-10..1984-11-01,1984-11-05..}"),
)


def attempt(text: str) -> Edtf | EdtfError:
    try:
        return parse(text)
    except EdtfError as error:
        return error


# What is refused


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("", 0, "the text is empty"),
        ("1949-02-29", 8, "that month has 28 days; write 01 to 28"),
        ("1900-02-29", 8, "that month has 28 days"),
        ("1984-02-3X", 8, "that month has 29 days"),
        ("156X-09-31", 8, "no calendar has such a day"),
        ("19X1-02-29", 8, "no calendar has such a day"),
        ("1985-13-01", 5, "no month or season 13"),
        ("1985-20", 5, "no month or season 20"),
        ("2016-05-00", 8, "no day 00"),
        ("15XX-2X", 5, "no month or season 2X"),
        ("2019-21-05", 7, "nothing can follow such a year or season"),
        ("-0000", 0, "write 0000 for 1 BCE"),
        ("193", 0, "write 0193 or 193X"),
        ("19481015", 0, "write 1948-10-15"),
        ("12345", 0, "write Y12345"),
        ("2XXXX", 0, "write four of them"),
        ("Y1745", 0, "write 1745"),
        ("Y1745E0", 0, "Y is for years of five digits or more"),
        ("Y00001", 0, "write 0001"),
        ("Y17000-08", 6, "nothing can follow such a year"),
        ("Y17E399", 0, "more than 400 digits; write a nearer year"),
        ("Y17E9999", 0, "more than 400 digits"),
        ("Y17E", 4, "digits should follow"),
        ("194XS2", 4, "not both"),
        ("1950S0", 4, "number of significant digits"),
        ("1948-1", 5, "two digits should stand here"),
        ("1948-10-15T10:10", 11, "no time of day"),
        ("1948-10T10:10:10", 7, "a time of day follows a full date only"),
        ("2016-05-02T01:01:60", 11, "no time of day"),
        ("2016-05-02T12:00:00-00:00", 19, "cannot follow"),
        ("2016-05-02T12:00:00+14:01", 22, "cannot follow"),
        ("2008/1964", 5, "ends before it begins; put the earlier date first"),
        ("2012-24/2012-21", 8, "ends before it begins"),
        ("2004/2005/2006", 9, "“/” cannot follow"),
        ("2005-07-25T10:10:10Z/2006", 21, "without a time of day"),
        ("..1984", 2, "write ../1984 or [..1984]"),
        ("[1667,1668", 10, "a comma or “]” should stand here"),
        ("[1667}", 5, "a comma or “]” should stand here"),
        ("[]", 1, "a date should stand here, not “]”"),
        ("[1667,..1670]", 6, "begins a set; put it first"),
        ("[1667..,1670]", 7, "ends a set; put it last"),
        ("[1672..1667]", 7, "the range ends before it begins"),
        ("[2025-01..2026]", 10, "from a month to a year"),
        ("{2001-21}", 1, "leave out seasons and times"),
        ("194x", 3, "write X"),
        ("195u", 3, "write X"),
        ("y17000", 0, "write it as a capital"),
        ("1948 -10", 4, "a space has no place in EDTF"),
        ("1948-10-15\n", 10, "a space has no place in EDTF"),
        ("1950–1953", 4, "write - within a date and / between two dates"),
        ("1953/open", 5, "nothing, or .. for open"),
        ("١٩٤٨", 0, "write it with 0 to 9"),
        ("2011-(06-04)~", 5, "put ?, ~ or % beside the part"),
        ("1948&", 4, "this character means nothing in EDTF"),
        ("1" * 201, 200, "longer than 200 characters"),
    ],
)
def test_a_refusal_says_where_what_and_what_to_write_instead(
    text: str, position: int, message: str
) -> None:
    with pytest.raises(EdtfError) as caught:
        parse(text)
    assert message in str(caught.value)
    assert caught.value.position == position
    assert f"character {position + 1}" in str(caught.value)


def test_the_end_of_an_interval_may_begin_before_its_start_when_it_can_end_after_it() -> None:
    assert parse("1984-11-12/1984-11-XX").level == 2
    assert parse("0000-01/0000").level == 0


# Any text


@contextmanager
def counted_steps(limit: int) -> Iterator[None]:
    """Fails when more than ``limit`` lines of Python run, which a clock could not tell steadily."""
    steps = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Callable[..., Any]:
        nonlocal steps
        steps += 1
        assert steps < limit, "too many steps"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield
    finally:
        sys.settrace(before)


@pytest.mark.parametrize(
    "text",
    [
        "Y9E" + "9" * 197,
        "Y" + "9" * 199,
        "[" + ",".join(["Y1E399S9"] * 22) + "]",
        "1950S" + "9" * 195,
        "9" * 200,
        "[" + ",".join(["XXX4-02-29"] * 16) + ",XXX1-02-29]",
        "{" + ",".join(["XXXX-XX-XX"] * 18) + "}",
        "XXXX-02-29/XXXX-XX-3X",
        "?" * 200,
        "-" * 200,
        "[" * 200,
        "1948" + "/" * 196,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    with counted_steps(20_000):
        result = attempt(text)
    assert isinstance(result, Edtf) or len(str(result)) < 300


def _in_order(*numbers: int) -> bool:
    return list(numbers) == sorted(numbers)


@given(
    st.text(ALPHABET, max_size=24)
    | st.tuples(st.sampled_from(SAMPLES), st.integers(0, 9), st.text(ALPHABET, max_size=2)).map(
        lambda change: change[0][: change[1]] + change[2] + change[0][change[1] + 1 :]
    )
    | st.tuples(st.sampled_from(SAMPLES), st.sampled_from(SAMPLES)).map("/".join)
)
@example("/")
def test_any_text_is_refused_or_has_bounds_in_order(text: str) -> None:
    parsed = attempt(text)
    if isinstance(parsed, EdtfError):
        assert 0 <= parsed.position <= len(text)
        return
    earliest_start, latest_start, earliest_end, latest_end = (
        infinite if bound is None else bound
        for bound, infinite in zip(bounds(text), (edtf.FIRST_DAY, edtf.LAST_DAY) * 2, strict=True)
    )
    assert _in_order(earliest_start, latest_start, latest_end)
    assert _in_order(earliest_start, earliest_end, latest_end)
    for number in (earliest_start, latest_start, earliest_end, latest_end):
        year, month, day = edtf.from_int(number)
        assert 1 <= month <= 12
        assert 1 <= day <= edtf.days_in_month(year, month)
    assert parsed.text == text
    assert parse(parsed.text) == parsed
    assert parsed.level in (0, 1, 2)


@given(st.text(max_size=12))
def test_text_of_any_script_is_read_or_refused(text: str) -> None:
    result = attempt(text)
    assert isinstance(result, Edtf) or 0 <= result.position <= len(text)


@given(
    st.tuples(st.integers(-200, 200), st.integers(-200, 200)).map(sorted),
    st.tuples(st.integers(-200, 200), st.integers(-200, 200)).map(sorted),
)
def test_two_spans_of_years_meet_exactly_when_they_share_a_year(
    span: list[int], wanted: list[int]
) -> None:
    parsed = parse("/".join(f"{'-' if year < 0 else ''}{abs(year):04}" for year in span))
    shares_a_year = bool(set(range(span[0], span[1] + 1)) & set(range(wanted[0], wanted[1] + 1)))
    assert possibly_in(parsed, years(*wanted)) == shares_a_year
    assert certainly_in(parsed, years(*wanted)) == shares_a_year
