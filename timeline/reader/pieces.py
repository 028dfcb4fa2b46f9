"""A passage cut into pieces at every place where a quote, a correction or a note mark stands.

Pure. Positions are code points; spans are half-open. Every quote has a number within its passage,
by which the style sheet finds its pieces (docs/adr/0030-quotes-by-number.md).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

LANES = 3  # lines that are drawn; all further quotes share the last


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote: from ``start`` to ``end`` in a text, with the number that its pieces bear.

    Its line under the text runs in ``lane``; ``note`` is the id of its note on the page, ``sign``
    what stands at both: the letter of the note, with a number if that has several quotes.
    """

    number: int
    slug: str
    start: int
    end: int
    lane: int = 1
    note: str = ""
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A recorded correction at ``start``: ``removed`` gave way to ``inserted``.

    With a ``mark`` it is a note mark taken out of the sentence.
    """

    start: int
    removed: str
    inserted: str
    reason: str = ""
    mark: str = ""

    @property
    def end(self) -> int:
        """Where what was inserted ends."""
        return self.start + len(self.inserted)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters that the same quotes cover, and what stands right before them.

    ``begins`` are the quotes whose first piece this is, ``covers`` the numbers of all that cover
    it, ``lanes`` where their lines run, ``changes`` the corrections that end in it (``inserted``)
    or stand before it, ``marks`` the note marks before it. The text is empty only in the last.
    """

    text: str
    covers: tuple[int, ...] = ()
    lanes: tuple[int, ...] = ()
    begins: tuple[Quoted, ...] = ()
    changes: tuple[Change, ...] = ()
    marks: tuple[str, ...] = ()
    inserted: bool = False


def pieces(text: str, quotes: Sequence[Quoted], changes: Iterable[Change] = ()) -> list[Piece]:
    """``text`` in pieces, whose texts joined are ``text`` again, no quote left out."""
    here = [change for change in changes if 0 <= change.start <= len(text)]
    ends = [(one.start, one.end) for one in quotes] + [(one.start, one.end) for one in here]
    cuts = sorted({0, len(text), *(min(at, len(text)) for pair in ends for at in pair)})
    spans = [*pairwise(cuts), (len(text), len(text))]
    made = [_piece(text, start, end, quotes, here) for start, end in spans]
    return [one for one in made if one.text or one.changes or one.marks]


def _piece(
    text: str, start: int, end: int, quotes: Sequence[Quoted], changes: Sequence[Change]
) -> Piece:
    covering = [quote for quote in quotes if quote.start <= start < quote.end]
    piece = Piece(
        text=text[start:end],
        covers=tuple([quote.number for quote in covering]),
        lanes=tuple(sorted({min(quote.lane, LANES) for quote in covering})),
        begins=tuple([quote for quote in covering if quote.start == start]),
    )
    return _changed(piece, start, changes) if changes else piece


def _changed(piece: Piece, start: int, changes: Sequence[Change]) -> Piece:
    at_start = [change for change in changes if change.start == start]
    return replace(
        piece,
        changes=tuple(change for change in at_start if not change.mark),
        marks=tuple(change.mark for change in at_start if change.mark),
        inserted=any(change.start <= start < change.end for change in changes),
    )
