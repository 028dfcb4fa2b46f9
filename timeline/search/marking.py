"""Where the words of a query stand in a text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from timeline.search.words import WORD, Phrase, stem

AROUND = 120  # letters kept on either side of a hit in a long text


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text, found or not."""

    text: str
    hit: bool


def occurrences(text: str, phrases: Iterable[Phrase]) -> tuple[tuple[int, int], ...]:
    """Start and end of every occurrence of ``phrases`` in ``text``, in order, none overlapping."""
    return _occurrences(text, tuple(phrases))


@lru_cache(maxsize=2048)  # a quote is looked through to be chosen, and again to be marked
def _occurrences(text: str, phrases: tuple[Phrase, ...]) -> tuple[tuple[int, int], ...]:
    sought = sorted(set(phrases), key=len, reverse=True)
    words = list(WORD.finditer(text))
    stems = [stem(word[0]) for word in words]
    if {phrase[0] for phrase in sought}.isdisjoint(stems):
        return ()
    spans = []
    place = 0
    while place < len(stems):
        length = next((len(one) for one in sought if _stands_at(stems, place, one)), 0)
        if length:
            spans.append((words[place].start(), words[place + length - 1].end()))
        place += length or 1
    return tuple(spans)


def _stands_at(stems: Sequence[str], place: int, phrase: Phrase) -> bool:
    return stems[place] == phrase[0] and tuple(stems[place : place + len(phrase)]) == phrase


def marked(text: str, phrases: Iterable[Phrase]) -> list[Piece]:
    """``text`` in pieces that together are all of it; the hits are the occurrences of phrases."""
    pieces = []
    end = 0
    for start, stop in occurrences(text, phrases):
        if start > end:
            pieces.append(Piece(text[end:start], hit=False))
        pieces.append(Piece(text[start:stop], hit=True))
        end = stop
    if end < len(text):
        pieces.append(Piece(text[end:], hit=False))
    return pieces


def first_hit(text: str, phrases: Iterable[Phrase]) -> str:
    """The part of a long ``text`` around its first hit, cut at blanks; '…' where it was cut."""
    spans = occurrences(text, phrases)
    start, stop = spans[0] if spans else (0, 0)
    begin = max(0, start - AROUND)
    if begin:
        begin = text.find(" ", begin, start) + 1 or begin
    end = min(len(text), stop + 2 * AROUND)
    if end < len(text):
        end = max(text.rfind(" ", stop, end), stop) if " " in text[stop:end] else end
    return f"{'… ' if begin else ''}{text[begin:end].strip()}{' …' if end < len(text) else ''}"
