"""Reading a whole text as a date."""

from functools import lru_cache
from itertools import islice

from timeline import edtf
from timeline.edtf import EdtfError
from timeline.phrases.composing import choices
from timeline.phrases.grammar import sentences
from timeline.phrases.items import UNKNOWN, Item, items_of
from timeline.phrases.model import Choice, Misread, Reading

MAX_LENGTH = 120
MAX_ITEMS = 40
MOST_SENTENCES = 200
EXAMPLES = "such as 15 October 1948, c. 1944, late 17th century, 1950–53, by 2013, or as EDTF"
NO_DATE = "No date. The field stays empty."
LETTERS_OF_EDTF, ONLY_IN_EDTF = set("0123456789XYES.,/-?~%[]{}"), set("XY[]{}%")
UNDATED = {
    *((), ("undated",), ("nd",), ("sd",), ("no", "date"), ("date", "unknown"), ("unknown",)),
    *(("unknown", "date"), ("date", "not", "known"), ("not", "known"), ("no", "date", "known")),
}


@lru_cache(maxsize=1024)
def read(text: str) -> Reading:
    """Every way of understanding ``text``; never raises, and takes milliseconds for any text."""
    if len(text) > MAX_LENGTH:
        return _read_long(text)
    bare = text.strip()
    items = items_of(bare)
    if items and items[-1].kind == ".":
        items.pop()
    if tuple(item.kind for item in items) in UNDATED:
        return Reading(text, (Choice("", NO_DATE),))
    given = (Choice(bare),) if is_edtf(bare) else ()
    found, complaint = read_items(items)
    if given:
        found = given + tuple(one for one in found if one.edtf != bare and "-" in bare)
    if not found:
        return Reading(text, (), _edtf_advice(bare) or complaint or _refusal(items))
    message = "This can mean more than one date. Choose one." if len(found) > 1 else ""
    return Reading(text, found, message)


def read_items(items: list[Item]) -> tuple[tuple[Choice, ...], str]:
    """Every meaning of all the items together; without any, why, or an empty text."""
    meanings: dict[str, Choice] = {}
    complaint = ""
    if len(items) > MAX_ITEMS or any(item.kind == UNKNOWN for item in items):
        return (), ""
    for sentence in islice(sentences(items), MOST_SENTENCES):
        try:
            for choice in choices(sentence):
                wrong = _wrong(choice)
                complaint = complaint or wrong
                if not wrong:
                    meanings.setdefault(choice.edtf, choice)
        except Misread as misread:
            complaint = complaint or str(misread)
    return tuple(meanings.values()), complaint


def _wrong(choice: Choice) -> str:
    """What EDTF has against a date; nothing if it is right."""
    try:
        edtf.parse(choice.edtf)
    except EdtfError as error:
        said = str(error).partition(": ")[2]
        return said[:1].upper() + said[1:]
    return ""


def is_edtf(text: str) -> bool:
    """Whether ``text`` is an EDTF expression."""
    try:
        edtf.parse(text)
    except EdtfError:
        return False
    return True


def _edtf_advice(text: str) -> str:
    """EDTF's own advice on what was meant to be EDTF, such as 1948-13; else nothing."""
    looks_so = text[:4].isdecimal() and text[4:5] == "-" and len(text) in (7, 10)
    if not looks_so and (set(text) - LETTERS_OF_EDTF or not set(text) & ONLY_IN_EDTF):
        return ""
    try:
        edtf.parse(text)
    except EdtfError as error:
        return str(error)
    return ""


def _read_long(text: str) -> Reading:
    bare = text.strip() if len(text) <= 2 * edtf.MAX_LENGTH else ""
    if bare and is_edtf(bare):
        return Reading(text, (Choice(bare),))
    return Reading(text, (), f"This is longer than a date. Write it in {MAX_LENGTH} characters.")


def _refusal(items: list[Item]) -> str:
    for item in items:
        if item.kind == UNKNOWN:
            shown = item.text if len(item.text) <= 30 else f"{item.text[:30]}…"
            return f"“{shown}” has no place in a date here. Write a date {EXAMPLES}."
    return f"This is not understood as a date. Write a date {EXAMPLES}."
