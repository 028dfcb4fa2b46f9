"""Matching an order of kinds, such as day, month and year, against the items of a text."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from timeline.phrases.items import Item

Items = Sequence[Item]
Captured = dict[str, Item]
OF_ERA = "year of era "
LONGEST_DAY = 4  # '31st'


def kind(items: Items, at: int) -> str:
    """The kind of the item at ``at``; empty after the last."""
    return items[at].kind if at < len(items) else ""


def match(items: Items, at: int, steps: tuple[str, ...]) -> Iterator[tuple[Captured, int]]:
    """Each way in which ``steps`` are at ``at``, with the items by their step, and where it ends.

    A step is a kind of item, ``day``, or ``year``, which may have an era; with ? it may be missing.
    """
    if not steps:
        yield {}, at
        return
    step, rest = steps[0], steps[1:]
    if step.startswith("?"):
        yield from match(items, at, rest)
        step = step[1:]
    for name, item, after in _slot(items, at, step):
        for captured, end in match(items, after, rest):
            yield {name: item, **captured}, end


def _slot(items: Items, at: int, step: str) -> Iterator[tuple[str, Item, int]]:
    here = kind(items, at)
    if step == "year":
        yield from _year(items, at)
    elif step == "day":
        if (
            here in ("number", "ordinal")
            and 1 <= items[at].value <= 31
            and len(items[at].text) <= LONGEST_DAY
        ):
            yield step, items[at], at + 1
    elif here == step or (step == "century" and _is_short_for_century(items, at)):
        yield step, items[at], at + 1


def _is_short_for_century(items: Items, at: int) -> bool:
    return kind(items, at) == "c" and at > 0 and items[at - 1].kind == "ordinal"


def _year(items: Items, at: int) -> Iterator[tuple[str, Item, int]]:
    """A number, or one with its era on either side; the era goes along in its kind."""
    here = kind(items, at)
    if here == "era" and kind(items, at + 1) in ("number", "grouped"):
        yield "year", _in_era(items[at + 1], items[at]), at + 2
    if here in ("number", "grouped"):
        if kind(items, at + 1) == "era":
            yield "year", _in_era(items[at], items[at + 1]), at + 2
        elif here == "number":
            yield "year", items[at], at + 1


def _in_era(number: Item, era: Item) -> Item:
    return replace(number, kind=f"{OF_ERA}{era.value}")


def era_of(item: Item | None) -> int:
    """The era of a year or of an era itself: -1 before it, 1 in it, 0 where it is not said."""
    if item is None:
        return 0
    if item.kind == "era":
        return item.value
    return int(item.kind.removeprefix(OF_ERA)) if item.kind.startswith(OF_ERA) else 0


def value(captured: Captured, name: str) -> int | None:
    """The number of what was matched; None where it is missing."""
    return captured[name].value if name in captured else None


def digits(captured: Captured) -> int:
    """How many digits the year has; 'the year 42' is as clear as one of four."""
    if "word:year" in captured:
        return max(4, len(captured["year"].text))
    return len(captured["year"].text) if "year" in captured else 0
