"""What was deleted and is not there now, the latest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q

from timeline.revisions.written import AN_INSTANT

Position = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class Deleted:
    """A thing as it was, and when, by whom (empty: a program) and why it was deleted."""

    thing: Model
    moment: datetime
    user: str
    reason: str

    @property
    def last(self) -> datetime:
        """The moment of its last state."""
        return self.moment - AN_INSTANT


def deleted(
    model: type[Model], before: Position | None = None, most: int = 50
) -> tuple[list[Deleted], Position | None]:
    """At most ``most`` deleted things of ``model``, and where the next ones begin, if there are."""
    rows = _rows(model).order_by("-history_date", "-history_id")
    if before is not None:
        moment, row = before
        same = Q(history_date=moment, history_id__lt=row)
        rows = rows.filter(Q(history_date__lte=moment) & (Q(history_date__lt=moment) | same))
    found = list(rows.select_related("history_user")[: most + 1])
    last = found[most - 1] if len(found) > most else None
    return [_told(row) for row in found[:most]], last and (last.history_date, last.history_id)


def deleted_one(model: type[Model], pk: int) -> Deleted | None:
    """A thing that was deleted, by its primary key; None if it was not or is there again."""
    row = _rows(model).filter(id=pk).first()
    return _told(row) if row else None


def _rows(model: type[Model]) -> Any:
    """The last deletion of each thing that is not there."""
    history = model.history.model.objects  # type: ignore[attr-defined]
    there = model._default_manager.filter(pk=OuterRef("id")).order_by()
    later = history.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id")).order_by()
    # Written out, for a parameter does not lead SQLite to the index of deletions (migration 0009).
    deletions = f"{history.model._meta.db_table}.history_type = '-'"
    return history.filter(~Exists(there), ~Exists(later)).extra(where=[deletions])  # noqa: S610


def _told(row: Any) -> Deleted:
    user = row.history_user.get_username() if row.history_user else ""
    return Deleted(row.instance, row.history_date, user, row.history_change_reason)
