"""A text as items: numbers, words and signs, each with its kind and its place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from timeline.phrases.vocabulary import (
    APOSTROPHES,
    DASHES,
    DOTTED,
    SHORTENED,
    VOCABULARY,
)

UNKNOWN = "a word that is not of dates"
HYPHEN = "-"
SUFFIXES = {1: "st", 2: "nd", 3: "rd"}


@dataclass(frozen=True, slots=True)
class Item:
    """One item; ``text`` is as written, in lower case, and a number's ``value`` is the number.

    ``kind`` is ``number``, ``ordinal``, ``decade``, ``grouped`` (12,000), a kind of VOCABULARY, a
    sign itself (every dash is ``-``), or UNKNOWN. ``close`` says that no space stands before it.
    """

    kind: str
    text: str
    value: int
    start: int
    end: int
    close: bool


def items_of(text: str) -> list[Item]:
    """All items of a text, in order; takes time in proportion to its length."""
    items: list[Item] = []
    for item in _raw(text):
        _add(items, item, text)
    return items


def _raw(text: str) -> Iterator[Item]:
    at, end_before = 0, -1
    while at < len(text):
        sign = text[at]
        if sign.isspace():
            at += 1
            continue
        end = _end_of_run(text, at)
        yield _item(text[at:end].lower(), at, end, close=at == end_before)
        at = end_before = end


def _end_of_run(text: str, at: int) -> int:
    """Where the digits, the letters, the dotted abbreviation or the sign at ``at`` end."""
    if _is_digit(text[at]):
        return _while(text, at, _is_digit)
    if not text[at].isalpha():
        return at + 1
    beginning = text[at : at + 6].lower()
    for word in DOTTED:
        if beginning.startswith(word) or beginning == word[:-1]:
            return at + min(len(word), len(beginning))
    return _while(text, at, str.isalpha)


def _while(text: str, at: int, fits: Callable[[str], bool]) -> int:
    while at < len(text) and fits(text[at]):
        at += 1
    return at


def _is_digit(sign: str) -> bool:
    return "0" <= sign <= "9"


def _item(text: str, start: int, end: int, *, close: bool) -> Item:
    if _is_digit(text[0]):
        # A number of hundreds of digits is no date, and takes long to be made one.
        value = int(text) if len(text) <= 9 else -1
        return Item("number" if value >= 0 else UNKNOWN, text, value, start, end, close)
    if text[0].isalpha():
        kind, value = VOCABULARY.get(text.replace(".", ""), (UNKNOWN, 0))
        return Item(kind, text, value, start, end, close)
    kind = HYPHEN if text in DASHES else "'" if text in APOSTROPHES else text
    return Item({"≈": "~"}.get(kind, kind), text, 0, start, end, close)


def _add(items: list[Item], item: Item, text: str) -> None:
    """Append an item, or join it with what stands before it."""
    last = items[-1] if items else None
    if last is None or not item.close:
        items.append(item)
    elif item.kind == "." and last.text in SHORTENED:
        items[-1] = replace(last, end=item.end)
    elif last.kind == "number" and item.text == _suffix(last.value):
        items[-1] = _joined(last, item, "ordinal", text)
    elif last.kind == "number" and item.text == "s":
        items[-1] = _joined(last, item, "decade", text)
    elif item.text == "s" and last.kind == "'" and len(items) > 1 and items[-2].kind == "number":
        items[-2:] = [_joined(items[-2], item, "decade", text)]
    elif item.kind == "number" and _is_group(items, item):
        value = items[-2].value * 1000 + item.value
        items[-2:] = [replace(_joined(items[-2], item, "grouped", text), value=value)]
    elif item.kind == "ordinal" and _follows_twenty(items):
        items[-2:] = [replace(_joined(items[-2], item, "ordinal", text), value=item.value + 20)]
    else:
        items.append(item)


def _suffix(number: int) -> str:
    return "th" if number % 100 in (11, 12, 13) else SUFFIXES.get(number % 10, "th")


def _joined(first: Item, last: Item, kind: str, text: str) -> Item:
    whole = text[first.start : last.end].lower()
    return replace(first, kind=kind, text=whole, end=last.end)


def _is_group(items: list[Item], item: Item) -> bool:
    """Whether ``item`` is the second half of a number such as 12,000."""
    if len(items) < 2 or len(item.text) != 3 or items[-1].kind != "," or not items[-1].close:
        return False
    before = items[-2]
    return before.kind in ("number", "grouped") and len(before.text) <= 7 and before.text[0] != "0"


def _follows_twenty(items: list[Item]) -> bool:
    return len(items) > 1 and items[-1].kind == HYPHEN and items[-2].text == "twenty"
