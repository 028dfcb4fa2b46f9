"""Who made the last change to what a thing says, its status aside."""

from collections.abc import Iterable, Sequence

from django.db.models import Model

from timeline.revisions.family import PARTS, Record, State, acts, apply, records

SAID_OF_A_STATE = {"status"}


def last_author(thing: Model) -> int | None:
    """The primary key of who changed the content of ``thing`` or its parts last.

    None for a program, which has no eyes, and for what has no history.
    """
    return _author(thing, records(thing))


def last_authors(things: Sequence[Model]) -> dict[int, int | None]:
    """``last_author`` of each of some ``things`` of one model, by primary key: a query a table."""
    if not things:
        return {}
    model, keys = type(things[0]), [thing.pk for thing in things]
    found: dict[int, list[Record]] = {key: [] for key in keys}
    for one, link in [(model, "id"), *((part.model, f"{part.link}_id") for part in PARTS[model])]:
        history = one.history.model.objects  # type: ignore[attr-defined]  # by simple_history
        for row in history.filter(**{f"{link}__in": keys}).order_by("history_id"):
            found[getattr(row, link)].append(row)
    return {
        thing.pk: _author(thing, sorted(found[thing.pk], key=lambda row: row.history_date))
        for thing in things
    }


def _author(thing: Model, history: Iterable[Record]) -> int | None:
    author: int | None = None
    state: State = {}
    for _moment, rows in acts(history):
        after = apply(state, rows, thing)
        keys = {(row.instance_type, row.id) for row in rows}
        if any(_content(state.get(key)) != _content(after.get(key)) for key in keys):
            author = next((row.history_user_id for row in rows if row.history_user_id), None)
        state = after
    return author


def _content(row: Record | None) -> tuple[object, ...] | None:
    if row is None:
        return None
    fields = row.instance_type._meta.concrete_fields
    return tuple(
        getattr(row, field.attname) for field in fields if field.name not in SAID_OF_A_STATE
    )
