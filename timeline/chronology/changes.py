"""The history of an entry as readers see it: when it was changed, in what, and why."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from timeline.models import Claim, Event, Participation, Source, Status

MOST = 50
EVENT_FIELDS = {
    "status": _("status"),
    "title": _("title"),
    "summary": _("summary"),
    "kind": _("kind"),
    "date": _("date"),
    "date_basis": _("basis of the date"),
    "date_note": _("note on the date"),
}
CLAIM_FIELDS = {
    "quote": _("quote"),
    "stance": _("stance"),
    "date": _("date as the source gives it"),
    "attributed_to_id": _("attribution"),
    "note": _("note"),
    "lost": _("place in the source"),
}
PARTICIPATION_FIELDS = {"actor_id": _("actor"), "role": _("role")}


@dataclass(frozen=True, slots=True)
class Change:
    """What one edit did to an entry, in words; who did it is for editors to know."""

    moment: datetime
    reason: str
    what: tuple[str, ...]


def changes_of(event: Event) -> list[Change]:
    """The last edits of ``event``, its quotes and its actors, latest first: four queries.

    Neither quotes of sources that readers may not see nor edits of a draft leave a trace.
    """
    records = _records(Claim, CLAIM_FIELDS, event_id=event.pk)
    sources = Source.objects.published().filter(pk__in={row["source_id"] for row in records})
    visible = set(sources.values_list("pk", flat=True))
    claims = [row for row in records if row["source_id"] in visible]
    events = _records(Event, EVENT_FIELDS, id=event.pk)
    told: dict[datetime, list[str]] = defaultdict(list)
    reasons: dict[datetime, str] = {}
    for rows, fields, name in (
        (events, EVENT_FIELDS, _("entry")),
        (claims, CLAIM_FIELDS, _("quote")),
        (
            _records(Participation, PARTICIPATION_FIELDS, event_id=event.pk),
            PARTICIPATION_FIELDS,
            _("actor"),
        ),
    ):
        for row, words in _told(rows, fields, str(name)):
            told[row["history_date"]].append(words)
            reasons.setdefault(row["history_date"], row["history_change_reason"])
    latest = sorted(filter(_published(events), told), reverse=True)[:MOST]
    return [Change(moment, reasons[moment], tuple(_counted(told[moment]))) for moment in latest]


def _published(events: list[dict[str, Any]]) -> Callable[[datetime], bool]:
    """Whether the event was published after the edit of a moment."""
    moments = [row["history_date"] for row in events]

    def was_published(moment: datetime) -> bool:
        at = bisect_right(moments, moment) - 1
        return at >= 0 and bool(events[at]["status"] == Status.PUBLISHED)

    return was_published


def _records(model: Any, fields: Iterable[str], **of: int) -> list[dict[str, Any]]:
    """The history of some objects of ``model``, each object's in order of time."""
    columns = {*fields, "id", "history_type", "history_date", "history_change_reason"}
    if model is Claim:
        columns.add("source_id")
    records = model.history.filter(**of).order_by("id", "history_date", "history_id")
    return list(records.values(*columns))


def _told(
    rows: list[dict[str, Any]], fields: dict[str, Any], name: str
) -> Iterator[tuple[dict[str, Any], str]]:
    for _id, records in groupby(rows, key=itemgetter("id")):
        before: dict[str, Any] | None = None
        for row in records:
            if words := _difference(before, row, fields, name):
                yield row, words
            before = row


def _difference(
    before: dict[str, Any] | None, row: dict[str, Any], fields: dict[str, Any], name: str
) -> str:
    if row["history_type"] == "-":
        return gettext("%(thing)s removed") % {"thing": name}
    if before is None or row["history_type"] == "+":
        return gettext("%(thing)s added") % {"thing": name}
    changed = [str(label) for field, label in fields.items() if before[field] != row[field]]
    if not changed:
        return ""
    return gettext("%(thing)s: %(fields)s changed") % {"thing": name, "fields": ", ".join(changed)}


def _counted(words: list[str]) -> Iterator[str]:
    """Each of ``words`` once, in order of appearance, with how often it is there."""
    for one in dict.fromkeys(words):
        number = words.count(one)
        yield f"{one} (×{number})" if number > 1 else one
