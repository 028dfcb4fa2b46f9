"""Back to an earlier state, through the same rules as any edit; itself an act of the history."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ForeignKey, Model

from timeline import history
from timeline.models import Claim, Event, Source, Status
from timeline.revisions.anchoring import NotThereError, anchor
from timeline.revisions.differences import revisions
from timeline.revisions.family import PARTS, Key, Record, State, state_at
from timeline.revisions.model import Change
from timeline.revisions.source_texts import BY_ITSELF, put_back, text_in
from timeline.revisions.words import Names, shortened

LINKS = {part.model: f"{part.link}_id" for parts in PARTS.values() for part in parts}


class RestoreError(ValueError):
    """The state cannot be brought back; ``problems`` says all that is in its way, for a person."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = tuple(problems)


def restore(
    thing: Model,
    moment: datetime,
    user: AbstractBaseUser | None = None,
    why: str = "",
    *,
    publishes: bool = True,
) -> datetime:
    """Make ``thing`` and its parts what they were right after the act of ``moment``.

    Unless it ``publishes``, what was published comes back in review. Returns the moment of this
    act. Raises RestoreError, with nothing written, where the state would break a rule: a quote
    that is not in its source any more, a published event without one, a part of another thing.
    """
    wanted, present = state_at(thing, moment), state_at(thing)
    if not publishes and would_be_public(thing, moment) and not isinstance(thing, Claim):
        wanted[_key(thing)].status = Status.REVIEW
    if (type(thing), thing.pk) not in wanted:
        raise RestoreError(["It did not exist then."])
    reason = f"Reverted to the state of {moment:%d %B %Y, %H:%M:%S} UTC"
    reason = f"{reason}: {why}" if why else reason
    with transaction.atomic(), history.act(reason, user) as act:
        problems = [*_rows(thing, wanted, present)]
        if isinstance(thing, Source) and not problems:
            problems += _text(thing, wanted)
        problems += _unquoted(thing)
        if problems:
            raise RestoreError(problems)
    return act.moment


def would_be_public(thing: Model, moment: datetime) -> bool:
    """Whether readers would see ``thing`` as it was right after the act of ``moment``.

    A claim is seen with the event that it was of then, as that is now.
    """
    row: Any = state_at(thing, moment).get(_key(thing))
    if isinstance(thing, Claim) and row is not None:
        row = Event.objects.filter(pk=row.event_id).first()
    return getattr(row, "status", "") == Status.PUBLISHED


def preview(thing: Model, moment: datetime, *, publishes: bool = True) -> tuple[Change, ...]:
    """What ``restore`` would change; raises RestoreError as it would. Nothing is written."""
    with transaction.atomic():
        now = restore(thing, moment, publishes=publishes)
        found = [one.changes for one in revisions(thing) if one.moment == now]
        transaction.set_rollback(True)
    return found[0] if found else ()


def _rows(thing: Model, wanted: State, present: State) -> Iterator[str]:
    """Delete, change and create rows; yields what is in the way."""
    for model, pk in present.keys() - wanted.keys():
        if model not in BY_ITSELF:
            model._default_manager.get(pk=pk).delete()
    for key, record in sorted(wanted.items(), key=lambda item: item[0] != _key(thing)):
        if key[0] not in BY_ITSELF:
            yield from _row(record)


def _key(thing: Model) -> Key:
    return type(thing), thing.pk


def _row(record: Record) -> Iterator[str]:
    model: type[Model] = record.instance_type
    row = model._default_manager.filter(pk=record.id).first() or model(pk=record.id)
    before = None if row._state.adding else _values(row)
    if before and (link := LINKS.get(model)) and before[link] != getattr(record, link):
        yield _of_another(row)
        return
    for field in model._meta.concrete_fields:
        setattr(row, field.attname, getattr(record, field.attname))
    try:
        if missing := list(_missing(row)):
            raise NotThereError(f"{', '.join(missing)}: restore that first.")
        if isinstance(row, Claim):
            anchor(row, record)
        if _values(row) != before:
            row.full_clean()
            row.save()
    except (NotThereError, ValidationError) as error:
        told = error.messages if isinstance(error, ValidationError) else [str(error)]
        yield f"{_called(row)}: {' '.join(told)}"


def _values(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def _of_another(row: Model) -> str:
    """A part that a merge, for one, has given to another thing is not taken from that."""
    field: Any = row._meta.get_field(LINKS[type(row)].removesuffix("_id"))
    owner = Names([(field.related_model, getattr(row, field.attname))])
    name = owner.of(field.related_model, getattr(row, field.attname))
    return f"{_called(row)} belongs to {name} now: undo the act that moved it."


def _called(row: Model) -> str:
    return shortened(str(row), 80) if isinstance(row, Claim) else str(row._meta.verbose_name)


def _missing(row: Model) -> Iterator[str]:
    """What the row points to and what has been deleted; a passage is found by the quote."""
    for field in row._meta.concrete_fields:
        key = getattr(row, field.attname)
        if not isinstance(field, ForeignKey) or key is None or field.name == "passage":
            continue
        if not field.related_model._default_manager.filter(pk=key).exists():
            yield Names([(field.related_model, key)]).of(field.related_model, key)


def _text(source: Source, wanted: State) -> Iterator[str]:
    """Store the text as it was, if there was one; yields the quotes that it does not have."""
    if text := text_in(wanted):
        yield from put_back(source, text)


def _unquoted(thing: Model) -> Iterator[str]:
    event = thing.event_id if isinstance(thing, Claim) else thing.pk
    if isinstance(thing, Event | Claim) and Event.objects.uncited().filter(pk=event).exists():
        yield "The event is published and would quote no published source."
