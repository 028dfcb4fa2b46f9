"""The places most likely meant by a quote whose words went: for a person to choose, best first."""

from bisect import bisect_left
from collections.abc import Iterator

from timeline.anchors.folding import Folded, words_of
from timeline.anchors.model import Near
from timeline.anchors.nearness import elsewhere, likeness, nearest

MOST_LIKELY = 3
CLOSE = 3000  # signs on either side of where the words would be
MOST_EXACT = 50  # places of the very words that are compared, those closest by
BESIDE = 40  # signs before and after that are compared
GOOD = 90.0  # likeness, 0 to 100, from which the rest of the text is not searched
OTHER_WORDS = 55.0  # rank, 0 to 100, below which a place is worth nobody's time


def likeliest(
    source: Folded, quote: str, before: str, after: str, at: int, *, thorough: bool = True
) -> tuple[Near, ...]:
    """At most MOST_LIKELY places, by the words, those ``before`` and ``after``, and closeness.

    ``at`` is the code point of the text where the quote would stand. Without ``thorough`` no place
    far from there is looked for but those of the very words. Raises ValueError for an empty quote.
    """
    words = words_of(quote)
    sign = bisect_left(source.starts, at)
    found: dict[tuple[int, int], tuple[float, Near]] = {}
    for near in _candidates(source, quote, words, (before, after), sign, thorough=thorough):
        rank = _rank(source, near, before, after)
        spot = (near.span.start, near.span.end)
        if rank >= OTHER_WORDS and (spot not in found or rank > found[spot][0]):
            found[spot] = rank, near
    return tuple(_apart(sorted(found.values(), key=lambda one: -one[0])))


def _candidates(
    source: Folded,
    quote: str,
    words: str,
    around: tuple[str, str],
    sign: int,
    *,
    thorough: bool,
) -> Iterator[Near]:
    exact = sorted(source.places(words), key=lambda place: abs(place - sign))[:MOST_EXACT]
    for place in exact:
        yield elsewhere(source, place, len(words), *around)
    reach = len(words) + CLOSE
    close = nearest(source.part(sign - reach, sign + reach), quote)
    if close:
        yield close
    if thorough and (close is None or close.score < GOOD) and (far := nearest(source, quote)):
        yield far


def _rank(source: Folded, near: Near, before: str, after: str) -> float:
    """How likely the place is, 0 to 100: half by its words, half by those beside it."""
    start, end = source.within(near.span)
    text, last, first = source.text, before[-BESIDE:], after[:BESIDE]
    preceding, following = text[max(0, start - len(last)) : start], text[end : end + len(first)]
    beside = (likeness(last, preceding) + likeness(first, following)) / 2
    return near.score / 2 + beside / 2


def _apart(ranked: list[tuple[float, Near]]) -> Iterator[Near]:
    """The best of those that share a word; then the next."""
    taken: list[Near] = []
    for _, near in ranked:
        if len(taken) == MOST_LIKELY:
            return
        if all(near.span.end <= one.span.start or one.span.end <= near.span.start for one in taken):
            taken.append(near)
            yield near
