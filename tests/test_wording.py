"""EDTF → words as a historian would say them, on one line and in a column."""

import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from timeline import wording
from timeline.edtf import Edtf, EdtfError, parse
from timeline.wording import ENGLISH, column, words


def said(text: str) -> str:
    return words(parse(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1948-10-15", "15 October 1948"),
        ("1948-09", "September 1948"),
        ("1953", "1953"),
        ("1985-04-12T23:20:30Z", "12 April 1985"),
        ("0501-11-18", "18 November 501 CE"),
        ("0000", "1 BCE"),
        ("-0043-03-15", "15 March 44 BCE"),
        ("Y-17E7", "170,000,001 BCE"),
        ("Y12345", "12,345 CE"),
        ("Y17E200", "1.7 × 10²⁰¹ CE"),
        ("Y-2E15", "2 × 10¹⁵ BCE"),
        ("Y999999999999999", "999,999,999,999,999 CE"),
        ("1950S2", "an estimated 1950 (1900–1999)"),
        ("-1234S2", "an estimated 1235 BCE (1300–1201 BCE)"),
        ("1950S4", "1950"),
        ("2001-21", "spring 2001"),
        ("2001-32", "southern winter 2001"),
        ("2001-34", "second quarter of 2001"),
        ("2001-38", "May–August 2001"),
        ("2001-41", "second half of 2001"),
    ],
)
def test_a_date_is_said_with_the_era_where_it_needs_one(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("194X", "1940s"),
        ("004X", "40s CE"),
        ("190X", "1900–1909"),
        ("-004X", "50–41 BCE"),
        ("000X", "1 BCE – 9 CE"),
        ("16XX", "17th century"),
        ("10XX", "11th century"),
        ("00XX", "1st century"),
        ("-01XX", "2nd century BCE"),
        ("-00XX", "1st century BCE"),
        ("1XXX", "2nd millennium"),
        ("-0XXX", "1st millennium BCE"),
        ("XXXX", "an unknown year"),
        ("-XXXX", "an unknown year BCE"),
        ("1X99", "a year between 1099 and 1999"),
        ("-1X99", "a year between 2000 and 1100 BCE"),
    ],
)
def test_a_period_is_said_by_its_name_where_it_has_an_unmistakable_one(
    text: str, expected: str
) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1984-XX", "1984, month unknown"),
        ("1984-06-XX", "June 1984, day unknown"),
        ("1984-XX-XX", "1984, day and month unknown"),
        ("201X-XX", "2010s, month unknown"),
        ("1984-1X", "October, November or December 1984"),
        ("1984-0X", "between January and September 1984"),
        ("1984-X2", "February or December 1984"),
        ("2016-02-2X", "between 20 and 29 February 2016"),
        ("2015-02-2X", "between 20 and 28 February 2015"),
        ("20X1-02-2X", "between 20 and 28 February of a year between 2001 and 2091"),
        ("1984-06-X1", "1, 11 or 21 June 1984"),
        ("1984-04-3X", "30 April 1984"),
        ("1930-X0-10", "10 October 1930"),
        ("2020-XX-11", "the 11th of an unknown month of 2020"),
        ("-0043-XX-22", "the 22nd of an unknown month of 44 BCE"),
        ("1981-X2-03", "the 3rd of February or December of 1981"),
        ("1560-0X-01", "the 1st of a month between January and September of 1560"),
        ("1984-XX-1X", "a day between the 10th and the 19th of an unknown month of 1984"),
        ("156X-12-25", "25 December of a year in the 1560s"),
        ("15XX-12", "December of a year in the 16th century"),
        ("15XX-12-XX", "December of a year in the 16th century, day unknown"),
        ("194X-21", "spring of a year in the 1940s"),
        ("190X-05", "May of a year between 1900 and 1909"),
        ("XXXX-12-25", "25 December of an unknown year"),
    ],
)
def test_unspecified_digits_are_said_as_what_they_can_stand_for(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1944~", "about 1944"),
        ("1946?", "perhaps 1946"),
        ("1984%", "perhaps about 1984"),
        ("2004-06~", "about June 2004"),
        ("2004-33~", "about the first quarter of 2004"),
        ("194X~", "about the 1940s"),
        ("16XX?", "perhaps the 17th century"),
        ("1984-XX~", "about 1984, month unknown"),
        ("2004-06-~11", "11 June 2004, day approximate"),
        ("2004-06~-11", "11 June 2004, month and year approximate"),
        ("?2004-06-~11", "11 June 2004, year uncertain, day approximate"),
        ("2004-%06", "June 2004, month uncertain and approximate"),
        ("2004-?21", "spring 2004, season uncertain"),
        ("2019~-08-08?", "perhaps 8 August 2019, year approximate"),
        ("?2004-06%", "perhaps about June 2004"),
    ],
)
def test_doubt_is_said_of_the_whole_or_of_the_part_it_concerns(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1950/1953", "1950–1953"),
        ("16XX/17XX", "17th–18th century"),
        ("194X/195X", "1940s–1950s"),
        ("1948-10-15/1948-10-17", "15–17 October 1948"),
        ("1948-10/1948-12", "October–December 1948"),
        ("1948-10-15/1948-11-03", "15 October – 3 November 1948"),
        ("1948-10-15/1949-10-15", "15 October 1948 – 15 October 1949"),
        ("1948-10-15/1949-03-03", "15 October 1948 – 3 March 1949"),
        ("1948-10-15/1953", "15 October 1948 – 1953"),
        ("2001-21/2001-23", "spring–autumn 2001"),
        ("2001-37/2001-38", "from January–April 2001 to May–August 2001"),
        ("../2001-40", "until the first half of 2001"),
        ("2001-33/2001-34", "from the first quarter of 2001 to the second quarter of 2001"),
        ("-0043/-0039", "44–40 BCE"),
        ("-0043/0014", "44 BCE – 14 CE"),
        ("-0043-03/-0042-05", "March 44 – May 43 BCE"),
        ("1953/1953", "1953"),
        ("1944~/1944~", "about 1944"),
        ("1984/2004~", "from 1984 to about 2004"),
        ("190X/191X", "from 1900–1909 to the 1910s"),
        ("1919-07-30/1919-07-3X", "from 30 July 1919 to 30 or 31 July 1919"),
        ("2004-06-~01/2004-07", "from 1 June 2004 (day approximate) to July 2004"),
        ("1953/..", "from 1953"),
        ("194X/..", "from the 1940s"),
        ("../1953-07", "until July 1953"),
        ("1953/", "from 1953, end unknown"),
        ("/1953", "until 1953, beginning unknown"),
        ("../..", "at all times"),
        ("/", "at an unknown time"),
        ("../", "without beginning, end unknown"),
        ("/..", "beginning unknown, without end"),
    ],
)
def test_an_interval_says_what_its_ends_share_once(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1667,1668,1670..1672]", "one of 1667, 1668 or 1670–1672"),
        ("[1667,1670]", "1667 or 1670"),
        ("[1948?,194X]", "perhaps 1948 or the 1940s"),
        ("[2016]", "2016"),
        ("[..2013]", "by 2013"),
        ("[..1948-10-15]", "by 15 October 1948"),
        ("[1946..]", "1946 or later"),
        ("[1946..1949]", "between 1946 and 1949"),
        ("[1948-10-15..1948-10-17]", "between 15 and 17 October 1948"),
        ("[1946~..1949]", "between about 1946 and 1949"),
        ("[..1983,1985,1990..]", "one of 1983 or earlier, 1985 or 1990 or later"),
        ("{1667,1668,1670}", "1667, 1668 and 1670"),
        ("{1960,1961-12}", "1960 and December 1961"),
        ("{1946..1949}", "every year from 1946 to 1949"),
        ("{..1983-12}", "every month until December 1983"),
        ("{1667,1948-10-15..}", "1667 and every day from 15 October 1948"),
    ],
)
def test_a_set_says_whether_one_or_all_of_its_members_are_meant(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1948-10-15", ("15 October", "1948")),
        ("1948-09", ("September", "1948")),
        ("1944~", ("about", "1944")),
        ("1948-09~", ("about September", "1948")),
        ("1953", ("", "1953")),
        ("194X", ("", "1940s")),
        ("-0043-03-15", ("15 March", "44 BCE")),
        ("1953/..", ("from", "1953")),
        ("[..2013]", ("by", "2013")),
        ("1950/1953", ("", "1950–1953")),
        ("16XX", ("17th", "century")),
        ("16XX/17XX", ("17th–18th", "century")),
        ("1948-10-15/1948-10-17", ("15–17 October", "1948")),
        ("1948-10-15/1948-11-03", ("15 October – 3 November", "1948")),
        ("1948-10-15/1949-03-03", ("15 October 1948", "– 3 March 1949")),
        ("1984~/2004~", ("from about 1984", "to about 2004")),
        ("[1667,1668,1670..1672]", ("", "one of 1667, 1668 or 1670–1672")),
    ],
)
def test_a_column_breaks_before_the_year_or_the_second_date(
    text: str, expected: tuple[str, str]
) -> None:
    assert column(parse(text)) == expected


# Headings


@pytest.mark.parametrize(
    ("year", "decade", "century"),
    [
        (1948, "1940s", "20th century"),
        (1900, "1900s", "20th century"),
        (1600, "1600s", "17th century"),
        (23, "20s CE", "1st century"),
        (9, "1–9 CE", "1st century"),
        (1, "1–9 CE", "1st century"),
        (0, "9–1 BCE", "1st century BCE"),
        (-8, "9–1 BCE", "1st century BCE"),
        (-9, "10s BCE", "1st century BCE"),
        (-43, "40s BCE", "1st century BCE"),
        (-48, "40s BCE", "1st century BCE"),
        (-49, "50s BCE", "1st century BCE"),
        (-99, "100s BCE", "1st century BCE"),
        (-100, "100s BCE", "2nd century BCE"),
        (1111, "1110s", "12th century"),
        (-1299, "1300s BCE", "13th century BCE"),
    ],
)
def test_headings_count_decades_and_centuries_as_readers_do(
    year: int, decade: str, century: str
) -> None:
    assert wording.decade_label(year) == decade
    assert wording.century_label(year) == century


@given(st.integers(1000, 9999))
def test_the_heading_of_a_century_is_what_a_date_of_that_century_says(year: int) -> None:
    assert wording.century_label(year) == said(f"{year // 100}XX")


# Another language


GERMAN = replace(
    ENGLISH,
    months=(
        *("Januar", "Februar", "März", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    ),
    day="{}.",
    ordinal="{}.".format,
    about="um {}",
    before_era="v. Chr.",
    century="{} Jahrhundert",
    decade="{}er Jahre",
    noted="{date} ({notes})",
    approximate="{} ungefähr",
    parts={"year": "Jahr", "season": "Jahreszeit", "month": "Monat", "day": "Tag"},
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1948-10-15", "15. Oktober 1948"),
        ("1948-10-15/1948-10-17", "15.–17. Oktober 1948"),
        ("16XX/17XX", "17.–18. Jahrhundert"),
        ("-0043~", "um 44 v. Chr."),
        ("2004-06-~11", "11. Juni 2004 (Tag ungefähr)"),
    ],
)
def test_another_language_is_another_set_of_phrases(text: str, expected: str) -> None:
    assert words(parse(text), language=GERMAN) == expected


def test_headings_and_columns_speak_the_other_language_too() -> None:
    assert wording.decade_label(1948, GERMAN) == "1940er Jahre"
    assert wording.century_label(-43, GERMAN) == "1. Jahrhundert v. Chr."
    assert column(parse("1944~"), GERMAN) == ("um", "1944")


# Any date


DIGITS = st.sampled_from("0123456789X")
MARKS = st.sampled_from(["", "", "", "?", "~", "%"])
YEARS = st.builds("{}{}{}{}{}".format, st.sampled_from(["", "", "-"]), *[DIGITS] * 4)
LONG_YEARS = st.sampled_from(["Y17000", "Y-17E7", "Y171010000S3", "1950S2", "-1234S1"])
MONTHS = st.sampled_from(["01", "12", "XX", "1X", "X2", "0X", "21", "24", "32", "36", "39", "41"])
DAYS = st.sampled_from(["01", "15", "28", "31", "XX", "1X", "X1", "3X", "0X"])
DATES = (
    st.builds("{}{}{}".format, MARKS, YEARS | LONG_YEARS, MARKS)
    | st.builds("{}{}{}-{}{}{}".format, MARKS, YEARS, MARKS, MARKS, MONTHS, MARKS)
    | st.builds("{}-{}{}{}-{}{}{}".format, YEARS, MARKS, MONTHS, MARKS, MARKS, DAYS, MARKS)
)
EXPRESSIONS = (
    DATES
    | st.builds("{}/{}".format, DATES | st.sampled_from(["", ".."]), DATES)
    | st.builds("{}/{}".format, DATES, st.sampled_from(["", ".."]))
    | st.lists(DATES, min_size=1, max_size=4).map(lambda dates: f"[{','.join(dates)}]")
    | st.builds("{{{}..{}}}".format, DATES | st.just(""), DATES)
    | st.builds("[{}..{}]".format, DATES, DATES | st.just(""))
)
EDTF_ONLY = re.compile(r"X|[?~%/\[\]{}]|\.\.|\d-\d|\d[ES]|Y\d|None")


def _readable(text: str) -> Edtf | None:
    try:
        return parse(text)
    except EdtfError:
        return None


@given(EXPRESSIONS)
@example("../..")
@example("{..1983-12-31,1984-10-10..1984-11-01,1984-11-05..}")
def test_every_date_is_said_in_words_that_are_not_edtf_in_line_and_in_column(text: str) -> None:
    date = _readable(text)
    if date is None:
        return
    spoken = words(date)
    assert spoken
    assert not EDTF_ONLY.search(spoken)
    assert spoken == " ".join(spoken.split())
    top, bottom = column(date)
    assert bottom
    assert f"{top} {bottom}".strip() == spoken
    assert "  " not in top + bottom


@given(EXPRESSIONS)
def test_doubt_and_only_doubt_is_heard_in_the_words(text: str) -> None:
    date = _readable(text)
    if date is None:
        return
    spoken = words(date)
    assert date.uncertain == bool(re.search("perhaps|uncertain", spoken))
    assert date.approximate == bool(re.search("about|approximate", spoken))
