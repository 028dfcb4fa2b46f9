"""What belongs to what, and the rows of history of a thing with its parts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Model

from actors.models import Actor, Alias, Relation
from timeline.models import Claim, Emendation, Event, Participation, Source, SourceText

Record = Any  # a row of a historical model, which simple_history makes at run time
Key = tuple[type[Model], int]
State = dict[Key, Record]


@dataclass(frozen=True, slots=True)
class Part:
    """A model whose rows belong to a thing, which the foreign key ``link`` names."""

    model: type[Model]
    link: str


PARTS: dict[type[Model], tuple[Part, ...]] = {
    Event: (Part(Participation, "event"), Part(Claim, "event")),
    Actor: (Part(Alias, "actor"), Part(Relation, "actor")),
    Source: (Part(SourceText, "source"), Part(Emendation, "source")),
    Claim: (),
}


def records(thing: Model) -> list[Record]:
    """All rows of history of ``thing`` and of what ever belonged to it, the oldest first.

    Of one moment, those of ``thing`` come first: numbers of rows count within a model only.
    """
    rows = list(_history(type(thing)).filter(id=thing.pk).select_related("history_user"))
    for part in PARTS[type(thing)]:
        history = _history(part.model)
        ever = history.filter(**{part.link: thing.pk}).values("id")
        rows += history.filter(id__in=ever).select_related("history_user")
    order = [type(thing), *(part.model for part in PARTS[type(thing)])]
    return sorted(
        rows,
        key=lambda row: (row.history_date, order.index(row.instance_type), row.history_id),
    )


def acts(rows: Iterable[Record]) -> Iterator[tuple[datetime, list[Record]]]:
    """The rows of each moment, the oldest first."""
    for moment, group in groupby(rows, key=lambda row: row.history_date):
        yield moment, list(group)


def apply(state: State, rows: Iterable[Record], thing: Model) -> State:
    """The state after ``rows``; what was deleted or given to another thing is no longer in it."""
    after = dict(state)
    links = {part.model: f"{part.link}_id" for part in PARTS[type(thing)]}
    for row in rows:
        key = (row.instance_type, row.id)
        link = links.get(row.instance_type)
        if row.history_type == "-" or (link and getattr(row, link) != thing.pk):
            after.pop(key, None)
        else:
            after[key] = row
    return after


def state_at(thing: Model, moment: datetime | None = None) -> State:
    """What ``thing`` and its parts were right after the act of ``moment``; by default, are now."""
    rows = records(thing)
    return apply({}, (row for row in rows if moment is None or row.history_date <= moment), thing)


def _history(model: type[Model]) -> Any:
    return model.history.model.objects  # type: ignore[attr-defined]  # added by simple_history
