"""What holds of following any place of any text through any edits: exact, or not at all."""

from collections.abc import Callable
from hashlib import sha256
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from timeline.anchors import Following, Span, Version, fold
from timeline.anchors.aligning import FAR, align, same_after, same_before

UNTOUCHED = 3  # words on either side of the quote that no edit comes near
WORDS = [sha256(bytes([number])).hexdigest()[: 3 + number % 5] for number in range(80)]

Token = tuple[int, str]  # which word of the old text it is, or -1 for a new one


def written(tokens: list[Token]) -> tuple[str, dict[int, tuple[int, int]]]:
    """The text, a paragraph for every eleven words of the old one, and where its words stand."""
    text, places = "", {}
    for number, (one, word) in enumerate(tokens):
        text += "" if not number else "\n\n" if one % 11 == 0 else " "
        places[one] = len(text), len(text) + len(word)
        text += word
    return text, places


def version(text: str) -> Version:
    ends = [-2, *(at for at in range(len(text)) if text.startswith("\n\n", at)), len(text)]
    return Version(fold(text), [Span(one + 2, other) for one, other in pairwise(ends)])


def followed(
    old: list[Token], new: list[Token], first: int, last: int
) -> tuple[Span | None, Span | None]:
    """Where the words ``first`` to ``last`` are said to be, and where they truly are."""
    before, places = written(old)
    after, now = written(new)
    got = Following(version(before), version(after)).follow(Span(places[first][0], places[last][1]))
    kept = all(number in now for number in range(first, last + 1))
    return got, Span(now[first][0], now[last][1]) if kept else None


@st.composite
def quoted(draw: st.DrawFn) -> tuple[list[Token], int, int]:
    """A text of words of which none is twice in it, and a quote."""
    words = WORDS[: draw(st.integers(24, 60))]
    first = draw(st.integers(0, len(words) - 1))
    last = draw(st.integers(first, min(first + 6, len(words) - 1)))
    return list(enumerate(words)), first, last


def edited(
    draw: Callable[[st.SearchStrategy[int]], int], tokens: list[Token], first: int, last: int
) -> list[Token]:
    """Words taken out, replaced and added, none of them near the quote."""
    new = list(tokens)
    near = set(range(first - UNTOUCHED, last + UNTOUCHED + 1))
    for number in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(new)))
        beside = {one for one, _ in new[max(0, at - 1) : at + 1]}
        if beside & near:
            continue
        added = draw(st.integers(0, 5))
        new[at : at + draw(st.integers(0, 1))] = [
            (-1, f"new{number}x{extra}") for extra in range(added)
        ]
    return new


@given(st.data())
def test_edits_elsewhere_never_lose_a_quote_nor_move_it_wrongly(data: st.DataObject) -> None:
    tokens, first, last = data.draw(quoted())
    new = edited(data.draw, tokens, first, last)
    got, truth = followed(tokens, new, first, last)
    assert got == truth is not None


@given(st.data())
def test_paragraphs_that_change_places_take_their_quotes_along(data: st.DataObject) -> None:
    number = data.draw(st.integers(2, 5))
    tokens = list(enumerate(WORDS[: 11 * number]))
    first = data.draw(st.integers(0, len(tokens) - 1))
    last = data.draw(st.integers(first, first - first % 11 + 10))
    paragraphs = [tokens[at : at + 11] for at in range(0, len(tokens), 11)]
    new = [token for one in data.draw(st.permutations(paragraphs)) for token in one]
    got, truth = followed(tokens, new, first, last)
    assert got == truth is not None


@given(st.data())
def test_an_edit_within_a_quote_loses_it_whatever_is_copied_elsewhere(
    data: st.DataObject,
) -> None:
    tokens, first, last = data.draw(quoted())
    assume(first >= FAR and len(tokens) - last > FAR)  # what stood around it still stands there
    beside = data.draw(st.integers(0, 2))
    copy = [(-1, word) for _, word in tokens[max(0, first - beside) : last + 1 + beside]]
    new = edited(data.draw, tokens, first, last)
    wrong = data.draw(st.integers(first, last))
    at = next(at for at, (one, _) in enumerate(new) if one == wrong)
    new[at] = (-1, "corrected")
    border = data.draw(st.sampled_from([0, len(new)]))
    assume(abs(border - at) > beside + last - first + UNTOUCHED)
    new[border:border] = [(-1, "elsewhere"), *copy, (-1, "again")]
    assert followed(tokens, new, first, last) == (None, None)


@given(st.data())
def test_the_like_of_a_quote_never_captures_it(data: st.DataObject) -> None:
    tokens, first, last = data.draw(quoted())
    new = edited(data.draw, tokens, first, last)
    copy = [(-1, word) for _, word in tokens[first : last + 1]]
    near = set(range(first - 1, last + 2))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(new)))
        if not {one for one, _ in new[max(0, at - 1) : at + 1]} & near:
            new[at:at] = [(-1, "like"), *copy, (-1, "it")]
    got, truth = followed(tokens, new, first, last)
    assert got in (None, truth)


@given(st.text("ab ", max_size=300), st.text("ab ", max_size=300), st.data())
def test_what_is_the_same_beside_two_places_is_measured(
    one: str, other: str, data: st.DataObject
) -> None:
    at, to = data.draw(st.integers(0, len(one))), data.draw(st.integers(0, len(other)))
    size = same_after(one, at, other, to)
    assert one[at : at + size] == other[to : to + size]
    assert one[at + size : at + size + 1] != other[to + size : to + size + 1] or (
        at + size == len(one) or to + size == len(other)
    )
    back = same_before(one, at, other, to)
    assert one[at - back : at] == other[to - back : to]
    assert back in (at, to) or one[at - back - 1] != other[to - back - 1]


@given(st.lists(st.sampled_from(["aa", "bb", "cc", "dd", "ee", "."]), max_size=60), st.data())
def test_every_run_is_the_same_in_both_texts(words: list[str], data: st.DataObject) -> None:
    others = data.draw(st.permutations(words))
    old, new = " ".join(words), " ".join(others)
    for run in align(old, new).runs:
        assert run.size > 0
        assert old[run.old : run.old_end] == new[run.new : run.new_end]
