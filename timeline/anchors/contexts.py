"""The words around a quote."""

from collections.abc import Callable, Iterator

from timeline.anchors.borders import is_border
from timeline.anchors.folding import Folded, folded
from timeline.anchors.model import Span


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
    text = source.text
    best = (0, len(text))  # no other place has all of the text around it
    rivals = shared_contexts(source, start, end)
    for first in outwards(source.opens, start):
        if end - first >= best[1] - best[0]:
            break
        prefix = len(text[first:start].rstrip())
        rivals = [(before, after) for before, after in rivals if before >= prefix]
        last = first_end_after(source, end, max((after for _, after in rivals), default=-1))
        if last is not None and last - first < best[1] - best[0]:
            best = (first, last)
    return best


def shared_contexts(source: Folded, start: int, end: int) -> list[tuple[int, int]]:
    """How many signs before and after each other place of the same words are the same too."""
    text = source.text
    size = end - start
    return [
        (shared_before(text, start, at), shared_after(text, end, at + size))
        for at in source.places(text[start:end])
        if at != start
    ]


def shared_before(text: str, one: int, other: int) -> int:
    """How many signs are the same leftwards of two places, a space right there left out."""
    one -= text.endswith(" ", 0, one)
    other -= text.endswith(" ", 0, other)
    size = 0
    while min(one, other) > size and text[one - size - 1] == text[other - size - 1]:
        size += 1
    return size


def shared_after(text: str, one: int, other: int) -> int:
    """How many signs are the same rightwards of two places, a space right there left out."""
    one += text.startswith(" ", one)
    other += text.startswith(" ", other)
    size = 0
    while max(one, other) + size < len(text) and text[one + size] == text[other + size]:
        size += 1
    return size


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
