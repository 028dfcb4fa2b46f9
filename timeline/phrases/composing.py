"""From what is said of dates to EDTF, each meaning with the note it needs."""

from collections.abc import Iterator
from dataclasses import replace

from timeline.edtf import Mark
from timeline.phrases.dating import Dating, dating
from timeline.phrases.grammar import Sentence
from timeline.phrases.model import Choice, Misread
from timeline.phrases.neighbours import after, before, in_same_parts
from timeline.phrases.points import DECADE, YEAR, Point, continued, filled

SOME_TIME = "One time, which is not known more exactly."
APART = "These dates do not fit together. Write each of them in full."
LASTING = "All the time from the first to the last date."


def choices(sentence: Sentence) -> Iterator[Choice]:
    """Each meaning of a sentence. Raises Misread where it has none."""
    says, points = sentence.says, sentence.points
    if says == "is":
        said = dating(points[0])
        yield Choice(said.single(), said.note)
    elif len(points) == 1:
        yield from _one_sided(says, dating(points[0]))
    elif says in ("or", "and"):
        yield from _listed(says, points)
    else:
        yield from _joined(says, *points)


def _one_sided(says: str, said: Dating) -> Iterator[Choice]:
    start, end = said.as_edge(at_end=False), said.as_edge(at_end=True)
    exact = said.mark is Mark.NONE and said.whole is not None
    if says == "before":
        note = f"“Before” leaves out {said.whole} itself." if exact else said.note
        yield Choice(f"[..{before(said)}]", note)
    elif says == "after":
        note = f"“After” leaves out {said.whole} itself." if exact else said.note
        yield Choice(f"[{after(said)}..]", note)
    elif says == "by":
        yield Choice(f"[..{said.end()}]", said.note)
    elif says == "or later":
        yield Choice(f"[{said.start()}..]", said.note)
    elif says == "since":
        yield Choice(f"{start}/..", "Without end: it is still so.")
    elif says == "until":
        yield Choice(f"../{end}", "Without beginning.")
    elif says == "unknown to":
        yield Choice(f"/{end}", "The beginning is not known.")
    elif says == "end unknown":
        yield Choice(f"{start}/", "The end is not known.")
    else:  # "1953–" does not say which
        yield Choice(f"{start}/..", "Without end: it is still so.")
        yield Choice(f"{start}/", "It ended, and it is not known when.")


def _listed(says: str, points: tuple[Point, ...]) -> Iterator[Choice]:
    misread, found = Misread(APART), False
    for each in _ends(*points) if len(points) == 2 else _completed(points):
        try:
            choice = _list(says, each)
        except Misread as error:
            misread = error
            continue
        found = True
        yield choice
    if not found:
        raise misread


def _list(says: str, points: tuple[Point, ...]) -> Choice:
    texts = [dating(point).single() for point in points]
    if any(text.startswith("[") for text in texts):
        raise Misread("EDTF has no list of such stretches. Write the years.")
    opening, closing = "[]" if says == "or" else "{}"
    return Choice(f"{opening}{','.join(texts)}{closing}")


def _completed(points: tuple[Point, ...]) -> Iterator[tuple[Point, ...]]:
    """All points with what the last one says for them, such as the year."""
    *others, last = points
    done = [first for point in others if (first := filled(point, last)) is not None]
    if len(done) == len(others):
        yield (*done, last)


def _ends(left: Point, right: Point) -> Iterator[tuple[Point, Point]]:
    """Both ends complete, in each way in which they can be short for more."""
    for last in continued(left, right):
        first = filled(left, last) if last.whole else None
        if first is None:
            continue
        yield first, last
        if last.unit == DECADE and first.unit == YEAR and (first.number or 1) % 10 == 0:
            yield replace(first, unit=DECADE), last  # 1870–1880s may be two decades


def _joined(says: str, left: Point, right: Point) -> Iterator[Choice]:
    """Each meaning of a pair; one that is no date gives way to another that is."""
    misread, found = Misread(APART), False
    short = not left.whole or right.digits < left.digits
    for ends in _ends(left, right):
        for first, last in _qualified(says, *ends):
            try:
                pair = list(_pair(says, dating(first), dating(last), short=short))
            except Misread as error:
                misread = error
                continue
            found = True
            yield from pair
    if not found:
        raise misread


def _qualified(says: str, left: Point, right: Point) -> Iterator[tuple[Point, Point]]:
    """'c. 1830–41' is about both; of '1868–1871?' and 'about 1984 to 2004' that is not said."""
    both = (replace(left, mark=left.mark | right.mark), replace(right, mark=left.mark | right.mark))
    one_marked = (left.mark is Mark.NONE) != (right.mark is Mark.NONE)
    if says not in ("-", "/", "a to b") or not one_marked or right.leading or left.trailing:
        yield left, right
        return
    if left.leading and says == "-":
        yield both
        return
    yield left, right
    yield both


def _pair(says: str, first: Dating, last: Dating, *, short: bool) -> Iterator[Choice]:
    interval = f"{first.as_edge(at_end=False)}/{last.as_edge(at_end=True)}"
    stretch = first.whole is None or last.whole is None
    if says == "between":
        yield Choice(_somewhere(first, last), SOME_TIME)
    elif says == "/" and not stretch:
        if not short:
            raise Misread("A slash joins years such as 1950/51. Write from … to …, or … or ….")
        yield Choice(interval, LASTING)
        yield Choice(f"[{first.single()},{last.single()}]", "One of the two.")
    elif says == "/":
        raise Misread("A slash joins years such as 1950/51. Write from … to …, or … or ….")
    elif stretch and says != "to":
        yield Choice(_somewhere(first, last), SOME_TIME)
        yield Choice(interval, LASTING)
    else:
        yield Choice(interval)


def _somewhere(first: Dating, last: Dating) -> str:
    return "[{}..{}]".format(*in_same_parts(first.start(), last.end()))
