"""How dates are joined: 'from … to', 'between … and', 'before', 'or'.

The whole text must be used up. Each way of reading it is one ``Sentence``.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from timeline.phrases.items import HYPHEN
from timeline.phrases.matching import Items, kind
from timeline.phrases.points import Point
from timeline.phrases.singles import singles

# What stands before one date, by what it says. Longer phrases come first.
LEADING: tuple[tuple[str, str], ...] = (
    ("no later than", "by"),
    ("not later than", "by"),
    ("not after", "by"),
    ("on or before", "by"),
    ("by", "by"),
    ("no earlier than", "or later"),
    ("not earlier than", "or later"),
    ("not before", "or later"),
    ("on or after", "or later"),
    ("earlier than", "before"),
    ("prior to", "before"),
    ("before", "before"),
    ("<", "before"),
    ("later than", "after"),
    ("after", "after"),
    (">", "after"),
    ("up to", "until"),
    ("until", "until"),
    ("till", "until"),
    ("since", "since"),
    ("from", "since"),
    ("unknown to", "unknown to"),
)
TRAILING: tuple[tuple[str, str], ...] = (
    ("or earlier", "by"),
    ("or before", "by"),
    ("and before", "until"),
    ("and earlier", "until"),
    ("or later", "or later"),
    ("or after", "or later"),
    ("and after", "since"),
    ("and later", "since"),
    ("onwards", "since"),
    ("onward", "since"),
    ("- present", "since"),
    ("- now", "since"),
    ("- today", "since"),
    ("- current", "since"),
    ("- ongoing", "since"),
    ("to the present", "since"),
    ("to present", "since"),
    ("to now", "since"),
    ("to today", "since"),
    ("to unknown", "end unknown"),
    ("- unknown", "end unknown"),
    (", end unknown", "end unknown"),
    ("-", "left open"),
)
MOST_MEMBERS = 8
TO = ("to", "through", "until", "till")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said of ``points``: ``is``, ``to``, ``between``, ``or``, ``and``, ``before``, ….

    ``to`` is said with 'from', ``-`` with a dash, ``/`` with a slash, ``a to b`` without 'from'.
    """

    says: str
    points: tuple[Point, ...]


def sentences(items: Items) -> Iterator[Sentence]:
    """Each way of reading all items."""
    for point in _all_of(items, 0):
        yield Sentence("is", (point,))
    yield from _led(items)
    yield from _trailed(items)
    yield from _pairs(items)
    yield from _lists(items)


def _all_of(items: Items, at: int, stop: int | None = None) -> Iterator[Point]:
    """Each date that takes up everything from ``at`` to ``stop``."""
    end_wanted = len(items) if stop is None else stop
    seen = set()
    for point, end in singles(items[:end_wanted], at):
        if end == end_wanted and point not in seen:
            seen.add(point)
            yield point


def _follows(items: Items, at: int, words: str) -> int | None:
    """Where ``words`` end if they stand at ``at``."""
    kinds = words.split()
    for number, word in enumerate(kinds):
        place = at + number
        if place >= len(items) or word not in (items[place].kind, items[place].text):
            return None
    return at + len(kinds)


def _led(items: Items) -> Iterator[Sentence]:
    for words, says in LEADING:
        after = _follows(items, 0, words)
        if after is None:
            continue
        for point in _all_of(items, after):
            yield Sentence(says, (point,))
        if words == "from":
            yield from _from_on(items)
        if says == "until":
            yield from _to_from_unknown(items, after)
        return


def _from_on(items: Items) -> Iterator[Sentence]:
    for words, says in (*TRAILING, ("on", "since")):
        at = len(items) - len(words.split())
        if says in ("since", "end unknown") and at > 1 and _follows(items, at, words) is not None:
            for point in _all_of(items, 1, at):
                yield Sentence(says, (point,))


def _to_from_unknown(items: Items, start: int) -> Iterator[Sentence]:
    """'until 1953, beginning unknown'."""
    at = len(items) - 3
    if at > start and _follows(items, at, ", beginning unknown") is not None:
        for point in _all_of(items, start, at):
            yield Sentence("unknown to", (point,))


def _trailed(items: Items) -> Iterator[Sentence]:
    for words, says in TRAILING:
        at = len(items) - len(words.split())
        if at > 0 and _follows(items, at, words) is not None:
            for point in _all_of(items, 0, at):
                yield Sentence(says, (point,))


def _pairs(items: Items) -> Iterator[Sentence]:
    first = kind(items, 0)
    start = 1 if first in ("from", "between") else 0
    for at in range(start + 1, len(items) - 1):
        says = _joint(first, items[at].kind)
        if says:
            for left in _all_of(items, start, at):
                for right in _all_of(items, at + 1):
                    yield Sentence(says, (left, right))


def _joint(first: str, joint: str) -> str:
    """What a pair says by the word before it and the one inside it."""
    if first == "between":
        return "between" if joint == "and" else ""
    if first == "from":
        return "to" if joint in (*TO, HYPHEN) else ""
    if joint in TO:
        return "a to b"
    return joint if joint in (HYPHEN, "/") else ""


def _lists(items: Items) -> Iterator[Sentence]:
    """'1667, 1668 or 1670', 'one of 1667 or 1668', 'both 1667 and 1668'."""
    start = _follows(items, 0, "one of") or int(kind(items, 0) in ("both", "either"))
    joints = {item.kind for item in items[start:]} & {"or", "and"}
    if len(joints) != 1:
        return
    (joint,) = joints
    if (kind(items, 0), joint) in (("both", "or"), ("either", "and"), ("one", "and")):
        return
    for points in _members(items, start, joint, MOST_MEMBERS, joined=False):
        if len(points) > 1:
            yield Sentence(joint, points)


def _members(
    items: Items, at: int, joint: str, most: int, *, joined: bool
) -> Iterator[tuple[Point, ...]]:
    """At ``most`` so many dates up to the end, the last two of them joined by ``joint``."""
    for point, end in singles(items, at) if most else ():
        if end == len(items):
            if joined:
                yield (point,)
            continue
        is_joint = kind(items, end) == joint
        after = end + 1
        if kind(items, end) == "," and kind(items, after) == joint:
            is_joint, after = True, after + 1
        if is_joint or (kind(items, end) == "," and not joined):
            for others in _members(items, after, joint, most - 1, joined=is_joint):
                yield (point, *others)
