"""One date with all that is said of it: 'perhaps in early October 1948', 'c. 1944', '1946?'."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from timeline.edtf import Mark
from timeline.phrases.bodies import bodies
from timeline.phrases.items import HYPHEN
from timeline.phrases.matching import Items, kind
from timeline.phrases.points import DAY, MONTH, SEASON, YEAR, Part, Point

BEFORE = {
    **dict.fromkeys(("approximate", "c", "~"), Mark.APPROXIMATE),
    **dict.fromkeys(("doubtful", "?"), Mark.UNCERTAIN),
}
AFTER = {
    **dict.fromkeys(("approximate", "~", "ish"), Mark.APPROXIMATE),
    **dict.fromkeys(("uncertain", "?"), Mark.UNCERTAIN),
    "%": Mark.BOTH,
}
A_DAY, A_MONTH, A_YEAR = "word:day", "word:month", "word:year"
PREPOSITIONS = ("in", "on", "during", "dated")
EDGES = {"beginning": 0, "start": 0, "middle": 1, "end": 2, "close": 2}
THIRDS = ("early", "mid", "late")
FRACTIONS = {"half": 2, "quarter": 4, "third": 3}


def singles(items: Items, at: int) -> Iterator[tuple[Point, int]]:
    """Each date that begins at ``at``, with what marks it, and where it ends."""
    start = _past(items, at, PREPOSITIONS)
    mark, start = _marks_before(items, start)
    leading = mark is not Mark.NONE
    for read in (_plain, _parted, _unknown_of):
        for point, end in read(items, start):
            after, last = _marks_after(items, end)
            for mark_after, stop in {(Mark.NONE, end), (after, last)}:
                yield (
                    replace(
                        point,
                        mark=mark | mark_after | point.mark,
                        leading=leading,
                        trailing=mark_after is not Mark.NONE,
                    ),
                    stop,
                )


def _past(items: Items, at: int, kinds: Sequence[str]) -> int:
    return at + 1 if kind(items, at) in kinds else at


def _marks_before(items: Items, at: int) -> tuple[Mark, int]:
    mark = Mark.NONE
    while found := BEFORE.get(kind(items, at)):
        mark |= found
        at += 1
    if mark is not Mark.NONE:
        at = _past(items, at, PREPOSITIONS)
        if found := BEFORE.get(kind(items, at)):
            return mark | found, at + 1
    return mark, at


def _marks_after(items: Items, at: int) -> tuple[Mark, int]:
    mark = Mark.NONE
    while True:
        if found := AFTER.get(kind(items, at)):
            mark, at = mark | found, at + 1
        elif kind(items, at) == "(" and kind(items, at + 2) == ")":
            inside = AFTER.get(kind(items, at + 1))
            if inside is None:
                return mark, at
            mark, at = mark | inside, at + 3
        else:
            return mark, at


def _plain(items: Items, at: int) -> Iterator[tuple[Point, int]]:
    for start in {at, _past(items, at, ("the",))}:
        for point, end in bodies(items, start):
            yield point, end
            yield from _said_unknown(point, items, end)


def _said_unknown(point: Point, items: Items, at: int) -> Iterator[tuple[Point, int]]:
    """'June 1984, day unknown', '1984, day and month unknown'."""
    at = _past(items, at, (",",))
    for kinds, unit in (((A_DAY,), MONTH), ((A_MONTH,), YEAR), ((A_DAY, "and", A_MONTH), YEAR)):
        end = at + len(kinds)
        said = tuple(kind(items, place) for place in range(at, end))
        if said == kinds and kind(items, end) == "unknown" and point.unit == unit:
            yield replace(point, unknown=2 if len(kinds) > 1 else 1), end + 1


def _unknown_of(items: Items, at: int) -> Iterator[tuple[Point, int]]:
    """'a day in January 1872', 'some time in 1953'."""
    start = _past(items, at, ("a", "an", "some", "one"))
    name = kind(items, start)
    if name not in (A_DAY, A_MONTH, A_YEAR, "time", "sometime"):
        return
    if kind(items, start + 1) not in ("in", "of", "during"):
        return
    for point, end in _plain(items, start + 2):
        unknown = {(A_DAY, MONTH): 1, (A_DAY, YEAR): 2, (A_MONTH, YEAR): 1}
        if name in ("time", "sometime"):
            yield point, end
        if name == A_YEAR and point.unit not in (DAY, MONTH, SEASON, YEAR):
            yield point, end
        if number := unknown.get((name, point.unit)):
            yield replace(point, unknown=number), end


def _parted(items: Items, at: int) -> Iterator[tuple[Point, int]]:
    """'late 17th century', 'the end of 1948', 'mid- to late 1970s', 'first half of 1990'."""
    start = _past(items, at, ("the",))
    for part, after in _parts(items, start):
        for point, end in _plain(items, after):
            if point.part is None and not point.unknown:
                yield replace(point, part=part), end


def _parts(items: Items, at: int) -> Iterator[tuple[Part, int]]:
    if kind(items, at) == "part":
        first, after = items[at].value, _past(items, at + 1, (HYPHEN,))
        yield _third(first, first), _past(items, after, ("in",))
        after = _past(items, _past(items, after, ("to",)), (HYPHEN,))
        if kind(items, after) in ("part", "middle"):
            last = items[after].value if kind(items, after) == "part" else 1
            if last > first:
                yield _third(first, last), _past(items, after + 1, (HYPHEN,))
    elif kind(items, at) in EDGES and kind(items, at + 1) == "of":
        number = EDGES[items[at].kind]
        yield _third(number, number), at + 2
    elif kind(items, at) == "middle":
        after = _past(items, at + 1, ("to",))
        if after > at + 1 and kind(items, after) == "part" and items[after].value == 2:
            yield _third(1, 2), after + 1
    elif kind(items, at) in ("ordinal", "last", "latter"):
        yield from _fraction(items, at)


def _third(first: int, last: int) -> Part:
    name = THIRDS[first] if first == last else f"{THIRDS[first]} to {THIRDS[last]}"
    return Part(first, last, 3, name, soft=True)


def _fraction(items: Items, at: int) -> Iterator[tuple[Part, int]]:
    name = "third" if _is_third(items, at + 1) else kind(items, at + 1)
    of = FRACTIONS.get(name, 0)
    number = of if items[at].kind in ("last", "latter") else items[at].value
    if 1 <= number <= of:
        yield (
            Part(number - 1, number - 1, of, f"{items[at].text} {name}"),
            _past(items, at + 2, ("of",)),
        )


def _is_third(items: Items, at: int) -> bool:
    return kind(items, at) == "ordinal" and items[at].text == "third"
