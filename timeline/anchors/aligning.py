"""Which stretches of a text stand in its corrected version too, and where.

A stretch is recognised by words that stand once in either text, so it is found wherever it went,
and two that are alike are never taken for one another. Between two stretches that follow one
another in both texts fewer words are enough, if they stand once there.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from zlib import crc32

from timeline.anchors.borders import UNSPACED, is_border

FAR = 8  # words that stand once in the whole of either text
NEAR = 3  # words that stand once between two stretches
LONGEST_BETWEEN = 2000  # signs between two stretches; over more of them, few words prove nothing
MOST_SHINGLES = 300_000  # of a longer text only some are taken, chosen by their words alone
WORD = re.compile(rf"{UNSPACED.pattern}|(?:(?!{UNSPACED.pattern})\w)+")


@dataclass(frozen=True, slots=True)
class Run:
    """``size`` signs, the same from ``old`` in the old text and from ``new`` in the new one."""

    old: int
    new: int
    size: int

    @property
    def old_end(self) -> int:
        return self.old + self.size

    @property
    def new_end(self) -> int:
        return self.new + self.size

    @property
    def shift(self) -> int:
        return self.new - self.old


@dataclass(frozen=True)
class Alignment:
    """The runs that two folded texts share; they may overlap where something is doubled.

    ``once`` are shortest stretches of the old text, by start and end, that stand once in either.
    """

    old: str
    new: str
    runs: tuple[Run, ...]
    once: Sequence[tuple[int, int]] = ()

    def stands_once(self, start: int, end: int) -> bool:
        """Whether what the old text has there is known to stand once in either text."""
        number = bisect_left(self.once, (start, start))
        return number < len(self.once) and self.once[number][1] <= end

    def in_old(self, start: int, end: int) -> Iterator[Run]:
        """The runs that have a sign of the old text from ``start`` to ``end``."""
        return _overlapping(self.runs, self._old_starts, self._old_ends, start, end, "old")

    def in_new(self, start: int, end: int) -> Iterator[Run]:
        """The runs that have a sign of the new text from ``start`` to ``end``."""
        return _overlapping(self._by_new, self._new_starts, self._new_ends, start, end, "new")

    def before(self, at: int) -> Run:
        """The last run that begins before sign ``at``; an empty one at the start."""
        number = bisect_left(self._old_starts, at)
        return self.runs[number - 1] if number else Run(0, 0, 0)

    def after(self, at: int) -> Run:
        """The first run that begins at or after sign ``at``; an empty one at the end."""
        number = bisect_left(self._old_starts, at)
        ends = Run(len(self.old), len(self.new), 0)
        return self.runs[number] if number < len(self.runs) else ends

    @cached_property
    def _old_starts(self) -> list[int]:
        return [run.old for run in self.runs]

    @cached_property
    def _old_ends(self) -> list[int]:
        return _furthest([run.old_end for run in self.runs])

    @cached_property
    def _by_new(self) -> list[Run]:
        return sorted(self.runs, key=lambda run: (run.new, run.old))

    @cached_property
    def _new_starts(self) -> list[int]:
        return [run.new for run in self._by_new]

    @cached_property
    def _new_ends(self) -> list[int]:
        return _furthest([run.new_end for run in self._by_new])


def align(old: str, new: str) -> Alignment:
    """The runs that two folded texts share, in the order of the old one."""
    if old == new:
        return Alignment(old, new, (Run(0, 0, len(old)),) if old else ())
    seeds = list(_seeds(old, new, (0, len(old)), (0, len(new)), FAR))
    runs = dict.fromkeys(_grown(old, new, seeds))
    ends = Run(0, 0, 0), Run(len(old), len(new), 0)
    whole = (0, len(old))
    for one, other in pairwise([ends[0], *_chain(list(runs), whole), ends[1]]):
        first, second = (one.old_end, other.old), (one.new_end, other.new)
        if max(_length(first), _length(second)) <= LONGEST_BETWEEN:
            seeds_between = _seeds(old, new, first, second, NEAR)
            near = list(dict.fromkeys(_grown(old, new, seeds_between)))
            runs |= dict.fromkeys(_chain(near, first))  # few words in other places prove nothing
    once = [(seed.old, seed.old_end) for seed in seeds]
    return Alignment(old, new, tuple(sorted(runs, key=lambda run: (run.old, run.new))), once)


def _length(stretch: tuple[int, int]) -> int:
    return stretch[1] - stretch[0]


def _seeds(
    old: str, new: str, there: tuple[int, int], here: tuple[int, int], words: int
) -> Iterator[Run]:
    """Each ``words`` in a row that stand once ``there`` in old and once ``here`` in new."""
    if _length(there) <= 0 or _length(here) <= 0:
        return
    theirs = _once(new, *here, words)
    for key, at in _once(old, *there, words).items():
        to = theirs.get(key, -1)
        if at >= 0 and to >= 0:
            yield Run(at, to, len(key))


def _grown(old: str, new: str, seeds: Iterable[Run]) -> Iterator[Run]:
    """All that is the same around each of the seeds, which come in the order of the old text."""
    reached: dict[int, int] = {}  # how far the last run of each shift goes in the old text
    for seed in seeds:
        if reached.get(seed.shift, 0) > seed.old:
            continue
        run = _extended(old, new, seed.old, seed.new)
        reached[seed.shift] = run.old_end
        if (run := _trimmed(old, new, run)).size > 0:
            yield run


def _once(text: str, first: int, last: int, words: int) -> dict[str, int]:
    """Each ``words`` in a row, as they are written, with their place; -1 for several places."""
    spans = [match.span() for match in WORD.finditer(text, first, last)]
    one_of = 1 + len(spans) // MOST_SHINGLES
    found: dict[str, int] = {}
    for (start, _), (_, end) in zip(spans, spans[words - 1 :], strict=False):
        key = text[start:end]
        if one_of == 1 or crc32(key.encode()) % one_of == 0:
            found[key] = -1 if key in found else start
    return found


def _extended(old: str, new: str, at: int, to: int) -> Run:
    """All that is the same to the left and to the right of two places."""
    left, right = same_before(old, at, new, to), same_after(old, at, new, to)
    return Run(at - left, to - left, left + right)


def _trimmed(old: str, new: str, run: Run) -> Run:
    """The run without words at its ends that go on differently in one of the texts."""
    start, end = run.old, run.old_end
    while start < end and not (is_border(old, start) and is_border(new, start + run.shift)):
        start += 1
    while end > start and not (is_border(old, end) and is_border(new, end + run.shift)):
        end -= 1
    return Run(start, start + run.shift, end - start)


def same_after(one: str, at: int, other: str, to: int) -> int:
    """How many signs are the same from ``at`` of ``one`` and ``to`` of ``other``."""
    room = min(len(one) - at, len(other) - to)

    def goes_on(size: int, step: int) -> bool:
        last = size + step
        return last <= room and one[at + size : at + last] == other[to + size : to + last]

    return _furthest_step(goes_on)


def same_before(one: str, at: int, other: str, to: int) -> int:
    """How many signs are the same up to ``at`` of ``one`` and ``to`` of ``other``."""
    room = min(at, to)

    def goes_on(size: int, step: int) -> bool:
        last = size + step
        return last <= room and one[at - last : at - size] == other[to - last : to - size]

    return _furthest_step(goes_on)


def _furthest_step(goes_on: Callable[[int, int], bool]) -> int:
    """How far it ``goes_on``, which is asked of a size and of as many more."""
    size, step = 0, 64
    while goes_on(size, step):
        size, step = size + step, min(step * 2, 1 << 16)
    while step > 1:
        step //= 2
        if goes_on(size, step):
            size += step
    return size


def _chain(runs: Sequence[Run], within: tuple[int, int]) -> list[Run]:
    """The runs in the same order in both texts that have most signs of a stretch of the old one."""
    ends: list[int] = []  # where the best chains end in the new text, each longer than the last
    chains: list[tuple[int, Run, object]] = []  # how many signs, the last run, the chain before it
    for run in sorted(runs, key=lambda run: (run.old, run.new)):
        number = bisect_left(ends, run.new)
        before = chains[number - 1] if number else None
        signs = min(run.old_end, within[1]) - max(run.old, within[0])
        link = (signs + (before[0] if before else 0), run, before)
        while number < len(ends) and chains[number][0] <= link[0]:
            del ends[number], chains[number]
        if number == len(ends) or ends[number] > run.new:
            ends.insert(number, run.new)
            chains.insert(number, link)
    found: list[Run] = []
    last: object = chains[-1] if chains else None
    while isinstance(last, tuple):
        found.append(last[1])
        last = last[2]
    return found[::-1]


def _furthest(ends: Sequence[int]) -> list[int]:
    """For each run, how far it and those before it go."""
    found: list[int] = []
    for end in ends:
        found.append(max(end, found[-1]) if found else end)
    return found


def _overlapping(
    runs: Sequence[Run], starts: list[int], reach: list[int], start: int, end: int, side: str
) -> Iterator[Run]:
    """Of runs sorted by where they start, those with a sign from ``start`` to ``end``."""
    number = bisect_left(starts, end) - 1
    while number >= 0 and reach[number] > start:
        run = runs[number]
        if getattr(run, side) + run.size > start:
            yield run
        number -= 1
