"""The history of every edit: who, when, what and why.

Every model keeps its history with ``History``. What is written inside one ``act`` shares one
moment, which identifies the act, one user and one reason.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

Saved = TypeVar("Saved", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Act:
    """One edit, of one or many objects."""

    moment: datetime
    reason: str
    user: AbstractBaseUser | None


_act: ContextVar[Act | None] = ContextVar("act", default=None)


@contextmanager
def act(reason: str, user: AbstractBaseUser | None = None) -> Iterator[Act]:
    """Everything saved inside is one edit; an act inside an act is part of the outer one."""
    if outer := _act.get():
        yield outer
        return
    token = _act.set(Act(timezone.now(), reason, user))
    try:
        yield current()
    finally:
        _act.reset(token)


def current() -> Act:
    """The act that is under way, else one without a reason."""
    return _act.get() or Act(timezone.now(), "", None)


class History(HistoricalRecords):  # type: ignore[misc]  # simple_history ships no types
    """simple_history's records, filled in from the act that is under way."""

    def __init__(self, **options: Any) -> None:
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


def bulk_create(objects: Sequence[Saved], batch_size: int = 500) -> None:
    """Create ``objects``, all of one model, and their history; sets their primary keys."""
    if objects:
        bulk_create_with_history(objects, type(objects[0]), batch_size, **_defaults())


def bulk_update(objects: Sequence[Saved], fields: Sequence[str], batch_size: int = 500) -> None:
    """Update ``fields`` of ``objects``, all of one model, and write their history."""
    if objects:
        bulk_update_with_history(
            objects, type(objects[0]), fields, batch_size=batch_size, **_defaults()
        )


def _defaults() -> dict[str, Any]:
    present = current()
    return {
        "default_user": present.user,
        "default_change_reason": present.reason,
        "default_date": present.moment,
    }
