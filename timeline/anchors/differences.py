"""How a quote differs from what the source says, in words for a person."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from rapidfuzz.distance import Levenshtein

TOKEN = re.compile(r"\d+(?:[.,\u066b\u066c]\d+)*|[^\W\d]+|[^\w\s]")
MOST_TOLD = 3
LONGEST_SHOWN = 60


def differences(quote: str, source: str) -> str:
    """A phrase such as 'the numbers differ: 1949 in your quote, 1948 in the source'.

    Both are folded; the first MOST_TOLD stretches that differ are told.
    """
    if quote == source:
        return "only white space, quotation marks or dashes differ"
    ours, theirs = tokens(quote), tokens(source)
    told = [
        difference(stretch(ours[a:b]), stretch(theirs[c:d]))
        for a, b, c, d in changes(words(ours), words(theirs))
    ]
    if len(told) > MOST_TOLD:
        told[MOST_TOLD:] = [f"and {len(told) - MOST_TOLD} more"]
    return "; ".join(told) or "only the spacing differs"


def changes(ours: list[str], theirs: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches that differ: from and to where in ours, from and to where in theirs."""
    steps = Levenshtein.opcodes(ours, theirs)
    for is_equal, group in groupby(steps, lambda step: step.tag == "equal"):
        if not is_equal:
            first, *_, last = [*group] * 2
            yield first.src_start, last.src_end, first.dest_start, last.dest_end


def tokens(text: str) -> list[re.Match[str]]:
    """Numbers, words and punctuation marks, with accents put back on their letters."""
    return list(TOKEN.finditer(unicodedata.normalize("NFC", text)))


def words(found: list[re.Match[str]]) -> list[str]:
    """The text of each token."""
    return [token[0] for token in found]


def stretch(found: list[re.Match[str]]) -> str:
    """The text from the first token to the last."""
    return found[0].string[found[0].start() : found[-1].end()] if found else ""


def difference(quote: str, source: str) -> str:
    """One stretch that differs; either may be empty."""
    what = kind(quote, source)
    return f"the {what} differ: {shown(quote)} in your quote, {shown(source)} in the source"


def kind(quote: str, source: str) -> str:
    """What differs: the gravest first, since a lookalike differs in its numbers."""
    if any(map(str.isnumeric, quote + source)):
        return "numbers"
    if quote.lower() == source.lower():
        return "capital letters"
    return "words" if any(map(str.isalnum, quote + source)) else "punctuation marks"


def shown(text: str) -> str:
    """The text, shortened; an absent one is named."""
    if not text:
        return "nothing"
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
