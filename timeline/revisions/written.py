"""What an act wrote, row by row and entry by entry: the state before it and right after it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext

from actors.models import Actor, Alias, Relation
from timeline.chunking import chunks
from timeline.models import (
    Claim,
    Emendation,
    Event,
    Participation,
    Passage,
    Source,
    SourceText,
)
from timeline.revisions.family import PARTS, Key, apply, records
from timeline.revisions.moments import of_act
from timeline.revisions.source_texts import Text, text_in

# Everything that keeps its history, what is referred to before what refers to it.
KEEPING: tuple[type[Model], ...] = (
    *(Source, SourceText, Passage, Emendation),
    *(Actor, Alias, Relation),
    *(Event, Participation, Claim),
)
LINKS: dict[type[Model], str] = {
    **{part.model: part.link for parts in PARTS.values() for part in parts},
    Passage: "source",
}
OF_TEXTS = (SourceText, Passage, Emendation)
PLACE = ("passage_id", "start", "end", "quote", "lost")
AN_INSTANT = timedelta(microseconds=1)

Values = dict[str, Any]


@dataclass(slots=True)
class Step:
    """What became of one row: its values before the act and after; None where it was not there."""

    model: type[Model]
    pk: int
    before: Values | None
    after: Values | None
    unrecorded: bool = False

    @property
    def roots(self) -> set[Key]:
        """The things that the row is, or was, a part of."""
        if self.model not in LINKS:
            return {(self.model, self.pk)}
        of: Any = self.model._meta.get_field(LINKS[self.model])
        states = (values for values in (self.before, self.after) if values)
        return {(of.related_model, values[of.attname]) for values in states}


@dataclass(eq=False, slots=True)
class Entry:
    """A thing with its parts, or several between which the act moved parts: all or nothing.

    ``texts`` are the texts, by their source, that go back as a whole, ``carried`` the steps of
    claims that only moved with them. ``trouble`` says why the entry cannot go back; empty if it
    can.
    """

    roots: set[Key] = field(default_factory=set)
    steps: list[Step] = field(default_factory=list)
    texts: dict[int, Text] = field(default_factory=dict)
    carried: list[Step] = field(default_factory=list)
    trouble: str = ""


def attnames(model: type[Model]) -> list[str]:
    """The columns of ``model`` as its rows have them."""
    return [one.attname for one in model._meta.concrete_fields]


def entries_of(moment: datetime) -> list[Entry]:
    """What the act of ``moment`` did and what is not as before it already, entry by entry.

    What has been edited since is in trouble.
    """
    steps = {model: steps_of(model, moment) for model in KEEPING}
    texts = _texts_changed(steps)
    known: dict[Key, Entry] = {}
    for source in sorted(texts):
        _add_text(known, source, moment)
    for model, those in steps.items():
        for step, now in _with_present(model, those):
            if now == step.before or (model in OF_TEXTS and step.roots <= texts):
                continue
            if model is Claim and _is_carried(step, texts):
                _entry(known, {_source_of(step)}).carried.append(step)
                continue
            entry = _entry(known, step.roots)
            entry.steps.append(step)
            if now != step.after:
                entry.trouble = gettext("It has been edited since.")
            elif step.unrecorded:
                entry.trouble = gettext("What it was before is not recorded.")
    found = {id(one): one for one in known.values()}.values()
    return [one for one in found if one.steps or one.texts or one.trouble]


def steps_of(model: type[Model], moment: datetime) -> list[Step]:
    """What the act of ``moment`` did to the rows of ``model``."""
    names = attnames(model)
    history = model.history.model.objects  # type: ignore[attr-defined]
    rows = history.filter(of_act(moment)).order_by("id", "history_id")
    after: dict[int, Values | None] = {}
    were_there = set()
    for kind, *values in rows.values_list("history_type", *names).iterator():
        row = dict(zip(names, values, strict=True))
        if row["id"] not in after and kind != "+":
            were_there.add(row["id"])
        after[row["id"]] = None if kind == "-" else row
    before: dict[int, Values] = {}
    for some in chunks(sorted(were_there)):
        before |= before_act(model, some, moment)
    steps = [
        Step(model, pk, before.get(pk), values, pk in were_there and pk not in before)
        for pk, values in after.items()
    ]
    return [step for step in steps if step.before or step.after]


def before_act(model: type[Model], keys: list[int], moment: datetime) -> dict[int, Values]:
    """The rows of these ``keys`` right before the act of ``moment``, if they were there."""
    names = attnames(model)
    history = model.history.model.objects  # type: ignore[attr-defined]
    rows = history.filter(id__in=keys, history_date__lt=moment)
    found: dict[int, Values | None] = {}
    for kind, *values in rows.order_by("history_date", "history_id").values_list(
        "history_type", *names
    ):
        row = dict(zip(names, values, strict=True))
        found[row["id"]] = None if kind == "-" else row
    return {pk: row for pk, row in found.items() if row is not None}


def _with_present(
    model: type[Model], steps: Iterable[Step]
) -> Iterator[tuple[Step, Values | None]]:
    """Each step with the row as it is now, for nobody else to write while this transaction is."""
    names = attnames(model)
    for some in chunks(steps):
        rows = model._default_manager.filter(pk__in=[step.pk for step in some])
        now = {row["id"]: row for row in rows.order_by("pk").select_for_update().values(*names)}
        yield from ((step, now.get(step.pk)) for step in some)


def _texts_changed(steps: dict[type[Model], list[Step]]) -> set[Key]:
    """Sources that have a text before and after the act, but another one, or read otherwise."""
    told = {root for model in OF_TEXTS for step in steps[model] for root in step.roots}
    whole = [step for step in steps[SourceText] if not (step.before and step.after)]
    return told - {root for step in whole for root in step.roots}


def _add_text(known: dict[Key, Entry], key: Key, moment: datetime) -> None:
    source = Source.objects.filter(pk=key[1]).first()
    rows = records(source) if source else []
    before, after, now = (
        text_in(apply({}, (row for row in rows if row.history_date <= until), source))
        if source
        else None
        for until in (moment - AN_INSTANT, moment, datetime.max.replace(tzinfo=UTC))
    )
    if source is None or now != before:
        entry = _entry(known, {key})
        if before is not None:
            entry.texts[key[1]] = before
        if now != after or before is None:
            entry.trouble = gettext("Its text has been replaced since.")


def _is_carried(step: Step, texts: set[Key]) -> bool:
    """Whether the act only moved a claim, because it changed the text under it."""
    if step.before is None or step.after is None or _source_of(step) not in texts:
        return False
    after = step.after
    return all(after[name] == was for name, was in step.before.items() if name not in PLACE)


def _source_of(step: Step) -> Key:
    return Source, (step.before or step.after or {})["source_id"]


def _entry(known: dict[Key, Entry], roots: set[Key]) -> Entry:
    """The entry of all of ``roots``; what has been several so far is one from now on."""
    several = list({id(known[root]): known[root] for root in roots if root in known}.values())
    entry = several[0] if several else Entry()
    for other in several[1:]:
        entry.steps += other.steps
        entry.texts |= other.texts
        entry.carried += other.carried
        entry.trouble = entry.trouble or other.trouble
        roots = roots | other.roots
    entry.roots |= roots
    known.update(dict.fromkeys(roots, entry))
    return entry
