"""What is offered where the words of a quote do not stand, and the words around a quote."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.quotes import TREATY, missed
from timeline.anchors import (
    Found,
    Missing,
    Near,
    Quote,
    Span,
    context,
    locate,
    minimal_context,
    nearest,
)


def offered(text: str, quote: str) -> Near:
    near = missed(text, quote)
    assert near is not None
    return near


# What is offered


@pytest.mark.parametrize(
    ("quote", "text", "differences"),
    [
        ("October 15, 1949", "October 15, 1948", "the numbers differ: 1949 in your quote, 1948"),
        ("october 15, 1948", "October 15, 1948", "the capital letters differ: october in your"),
        (
            "DPRK has been proclaimed",
            "DPRK had been proclaimed",
            "the words differ: has in your quote, had in the source",
        ),
        (
            "proclaimed and on Pyongyang's",
            "proclaimed, and on Pyongyang's",
            "the punctuation marks differ: nothing in your quote, , in the source",
        ),
        ("19", "1948", "the numbers differ: 19 in your quote"),
        ("On OCTOBER 15, 1948", "On October 15, 1948", "the capital letters differ: OCTOBER in"),
        ("194", "1948", "the numbers differ: 194 in your quote, 1948 in the source"),
        ("Mongolian Peoples Republic", "Mongolian People's Republic", "Peoples in your quote"),
        ("barely a month", "barely a month", "only white space"),
        ("barelya month after", "barely a month after", "barelya in your quote, barely a in"),
    ],
)
def test_the_nearest_words_are_offered_with_what_differs(
    quote: str, text: str, differences: str
) -> None:
    near = nearest(TREATY, quote)
    assert near is not None
    assert near.text == text == TREATY[near.span.start : near.span.end]
    assert differences in near.differences


def test_spacing_alone_is_said_to_differ() -> None:
    assert offered("to-day we met them here", "to - day we met").differences == (
        "only the spacing differs"
    )


def test_a_word_that_differs_is_told_whole_with_its_accents() -> None:
    near = offered("the hero Sükhbaatar of 1921", "the hero Sukhbaatar of 1921")
    assert near.differences == (
        "the words differ: Sukhbaatar in your quote, Sükhbaatar in the source"
    )


def test_a_long_stretch_that_differs_is_told_in_short() -> None:
    near = offered(TREATY, TREATY.replace("In 1949,", "In 1949, " + "very " * 20))
    assert "very very" in near.differences
    assert "… in your quote, nothing in the source" in near.differences
    assert len(near.differences) < 130


def test_of_many_differences_the_first_are_told_and_the_others_counted() -> None:
    near = offered("one two three four five six seven eight", "ona two threa four fiva six sevan")
    assert near.differences.count("in your quote") == 3
    assert near.differences.endswith("; and 1 more")


def test_what_differs_in_a_row_is_told_as_one_stretch() -> None:
    near = offered(TREATY, "after the DPRK was proclaimed, and on")
    assert near.differences == "the words differ: was in your quote, had been in the source"


@pytest.mark.parametrize(
    "quote", ["bananas and monkeys of Madagascar", "…", "東京", "p-r-o-c-l-a-i-m-e-d"]
)
def test_nothing_is_offered_where_nothing_is_like_it(quote: str) -> None:
    assert missed(TREATY, quote) is None


def test_an_exact_match_scores_a_hundred_and_a_better_match_more() -> None:
    assert offered(TREATY, "194").score < offered(TREATY, "October 15, 1949").score < 100


def test_an_offer_begins_and_ends_at_borders_of_words() -> None:
    near = offered("the urbanisation of Mongolia", "rbanisation of Mongoli")
    assert near.text == "urbanisation of Mongolia"


# The words around a quote


def test_context_is_a_piece_of_the_text_cut_at_words() -> None:
    start = TREATY.index("barely")
    prefix, suffix = context(TREATY, Span(start, start + 6), 12)
    assert (prefix, suffix) == ("15, 1948, ", " a month")
    assert context("1948", Span(0, 4)) == ("", "")


def test_minimal_context_is_empty_for_words_that_stand_once() -> None:
    start = TREATY.index("barely")
    assert minimal_context(TREATY, Span(start, start + 6)) == ("", "")


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ("to be or not to be", 0, 2, ("", "be or")),
        ("to be or not to be", 13, 15, ("not", "")),
        ("a b x a c x", 0, 1, ("", "b")),
        ("a b x a c x", 6, 7, ("", "c")),
        ("a a a", 2, 3, ("a", "a")),
        ("p a q z a z", 2, 3, ("", "q")),
    ],
)
def test_minimal_context_is_the_shortest_in_whole_words(
    text: str, start: int, end: int, expected: tuple[str, str]
) -> None:
    assert minimal_context(text, Span(start, end)) == expected


@pytest.mark.parametrize("span", [Span(3, 3), Span(3, 5), Span(0, 1), Span(2, 3)])
def test_minimal_context_is_refused_for_what_is_no_quote(span: Span) -> None:
    with pytest.raises(ValueError, match="does not begin and end at borders of words"):
        minimal_context("On October 15", span)


# Sizes that nobody writes


@contextmanager
def cpu_seconds(limit: float) -> Iterator[None]:
    """Fails when far more time is spent than any of these takes, which is below half a second."""
    before = time.process_time()
    yield
    assert time.process_time() - before < limit


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("a " * 20_000, Quote("b a b")),
        ("a " * 20_000, Quote("a", "b " * 2000, "c " * 2000)),
        ("a " * 20_000, Quote("a b " * 20_000)),
        ("a" * 50_000, Quote("a")),
        ("a" * 50_000, Quote("ab" * 400)),
        ("e" + "\u0301\u0323" * 50_000, Quote("e")),
        ("1" * 50_000, Quote("12")),
        ("." * 20_000, Quote("… …")),
        ("short", Quote("x " * 50_000)),
    ],
)
def test_a_search_of_any_size_ends_soon(text: str, quote: Quote) -> None:
    with cpu_seconds(5):
        assert isinstance(locate(text, quote), Missing)


def test_the_context_of_one_of_very_many_like_words_is_found_soon() -> None:
    text = "a " * 20_000
    with cpu_seconds(5):
        prefix, suffix = minimal_context(text, Span(20_000, 20_001))
    assert len(prefix) + len(suffix) > 19_900


def test_a_quote_longer_than_any_is_found_but_not_compared() -> None:
    text = "word " * 2000 + "end"
    assert locate(text, Quote(text)) == Found(Span(0, len(text)))
    assert missed(text, "word " * 2000 + "and") is None


def test_an_offer_does_not_begin_with_the_stop_of_the_sentence_before() -> None:
    near = nearest("It fell. In the 17th century it was a province.", "Zzz In the 17th century")
    assert near is not None
    assert near.text == "In the 17th century"
