"""What counts as the same words: a text made comparable, with the way back to its source.

1. Signs that nobody sees are left out: the soft hyphen, the zero-width space, the word joiner, the
   byte order mark and the marks of writing direction. Joiners (U+200C, U+200D) are spelling: kept.
2. Canonically equivalent spellings are one (Unicode NFD), so an accent may be a sign of its own.
   Compatible ones are not: a ligature, a full-width digit and a superscript stay what they are.
3. A run of white space, no-break spaces and line breaks included, is one space; none at the ends.
4. An ellipsis sign is three full stops.
5. Quotation marks that are curly, angled, low or straight, apostrophes, primes, and accents typed
   in their place are either ' or ". The corner brackets of Chinese and Japanese stay.
6. Every dash (Unicode category Pd) and the minus sign are a hyphen; two hyphens stay two.

All else decides: letters, case, accents, digits, punctuation.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from itertools import compress, count

from timeline.anchors.borders import is_border
from timeline.anchors.model import Span

UNSEEN = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
SPACES_AND_ELLIPSES = re.compile(r"\s{2,}|[^\S ]|…")
DASHES = (
    "\u058a\u05be\u1400\u1806\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e17\u2e1a\u2e3a\u2e3b"
    "\u2e40\u2e5d\u301c\u3030\u30a0\ufe31\ufe32\ufe58\ufe63\uff0d\U00010ead"
)
SINGLE_QUOTES = "`\u00b4\u02b9\u02bb\u02bc\u2018\u2019\u201a\u201b\u2032\u2039\u203a\uff07"
DOUBLE_QUOTES = (
    "\u00ab\u00bb\u02ba\u201c\u201d\u201e\u201f\u2033\u275d\u275e\u301d\u301e\u301f\uff02"
)
SAME_SIGN = str.maketrans(
    dict.fromkeys(DASHES, "-")
    | dict.fromkeys(SINGLE_QUOTES, "'")
    | dict.fromkeys(DOUBLE_QUOTES, '"')
)
MOST_MARKS = 30  # as in the Stream-Safe Text Format of Unicode (UAX 15, section 13)
TIBETAN_VOWELS = (
    "\u0f73\u0f75\u0f81"  # no marks themselves, but NFD makes nothing but marks of them
)


@dataclass(frozen=True)
class Folded:
    """A folded text; equal to another when the words are the same.

    Its sign ``i`` stands for ``source[starts[i]:ends[i]]``.
    """

    text: str
    source: str = field(compare=False, repr=False)
    starts: "array[int]" = field(compare=False, repr=False)
    ends: "array[int]" = field(compare=False, repr=False)

    def span(self, start: int, end: int) -> Span:
        """The source's code points behind the signs from ``start`` to ``end``."""
        return Span(self.starts[start], self.ends[end - 1])

    def slice(self, start: int, end: int) -> str:
        """The source's text behind the signs from ``start`` to ``end``, spaces around it cut."""
        if start == end:
            return ""
        span = self.span(start, end)
        return self.source[span.start : span.end].strip()

    def part(self, start: int, end: int) -> "Folded":
        """The signs from ``start`` to ``end``, cut at spaces; they stand for the same source."""
        first, last = max(0, start), min(len(self.text), end)
        if first > 0:
            first = self.text.find(" ", first, last) + 1 or last
        if last < len(self.text):
            last = max(first, self.text.rfind(" ", first, last))
        signs = slice(first, last)
        return Folded(self.text[signs], self.source, self.starts[signs], self.ends[signs])

    def within(self, span: Span) -> tuple[int, int]:
        """The signs, without spaces around them, that lie within the source's ``span``."""
        start = bisect_left(self.starts, span.start)
        end = max(start, bisect_right(self.ends, span.end))
        words = self.text[start:end]
        return end - len(words.lstrip()), start + len(words.rstrip())

    def words_around(self, span: Span) -> Span | None:
        """The fewest whole words that hold all words of ``span``; None if it has none."""
        start, end = bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)
        words = self.text[start:end]
        start, end = end - len(words.lstrip()), start + len(words.rstrip())
        if start >= end:
            return None
        while not self.is_border(start):
            start -= 1
        while not self.is_border(end):
            end += 1
        return self.span(start, end)

    def is_border(self, at: int) -> bool:
        """Whether a quote may begin or end before sign ``at``."""
        if 0 < at < len(self.text) and self.starts[at - 1] == self.starts[at]:
            return False  # within one sign of the source
        return is_border(self.text, at)

    def opens(self, at: int) -> bool:
        """Whether words can begin at ``at``."""
        return self.text[at : at + 1] not in ("", " ") and self.is_border(at)

    def closes(self, at: int) -> bool:
        """Whether words can end at ``at``."""
        return at > 0 and self.text[at - 1] != " " and self.is_border(at)

    def places(self, words: str) -> list[int]:
        """Where the folded ``words`` begin, as words of their own."""
        size = len(words)
        found = occurrences(self.text, words)
        return [at for at in found if self.is_border(at) and self.is_border(at + size)]

    def is_preceded(self, at: int, words: str) -> bool:
        """Whether the folded ``words`` end at ``at``, or at the space before it."""
        return self.text.endswith((words, words + " "), 0, at)

    def is_followed(self, at: int, words: str) -> bool:
        """Whether the folded ``words`` begin at ``at``, or after the space there."""
        return self.text.startswith((words, " " + words), at)

    @cached_property
    def letters(self) -> tuple[str, "array[int]"]:
        """The letters and digits alone, in lower case, and where each stands in ``text``."""
        lower = self.text.lower()  # of the same length: NFD has taken the one exception apart
        places = compress(count(), map(str.isalnum, lower))
        return "".join(filter(str.isalnum, lower)), array("L", places)


NOTHING = Folded("", "", array("L"), array("L"))


def fold(text: str) -> Folded:
    """``text`` as quotes are compared with it; fold once to locate many quotes."""
    if not text:
        return NOTHING
    ends = array("L", range(1, len(text) + 1))
    folded = Folded(text, text, array("L", range(len(text))), ends)
    folded = rewritten(folded, UNSEEN, lambda _: "")
    if not unicodedata.is_normalized("NFD", folded.text):
        folded = rewritten(folded, clusters(), partial(unicodedata.normalize, "NFD"))
    return trimmed(rewritten(folded, SPACES_AND_ELLIPSES, space_or_stops))


def occurrences(text: str, words: str) -> Iterator[int]:
    """Every position of exactly ``words`` in ``text``, overlapping ones too."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def rewritten(folded: Folded, pattern: re.Pattern[str], write: Callable[[str], str]) -> Folded:
    """Each match written anew; every sign of the new stands for the whole of the old."""
    text: list[str] = []
    starts, ends = array("L"), array("L")
    done = 0
    for match in pattern.finditer(folded.text):
        new = write(match[0])
        if new == match[0]:
            continue
        first, last = match.span()
        text += folded.text[done:first], new
        starts += folded.starts[done:first] + folded.starts[first : first + 1] * len(new)
        ends += folded.ends[done:first] + folded.ends[last - 1 : last] * len(new)
        done = last
    if not text:  # nothing to write anew, as in most texts
        return folded
    text.append(folded.text[done:])
    starts += folded.starts[done:]
    ends += folded.ends[done:]
    return Folded("".join(text), folded.source, starts, ends)


@cache
def clusters() -> re.Pattern[str]:
    """Signs with the marks that combine with them; made when first needed, as it takes 10 ms.

    No language has more than MOST_MARKS, and sorting them takes the square of their number.
    """
    signs = map(chr, range(0x300, 0x1F000))
    marks = "".join(filter(unicodedata.combining, signs)) + TIBETAN_VOWELS
    return re.compile(
        rf"[^\x00-\x7f\s][{marks}]{{0,{MOST_MARKS}}}|[!-~][{marks}]{{1,{MOST_MARKS}}}"
    )


def space_or_stops(found: str) -> str:
    """What white space or an ellipsis sign is folded to."""
    return " " if found.isspace() else "..."


def trimmed(folded: Folded) -> Folded:
    """The same with like signs made one, and without spaces at the ends."""
    text = folded.text.translate(SAME_SIGN)
    kept = slice(len(text) - len(text.lstrip()), len(text.rstrip()))
    return Folded(text[kept], folded.source, folded.starts[kept], folded.ends[kept])


def words_of(quote: str) -> str:
    """``quote`` folded; raises ValueError when there is nothing in it to look for."""
    words = fold(quote).text
    if not words:
        raise ValueError("the quote is empty: give the words of the source")
    return words


def folded(text: str | Folded) -> Folded:
    """``text``, folded unless it already is."""
    return fold(text) if isinstance(text, str) else text
