"""Doubts about where words went: are they doubled, or were they corrected where they stood?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product

from rapidfuzz import fuzz

from timeline.anchors.aligning import FAR, WORD, Alignment, Run
from timeline.anchors.folding import occurrences
from timeline.anchors.versions import LETTER

MOST_BESIDE = 1000  # signs beside the words that are compared with their like
MOST_TWINS = 20  # places of like words that are looked at
A_RIVAL = 65.0  # likeness, 0 to 100, of what may be the words themselves, corrected
BESIDE = 40  # signs within which something is right beside
SPARE = 200  # signs, more or less, that may have been written beside the words
FURTHEST = 5000  # signs that may have been written between the words and what stood beside them


@dataclass(frozen=True, slots=True)
class Trace:
    """The words from ``start`` to ``end`` of the old text, and the run that has them all."""

    aligned: Alignment
    run: Run
    start: int
    end: int

    @property
    def first(self) -> int:
        """Where the words begin in the new text."""
        return self.start + self.run.shift

    @property
    def last(self) -> int:
        """Where they end there."""
        return self.end + self.run.shift

    @property
    def words(self) -> str:
        return self.aligned.old[self.start : self.end]

    def is_claimed_by_another(self) -> bool:
        """Whether the words there are as well those of another place of the old text."""
        return any(
            other.new <= self.first and self.last <= other.new_end
            for other in self.aligned.in_new(self.first, self.last)
            if other != self.run
        )

    def is_doubled(self) -> bool:
        """Whether as much of what is beside the words stands elsewhere too, in either text.

        So it is where something is repeated right beside its like, or no longer is: nobody can
        tell which of the two it was. What another run leads to or from is accounted for.
        """
        old, run = self.aligned.old, self.run
        before = min(self.start - run.old, MOST_BESIDE)
        after = min(run.old_end - self.end, MOST_BESIDE)
        opens = run.old == run.new == 0 and before == self.start
        closes = (run.old_end, run.new_end) == (len(old), len(self.aligned.new))
        closes = closes and after == len(old) - self.end
        # At both ends of the texts nothing else can stand.
        return (
            not opens and self._stands_elsewhere(old[self.start - before : self.end], before)
        ) or (not closes and self._stands_elsewhere(old[self.start : self.end + after], 0))

    def was_replaced(self, begins: int, ends: int) -> bool:
        """Whether something else stands where the words stood, between what was beside them.

        Then they were corrected there, and the run leads to a copy. What was beside them begins
        at ``begins`` and ends at ``ends``.
        """
        others = [
            run
            for run in self.aligned.in_old(max(0, begins - 2), ends + 2)
            if run.shift != self.run.shift
        ]
        beside = any(run.old < ends and run.old_end > begins for run in others)
        if beside and len(WORD.findall(self.aligned.old, self.run.old, self.run.old_end)) < FAR:
            return True  # so few words prove less than what was beside them
        before = [run for run in others if run.old < self.start and run.old_end >= self.start - 2]
        after = [run for run in others if run.old_end > self.end and run.old <= self.end + 2]
        for left, right in product(before, after):
            start, end = self.start + left.shift, self.end + right.shift
            close = start <= end <= start + 4 * len(self.words) + SPARE
            if close and LETTER.search(self.aligned.new, start, end):
                return True
        if any(
            run.old <= min(begins, self.start - 1) and run.old_end > self.start for run in before
        ):
            return True  # the first of the words still stand there, after what was before them
        if any(run.old < self.end and run.old_end >= max(ends, self.end + 1) for run in after):
            return True
        reach = len(self.words) * 3 // 2 + SPARE
        begun = [self.start + run.shift for run in before if run.old_end > self.start]
        ended = [self.end + run.shift for run in after if run.old < self.end]
        images = [(at, at + reach) for at in begun] + [(at - reach, at) for at in ended]
        return self._has_rival(images)

    def was_corrected(self, before: str, after: str) -> bool:
        """Whether what stood right ``before`` or ``after`` the words stands elsewhere too.

        With their like beside it: there they stood, then, and were corrected. A run that goes on
        for long on both sides is no copy of that.
        """
        if min(self.start - self.run.old, self.run.old_end - self.end) > SPARE:
            return False
        reach = len(self.words) * 3 // 2 + BESIDE
        for _, last in self._elsewhere(before, self.start - len(before)):
            if (after and after in self.aligned.new[last : last + reach]) or self._has_rival(
                [(last, last + reach)]
            ):
                return True
        ends = [
            self.start + run.shift
            for run in self.aligned.in_old(max(0, self.start - 2), self.start)
            if run.shift != self.run.shift
        ]
        return any(
            any(first - reach <= end <= first for end in ends)
            or self._has_rival([(first - reach, first)])
            for first, _ in self._elsewhere(after, self.end)
        )

    def stands_right_after(self, run: Run) -> bool:
        """Whether the words still follow ``run``, before them in the old text, and no like of them.

        They may have been set apart by what was written between.
        """
        gap = min(max(0, self.start - run.old_end), FURTHEST)
        from_there = run.new_end - max(0, run.old_end - self.start)
        if not run.new <= self.first <= run.new_end + gap + 2 * len(self.words) + SPARE:
            return False
        return not self._has_rival([(from_there, self.first)])

    def stands_right_before(self, run: Run) -> bool:
        """The same of a ``run`` after them."""
        gap = min(max(0, run.old - self.end), FURTHEST)
        to_there = run.new + max(0, self.end - run.old)
        if not run.new - gap - 2 * len(self.words) - SPARE <= self.last <= run.new_end:
            return False
        return not self._has_rival([(self.last, to_there)])

    def _elsewhere(self, words: str, start: int) -> Iterator[tuple[int, int]]:
        """Where ``words``, from ``start`` in the old text and only there, stand again."""
        if not words or len(list(islice(occurrences(self.aligned.old, words), 2))) > 1:
            return
        for first in islice(occurrences(self.aligned.new, words), MOST_TWINS):
            last = first + len(words)
            if first - start != self.run.shift and not any(
                run.new <= first and last <= run.new_end and run.shift != first - start
                for run in self.aligned.in_new(first, last)
            ):
                yield first, last

    def _stands_elsewhere(self, words: str, before: int) -> bool:
        """Whether ``words``, of which ``before`` signs precede ours, stand unaccounted for."""
        if self.aligned.stands_once(self.start - before, self.start - before + len(words)):
            return False
        size = self.end - self.start
        for at in islice(occurrences(self.aligned.new, words), MOST_TWINS):
            first = at + before
            if first != self.first and not any(
                run.new <= first and first + size <= run.new_end and run.shift != first - self.start
                for run in self.aligned.in_new(first, first + size)
            ):
                return True
        for at in islice(occurrences(self.aligned.old, words), MOST_TWINS):
            start = at + before
            if start != self.start and not any(
                run.old <= start and start + size <= run.old_end and run.shift != self.first - start
                for run in self.aligned.in_old(start, start + size)
            ):
                return True
        return False

    def _has_rival(self, images: Iterable[tuple[int, int]]) -> bool:
        """Whether anything else there may be these words, corrected."""
        words = self.words
        return any(
            len(part) >= len(words) / 2 and fuzz.partial_ratio(words, part) >= A_RIVAL
            for first, last in images
            for part in self._others(max(0, first), max(0, last))
        )

    def _others(self, first: int, last: int) -> Iterator[str]:
        """The new text from ``first`` to ``last`` without the words themselves."""
        new = self.aligned.new
        yield new[first : min(last, max(first, self.first))]
        yield new[max(first, min(last, self.last)) : last]
