"""Looking up the words of an entry in the making: the form comes back with their place."""

from typing import Any

from timeline import texts
from timeline.admin.citing.entry import Entry
from timeline.admin.citing.marked import digest_of
from timeline.admin.dates import in_words
from timeline.citing import CitationError, Place

TAKE_DATE = "_date"
ASKED = ("quote", "prefix_words", "suffix_words")


def look_up(entry: Entry) -> None:
    """Find the place of the words, so that the forms show it; what else is typed stays.

    What was selected in the text as it is now is snapped to whole words; anything else is found by
    its words, and what stands against that is beside the quote.
    """
    place = _selected(entry) or _found(entry)
    if place is not None:
        _show(entry, place)
    if (date := entry.typed(TAKE_DATE)) and in_words(date):
        entry.say({"event-date": date, "claim-date": date})
    _asks_only(entry.claim, *ASKED)
    _asks_only(entry.event)


def leave_unasked(form: Any) -> None:
    """Take back what is said against ``form``, which is not what the editor wants to save."""
    _asks_only(form)


def _selected(entry: Entry) -> Place | None:
    names = ("ordinal", "start", "end")
    said = [entry.typed(f"claim-{name}") for name in names]
    if not all(one.isascii() and one.isdigit() and len(one) < 10 for one in said):
        return None
    if entry.typed("claim-digest") != digest_of(entry.source):
        return None
    try:
        return texts.citable(entry.source).snapped(*map(int, said))
    except CitationError:
        return None


def _found(entry: Entry) -> Place | None:
    entry.claim.full_clean()
    return entry.claim.place


def _show(entry: Entry, place: Place) -> None:
    """Have the forms say ``place``; the next look-up is by words again."""
    text = texts.citable(entry.source)
    before, after = text.context(place.ordinal, place.start, place.end)
    said = {
        "quote": place.quote,
        "placed": place.quote,
        "ordinal": str(place.ordinal),
        "start": str(place.start),
        "end": "",
        "placed_before": before,
        "placed_after": after,
        "digest": digest_of(entry.source),
    }
    entry.say({f"claim-{name}": value for name, value in said.items()})


def _asks_only(form: Any, *names: str) -> None:
    """Take back what is said against other fields than ``names``: nobody has asked for it yet."""
    for name in set(form.errors) - set(names):
        del form.errors[name]
