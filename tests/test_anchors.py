"""Where the words of a quote stand in a text, and what is offered where they do not."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from timeline.anchors import (
    Ambiguous,
    Anchor,
    Found,
    Missing,
    Moved,
    Near,
    Quote,
    Span,
    context,
    fold,
    locate,
    minimal_context,
    nearest,
)

TREATY = (
    "On October 15, 1948, barely a month after the DPRK had been proclaimed, and on Pyongyang's "
    "initiative, the Mongolian People's Republic and the DPRK established relations. In 1949, "
    "the Mongolian People's Republic opened an embassy."
)


def words_at(text: str, anchor: Anchor) -> str:
    """The source's own words at the one place of an anchor."""
    assert isinstance(anchor, Found | Moved)
    return text[anchor.span.start : anchor.span.end]


def found(text: str, quote: str) -> str:
    return words_at(text, locate(text, Quote(quote)))


def missed(text: str, quote: str, prefix: str = "", suffix: str = "") -> Near | None:
    anchor = locate(text, Quote(quote, prefix, suffix))
    assert isinstance(anchor, Missing)
    return anchor.nearest


def offered(text: str, quote: str) -> Near:
    near = missed(text, quote)
    assert near is not None
    return near


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
