"""Where the words of a quote stand in a text."""

import pytest

from tests.quotes import TREATY, missed
from timeline.anchors import (
    Ambiguous,
    Anchor,
    Found,
    Missing,
    Moved,
    Quote,
    Span,
    fold,
    locate,
    nearest,
)


def words_at(text: str, anchor: Anchor) -> str:
    """The source's own words at the one place of an anchor."""
    assert isinstance(anchor, Found | Moved)
    return text[anchor.span.start : anchor.span.end]


def found(text: str, quote: str) -> str:
    return words_at(text, locate(text, Quote(quote)))


# The place and the hint


def test_a_quote_that_stands_once_is_found_at_its_place() -> None:
    start = TREATY.index("barely a month")
    assert locate(TREATY, Quote("barely a month")) == Found(Span(start, start + 14))


def test_the_place_that_the_hint_names_is_found_and_another_one_has_moved() -> None:
    start = TREATY.index("barely")
    assert locate(TREATY, Quote("barely"), start) == Found(Span(start, start + 6))
    assert locate(TREATY, Quote("barely"), 3) == Moved(Span(start, start + 6), 3)
    assert locate(TREATY, Quote("barely"), 10**9) == Moved(Span(start, start + 6), 10**9)


def test_a_hint_chooses_among_repeats_only_when_it_names_one_of_them() -> None:
    first, second = TREATY.index("DPRK"), TREATY.rindex("DPRK")
    spans = (Span(first, first + 4), Span(second, second + 4))
    assert locate(TREATY, Quote("DPRK")) == Ambiguous(spans)
    assert locate(TREATY, Quote("DPRK"), second) == Found(spans[1])
    assert locate(TREATY, Quote("DPRK"), second + 1) == Ambiguous(spans)


def test_a_hint_never_makes_other_words_a_place() -> None:
    assert missed("It was 1949 then.", "1948") is not None
    assert isinstance(locate("It was 1949 then.", Quote("1948"), 7), Missing)


@pytest.mark.parametrize(
    ("prefix", "suffix", "which"),
    [
        ("after the", "", 0),
        ("and the", "", 1),
        ("", "had been", 0),
        ("", " established", 1),
        ("the ", "established relations", 1),
        ("and\u00a0the\n", "", 1),
    ],
)
def test_the_words_around_choose_among_repeats(prefix: str, suffix: str, which: int) -> None:
    start = (TREATY.index("DPRK"), TREATY.rindex("DPRK"))[which]
    assert locate(TREATY, Quote("DPRK", prefix, suffix)) == Found(Span(start, start + 4))


def test_words_around_that_two_places_share_leave_them_ambiguous() -> None:
    anchor = locate(TREATY, Quote("DPRK", prefix="the"))
    assert isinstance(anchor, Ambiguous)
    assert len(anchor.spans) == 2


def test_a_quote_whose_context_is_not_there_is_missing_and_the_likest_place_is_shown() -> None:
    near = missed(TREATY, "DPRK", prefix="and that")
    assert near is not None
    assert near.span.start == TREATY.rindex("DPRK")
    assert near.differences == ("before it stands “People's Republic and the”, not “and that”")
    near = missed(TREATY, "DPRK", suffix="had never been")
    assert near is not None
    assert near.span.start == TREATY.index("DPRK")
    assert "after it stands “had been proclaimed, and on”, not “had never been”" in near.differences


def test_overlapping_repeats_are_all_places() -> None:
    anchor = locate("ha ha ha", Quote("ha ha"))
    assert anchor == Ambiguous((Span(0, 5), Span(3, 8)))


@pytest.mark.parametrize("quote", ["", "  ", "\n\t\u00a0", "\u00ad", "\u200b\ufeff"])
def test_a_quote_without_a_word_or_sign_is_an_error(quote: str) -> None:
    with pytest.raises(ValueError, match="the quote is empty"):
        locate(TREATY, Quote(quote))
    with pytest.raises(ValueError, match="the quote is empty"):
        nearest(TREATY, quote)


@pytest.mark.parametrize("text", ["", " ", "\u00ad"])
def test_nothing_is_found_in_an_empty_text(text: str) -> None:
    assert locate(text, Quote("1948")) == Missing(None)


# Borders of words and numbers


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("in 1949", "1948"),
        ("in 1948", "194"),
        ("in 1948", "948"),
        ("in 19482", "1948"),
        ("the suburban ban-the-bomb", "urban"),
        ("1,200 men", "200"),
        ("1,200 men", "1"),
        ("in 11,200 men", "11"),
        ("crépu", "pu"),
        ("ที่นี่", "ท"),
        ("一\u200d二", "二"),
        ("3.14", "14"),
        ("the MiG15", "MiG"),
        ("café", "cafe"),
        ("cafe\u0301", "cafe"),
        ("Ulaanbaatar", "Ulaan"),
        ("Улаанбаатар", "Улаан"),
        ("一九四八年", "一九四"),
        ("댁에", "대"),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f468"),
        ("\U0001f44d\U0001f3fd", "\U0001f44d"),
        ("wait…", "wait."),
    ],
)
def test_a_part_of_a_word_a_number_or_a_sign_is_no_place(text: str, quote: str) -> None:
    assert isinstance(locate(text, Quote(quote)), Missing)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("urban ban", "ban"),
        ("Mongolia's", "Mongolia"),
        ("mid-1948", "1948"),
        ("1948–1950", "1948"),
        ("in 1948.", "1948"),
        ("in 1948, he", "1948"),
        ("(1948)", "1948"),
        ("蒙古人民共和国", "人民"),
        ("一九四八年", "一九四八"),
        ("몽골은 1948년", "몽골"),
        ("몽골은 1948년", "1948"),
        ("Хөх тэнгэр", "Хөх"),
        (
            "hi \U0001f468\u200d\U0001f469\u200d\U0001f467!",
            "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        ),
    ],
)
def test_a_whole_word_number_or_sign_is_a_place(text: str, quote: str) -> None:
    assert found(text, quote) == quote


# What counts as the same words


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Pyongyang’s initiative", "Pyongyang's initiative"),
        ("Pyongyang's initiative", "Pyongyang‘s initiative"),
        ("the “bloc”", 'the "bloc"'),
        ("the «bloc»", "the „bloc“"),
        ("1948–1950", "1948-1950"),
        ("states − and", "states — and"),
        ("15\u00a0October\u202f1948", "15 October 1948"),
        ("a\n  new\tline", "a new line"),
        ("Pyong\u00adyang", "Pyongyang"),
        ("Pyongyang", "Pyong\u00adyang"),
        ("zero\u200bwidth", "zerowidth"),
        ("and so on…", "and so on..."),
        ("and so on...", "and so on…"),
        ("Dörvöd", "Do\u0308rvo\u0308d"),
        ("Do\u0308rvo\u0308d", "Dörvöd"),
        ("a\u0323\u0301", "a\u0301\u0323"),
        ("평양", "\u1111\u1167\u11bc\u110b\u1163\u11bc"),
        ("İstanbul", "I\u0307stanbul"),
        ("\u0f40\u0f74\u0f73", "\u0f40\u0f73\u0f74"),
    ],
)
def test_signs_that_are_written_differently_are_the_same_words(text: str, quote: str) -> None:
    assert found(f"In {text} it was.", quote) == text
    assert fold(text) == fold(quote)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Pyongyang", "pyongyang"),
        ("cafe", "café"),
        ("1948", "１９４８"),
        ("\ufb01rst", "first"),
        ("m²", "m2"),
        ("a -- b", "a — b"),
        ("「北」", '"北"'),
        ("no\u200cbreak", "nobreak"),
        ("the DPRK, then", "the DPRK then"),
    ],
)
def test_letters_case_accents_digits_and_punctuation_decide(text: str, quote: str) -> None:
    assert isinstance(locate(text, Quote(quote)), Missing)


def test_a_place_covers_the_signs_of_the_source_and_no_spaces_around_them() -> None:
    assert found("The  Pyong\u00adyang   line", "  Pyongyang ") == "Pyong\u00adyang"
    assert found("say “yes…”  now", "yes...") == "yes…"
    assert found("\u00ad\u00adyes\u00ad", "yes") == "yes"
