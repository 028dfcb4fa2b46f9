"""Deletes what is no longer in the seeds, and never what others refer to."""

from collections.abc import Collection, Iterable

from django.db.models import Model

from actors.models import Relation
from timeline.models import Claim, Participation, SeedItem
from timeline.seeds.entries import MODELS, Kind
from timeline.seeds.ledger import Ledger
from timeline.seeds.steps import Outcome, Step


def prune(ledger: Ledger) -> None:
    """Delete what is to be pruned; what cannot be is kept, and its step says why."""
    missing = ledger.steps(Outcome.MISSING)
    staying = {step.slug for step in missing if step.kind == Kind.EVENT}
    for step in ledger.steps(Outcome.PRUNED):
        if kept := _kept_by(step, staying):
            ledger.run(
                "UPDATE step SET outcome = ?, why = ? WHERE number = ?",
                *(Outcome.MISSING.value, kept, step.number),
            )
        else:
            MODELS[step.kind]._default_manager.get(slug=step.slug).delete()
            _forget(step)
    for step in ledger.steps(Outcome.GONE):
        _forget(step)


def _forget(step: Step) -> None:
    SeedItem.objects.filter(kind=step.kind, slug=step.slug).delete()


def _kept_by(step: Step, staying: Collection[str]) -> str:
    """What still needs the item, in words; empty if nothing does. ``staying``: events."""
    if step.kind == Kind.CLAIM and step.old and step.old["event"] in staying:
        return f"event {step.old['event']}, which is kept, quotes it"
    if step.kind == Kind.EVENT:
        return _told("claim", Claim.objects.filter(event__slug=step.slug), "slug")
    if step.kind == Kind.ACTOR:
        return (
            _told("event", Participation.objects.filter(actor__slug=step.slug), "event__slug")
            or _told("actor", Relation.objects.filter(other__slug=step.slug), "actor__slug")
            or _told("claim", Claim.objects.filter(attributed_to__slug=step.slug), "slug")
        )
    return ""


def _told(kind: str, rows: Iterable[Model], name: str) -> str:
    slug = rows.values_list(name, flat=True).first()  # type: ignore[attr-defined]
    return f"{kind} {slug} refers to it" if slug else ""
