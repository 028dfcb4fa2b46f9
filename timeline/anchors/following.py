"""Where the words of a place went when the text around them was corrected.

The words must be the same, and it must be certain that they are those and not their like: words
beside them are the same too, and nothing says that what stood there went, or stayed, elsewhere.
What is not certain is nobody's to decide but a person's.
"""

from timeline.anchors.aligning import WORD, Run, align
from timeline.anchors.model import Span
from timeline.anchors.traces import Trace
from timeline.anchors.versions import LETTER, Version

STRONG = 4, 20  # words and letters of a quote that hardly stands in two places by chance
FEW = 3  # words beside a quote by which its old place is known
AROUND = 64  # signs beside a quote in which a word must be


class Following:
    """From the places of one version of a text to those of another."""

    def __init__(self, old: Version, new: Version) -> None:
        self._old, self._new = old, new
        self._aligned = align(old.folded.text, new.folded.text)

    def follow(self, span: Span) -> Span | None:
        """Where the words at the old ``span`` stand now; None where that is not certain."""
        start, end = self._old.folded.within(span)
        trace = self._trace(start, end)
        if trace is None:
            return None
        if self._aligned.old == self._aligned.new:
            return self._new.folded.span(start, end)
        if trace.is_claimed_by_another() or trace.is_doubled():
            return None
        if not self._is_certain(trace) or self._is_cut(trace):
            return None
        return self._new.folded.span(trace.first, trace.last)

    def expected(self, span: Span) -> int:
        """About where in the new text the old ``span`` would begin now."""
        start, _ = self._old.folded.within(span)
        before = self._aligned.before(start + 1)
        at = before.new + min(start - before.old, before.size)
        starts = self._new.folded.starts
        return starts[min(at, len(starts) - 1)] if starts else 0

    def _trace(self, start: int, end: int) -> Trace | None:
        """The words with the run that has them all; None where there are several, or none."""
        if start >= end:
            return None
        runs = self._aligned.in_old(start, end)
        whole = [run for run in runs if run.old <= start and end <= run.old_end]
        return Trace(self._aligned, whole[0], start, end) if len(whole) == 1 else None

    def _is_certain(self, trace: Trace) -> bool:
        before, after = self._is_held_before(trace), self._is_held_after(trace)
        if before and after:
            return not (
                trace.was_replaced(*self._beside(trace))
                or trace.was_corrected(*self._around(trace))
            )
        return (
            is_strong(trace.words)
            and (before or trace.stands_right_after(self._neighbour_before(trace)))
            and (after or trace.stands_right_before(self._neighbour_after(trace)))
        )

    def _is_held_before(self, trace: Trace) -> bool:
        """Whether the word before is the same, or the words open a paragraph as they did."""
        first = max(trace.run.old, trace.start - AROUND)
        return bool(LETTER.search(self._aligned.old, first, trace.start)) or (
            self._old.begins(trace.start) and self._new.begins(trace.first)
        )

    def _is_held_after(self, trace: Trace) -> bool:
        """Whether the word after is the same, or the words close a paragraph as they did."""
        last = min(trace.run.old_end, trace.end + AROUND)
        return bool(LETTER.search(self._aligned.old, trace.end, last)) or (
            self._old.ends(trace.end) and self._new.ends(trace.last)
        )

    def _around(self, trace: Trace) -> tuple[str, str]:
        """A few words before and after in the paragraph, as they stood."""
        old = self._aligned.old
        first, _ = self._old.paragraph(trace.start)
        _, last = self._old.paragraph(trace.end - 1)
        before = old[max(first, trace.start - AROUND) : trace.start]
        after = old[trace.end : max(trace.end, min(last, trace.end + AROUND))]
        return last_words(before), last_words(after[::-1])[::-1]

    def _beside(self, trace: Trace) -> tuple[int, int]:
        """Where the word before begins and the one after ends, within the paragraph."""
        text, start, end = self._aligned.old, trace.start, trace.end
        space = text.find(" ", end + 1)
        return (
            start if self._old.begins(start) else text.rfind(" ", 0, max(0, start - 1)) + 1,
            end if self._old.ends(end) else space if space >= 0 else len(text),
        )

    def _neighbour_before(self, trace: Trace) -> Run:
        before = self._aligned.before(trace.start)
        return self._aligned.before(trace.run.old) if before == trace.run else before

    def _neighbour_after(self, trace: Trace) -> Run:
        after = self._aligned.after(trace.run.old + 1)
        return after if after.old_end > trace.end else self._aligned.after(trace.end)

    def _is_cut(self, trace: Trace) -> bool:
        """Whether the words are now a part of longer ones, as '194' is of '1948'."""
        places = ((trace.start, trace.first), (trace.end, trace.last))
        return any(
            self._old.folded.is_border(old) and not self._new.folded.is_border(new)
            for old, new in places
        )


def last_words(text: str) -> str:
    """The last FEW words of ``text``, with what follows them; empty if there are fewer."""
    found = list(WORD.finditer(text))
    return text[found[-FEW].start() :] if len(found) >= FEW else ""


def is_strong(words: str) -> bool:
    """Whether ``words`` hardly stand in two places by chance."""
    return len(words.split()) >= STRONG[0] and sum(map(str.isalnum, words)) >= STRONG[1]
