"""The dates of a text in prose: only those that say by themselves which time they mean."""

from collections.abc import Iterator
from dataclasses import replace

from timeline.phrases.items import HYPHEN, UNKNOWN, Item, items_of
from timeline.phrases.model import Found
from timeline.phrases.reading import read_items
from timeline.phrases.surroundings import is_year

MAX_PROSE = 100_000
LONGEST = 14  # items of one date
ANCHORS = {"number", "decade", "century", "millennium", "c"}
TELLING = {"month", "season", "era", "decade", "century", "millennium"}
OPENING = {
    *("number", "ordinal", "decade", "month", "season", "weekday", "part", "era", "approximate"),
    *("c", "doubtful", "~", "from", "between", "before", "after", "since", "until", "by", "end"),
    *("beginning", "start", "middle", "close", "last", "latter", "northern", "southern", "no"),
}
CLOSING = {"number", "decade", "era", "century", "millennium", "c", "onwards", "onward", "later"}
JOINING = {
    "from",
    "between",
    "to",
    "and",
    "before",
    "after",
    "since",
    "by",
    "until",
    "through",
    "or",
}
NAMES = {"month", "weekday"}  # kinds that are written with a capital: not 'may', 'march', 'sat'
IN_DATES = {
    *OPENING, *CLOSING, HYPHEN, ",", "/", "the", "of", "in", "to", "till", "through", "and", "or",
    "earlier", "than", "not", "half", "quarter", "word:year",
}  # fmt: skip


def found(prose: str) -> list[Found]:
    """The clear dates of ``prose``, in order, none inside another; at most those of MAX_PROSE.

    Takes time in proportion to the length. What only the context would tell ('that October', 'two
    years later') is left out, and so are numbers that may count something.
    """
    items = [_as_prose(item, prose) for item in items_of(prose[:MAX_PROSE])]
    return list(_found(items, prose))


def _as_prose(item: Item, prose: str) -> Item:
    lower = item.kind in NAMES and not prose[item.start].isupper()
    return replace(item, kind=UNKNOWN) if lower else item


def _found(items: list[Item], prose: str) -> Iterator[Found]:
    at = 0
    while at < len(items):
        date, end = _longest(items, at, prose) if items[at].kind in OPENING else (None, at)
        if date is not None:
            yield date
        at = max(end, at + 1)


def _longest(items: list[Item], at: int, prose: str) -> tuple[Found | None, int]:
    """The longest date that begins with the item ``at``, and where the next can begin."""
    stop = at + 1
    while stop < min(len(items), at + LONGEST) and _may_be_inside(items, stop):
        if _is_too_many(items[at:stop], items[stop].kind):
            break
        stop += 1
    for end in range(stop, at, -1):
        if items[end - 1].kind in CLOSING and _is_clear(items, at, end):
            choices, _ = read_items(items[at:end])
            if choices:
                first, last = items[at].start, items[end - 1].end
                return Found(first, last, prose[first:last], choices), end
    return None, at


def _is_too_many(before: list[Item], kind: str) -> bool:
    """Whether a date cannot hold one more of a kind: two 'from', or three months."""
    number = sum(item.kind == kind for item in before)
    return number >= (1 if kind in JOINING else 2 if kind in TELLING else LONGEST)


def _may_be_inside(items: list[Item], at: int) -> bool:
    if items[at].kind == ".":
        around = items[at - 1 : at + 2]
        return all(item.kind == "number" for item in around[::2]) and all(
            item.close for item in around[1:]
        )
    return items[at].kind in IN_DATES


def _is_clear(items: list[Item], at: int, end: int) -> bool:
    inside = items[at:end]
    kinds = {item.kind for item in inside}
    if not kinds & ANCHORS or _is_lone(inside):
        return False
    if "and" in kinds and inside[0].kind != "between" and inside[-1].kind != "century":
        return False
    if kinds & TELLING or _is_numeric(inside):
        return _is_whole(items, at, end)
    return "number" in kinds and is_year(items, at, end)


def _is_numeric(inside: list[Item]) -> bool:
    """Whether it is like 15.10.1948, 10/15/1948 or 1948-10-15."""
    kinds = [item.kind for item in inside]
    return len(kinds) == 5 and kinds[::2] == ["number"] * 3 and kinds[1] == kinds[3] in "/.-"


def _is_lone(inside: list[Item]) -> bool:
    """Whether a word such as 'from' stands before one date: 'a letter from 1953'."""
    kinds = [item.kind for item in inside]
    return kinds[0] == "from" and not {"to", "until", "till", "through", HYPHEN} & set(kinds)


def _is_whole(items: list[Item], at: int, end: int) -> bool:
    """Whether no digits go on beside it, as in '12:15 October 1948' or '15 October 19485'."""
    before = items[at - 1] if at else None
    after = items[end] if end < len(items) else None
    glued = before is not None and items[at].close and before.text in "-/.,:$#"
    if glued or (after is not None and after.close and after.text in "/%"):
        return False
    goes_on = [item.kind for item in items[end : end + 2] if item.close]
    return goes_on not in ([".", "number"], [",", "number"], ["-", "number"])  # 1.10.1948.2
