"""What holds of the anchoring of any quote in any text."""

import unicodedata

from hypothesis import assume, example, given
from hypothesis import strategies as st

from timeline.anchors import (
    Ambiguous,
    Found,
    Missing,
    Moved,
    Quote,
    Span,
    context,
    fold,
    locate,
    minimal_context,
    nearest,
)
from timeline.anchors.borders import is_border

PIECES = st.sampled_from(
    [
        *(
            "a",
            "b",
            "ab",
            "1948",
            "1949",
            "194",
            "1,200",
            "DPRK",
            "Pyong\u00adyang",
            "Sükh",
            "Su\u0308kh",
        ),
        *(
            " ",
            " ",
            " ",
            " ",
            "  ",
            "\u00a0",
            "\n",
            ", ",
            ". ",
            "…",
            "...",
            "'",
            "’",
            "“",
            '"',
            "–",
            "-",
        ),
        *(
            "평양",
            "\u1111\u1167\u11bc",
            "蒙古",
            "一九四八",
            "\u200b",
            "\U0001f468\u200d\U0001f467",
            "\u0301",
        ),
        *("İ", "ｱ", "½", "²", "\u0f73", "ไทย", "\u0e31"),
    ]
)
TEXTS = st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=20)


def cuts(text: str) -> list[Span]:
    """All pieces of ``text`` that begin and end at borders of words of the folded text."""
    source = fold(text)
    edges = range(len(source.text) + 1)
    return [
        source.span(start, end)
        for start in filter(source.opens, edges)
        for end in filter(source.closes, edges)
        if start < end
    ]


@given(TEXTS, st.data())
@example("a ab", None)
def test_words_cut_from_a_text_are_found_where_they_were(text: str, data: st.DataObject) -> None:
    spans = cuts(text)
    for span in [data.draw(st.sampled_from(spans))] if data and spans else spans:
        quote = Quote(text[span.start : span.end])
        assert locate(text, quote, span.start) == Found(span)
        anchor = locate(text, quote)
        places = anchor.spans if isinstance(anchor, Ambiguous) else ()
        assert anchor == Found(span) or span in places


@given(TEXTS, st.data())
def test_with_the_shortest_context_the_words_stand_in_one_place(
    text: str, data: st.DataObject
) -> None:
    spans = cuts(text)
    assume(spans)
    span = data.draw(st.sampled_from(spans))
    exact = text[span.start : span.end]
    prefix, suffix = minimal_context(text, span)
    assert locate(text, Quote(exact, prefix, suffix)) == Found(span)
    is_repeated = isinstance(locate(text, Quote(exact)), Ambiguous)
    assert bool(prefix or suffix) == is_repeated


@given(TEXTS, st.integers(0, 12), st.data())
def test_context_and_words_are_a_piece_of_the_text(
    text: str, around: int, data: st.DataObject
) -> None:
    end = data.draw(st.integers(0, len(text)))
    start = data.draw(st.integers(0, end))
    prefix, suffix = context(text, Span(start, end), around)
    assert len(prefix) <= around
    assert len(suffix) <= around
    assert text[:end].endswith(prefix + text[start:end])
    assert text[start:].startswith(text[start:end] + suffix)


@given(TEXTS)
def test_a_folded_text_leads_back_to_the_signs_of_its_source(text: str) -> None:
    folded = fold(text)
    assert len(folded.starts) == len(folded.ends) == len(folded.text)
    assert list(folded.starts) == sorted(folded.starts)
    assert list(folded.ends) == sorted(folded.ends)
    for at, sign in enumerate(folded.text):
        piece = text[folded.starts[at] : folded.ends[at]]
        assert sign in fold(f"x{piece}x").text or sign == " "


@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    folded = fold(text)
    assert fold(folded.text).text == folded.text


@given(TEXTS)
def test_equivalent_spellings_are_the_same_words(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(TEXTS, TEXTS, st.none() | st.integers(-1, 30))
def test_what_is_found_are_the_words_of_the_quote_at_borders(
    text: str, quote: str, hint: int | None
) -> None:
    words = fold(quote).text
    assume(words)
    anchor = locate(text, Quote(quote), hint)
    match anchor:
        case Found(span) | Moved(span):
            spans: tuple[Span, ...] = (span,)
        case Ambiguous(spans):
            assert len(spans) > 1
        case Missing(near):
            spans = ()
            assert near is None or near.text == text[near.span.start : near.span.end].strip()
    for span in spans:
        assert fold(text[span.start : span.end]).text == words
        assert is_border(fold(text).text, fold(text).within(span)[0])
    if isinstance(anchor, Found) and hint is not None:
        assert anchor.span.start == hint
    if isinstance(anchor, Moved):
        assert anchor.was == hint != anchor.span.start


@given(TEXTS, TEXTS)
@example("a \u0301", "\u0301")
@example("b9\u200d (", "b")
def test_what_is_offered_is_found_when_it_is_taken(text: str, quote: str) -> None:
    assume(fold(quote).text)
    near = nearest(text, quote)
    if near is not None:
        assert 0 <= near.score <= 100
        assert near.differences
        assert not isinstance(locate(text, Quote(near.text)), Missing | Moved)
