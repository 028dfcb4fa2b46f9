"""Near matches: offered to a person with what differs, never accepted."""

from collections.abc import Callable, Iterator
from itertools import islice

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from timeline.anchors.contexts import context
from timeline.anchors.differences import differences, shown
from timeline.anchors.folding import Folded, folded, occurrences, words_of
from timeline.anchors.model import Near, Span

NEAR_ENOUGH = 65.0  # likeness, 0 to 100; in letters alone, unrelated English reaches 60
LONGEST = 1000  # letters looked for; the time of a search grows with the square of their number
SENTENCE_ENDS = ".,;:!?)]…"
LONGEST_QUOTE = 5000  # signs; what is longer is no quote, and is only looked for as it is
LONGEST_CONTEXT = 100  # signs of a prefix or suffix that are compared


def nearest(text: str | Folded, quote: str) -> Near | None:
    """The words of ``text`` most like ``quote``; None where none are, or it is very long.

    Words that are there but cut ('194' of '1948') are near, however few. Raises ValueError when
    the quote holds no word and no sign.
    """
    source, words = folded(text), words_of(quote)
    if len(words) > LONGEST_QUOTE:
        return None
    cut = next(occurrences(source.text, words), None)
    if cut is not None:
        return offered(source, words, *whole_words(source, cut, cut + len(words)))
    window = window_like(source, words)
    if window is None:
        return None
    start, end = refined(source, words, *whole_words(source, *window))
    found = offered(source, words, after_stop(source, words, start, end), end)
    return found if found and found.score >= NEAR_ENOUGH else None


def misplaced(source: Folded, size: int, before: str, after: str, places: list[int]) -> Near:
    """Words of ``size`` signs that stand at ``places``, but nowhere ``before`` and ``after``."""
    text = source.text
    last, first = before[-LONGEST_CONTEXT:], after[:LONGEST_CONTEXT]

    def fit(at: int) -> float:
        end = at + size
        preceding, following = text[max(0, at - len(last)) : at], text[end : end + len(first)]
        return likeness(last, preceding) + likeness(first, following)

    return elsewhere(source, max(places, key=fit), size, before, after)


def elsewhere(source: Folded, at: int, size: int, before: str, after: str) -> Near:
    """The same words, at sign ``at``, and what stands around them in place of what is wanted."""
    preceding, following = context(source.text, Span(at, at + size))
    told = []
    if not source.is_preceded(at, before):
        told.append(f"before it stands “{shown(preceding.strip())}”, not “{shown(before)}”")
    if not source.is_followed(at + size, after):
        told.append(f"after it stands “{shown(following.strip())}”, not “{shown(after)}”")
    return Near(source.span(at, at + size), source.slice(at, at + size), 100.0, "; ".join(told))


def offered(source: Folded, words: str, start: int, end: int) -> Near | None:
    """The signs from ``start`` to ``end``, compared with ``words``; None for very many signs."""
    if end - start > LONGEST_QUOTE:
        return None
    found = source.text[start:end]
    return Near(
        span=source.span(start, end),
        text=source.slice(start, end),
        score=likeness(words, found),
        differences=differences(words, found),
    )


def likeness(words: str, other: str) -> float:
    """The share of signs, 0 to 100, that need no change to turn the longer into the other."""
    return 100 * Levenshtein.normalized_similarity(words, other)


def window_like(source: Folded, words: str) -> tuple[int, int] | None:
    """The stretch whose letters are most like those of ``words``; words at its ends may be cut."""
    letters, places = source.letters
    wanted = "".join(filter(str.isalnum, words.lower()))
    if not letters or not wanted:
        return None
    like = fuzz.partial_ratio_alignment(wanted[:LONGEST], letters, score_cutoff=NEAR_ENOUGH)
    if like is None:
        return None
    last = min(like.dest_start + len(wanted), len(letters)) - 1
    return places[like.dest_start], places[last] + 1


def whole_words(source: Folded, start: int, end: int) -> tuple[int, int]:
    """The same stretch with the words at its ends made whole."""
    while not source.is_border(start):
        start -= 1
    while not source.is_border(end):
        end += 1
    return start, end


def refined(source: Folded, words: str, start: int, end: int) -> tuple[int, int]:
    """The stretch with words taken in or left out at its ends while that makes it more alike."""
    best = 0.0
    while True:
        score, first, last = max(
            (likeness(words, source.text[first:last]), first, last)
            for first in steps(source.opens, start, len(source.text))
            for last in steps(source.closes, end, len(source.text))
            if first < last
        )
        if score <= best:
            return start, end
        best, start, end = score, first, last


def after_stop(source: Folded, words: str, start: int, end: int) -> int:
    """``start``, or behind the sign there that ends the sentence before, if ``words`` has none."""
    if words[0] in SENTENCE_ENDS or source.text[start] not in SENTENCE_ENDS:
        return start
    return next(filter(source.opens, range(start + 1, end)), start)


def steps(is_edge: Callable[[int], bool], at: int, size: int) -> Iterator[int]:
    """``at``, and the next edge on either side of it."""
    yield at
    yield from islice(filter(is_edge, range(at - 1, -1, -1)), 1)
    yield from islice(filter(is_edge, range(at + 1, size + 1)), 1)
