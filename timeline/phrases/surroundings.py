"""Whether bare digits in prose are a year: 'in 1948' is, 'page 1948' and '1500 troops' are not."""

from collections.abc import Sequence

from timeline.phrases.items import HYPHEN, Item

Items = Sequence[Item]

FIRST_YEAR, LAST_YEAR = 1000, 2100
# Before a year. After ``of`` and the like a round number may as well be a quantity.
OF_TIME = {
    *("in", "since", "until", "till", "during", "before", "after", "word:year", "dated", "from"),
}
OF_TIME_OR_QUANTITY = {"of", "by", "to", "the", "between", "and", "or", "through", "on", "for"}
OPENERS = {"(", "[", "“", "‘", '"', "'", "—"}
CURRENCIES_AND_NUMBER_SIGNS = set("$£€¥#§¶№")
NUMBERED = {
    *("no", "nos", "nr", "number", "numbers", "page", "pages", "p", "pp", "vol", "volume", "issue"),
    *("chapter", "ch", "section", "article", "art", "paragraph", "resolution", "law", "room"),
    *("flight", "route", "highway", "unit", "model", "psalm", "line", "lines", "fig", "figure"),
    *("table", "box", "folder", "file", "doc", "document", "item", "note", "plate", "over", "some"),
    *("nearly", "almost", "least", "than", "only", "another", "up", "roughly", "total"),
}
COUNTED = {
    *("men", "people", "infantry", "cavalry", "horse", "horsemen", "women", "children", "dead"),
    *("killed", "wounded", "km", "kilometres", "kilometers", "miles", "metres", "meters", "m"),
    *("ft", "feet", "yards", "acres", "hectares", "tons", "tonnes", "kg", "percent", "per"),
    *("million", "thousand", "hundred", "billion", "dollar", "hp", "hours", "days", "strong"),
}
# Words on an s that are no plural of something counted.
NOT_PLURAL = {
    *("was", "is", "as", "its", "his", "this", "has", "us", "across", "thus", "towards", "versus"),
    *("sees", "saw", "marks", "always", "perhaps", "besides", "politics", "crisis", "does"),
    *("elections", "treaties", "talks", "accords", "protests", "riots", "olympics"),
}
VERBS = {"was", "is", "saw", "sees", "brought", "marked", "and", "the", "a", "had", "began", "when"}


def is_year(items: Items, start: int, end: int) -> bool:
    """Whether the items from ``start`` to ``end``, all bare numbers and grammar, are years."""
    numbers = [item for item in items[start:end] if item.kind == "number"]
    first = numbers[0]
    if len(first.text) != 4 or not FIRST_YEAR <= first.value <= LAST_YEAR:
        return False
    if any(len(item.text) > 4 or item.value > LAST_YEAR for item in numbers):
        return False
    return _stands_alone(items, start, end) and _is_dated(items, start, end, numbers)


def _stands_alone(items: Items, start: int, end: int) -> bool:
    """Whether nothing is glued to the number, as in $1948, 1948%, 12.1948 or UN-1948."""
    before = items[start - 1] if start else None
    after = items[end] if end < len(items) else None
    if before and items[start].close and before.text not in OPENERS:
        return False
    if before and before.text in CURRENCIES_AND_NUMBER_SIGNS:
        return False
    goes_on = [item.kind for item in items[end : end + 2] if item.close]
    if goes_on[1:] == ["number"]:
        return False
    return not (after and after.close and after.text in {"%", "°", "/", "-", "+", "$"})


def _is_dated(items: Items, start: int, end: int, numbers: list[Item]) -> bool:
    before = _word_before(items, start)
    inside = {item.kind for item in items[start:end]}
    following = items[end].text if end < len(items) else ""
    is_word = following[:1].isalpha()
    if before in NUMBERED or following in COUNTED:
        return False
    if is_word and following.endswith("s") and following not in NOT_PLURAL:
        return False
    round_number = any(item.value % 100 == 0 for item in numbers if len(item.text) == 4)
    if before in OF_TIME or inside & {"in", "since", "until", "before", "after", "word:year"}:
        return True
    if "c" in inside or (HYPHEN in inside and len(numbers) > 1):
        return not round_number or not is_word
    if round_number:
        return False
    if before in OF_TIME_OR_QUANTITY or inside & {"from", "between", "by", "approximate"}:
        return True
    return not is_word or following in VERBS


def _word_before(items: Items, start: int) -> str:
    at = start - 1
    if at >= 0 and items[at].text == "." and not items[start].close and at > 0:
        at -= 1  # of an abbreviation such as “No.”; of a sentence, its last word hardly matters
    return items[at].kind if at >= 0 and items[at].kind in OF_TIME else _text(items, at)


def _text(items: Items, at: int) -> str:
    return items[at].text if at >= 0 else ""
