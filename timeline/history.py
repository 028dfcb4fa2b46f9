"""The history of every edit: who, when, what and why.

Every model keeps its history with ``History``. What is written inside one ``act`` shares one
moment, which identifies the act, one user and one reason.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, models, transaction
from django.utils import timezone
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

from timeline import bulk
from timeline.chunking import chunks


@dataclass(frozen=True, slots=True)
class Act:
    """One edit, of one or many objects."""

    moment: datetime
    reason: str
    user: AbstractBaseUser | None


_act: ContextVar[Act | None] = ContextVar("act", default=None)


@contextmanager
def act(reason: str, user: AbstractBaseUser | None = None) -> Iterator[Act]:
    """Everything saved inside is one edit; an act inside an act is part of the outer one.

    A NUL in the reason is left out: not every database can keep it.
    """
    if outer := _act.get():
        yield outer
        return
    token = _act.set(Act(timezone.now(), reason.replace("\0", ""), user))
    try:
        yield current()
    finally:
        _act.reset(token)


def current() -> Act:
    """The act that is under way, else one without a reason."""
    return _act.get() or Act(timezone.now(), "", None)


class _Manager(HistoryManager):  # type: ignore[misc]  # simple_history ships no types
    """simple_history's manager, of a class that is made once and not whenever one is asked for."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: type, class_name: str | None = None) -> type:
        made: type = super().from_queryset(queryset_class, class_name)
        return made


class History(HistoricalRecords):  # type: ignore[misc]  # simple_history ships no types
    """simple_history's records, filled in from the act that is under way."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("history_manager", _Manager)
        options.setdefault("history_change_reason_field", models.TextField(blank=True, default=""))
        super().__init__(**options)

    def create_historical_record(
        self, instance: Any, history_type: str, using: str | None = None
    ) -> None:
        instance._history_date = current().moment
        super().create_historical_record(instance, history_type, using)
        del instance._history_date

    def get_change_reason_for_object(self, *_: object) -> str:
        return current().reason

    def get_history_user(self, instance: models.Model) -> Any:
        return current().user or super().get_history_user(instance)


def bulk_create(objects: Sequence[models.Model]) -> None:
    """Create ``objects``, all of one model, and their history; sets their primary keys."""
    if objects:
        with transaction.atomic(savepoint=False):
            bulk.create(objects)
            _record(type(objects[0]), [one.pk for one in objects], "+")


def bulk_update(objects: Sequence[models.Model], names: Sequence[str]) -> None:
    """Update the fields ``names`` of ``objects``, all of one model, and write their history."""
    if objects:
        with transaction.atomic(savepoint=False):
            bulk.update(objects, names)
            _record(type(objects[0]), [one.pk for one in objects], "~")


def bulk_restore(objects: Sequence[models.Model]) -> None:
    """Create ``objects``, all of one model, with the primary keys that they have, and history."""
    if objects:
        with transaction.atomic(savepoint=False):
            bulk.restore(objects)
            _record(type(objects[0]), [one.pk for one in objects], "+")


def bulk_delete(model: type[models.Model], keys: Sequence[int]) -> None:
    """Delete the rows of ``model`` with these primary keys, nothing else, and write their history.

    What refers to them is not looked at: the transaction fails at its end if anything still does.
    """
    table = model._meta.db_table
    with transaction.atomic(savepoint=False):
        _record(model, keys, "-")
        with connection.cursor() as cursor:
            for some in chunks(keys):
                marks = ", ".join(["%s"] * len(some))
                cursor.execute(f"DELETE FROM {table} WHERE id IN ({marks})", some)  # noqa: S608


def _record(model: type[models.Model], keys: Sequence[int], kind: str) -> None:
    """Write the history of rows as the database has them now: it copies them itself, at once."""
    present = current()
    history: Any = model.history.model  # type: ignore[attr-defined]
    user = history.get_default_history_user(model())
    facts = {
        "history_date": connection.ops.adapt_datetimefield_value(present.moment),
        "history_change_reason": present.reason,
        "history_type": kind,
        "history_user_id": user and user.pk,
    }
    quoted = connection.ops.quote_name
    copied = ", ".join(quoted(field.column) for field in history.tracked_fields)
    statement = (
        f"INSERT INTO {history._meta.db_table} ({copied}, {', '.join(facts)}) "  # noqa: S608
        f"SELECT {copied}, %s, %s, %s, %s FROM {model._meta.db_table} WHERE id IN "
    )
    with connection.cursor() as cursor:
        for some in chunks(keys):
            wanted = f"({', '.join(['%s'] * len(some))}) ORDER BY id"
            cursor.execute(statement + wanted, [*facts.values(), *some])
