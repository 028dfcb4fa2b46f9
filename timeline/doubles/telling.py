"""The reasons why two look alike, in words."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from timeline import edtf, localised
from timeline.likeness import Alike, Reason, Why


def _date(text: str) -> str:
    return localised.words(edtf.parse(text))


def _kind(kind: str) -> str:
    return str(Actor.Kind(kind).label)


# What is said, and how its values are written.
SAID: dict[Why, tuple[str | Promise, Callable[[str], str]]] = {
    Why.SAME_DATE: (_("same date: {0}"), _date),
    Why.DATE_IN_DATE: (_("{0} and {1}: one date lies in the other"), _date),
    Why.DATES_OVERLAP: (_("{0} and {1} overlap"), _date),
    Why.NEXT_DAY: (_("{0} and {1} follow each other"), _date),
    Why.UNDATED: (_("neither has a date"), str),
    Why.NO_SHARED_ACTORS: (_("no actor is in both"), str),
    Why.WORDS: (_("{0} of {1} words of the shorter title"), str),
    Why.SUMMARIES: (_("the summaries are alike"), str),
    Why.SAME_QUOTE: (_("both quote the same words"), str),
    Why.SAME_KIND: (_("same kind: {0}"), str),
    Why.SAME_NAME: (_("“{0}” and “{1}”: the same name"), str),
    Why.OTHER_ORDER: (_("“{0}” and “{1}”: the same words in another order"), str),
    Why.OTHER_SPACES: (_("“{0}” and “{1}”: written together or apart"), str),
    Why.SPELLING: (_("“{0}” and “{1}” may be one name in two spellings"), str),
    Why.INITIALS: (_("“{0}” and “{1}”: one is the initials of the other"), str),
    Why.RELATED: (_("but they are related: {0}"), str),
    Why.OTHER_KIND: (_("but not of the same kind: {0}, {1}"), _kind),
}
LISTS = {
    Why.SAME_ACTORS: _("the same actors: {0}"),
    Why.SHARED_ACTORS: _("in both: {0}"),
}
ONE_NAME = _("the same name: “{0}”")


def in_words(alike: Alike) -> str:
    """All reasons: “same date: 15 October 1948; in both: Mongolia; 4 of 5 words …”."""
    return "; ".join(reason_in_words(reason) for reason in alike.reasons)


def reason_in_words(reason: Reason) -> str:
    """One reason."""
    values = reason.values
    if reason.why in LISTS:
        return str(LISTS[reason.why]).format(", ".join(values))
    if reason.why is Why.SAME_NAME and len(set(values)) == 1:
        return str(ONE_NAME).format(values[0])
    said, written = SAID[reason.why]
    return str(said).format(*map(written, values))
