"""Deletes what is no longer in the seeds, and never what others refer to."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from django.db.models import Model

from actors.models import Actor, Relation
from timeline.models import Claim, Event, Participation, SeedItem
from timeline.seeds.entries import Kind
from timeline.seeds.planning import Outcome, Plan, Step


def prune(plan: Plan) -> None:
    """Delete what is to be pruned; what cannot be is kept, and its step says why."""
    staying = {step.slug for step in plan.of(Outcome.MISSING, kind=Kind.EVENT)}
    for number, step in enumerate(plan.steps):
        if step.outcome is Outcome.PRUNED:
            kept = _kept_by(step, staying)
            if kept:
                plan.steps[number] = replace(step, outcome=Outcome.MISSING, why=kept)
            else:
                _delete(step)


MODELS: dict[str, type[Model]] = {Kind.ACTOR: Actor, Kind.EVENT: Event, Kind.CLAIM: Claim}


def _delete(step: Step) -> None:
    MODELS[step.kind]._default_manager.get(slug=step.slug).delete()
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
