"""Lists in a sentence."""

from collections.abc import Sequence

from django.utils.translation import gettext, pgettext


def listed(names: Sequence[str], last: str) -> str:
    """Names joined by commas and, before the last one, the word ``last``: 'A, B and C'."""
    if len(names) < 2:
        return "".join(names)
    comma = pgettext("between the names of a list", ", ")
    words = {"names": comma.join(names[:-1]), "word": last, "last": names[-1]}
    return gettext("%(names)s %(word)s %(last)s") % words
