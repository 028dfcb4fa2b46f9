"""Dates as people write them, read into EDTF: by example, and what holds of any text."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from timeline import edtf, wording
from timeline.phrases import MAX_LENGTH, read
from timeline.phrases.vocabulary import VOCABULARY

EXAMPLES = {
    # days
    "15 October 1948": "1948-10-15",
    "15 october, 1948": "1948-10-15",
    "October 15, 1948": "1948-10-15",
    "Oct. 15th 1948": "1948-10-15",
    "the 15th of October 1948": "1948-10-15",
    "October the 15th, 1948": "1948-10-15",
    "on 15 October 1948.": "1948-10-15",
    "Friday, 15 October 1948": "1948-10-15",
    "1948 October 15": "1948-10-15",
    "15.10.1948": "1948-10-15",
    "15/10/1948": "1948-10-15",
    "10/15/1948": "1948-10-15",
    "1948/10/15": "1948-10-15",
    "1948-10-5": "1948-10-05",
    "10/10/1948": "1948-10-10",
    "12th March 24 BC": "-0023-03-12",
    # months, seasons, quarters
    "October 1948": "1948-10",
    "Sept. 1948": "1948-09",
    "October of 1948": "1948-10",
    "10/1948": "1948-10",
    "1948/10": "1948-10",
    "autumn 1956": "1956-23",
    "the fall of 1956": "1956-23",
    "winter 1956": "1956-24",
    "winter 1956–57": "1956-24",
    "winter of 1956/1957": "1956-24",
    "northern spring 1985": "1985-25",
    "southern winter 2001": "2001-32",
    "Winter (Southern Hemisphere) 2001": "2001-32",
    "the year 42": "0042",
    "Q1 1990": "1990-33",
    "first quarter of 1990": "1990-33",
    "the second half of 1990": "1990-41",
    # years and what counts them
    "1948": "1948",
    "in the year 1948": "1948",
    "some time in 1948": "1948",
    "607": "0607",
    "AD 79": "0079",
    "79 CE": "0079",
    "44 BCE": "-0043",
    "44 B.C.": "-0043",
    "200 BC": "-0199",
    "1 BC": "0000",
    "12,000 BC": "Y-11999",
    "1960s": "196X",
    "the 1960's": "196X",
    "40s CE": "004X",
    "40s BCE": "[-0048..-0039]",
    "17th century": "16XX",
    "the seventeenth century": "16XX",
    "twenty-first century": "20XX",
    "18th c.": "17XX",
    "5th century BC": "-04XX",
    "2nd millennium": "1XXX",
    # what is not known of a date
    "a day in January 1872": "1872-01-XX",
    "a month in 1872": "1872-XX",
    "a year in the 1860s": "186X",
    "June 1984, day unknown": "1984-06-XX",
    "1984, day and month unknown": "1984-XX-XX",
    # about and perhaps
    "c. 1944": "1944~",
    "c1944": "1944~",
    "ca 1944": "1944~",
    "circa 1944": "1944~",
    "about 1944": "1944~",
    "1944ish": "1944~",
    "≈ 1944": "1944~",
    "around October 1948": "1948-10~",
    "about the 1860s": "186X~",
    "perhaps 1946": "1946?",
    "probably in 1946": "1946?",
    "1946?": "1946?",
    "? 1946": "1946?",
    "1946 (?)": "1946?",
    "perhaps about 1984": "1984%",
    "c. 1984?": "1984%",
    # parts
    "late 17th century": "[1667~..1699]",
    "early 17th century": "[1600..1633~]",
    "mid-17th century": "[1634~..1666~]",
    "late 5th century BC": "[-0432~..-0400]",
    "mid- to late-19th century": "[1834~..1899]",
    "early-to-mid 1950s": "[1950..1956~]",
    "late 1960s": "[1967~..1969]",
    "early 1948": "[1948-01..1948-04~]",
    "mid-1948": "[1948-05~..1948-08~]",
    "the end of 1948": "[1948-09~..1948-12]",
    "early October 1948": "[1948-10-01..1948-10-10~]",
    "late February 1948": "[1948-02-21~..1948-02-29]",
    "first half of the 19th century": "[1800..1849]",
    "last quarter of the 19th century": "[1875..1899]",
    "c. late 17th century": "[1667~..1699~]",
    # from and to
    "1950–53": "1950/1953",
    "1950-53": "1950/1953",
    "1828–9": "1828/1829",
    "1950 to 1953": "1950/1953",
    "from 1950 to 1953": "1950/1953",
    "15–18 October 1948": "1948-10-15/1948-10-18",
    "June 19-20, 1964": "1964-06-19/1964-06-20",
    "October–November 1948": "1948-10/1948-11",
    "October 1–November 1, 1884": "1884-10-01/1884-11-01",
    "15 October 1948 – 3 March 1949": "1948-10-15/1949-03-03",
    "spring–autumn 2001": "2001-21/2001-23",
    "17th–18th centuries": "16XX/17XX",
    "50–40 BC": "-0049/-0039",
    "44 BC – AD 14": "-0043/0014",
    "c. 1830–41": "1830~/1841~",
    "from about 1984 to June 2004": "1984~/2004-06",
    "from the early 1980s to the late 1990s": "1980~/1999~",
    "since 1953": "1953/..",
    "from 1953": "1953/..",
    "from 1953 onwards": "1953/..",
    "1953–present": "1953/..",
    "from 1953, end unknown": "1953/",
    "until 1953": "../1953",
    "until 1953, beginning unknown": "/1953",
    "13–23 January 1 BC": "0000-01-13/0000-01-23",
    # one unknown time
    "between 1946 and 1949": "[1946..1949]",
    "between 15 and 17 October 1948": "[1948-10-15..1948-10-17]",
    "between 1946 and March 1949": "[1946-01..1949-03]",
    "by 2013": "[..2013]",
    "no later than 2013": "[..2013]",
    "before 2013": "[..2012]",
    "before 1 March 1948": "[..1948-02-29]",
    "before the 19th century": "[..1799]",
    "after 1953": "[1954..]",
    "after December 1953": "[1954-01..]",
    "1953 or later": "[1953..]",
    "before about 1928": "[..1928~]",
    "1667 or 1668": "[1667,1668]",
    "one of 1667, 1668 or 1670": "[1667,1668,1670]",
    "April 1 or 2, 2015": "[2015-04-01,2015-04-02]",
    "both 1667 and 1668": "{1667,1668}",
    # none
    "undated": "",
    "n.d.": "",
    "date unknown": "",
    "  ": "",
    # EDTF
    "1948-10-15": "1948-10-15",
    "1950/1953": "1950/1953",
    "[1667,1668,1670..1672]": "[1667,1668,1670..1672]",
    "156X-12-25": "156X-12-25",
}


@pytest.mark.parametrize(("text", "expected"), EXAMPLES.items())
def test_a_date_in_words_is_read(text: str, expected: str) -> None:
    assert [choice.edtf for choice in read(text).choices] == [expected], read(text).message


AMBIGUOUS = {
    "10/11/1948": {"1948-11-10", "1948-10-11"},
    "10.11.1948": {"1948-11-10", "1948-10-11"},
    "1903-05": {"1903-05", "1903/1905"},
    "1939-40": {"1939-40", "1939/1940"},
    "1950/51": {"1950/1951", "[1950,1951]"},
    "15/16 October 1948": {"1948-10-15/1948-10-16", "[1948-10-15,1948-10-16]"},
    "1900s": {"190X", "19XX"},
    "1953–": {"1953/..", "1953/"},
    "1868–1871?": {"1868/1871?", "1868?/1871?"},
    "250–40 BC": {"-0249/-0239", "-0249/-0039"},
    "about 1984 to June 2004": {"1984~/2004-06", "1984~/2004-06~"},
    "1870–1880s": {"1870/188X", "187X/188X"},
    "late 18th–early 19th century": {"[1767~..1833~]", "1767~/1833~"},
}


@pytest.mark.parametrize(("text", "expected"), AMBIGUOUS.items())
def test_what_can_mean_two_dates_asks(text: str, expected: set[str]) -> None:
    reading = read(text)
    assert {choice.edtf for choice in reading.choices} == expected
    assert reading.ambiguous
    assert reading.edtf is None
    assert "Choose" in reading.message


REFUSED = {
    "15 October": "year is missing",
    "October": "year is missing",
    "15 October 48": "century",
    "10/10/48": "not understood",
    "48": "century",
    "'60s": "not understood",
    "the sixties": "“sixties”",
    "31 April 1948": "April 1948 has 30 days",
    "29 February 1900": "28 days",
    "Monday, 15 October 1948": "was a Friday",
    "1953–1950": "ends before it begins",
    "1948, printed 1950": "“printed”",
    "published 1834": "“published”",
    "page 1948": "“page”",
    "1998–02": "in full",
    "late summer 1950": "day or a season",
    "before spring 1950": "no fixed borders",
    "year 0": "no year 0",
    "1900s BC": "not understood",
    "late 1948, early 1949": "not understood",
    "October 1948–50": "century",
    "1950–1953, 1956": "not understood",
    "15 October 1948 1949": "not understood",
    "23rd Dynasty": "“dynasty”",
    "3th October 1948": "“th”",
    "19": "year is missing",
    "Chapter 3": "“chapter”",
    "?": "not understood",
    "or": "not understood",
}


@pytest.mark.parametrize(("text", "message"), REFUSED.items())
def test_what_is_not_understood_as_a_whole_is_refused(text: str, message: str) -> None:
    reading = read(text)
    assert reading.choices == ()
    assert message in reading.message


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("late 17th century", "“late”"),
        ("winter 1956", "begins in December"),
        ("before 2013", "leaves out 2013"),
        ("since 1953", "still so"),
    ],
)
def test_a_convention_is_said(text: str, note: str) -> None:
    assert note in read(text).choices[0].note


TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            [*VOCABULARY, *"-–/.,?~()'<>", "1948", "1949", "10", "5", "31", "44", "1950s", "17th"]
        ),
        max_size=9,
    ).flatmap(lambda words: st.sampled_from([" ".join(words), "".join(words)])),
)


@given(TEXTS)
@example("²")
@example("١٩٤٨")
def test_whatever_is_read_is_edtf_and_whatever_is_not_has_a_message(text: str) -> None:
    reading = read(text)
    assert reading.choices or reading.message
    assert len({choice.edtf for choice in reading.choices}) == len(reading.choices)
    for choice in reading.choices:
        assert choice.edtf == "" or edtf.parse(choice.edtf).text == choice.edtf
    assert reading.ambiguous == (len(reading.choices) > 1)


YEARS = st.integers(100, 2999)
MONTHS = st.builds("{:04}-{:02}".format, YEARS, st.integers(1, 12))
DAYS = st.dates().map(lambda day: day.isoformat()).filter(lambda day: day >= "0100")
BCE = st.integers(1, 9998).map(lambda year: f"-{year:04}")
CENTURIES = st.integers(0, 20).map(lambda number: f"{number:02}XX")
DECADES = st.integers(0, 299).map(lambda number: f"{number:03}X").filter(lambda x: x[2] != "0")
PLAIN = st.one_of(YEARS.map("{:04}".format), MONTHS, DAYS, BCE, CENTURIES, DECADES)
MARKED = st.builds("{}{}".format, PLAIN, st.sampled_from(["", "?", "~", "%"]))
SIMPLE = st.one_of(
    MARKED,
    st.builds("{:04}-{}".format, YEARS, st.integers(21, 36)),
    st.builds("{}/..".format, MARKED),
    st.builds("../{}".format, MARKED),
    st.builds("{}/".format, MARKED),
    st.builds("[..{}]".format, MARKED),
    st.builds("[{}..]".format, MARKED),
    st.tuples(YEARS, YEARS).map(sorted).map(lambda pair: "[{:04},{:04}]".format(*pair)),
)


@given(SIMPLE)
def test_our_own_words_for_a_date_are_read_as_that_date(text: str) -> None:
    said = wording.words(edtf.parse(text))
    assert text in [choice.edtf for choice in read(said).choices], said


@given(YEARS, st.integers(1, 30))
def test_the_words_of_an_interval_and_of_a_range_are_read_back(year: int, more: int) -> None:
    for text in (f"{year:04}/{year + more:04}", f"[{year:04}..{year + more:04}]"):
        assert read(wording.words(edtf.parse(text))).edtf == text


@given(st.sampled_from(sorted(EXAMPLES)), st.sampled_from(["page", "x", "1948th", "@", "the or"]))
def test_rubbish_beside_a_date_makes_it_refuse(text: str, rubbish: str) -> None:
    assert read(f"{rubbish} {text}").choices == ()
    assert read(f"{text} {rubbish}").choices == ()


@given(DAYS)
def test_a_day_and_month_that_can_be_exchanged_are_never_guessed(day: str) -> None:
    year, month, number = day.split("-")
    choices = [choice.edtf for choice in read(f"{number}/{month}/{year}").choices]
    assert day in choices
    assert len(choices) == (2 if int(number) <= 12 and number != month else 1)


HOSTILE = (
    *("1 or " * 4000, "1 or " * 19 + "late", "1 or " * 8 + "1", "(" * 20_000, "½" * 120),
    *("9" * 20_000, "1948-" * 24, "c. " * 40, "between 1 and " * 8, "1, " * 19 + "or 2"),
    "the early to the late 1950s to the early to the late 1950s to ",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_refused_before_it_is_tried_in_all_ways(text: str) -> None:
    assert read(text[:MAX_LENGTH]).choices == ()
    assert read(text).choices == ()
