"""The words around a quote."""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import accumulate

from timeline.anchors.borders import is_border
from timeline.anchors.folding import Folded, folded
from timeline.anchors.model import Span

MOST_SHARED = 1000  # signs around a quote that are compared; to compare more would take long


def context(text: str, span: Span, size: int = 32) -> tuple[str, str]:
    """Up to ``size`` code points before and after ``span``, cut at borders of words.

    White space beside the span is kept: prefix, quote and suffix together are a piece of ``text``.
    """
    first, last = max(0, span.start - size), min(len(text), span.end + size)
    while first < span.start and (text[first].isspace() or not is_border(text, first)):
        first += 1
    while last > span.end and (text[last - 1].isspace() or not is_border(text, last)):
        last -= 1
    return text[first : span.start], text[span.end : last]


def minimal_context(text: str | Folded, span: Span) -> tuple[str, str]:
    """The shortest prefix and suffix, in whole words, with which ``span`` is the one place.

    Both are empty when its words stand nowhere else. Raises ValueError when ``span`` holds nothing
    or does not begin and end at borders of words.
    """
    source = folded(text)
    start, end = source.within(span)
    if start >= end or not (source.is_border(start) and source.is_border(end)):
        raise ValueError(f"{span} does not begin and end at borders of words")
    first, last = shortest(source, start, end)
    return source.slice(first, start), source.slice(end, last)


def shortest(source: Folded, start: int, end: int) -> tuple[int, int]:
    """The shortest stretch around the signs from ``start`` to ``end`` that no like words share."""
    best = (0, len(source.text))  # no other place has all of the text around it
    before, after = shared_contexts(source, start, end)
    space = source.text.endswith(" ", 0, start)
    for first in outwards(source.opens, start):
        if end - first >= best[1] - best[0]:
            break
        rivals = bisect_left(before, start - first - space)  # those with the same words from there
        last = first_end_after(source, end, after[rivals])
        if last is not None and last - first < best[1] - best[0]:
            best = (first, last)
    return best


def shared_contexts(source: Folded, start: int, end: int) -> tuple[list[int], list[int]]:
    """How many signs before each other place of the same words are the same too, in order.

    And for each, how many signs after it are the same, there or where more are before it; -1 last.
    """
    text, backwards = source.text, source.text[::-1]
    size, length = end - start, len(text)
    shared = sorted(
        (common(backwards, length - start, length - at), common(text, end, at + size))
        for at in source.places(text[start:end])
        if at != start
    )
    longest = accumulate((after for _, after in reversed(shared)), max, initial=-1)
    return [before for before, _ in shared], list(longest)[::-1]


def common(text: str, one: int, other: int) -> int:
    """How many signs are the same rightwards of two places, a space right there left out.

    More than MOST_SHARED count as all of them.
    """
    one += text.startswith(" ", one)
    other += text.startswith(" ", other)
    room = min(len(text) - max(one, other), MOST_SHARED)

    def differ(size: int) -> int:
        return not text.startswith(text[one : one + size], other)

    size = bisect_left(range(1, room + 1), 1, key=differ)
    return size if size < MOST_SHARED else len(text)


def first_end_after(source: Folded, end: int, shared: int) -> int | None:
    """Where the shortest suffix of more than ``shared`` signs ends, which may be ``end`` itself."""
    if shared < 0:
        return end
    begin = end + source.text.startswith(" ", end)
    return next(filter(source.closes, range(begin + shared + 1, len(source.text) + 1)), None)


def outwards(is_edge: Callable[[int], bool], at: int) -> Iterator[int]:
    """``at`` itself, then each edge to the left of it."""
    yield at
    yield from filter(is_edge, range(at - 1, -1, -1))
