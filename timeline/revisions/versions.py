"""Which state of a thing somebody has seen: a short text that is another one after every write.

It counts the rows of history of the thing and of what ever belonged to it, and names the last of
them, model by model. Both, for PostgreSQL gives numbers before it commits: a row may appear later
that has the smaller one.
"""

import re
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Model

from timeline.index import sql
from timeline.revisions.differences import revisions
from timeline.revisions.family import PARTS
from timeline.revisions.model import Revision

VERSION = re.compile(r"[0-9]{1,19}\.[0-9]{1,10}(?:-[0-9]{1,19}\.[0-9]{1,10}){0,4}")


def version(thing: Model) -> str:
    """The version of ``thing`` with its parts as they are now."""
    return versions(type(thing), [thing.pk])[thing.pk]


def versions(model: type[Model], keys: Collection[int]) -> dict[int, str]:
    """The versions of things of one ``model`` by primary key: a query for it and for each part."""
    counted: dict[int, list[str]] = {key: [] for key in keys}
    for table, link in _tables(model):
        rows = sql.rows(
            "SELECT e.thing, MAX(h.history_id), COUNT(*) FROM "  # noqa: S608
            f"(SELECT DISTINCT {link} AS thing, id FROM {table} WHERE {link} IN "
            f"({sql.listed(keys)})) e JOIN {table} h ON h.id = e.id GROUP BY e.thing"
        )
        found = {thing: f"{last}.{number}" for thing, last, number in rows}
        for key, parts in counted.items():
            parts.append(found.get(key, "0.0"))
    return {key: "-".join(parts) for key, parts in counted.items()}


def since(thing: Model, seen: str) -> list[Revision]:
    """The acts that changed ``thing`` after its version ``seen``, the newest first.

    The last one of all where the text is no version of it.
    """
    found = revisions(thing)
    moment = _moment(type(thing), seen)
    newer = [one for one in found if moment is None or one.moment > moment]
    return newer if moment is not None and newer else found[:1]


def lock(model: type[Model], keys: Iterable[int]) -> None:
    """Keep others from writing these things and their parts until the transaction ends.

    Whoever locks them waits for whoever has: what is read after it is what was written last. On
    SQLite a transaction that writes is alone already.
    """
    if not sql.postgresql():
        return
    wanted = sorted(keys)
    rows: Any = model._default_manager.select_for_update().filter(pk__in=wanted).order_by("pk")
    list(rows.values_list("pk"))
    for part in PARTS[model]:
        rows = part.model._default_manager.select_for_update().order_by("pk")
        list(rows.filter(**{f"{part.link}__in": wanted}).values_list("pk"))


def _tables(model: type[Model]) -> list[tuple[str, str]]:
    """The tables of history of a thing and its parts, and the column that names the thing."""
    parts = [(part.model, f"{part.link}_id") for part in PARTS[model]]
    return [(_history(one)._meta.db_table, link) for one, link in [(model, "id"), *parts]]


def _moment(model: type[Model], seen: str) -> Any:
    """The moment of the last act that whoever had the version ``seen`` can have seen."""
    if not VERSION.fullmatch(seen):
        return None
    models = [model, *(part.model for part in PARTS[model])]
    moments = []
    for one, counted in zip(models, seen.split("-"), strict=False):
        last = _history(one).objects.filter(history_id=int(counted.partition(".")[0]))
        moments += last.values_list("history_date", flat=True)
    return max(moments, default=None)


def _history(model: type[Model]) -> Any:
    return model.history.model  # type: ignore[attr-defined]  # added by simple_history
