"""Who made the last change to what a thing says, its status aside."""

from django.db.models import Model

from timeline.revisions.family import Record, State, acts, apply, records

SAID_OF_A_STATE = {"status"}


def last_author(thing: Model) -> int | None:
    """The primary key of who changed the content of ``thing`` or its parts last.

    None for a program, which has no eyes, and for what has no history.
    """
    author: int | None = None
    state: State = {}
    for _moment, rows in acts(records(thing)):
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
