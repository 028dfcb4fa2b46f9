"""The headings of a chronology: never more precise than the dates that stand under them."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from timeline import localised
from timeline.chronology.entries import Entry

UNDATED = _("Undated")


class Period(NamedTuple):
    """Entries in a row that share a heading; ``anchor`` is unique on its page."""

    heading: str
    anchor: str
    entries: tuple[Entry, ...]


def grouped(entries: Iterable[Entry]) -> list[Period]:
    """``entries`` in their order under headings; one that comes back says 'continued'."""
    periods: list[Period] = []
    seen: set[str] = set()
    for number, (heading, members) in enumerate(groupby(entries, key=heading_of), start=1):
        shown = gettext("%(period)s, continued") % {"period": heading}
        periods.append(
            Period(shown if heading in seen else heading, f"period-{number}", tuple(members))
        )
        seen.add(heading)
    return periods


def heading_of(entry: Entry) -> str:
    """The decade in which ``entry`` stands, or the century if its date says no more."""
    return _heading(bool(entry.dating.text), entry.dating.years, get_language())


@lru_cache(maxsize=1024)
def _heading(dated: bool, years: tuple[int, int] | None, language: str | None) -> str:  # noqa: ARG001, FBT001
    if not dated:
        return str(UNDATED)
    if years is None:
        return gettext("Without known beginning")
    first, last = years
    if localised.decade_label(first) == localised.decade_label(last):
        return localised.decade_label(first)
    centuries = localised.century_label(first), localised.century_label(last)
    if centuries[0] == centuries[1]:
        return centuries[0]
    return gettext("%(first)s to %(last)s") % {"first": centuries[0], "last": centuries[1]}
