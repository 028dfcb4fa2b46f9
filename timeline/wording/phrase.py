"""A phrase that has not been joined yet, so that two of them can share the words at their ends."""

from collections.abc import Sequence
from dataclasses import dataclass

from timeline.wording.language import Language, Words


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of a date; the last ``year_words`` of them make the second line of a date column.

    Only ``plain`` phrases, those of one date or period without any doubt, share words. ``text``
    may hold a line break, and becomes one line through ``flat``.
    """

    words: Words
    year_words: int = 0
    plain: bool = False

    @property
    def text(self) -> str:
        """The words, with the line break where a column would break them."""
        split = len(self.words) - self.year_words
        lines = (" ".join(self.words[:split]), " ".join(self.words[split:]))
        return "\n".join(lines) if self.year_words else lines[0]


def flat(text: str) -> str:
    """``text`` on one line."""
    return " ".join(text.split())


def span(language: Language, start: Phrase, end: Phrase) -> Phrase:
    """From one plain phrase to another: '15–17 October 1948', '17th–18th century'."""
    return _sharing(start, end, language.dash, language.wide_dash)


def between(template: str, start: Phrase, end: Phrase) -> Phrase:
    """Somewhere from one plain phrase to another: 'between 15 and 17 October 1948'."""
    return _sharing(start, end, template, template)


def _sharing(start: Phrase, end: Phrase, narrow: str, wide: str) -> Phrase:
    """Two phrases in a template, ``wide`` for several words, and what they share after it."""
    if start.words == end.words:
        return start
    shared = start.words[len(start.words) - _shared_words(start.words, end.words) :]
    first, last = _without(start.words, shared), _without(end.words, shared)
    head = (wide if " " in first + last else narrow).format(first, last)
    if not shared or len(shared) < start.year_words:
        return Phrase((head, *shared))
    return Phrase((flat(head), *shared), start.year_words)


def _without(words: Words, shared: Words) -> str:
    return " ".join(words[: len(words) - len(shared)])


def _shared_words(start: Words, end: Words) -> int:
    """How many words at the end of two phrases of the same length are the same."""
    if len(start) != len(end):
        return 0
    differing = [place for place in range(len(start)) if start[place] != end[place]]
    return len(start) - 1 - max(differing)


def listed(template: str, items: Sequence[str], comma: str) -> str:
    """Items with commas, the last two in ``template``: '1667, 1668 or 1670'."""
    *others, last = items
    return template.format(comma.join(others), last) if others else last
