"""Moments of acts as addresses write them, and as the databases do."""

from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import Q

MOMENT = "%Y%m%dT%H%M%S%f"
LATEST = datetime(9999, 1, 1, tzinfo=UTC)  # later than any act
# The rows of an act. After one large import SQLite takes any moment to be that of most rows, and
# reads a whole table rather than look for an equal one; a range it looks up along the index.
OF_ACT = "history_date BETWEEN {0} AND {0}"
ALONG = "ORDER BY history_date"


def moment_text(moment: datetime) -> str:
    """``moment`` as part of an address."""
    return f"{moment.astimezone(UTC):{MOMENT}}"


def moment_of(text: str) -> datetime | None:
    """The moment that an address names; None where it is no moment as ``moment_text`` writes it."""
    try:
        moment = datetime.strptime(text, MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None
    return moment if moment_text(moment) == text else None


def bound(moment: datetime) -> Any:
    """``moment`` as a parameter of SQL."""
    return connection.ops.adapt_datetimefield_value(moment)


def read(value: Any) -> datetime:
    """What the database gives for a moment: SQLite a text."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def of_act(moment: datetime) -> Any:
    """The rows of history that the act of ``moment`` wrote, as OF_ACT has it."""
    return Q(history_date__range=(moment, moment))
