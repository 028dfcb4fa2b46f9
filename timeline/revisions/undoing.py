"""Undo of an act as a whole: every row that it wrote goes back to what it was, as a new act.

What the act created is deleted, what it changed is as before, what it deleted is back with its id.
That is decided entry by entry: one of which something has been edited since is kept as it is, and
so is one that something else needs, or that a rule wants (``Kept`` says which and why). The rules
are those of any edit: a quote stands in its source, what is published quotes a published source.

Seeds: what an undone import created is forgotten (SeedItem), so that a corrected seed brings it in
anew without a conflict. What it updated is remembered as it was imported: the entry, which is as
before now, counts as edited since, so the next import reports it as a conflict and keeps it until
somebody says that the seed is to win. It may well be an editor's work that the import overwrote.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Model

from actors.models import Actor
from timeline import history, index
from timeline.chunking import chunks
from timeline.models import Claim, Event, Merge, SeedItem, Source, Twofold
from timeline.revisions import standing
from timeline.revisions.family import Key
from timeline.revisions.moments import of_act
from timeline.revisions.taking_back import TakingBack
from timeline.revisions.words import Names
from timeline.revisions.written import KEEPING, Entry, entries_of

KINDS: dict[type[Model], str] = {
    Source: SeedItem.Kind.SOURCE,
    Actor: SeedItem.Kind.ACTOR,
    Event: SeedItem.Kind.EVENT,
    Claim: SeedItem.Kind.CLAIM,
}


class NoActError(ValueError):
    """Nothing was written at that moment."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry that stays as it is: which, by its name, and why."""

    model: type[Model]
    pk: int
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Number:
    """How many entries of a model an undo removes, changes back and brings back."""

    model: type[Model]
    removed: int = 0
    changed: int = 0
    brought_back: int = 0


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did in the act of ``moment``, and what it left as it was."""

    moment: datetime
    numbers: tuple[Number, ...]
    kept: tuple[Kept, ...]

    @property
    def entries(self) -> int:
        """How many entries it touched."""
        return sum(one.removed + one.changed + one.brought_back for one in self.numbers)


def undo(moment: datetime, user: AbstractBaseUser | None = None, reason: str = "") -> Undone:
    """Undo the act of ``moment``; raises NoActError where there is none."""
    with transaction.atomic(), history.act(_reason(moment, reason), user) as act:
        if not _happened(moment):
            raise NoActError(f"No act is recorded at {moment.isoformat()}.")
        entries = entries_of(moment)
        going = _write([one for one in entries if not one.trouble], moment)
        _forget(going)
        _note_merges(moment, act.moment)
        index.catch_up()
        return Undone(
            act.moment,
            tuple(_numbers(going)),
            tuple(_kept(one for one in entries if one.trouble)),
        )


def foresee_undo(moment: datetime) -> Undone:
    """What ``undo`` would do, found out by doing it and taking it back; nothing is written."""
    with transaction.atomic():
        found = undo(moment)
        transaction.set_rollback(True)
    return found


def _reason(moment: datetime, reason: str) -> str:
    said = f"Undid the act of {moment:%d %B %Y, %H:%M:%S} UTC"
    return f"{said}: {reason}" if reason else said


def _happened(moment: datetime) -> bool:
    return any(
        model.history.filter(of_act(moment)).exists()  # type: ignore[attr-defined]
        for model in KEEPING
    )


def _write(entries: list[Entry], moment: datetime) -> list[Entry]:
    """Write what can be; each attempt finds what cannot, until one goes through."""
    before = standing.uncited(entries)
    while entries:
        attempt = TakingBack(entries, moment)
        with transaction.atomic():
            attempt.write()
            standing.tell(attempt, before)
            if attempt.troubles:
                transaction.set_rollback(True)
        if not attempt.troubles:
            break
        for entry, why in attempt.troubles.items():
            entry.trouble = why
        entries = [one for one in entries if not one.trouble]
    return entries


def _forget(entries: Iterable[Entry]) -> None:
    """Have the next import know nothing of what was removed."""
    for model, kind in KINDS.items():
        steps = (step for one in entries for step in one.steps if step.model is model)
        gone = [step for step in steps if step.before is None and step.after]
        for some in chunks(gone):
            slugs = [step.after["slug"] for step in some if step.after]
            SeedItem.objects.filter(kind=kind, slug__in=slugs).delete()
            if model is Source:
                SeedItem.objects.filter(source__in=[step.pk for step in some]).delete()


def _note_merges(moment: datetime, now: datetime) -> None:
    """A merge is undone once what had gone is back, and holds again once that is undone."""
    models: dict[str, type[Model]] = {Twofold.EVENT: Event, Twofold.ACTOR: Actor}
    for merge in Merge.objects.filter(moment=moment, undone=None):
        if models[merge.kind]._default_manager.filter(pk=merge.gone).exists():
            Merge.objects.filter(pk=merge.pk).update(undone=now)
    for merge in Merge.objects.filter(undone=moment):
        if not models[merge.kind]._default_manager.filter(pk=merge.gone).exists():
            Merge.objects.filter(pk=merge.pk).update(undone=None)


def _numbers(entries: Iterable[Entry]) -> Iterable[Number]:
    found: dict[type[Model], Counter[str]] = {Source: Counter(), Actor: Counter(), Event: Counter()}
    for entry in entries:
        own = {(step.model, step.pk): step for step in entry.steps}
        for model, pk in entry.roots:
            step = own.get((model, pk))
            if step is None or (step.before and step.after):
                found[model]["changed"] += 1
            else:
                found[model]["removed" if step.before is None else "brought_back"] += 1
    return [Number(model, **count) for model, count in found.items() if count]


def _kept(entries: Iterable[Entry]) -> list[Kept]:
    told: list[tuple[Key, str]] = [(key, one.trouble) for one in entries for key in one.roots]
    names = Names(key for key, _ in told)
    return [Kept(model, pk, names.of(model, pk), why) for (model, pk), why in told]
