"""Revisions: the acts that changed a thing, each with what was there before and after."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Literal

from django.db.models import Field, ForeignKey, Model
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actors.models import Alias, Relation
from timeline.models import Claim, Emendation, Participation, SourceText
from timeline.revisions.family import PARTS, Record, State, acts, apply, records
from timeline.revisions.model import Change, FieldChange, Revision
from timeline.revisions.words import Names, in_words, shortened, where_they_differ

# What follows from other fields, or means nothing to a reader.
HIDDEN: dict[type[Model], set[str]] = {
    Claim: {"end", "ordinal"},
    Emendation: {"ordinal", "raw_start", "start", "removed", "inserted"},
    SourceText: {"raw_sha256", "reading", "reading_sha256", "file"},
}
SHOWN_THOUGH_NOT_EDITABLE = {"lost"}
CALLED_BY = {
    Claim: "quote",
    Participation: "actor",
    Alias: "name",
    Relation: "other",
    Emendation: "find",
}
LABELS = {
    "start": _("position in the paragraph"),
    "lost": _("words lost"),
    "raw": _("text as received"),
}

Pair = tuple[Record | None, Record | None]


def revisions(thing: Model) -> list[Revision]:
    """The acts that changed ``thing`` or what belongs to it, the newest first."""
    steps = list(_steps(thing))
    names = names_in(pair for _, _, pairs in steps for pair in pairs)
    found = []
    for moment, act, pairs in steps:
        changes = changes_in(thing, pairs, names)
        if changes:
            found.append(_revision(moment, act, changes))
    return found[::-1]


def _steps(thing: Model) -> Iterator[tuple[datetime, list[Record], list[Pair]]]:
    state: State = {}
    for moment, rows in acts(records(thing)):
        after = apply(state, rows, thing)
        keys = dict.fromkeys((row.instance_type, row.id) for row in rows)
        yield moment, rows, [(state.get(key), after.get(key)) for key in keys]
        state = after


def changes_in(thing: Model, pairs: Iterable[Pair], names: Names) -> tuple[Change, ...]:
    """What a history tells of rows before and after; ``thing`` says whose they are."""
    changes = (_change(thing, pair, names) for pair in pairs)
    return tuple(change for change in changes if change is not None)


def names_in(pairs: Iterable[Pair]) -> Names:
    """The names of all that these rows point to."""
    return Names(_foreign_keys(row for pair in pairs for row in pair if row))


def _revision(moment: datetime, rows: list[Record], changes: tuple[Change, ...]) -> Revision:
    user = next((row.history_user for row in rows if row.history_user), None)
    reason = next((text for row in rows if (text := row.history_change_reason)), "")
    return Revision(moment, user.get_username() if user else "", reason, changes)


def _change(thing: Model, pair: Pair, names: Names) -> Change | None:
    before, after = pair
    row = after or before
    if row is None:
        return None
    told = tuple(_fields(thing, pair, names))
    kind: Literal["added", "changed", "removed"]
    kind = "changed" if before and after else "added" if after else "removed"
    return Change(_subject(thing, row, names), kind, told) if told else None


def _subject(thing: Model, row: Record, names: Names) -> str:
    model = row.instance_type
    if isinstance(thing, model):
        return ""
    what = gettext("actor") if model is Participation else str(model._meta.verbose_name)
    if model not in CALLED_BY:
        return capfirst(what)
    field = model._meta.get_field(CALLED_BY[model])
    name = shortened(_words(field, row, names), 80)
    return gettext("%(what)s “%(name)s”") % {"what": capfirst(what), "name": name}


def _fields(thing: Model, pair: Pair, names: Names) -> Iterator[FieldChange]:
    before, after = pair
    for field in shown_fields((after or before).instance_type, type(thing)):  # type: ignore[union-attr]
        old, new = (_words(field, row, names) if row else "" for row in pair)
        if old != new:
            label = str(LABELS.get(field.name) or field.verbose_name)
            yield FieldChange(capfirst(label), *where_they_differ(old, new))


def shown_fields(model: type[Model], family: type[Model]) -> "list[Field[Any, Any]]":
    """The fields of a model that a history tells."""
    link = {part.link for part in PARTS[family] if part.model is model}
    hidden = HIDDEN.get(model, set()) | link | {"id"}
    return [
        field
        for field in model._meta.concrete_fields
        if field.name not in hidden and (field.editable or field.name in SHOWN_THOUGH_NOT_EDITABLE)
    ]


def _words(field: "Field[Any, Any]", row: Record, names: Names) -> str:
    return in_words(field, getattr(row, field.attname), names)


def _foreign_keys(rows: Iterable[Record]) -> Iterator[tuple[type[Model], int]]:
    for row in rows:
        for field in row.instance_type._meta.concrete_fields:
            if isinstance(field, ForeignKey) and (key := getattr(row, field.attname)) is not None:
                yield field.related_model, key
