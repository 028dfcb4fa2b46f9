"""A text at a glance: how long its paragraphs are, and where in them something is cited. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from math import ceil
from typing import NamedTuple

from timeline.chunking import chunks
from timeline.reader.lanes import merged

MOST = 60  # segments: all can be hit with a finger, and no page is long because of them
WHOLE = 880  # pixels of all segments together
LEAST = 24  # pixels of a segment


class Length(NamedTuple):
    """A paragraph: its ordinal, its characters, and the spans in it that are cited."""

    ordinal: int
    size: int
    cited: Sequence[tuple[int, int]]


class Segment(NamedTuple):
    """One or several paragraphs, from ``first`` to ``last``, drawn ``width`` pixels wide.

    ``bars`` are what is cited, each from where and how wide; ``share`` is the percentage of it.
    """

    first: int
    last: int
    width: int
    bars: list[tuple[int, int]]
    share: int


def strip(lengths: Sequence[Length]) -> list[Segment]:
    """At most ``MOST`` segments for the paragraphs, each as wide as it is long."""
    together = ceil(len(lengths) / MOST) or 1
    whole = sum(one.size for one in lengths)
    return [_segment(some, whole) for some in chunks(lengths, together)]


def share(cited: int, size: int) -> int:
    """``cited`` as a percentage of ``size``: 100 only if all, 0 only if nothing is cited."""
    return max(1, cited * 100 // size) if cited else 0


def _segment(some: Sequence[Length], whole: int) -> Segment:
    size = sum(one.size for one in some)
    width = max(LEAST, round(WHOLE * size / whole)) if whole else LEAST
    cited = merged(_placed(some))
    return Segment(
        first=some[0].ordinal,
        last=some[-1].ordinal,
        width=width,
        bars=[(start, end - start) for start, end in merged(_drawn(cited, width, size))],
        share=share(sum(end - start for start, end in cited), size),
    )


def _placed(some: Iterable[Length]) -> Iterator[tuple[int, int]]:
    """What is cited, counted from the first paragraph on."""
    before = 0
    for one in some:
        yield from ((before + start, before + end) for start, end in one.cited)
        before += one.size


def _drawn(cited: Iterable[tuple[int, int]], width: int, size: int) -> Iterator[tuple[int, int]]:
    """The pixels of what is cited; at least one, so that nothing cited looks like nothing."""
    for start, end in cited:
        left = min(start * width // size, width - 1)
        yield left, max(left + 1, round(end * width / size))
