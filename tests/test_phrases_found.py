"""The dates that a sentence holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline import edtf
from timeline.phrases import found


def dates(prose: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.text, one.edtf) for one in found(prose)]


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("On October 15, 1948, barely a month later", {"October 15, 1948": ["1948-10-15"]}),
        ("the DPRK (proclaimed in September 1948) and", {"September 1948": ["1948-09"]}),
        ("They met from 15 to 18 October 1948.", {"from 15 to 18 October 1948": [
            "1948-10-15/1948-10-18"]}),
        ("In the late 17th century, Galdan", {"late 17th century": ["[1667~..1699]"]}),
        ("It fell in 44 BC.", {"44 BC": ["-0043"]}),
        ("Aid began in 1950 and ended in 1953.", {"1950": ["1950"], "1953": ["1953"]}),
        ("It was founded between 1946 and 1949.", {"between 1946 and 1949": ["[1946..1949]"]}),
        ("about 1944 the front moved", {"about 1944": ["1944~"]}),
        ("The 1948 treaty (signed 1949)", {"1948": ["1948"], "1949": ["1949"]}),
        ("the war (1950–53) and", {"1950–53": ["1950/1953"]}),
        ("signed on 10/11/1948 there", {"10/11/1948": ["1948-11-10", "1948-10-11"]}),
        ("on 15.10.1948. Then", {"15.10.1948": ["1948-10-15"]}),
        ("dated 1948-10-15, it", {"1948-10-15": ["1948-10-15"]}),
        ("By the 1960s trade", {"By the 1960s": ["[..196X]"]}),
        ("in the 17th and 18th centuries", {"17th and 18th centuries": ["{16XX,17XX}"]}),
    ],
)  # fmt: skip
def test_a_clear_date_is_found(prose: str, expected: dict[str, list[str]]) -> None:
    assert {text: list(choices) for text, choices in dates(prose)} == expected


@pytest.mark.parametrize(
    "prose",
    [
        "some 1,500 troops and 1500 horsemen",
        "see page 1948, p. 1948 and pp. 1948–1950",
        "Order No. 1950 and Resolution 1973 of it",
        "It cost $1948, or 1948% of the plan, at 1948.50",
        "about 2000 people, a force of 2000, 1600 tons",
        "They may march on the 15th; it was May, a Saturday.",
        "two years later, that October, on 7 August",
        "version 1.10.1948.2 of it",
        "room 1948",
        "at least 1948 of them",
        "He was 44 and she 17; the 17th of them",
        "in 3000",
    ],
)
def test_what_may_count_something_or_needs_the_context_is_not(prose: str) -> None:
    assert dates(prose) == []


@given(
    st.lists(
        st.sampled_from(
            [
                *("15", "October", "1948", "1950s", "17th", "century", "from", "to", "the", "in"),
                *(",", ".", "(", ")", "–", "-", "/", "\n", "men", "may", "No", "BC", "between"),
                *("and", "or", "late", "c.", "€", "é", "1,500"),
            ]
        ),
        max_size=25,
    ).flatmap(lambda words: st.sampled_from([" ".join(words), "".join(words)]))
)
def test_what_is_found_stands_there_in_order_and_is_edtf(prose: str) -> None:
    end = 0
    for one in found(prose):
        assert prose[one.start : one.end] == one.text
        assert one.start >= end
        end = one.end
        assert one.choices
        for choice in one.choices:
            edtf.parse(choice.edtf)
