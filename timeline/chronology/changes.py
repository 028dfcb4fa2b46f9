"""The history of an entry as readers see it: when it was changed, in what, and why."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from timeline.models import Claim, Event, Participation, Source, SourceText, Status

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
SOURCE_FIELDS = {
    "status": _("status"),
    "title": _("title"),
    "author": _("author"),
    "container_title": _("where it was published"),
    "issued": _("when it was published"),
    "publisher": _("publisher"),
    "note": _("note"),
}
TEXT_FIELDS = {"raw_sha256": _("as received"), "reading_sha256": _("as read")}


@dataclass(frozen=True, slots=True)
class Change:
    """What one edit did to an entry, in words; who did it is for editors to know."""

    moment: datetime
    reason: str
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edits:
    """The edits of an entry: its states, and by their moment what was changed, and why."""

    states: list[dict[str, Any]] = field(default_factory=list)
    what: dict[datetime, list[str]] = field(default_factory=lambda: defaultdict(list))
    reasons: dict[datetime, str] = field(default_factory=dict)

    def told(self, moment: datetime) -> tuple[str, ...]:
        """What the edit of ``moment`` changed, in words."""
        return tuple(_counted(self.what.get(moment, [])))


def changes_of(event: Event) -> list[Change]:
    """The last edits of ``event``, its quotes and its actors, latest first: four queries.

    Neither quotes of sources that readers may not see nor edits of a draft leave a trace.
    """
    edits = edits_of([event.pk])[event.pk]
    latest = sorted(filter(_published(edits.states), edits.what), reverse=True)[:MOST]
    return [Change(moment, edits.reasons[moment], edits.told(moment)) for moment in latest]


def edits_of(events: Collection[int]) -> dict[int, Edits]:
    """All edits of ``events`` (primary keys), their quotes and their actors: four queries.

    Of quotes only those of sources that readers may see.
    """
    records = _records(Claim, CLAIM_FIELDS, "event_id", events)
    sources = Source.objects.published().filter(pk__in={row["source_id"] for row in records})
    visible = set(sources.values_list("pk", flat=True))
    claims = [row for row in records if row["source_id"] in visible]
    return _edits(
        (_records(Event, EVENT_FIELDS, "id", events), EVENT_FIELDS, _("entry"), "id"),
        (claims, CLAIM_FIELDS, _("quote"), "event_id"),
        (
            _records(Participation, PARTICIPATION_FIELDS, "event_id", events),
            *(PARTICIPATION_FIELDS, _("actor"), "event_id"),
        ),
        keys=events,
    )


def source_edits_of(sources: Collection[int]) -> dict[int, Edits]:
    """All edits of ``sources`` (primary keys) and of their texts: two queries."""
    return _edits(
        (_records(Source, SOURCE_FIELDS, "id", sources), SOURCE_FIELDS, _("source"), "id"),
        (
            _records(SourceText, TEXT_FIELDS, "source_id", sources),
            *(TEXT_FIELDS, _("text"), "source_id"),
        ),
        keys=sources,
    )


def _edits(*tables: Any, keys: Collection[int]) -> dict[int, Edits]:
    """The edits of things, of which the first of ``tables`` has the states."""
    found = {key: Edits() for key in keys}
    for row in tables[0][0]:
        found[row["id"]].states.append(row)
    for rows, fields, name, link in tables:
        for row, words in _told(rows, fields, str(name), link):
            edits = found[row[link]]
            edits.what[row["history_date"]].append(words)
            edits.reasons.setdefault(row["history_date"], row["history_change_reason"])
    return found


def _published(events: list[dict[str, Any]]) -> Callable[[datetime], bool]:
    """Whether the event was published after the edit of a moment."""
    moments = [row["history_date"] for row in events]

    def was_published(moment: datetime) -> bool:
        at = bisect_right(moments, moment) - 1
        return at >= 0 and bool(events[at]["status"] == Status.PUBLISHED)

    return was_published


def _records(
    model: Any, fields: Iterable[str], link: str, keys: Collection[int]
) -> list[dict[str, Any]]:
    """The history of objects of ``model`` that belong to ``keys``, each one's in order of time."""
    columns = {*fields, "id", link, "history_type", "history_date", "history_change_reason"}
    if model is Claim:
        columns.add("source_id")
    records = model.history.filter(**{f"{link}__in": keys})
    ordered = records.order_by(link, "id", "history_date", "history_id")
    return list(ordered.values(*columns))


def _told(
    rows: list[dict[str, Any]], fields: dict[str, Any], name: str, link: str
) -> Iterator[tuple[dict[str, Any], str]]:
    for _key, records in groupby(rows, key=itemgetter(link, "id")):
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
    changed = [str(label) for one, label in fields.items() if before[one] != row[one]]
    if not changed:
        return ""
    return gettext("%(thing)s: %(fields)s changed") % {"thing": name, "fields": ", ".join(changed)}


def _counted(words: list[str]) -> Iterator[str]:
    """Each of ``words`` once, in order of appearance, with how often it is there."""
    for one in dict.fromkeys(words):
        number = words.count(one)
        yield f"{one} (×{number})" if number > 1 else one
