"""What an act changed, entry by entry, a page at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from actors.models import Actor
from timeline.models import Event, Source
from timeline.revisions.differences import Pair, changes_in, names_in
from timeline.revisions.family import PARTS, Record, apply
from timeline.revisions.model import Change
from timeline.revisions.moments import of_act
from timeline.revisions.words import Names

FAMILIES: tuple[type[Model], ...] = (Source, Actor, Event)
MOST_LOOKED = 400  # rows of history that a page looks through


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry that an act changed; ``there`` says whether it exists now."""

    model: type[Model]
    pk: int
    name: str
    there: bool
    changes: tuple[Change, ...]

    @property
    def options(self) -> Any:
        """Those of its model: what it is called, where it is edited."""
        return self.model._meta


@dataclass(frozen=True, slots=True)
class Contents:
    """Some entries; ``after`` is where the next page begins, None where there is none."""

    entries: tuple[Changed, ...]
    after: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of history that may name an entry first, and the column that does."""

    family: type[Model]
    model: type[Model]
    link: str

    @property
    def history(self) -> Any:
        return self.model.history.model.objects  # type: ignore[attr-defined]


TABLES = tuple(
    _Table(family, model, link)
    for family in FAMILIES
    for model, link in [(family, "id"), *((one.model, f"{one.link}_id") for one in PARTS[family])]
)


def contents(moment: datetime, after: tuple[int, int] = (0, 0), most: int = 20) -> Contents:
    """The entries that the act of ``moment`` changed, from ``after``: a table and a row of it."""
    number, row = after
    looked = 0
    found: list[tuple[type[Model], int]] = []
    while number < len(TABLES):
        table = TABLES[number]
        rows = table.history.filter(of_act(moment), history_id__gt=row)
        size = min(most - len(found), MOST_LOOKED - looked)
        some = list(
            rows.order_by("history_date", "history_id").values_list("history_id", table.link)[:size]
        )
        looked += len(some)
        found += [(table.family, key) for key in _first_named(number, moment, some)]
        if len(some) < size:
            number, row = number + 1, 0
            continue
        row = some[-1][0]
        if len(found) == most or looked == MOST_LOOKED:
            return Contents(_entries(moment, found), (number, row))
    return Contents(_entries(moment, found), None)


def _first_named(number: int, moment: datetime, rows: list[tuple[int, int]]) -> Iterator[int]:
    """The entries that no earlier row of the act has named."""
    table = TABLES[number]
    keys = {key for _, key in rows}
    named: dict[int, int] = {}  # by entry its first row in this table
    before: set[int] = set()
    for other in TABLES[: number + 1]:
        if other.family is not table.family:
            continue
        # By the entry alone: an act may have written a million rows, an entry has few.
        versions = other.history.filter(**{f"{other.link}__in": keys}).order_by("-history_id")
        for row, key, when in versions.values_list("history_id", other.link, "history_date"):
            if when == moment and other is table:
                named[key] = row
            elif when == moment:
                before.add(key)
    for row, key in rows:
        if named.get(key) == row and key not in before:
            yield key


def _entries(moment: datetime, found: list[tuple[type[Model], int]]) -> tuple[Changed, ...]:
    pairs: dict[tuple[type[Model], int], list[Pair]] = {}
    there: dict[type[Model], set[int]] = {}
    for family in FAMILIES:
        keys = [key for model, key in found if model is family]
        rows = _rows(moment, family, keys)
        for key in keys:
            pairs[family, key] = _pairs(moment, family(pk=key), rows[key])
        exist = family._default_manager.filter(pk__in=keys).order_by()
        there[family] = set(exist.values_list("pk", flat=True))
    words = names_in(pair for those in pairs.values() for pair in those)
    called = Names(found)
    return tuple(
        Changed(
            model,
            key,
            called.of(model, key),
            key in there[model],
            changes_in(model(pk=key), pairs[model, key], words),
        )
        for model, key in found
    )


def _rows(moment: datetime, family: type[Model], keys: list[int]) -> dict[int, list[Record]]:
    """By thing its history up to the act, with that of what ever belonged to it, oldest first."""
    rows: dict[int, list[Record]] = {key: [] for key in keys}
    for table in TABLES if keys else ():
        if table.family is not family:
            continue
        ever = table.history.filter(**{f"{table.link}__in": keys}).order_by()
        owners: dict[int, set[int]] = {}
        for pk, owner in ever.values_list("id", table.link):
            owners.setdefault(pk, set()).add(owner)
        known = table.history.filter(id__in=list(owners), history_date__lte=moment)
        for row in known.order_by("history_date", "history_id"):
            for owner in owners[row.id]:
                rows[owner].append(row)
    return rows


def _pairs(moment: datetime, thing: Model, rows: list[Record]) -> list[Pair]:
    before = apply({}, (row for row in rows if row.history_date < moment), thing)
    act = [row for row in rows if row.history_date == moment]
    after = apply(before, act, thing)
    keys = dict.fromkeys((row.instance_type, row.id) for row in act)
    return [(before.get(key), after.get(key)) for key in keys]
