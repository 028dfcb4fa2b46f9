"""The text that readers see, made from the text as received.

The article proper is cut out of what surrounds it, recorded corrections are applied, and the
result is split into passages. Positions are code points; nothing is changed in silence.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from timeline.anchors import nearest, occurrences

BREAKS = {
    "blank-line": re.compile(r"(?:\r\n|\r(?!\n)|\n)\s*[\r\n]"),
    "line": re.compile(r"[\r\n]+"),
}
HEADINGS_IN_A_ROW = " — "


@dataclass(frozen=True, slots=True)
class Correction:
    """Where the text says ``find``, ``read`` is read; a ``mark`` is a note mark taken out."""

    find: str
    read: str
    reason: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class TextSpec:
    """How a text as received is to be read; empty ``begins`` and ``ends`` are its very ends."""

    begins: str = ""
    ends: str = ""
    paragraphs: str = "blank-line"
    headings: tuple[str, ...] = ()
    emendations: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Emended:
    """A correction in its place: ``removed`` at ``raw_start``, ``inserted`` at ``start``."""

    find: str
    read: str
    reason: str
    mark: str
    raw_start: int
    start: int
    removed: str
    inserted: str


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """A paragraph; ``start`` and ``heading_start`` are places in the text as read."""

    ordinal: int
    heading: str
    heading_start: int | None
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as read."""

    text: str
    passages: tuple[ReadPassage, ...]
    emendations: tuple[Emended, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with ``item``, such as ``text.emendation 3``, in words for a person."""

    item: str
    message: str


class ReadingError(ValueError):
    """The text cannot be read as told; ``problems`` holds everything that is wrong."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{problem.item}: {problem.message}" for problem in problems))
        self.problems = tuple(problems)


def sha256(text: str) -> str:
    """The SHA-256 of ``text`` in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(raw: str, spec: TextSpec) -> Reading:
    """Read ``raw`` as ``spec`` says; raises ReadingError with all problems at once."""
    problems: list[Problem] = []
    if "\0" in raw:
        problems.append(Problem("text", "It holds a NUL character; save it as plain text."))
    first, last = _article(raw, spec, problems)
    placed = _placed(raw, first, last, spec.emendations, problems)
    text, emendations = _emended(raw, first, last, placed)
    passages = _passages(text, spec, problems)
    if problems:
        raise ReadingError(problems)
    return Reading(text, passages, emendations)


def _article(raw: str, spec: TextSpec, problems: list[Problem]) -> tuple[int, int]:
    first, last = 0, len(raw)
    if spec.begins:
        first = _only_place(raw, spec.begins, "text.begins", problems) or 0
    if spec.ends:
        at = _only_place(raw, spec.ends, "text.ends", problems)
        last = last if at is None else at + len(spec.ends)
    if first >= last:
        problems.append(Problem("text", "No text is left between “begins” and “ends”."))
    return first, last


def _only_place(text: str, words: str, item: str, problems: list[Problem]) -> int | None:
    places = list(occurrences(text, words))
    if len(places) == 1:
        return places[0]
    problems.append(Problem(item, _not_one_place(text, words, len(places))))
    return None


def _not_one_place(text: str, words: str, found: int) -> str:
    if not words.strip():
        return "It is empty; give the words as they stand in the text."
    if found:
        return f"“{words}” stands {found} times in the text; add words until it stands once."
    near = nearest(text, words)
    offer = f" The nearest is “{near.text}” ({near.differences})." if near else ""
    return f"“{words}” is not in the text.{offer}"


@dataclass(frozen=True, slots=True)
class _Placed:
    correction: Correction
    start: int
    removed: str
    inserted: str

    @property
    def end(self) -> int:
        return self.start + len(self.removed)


def _placed(
    raw: str, first: int, last: int, corrections: tuple[Correction, ...], problems: list[Problem]
) -> list[_Placed]:
    """The corrections in the order of the text, each cut down to what it changes."""
    placed: list[_Placed] = []
    for number, correction in enumerate(corrections, start=1):
        item = f"text.emendation {number}"
        at = _only_place(raw[first:last], correction.find, item, problems)
        if problem := _fault_of(correction):
            problems.append(Problem(item, problem))
        elif at is not None:
            placed.append(_cut_down(correction, first + at))
    placed.sort(key=lambda one: (one.start, one.end))
    for one, other in pairwise(placed):
        if one.end > other.start or one.start == other.start:
            problems.append(
                Problem(
                    "text.emendation",
                    f"“{one.correction.find}” and “{other.correction.find}” change the same "
                    "characters; make them one.",
                )
            )
    return placed


def _fault_of(correction: Correction) -> str:
    if correction.find == correction.read:
        return f"“{correction.find}” is read as it stands; leave this emendation out."
    if correction.mark:
        change = _cut_down(correction, 0)
        if change.inserted or change.removed.strip() != correction.mark:
            return (
                f"“{correction.find}” is not read without the note mark “{correction.mark}”; "
                "“read” must be “find” with just the mark taken out."
            )
    elif not correction.reason:
        return f"“{correction.find}” is read as “{correction.read}” without a reason; give one."
    return ""


def _cut_down(correction: Correction, at: int) -> _Placed:
    """The correction without what ``find`` and ``read`` share at their ends."""
    find, read_as = correction.find, correction.read
    shorter = min(len(find), len(read_as))
    before = next((i for i in range(shorter) if find[i] != read_as[i]), shorter)
    rest = shorter - before
    after = next((i for i in range(rest) if find[-1 - i] != read_as[-1 - i]), rest)
    return _Placed(
        correction,
        at + before,
        find[before : len(find) - after],
        read_as[before : len(read_as) - after],
    )


def _emended(
    raw: str, first: int, last: int, placed: list[_Placed]
) -> tuple[str, tuple[Emended, ...]]:
    pieces: list[str] = []
    emendations: list[Emended] = []
    done, size = first, 0
    for one in placed:
        kept = raw[done : one.start]
        pieces += kept, one.inserted
        size += len(kept)
        what = one.correction
        emendations.append(
            Emended(
                find=what.find,
                read=what.read,
                reason=what.reason,
                mark=what.mark,
                raw_start=one.start,
                start=size,
                removed=one.removed,
                inserted=one.inserted,
            )
        )
        size += len(one.inserted)
        done = one.end
    pieces.append(raw[done:last])
    return "".join(pieces), tuple(emendations)


def _passages(text: str, spec: TextSpec, problems: list[Problem]) -> tuple[ReadPassage, ...]:
    wanted = {_one_line(heading) for heading in spec.headings}
    passages: list[ReadPassage] = []
    seen: set[str] = set()
    heading, heading_start, open_heading = "", None, False
    for start, block in _blocks(text, BREAKS[spec.paragraphs]):
        if (line := _one_line(block)) in wanted:
            seen.add(line)
            heading, heading_start = (
                (heading + HEADINGS_IN_A_ROW + line, heading_start)
                if open_heading
                else (line, start)
            )
            open_heading = True
            continue
        passages.append(ReadPassage(len(passages) + 1, heading, heading_start, start, block))
        open_heading = False
    problems += [
        Problem("text.headings", f"“{missing}” is no paragraph of its own in the text as read.")
        for missing in sorted(wanted - seen)
    ]
    if open_heading:
        problems.append(Problem("text.headings", f"No paragraph follows “{heading}”."))
    return tuple(passages)


def _blocks(text: str, breaks: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Each paragraph with its place, without the white space around it."""
    start = 0
    for end, following in [*(found.span() for found in breaks.finditer(text)), (len(text),) * 2]:
        block = text[start:end]
        if stripped := block.strip():
            yield start + len(block) - len(block.lstrip()), stripped
        start = following


def _one_line(text: str) -> str:
    return " ".join(text.split())
