"""One version of a text, as places are followed from it to another."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from timeline.anchors.folding import Folded
from timeline.anchors.model import Span

MOST_SIGNS = 64  # signs that may stand between a border and the first or last letter
LETTER = re.compile(r"\w")


@dataclass(frozen=True)
class Version:
    """A folded text with the spans of its paragraphs, in order."""

    folded: Folded
    paragraphs: Sequence[Span]

    def begins(self, at: int) -> bool:
        """Whether no letter stands before sign ``at`` in its paragraph."""
        first, _ = self.paragraph(at)
        return 0 <= at - first <= MOST_SIGNS and not LETTER.search(self.folded.text, first, at)

    def ends(self, at: int) -> bool:
        """Whether no letter follows the sign before ``at`` in its paragraph."""
        _, last = self.paragraph(at - 1)
        return 0 <= last - at <= MOST_SIGNS and not LETTER.search(self.folded.text, at, last)

    def paragraph(self, at: int) -> tuple[int, int]:
        """The signs of the paragraph at ``at``; none where there is no paragraph yet."""
        number = bisect_right(self._starts, at) - 1
        return self._signs[number] if number >= 0 else (at + 1, at)

    @cached_property
    def _signs(self) -> list[tuple[int, int]]:
        return [self.folded.within(span) for span in self.paragraphs]

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self._signs]
