"""Two actors become one: all names, relations, entries and words that were attributed to them."""

from copy import copy

from actors.models import Actor, Alias, Relation
from timeline import history
from timeline.doubles.model import GONE, KEPT, ActorPlan, Choices
from timeline.models import Claim, Participation

FIELDS = ("name", "kind", "description")


def rank(actor: Actor) -> tuple[int, int]:
    """The greater, the rather it is kept: who takes part in more entries, who is older."""
    return (min(Participation.objects.filter(actor=actor)[:1000].count(), 1000), -actor.pk)


def defaults(kept: Actor, gone: Actor) -> dict[str, str]:
    """By field from which of the two it is taken if nobody chooses."""
    chosen = dict.fromkeys(FIELDS, KEPT)
    if len(gone.description) > len(kept.description):
        chosen["description"] = GONE
    return chosen


def plan(kept: Actor, gone: Actor, choices: Choices) -> ActorPlan:
    """What merging ``gone`` into ``kept`` will do; nothing is written."""
    wanted, chosen = copy(kept), defaults(kept, gone)
    for name in FIELDS:
        if choices.of(name, chosen[name]) == GONE:
            setattr(wanted, name, getattr(gone, name))
    alias = _former_name(wanted, kept, gone, choices)
    return ActorPlan(
        wanted,
        gone,
        alias,
        *_aliases(wanted, gone, alias),
        *_relations(kept, gone),
        entries=gone.participations.count(),
        quotes=Claim.objects.filter(attributed_to=gone).count(),
    )


def _former_name(wanted: Actor, kept: Actor, gone: Actor, choices: Choices) -> Alias | None:
    name = kept.name if wanted.name == gone.name else gone.name
    if name == wanted.name or Alias.objects.filter(actor=kept, name=name).exists():
        return None
    return Alias(actor=kept, name=name, kind=choices.alias_kind, period=choices.alias_period)


Aliases = tuple[Alias, ...]


def _aliases(wanted: Actor, gone: Actor, alias: Alias | None) -> tuple[Aliases, Aliases, Aliases]:
    """All other names as they will be, those of them that move, and those that are there already.

    A name that is also the actor's own stays as it is: it may say when it held.
    """
    mine = list(Alias.objects.filter(actor=wanted.pk).order_by("id"))
    theirs = list(gone.aliases.order_by("id"))
    there = {one.name for one in mine}
    if alias is not None and alias.name not in {one.name for one in theirs}:
        there.add(alias.name)
    moved = [one for one in theirs if one.name not in there]
    for one in moved:
        one.actor_id = wanted.pk
    dropped = [one for one in theirs if one not in moved]
    return (*mine, *moved), tuple(moved), tuple(dropped)


Relations = tuple[Relation, ...]


def _relations(kept: Actor, gone: Actor) -> tuple[Relations, Relations, Relations]:
    """All relations as they will be, those of them that move, and those that fall away.

    What one was to the other is nothing that an actor can be to itself.
    """
    both = {kept.pk, gone.pk}
    related = Relation.objects.select_related("actor", "other").order_by("id")
    mine = [*related.filter(actor=kept), *related.filter(other=kept)]
    theirs = [*related.filter(actor=gone), *related.filter(other=gone)]
    dropped = [one for one in mine if {one.actor_id, one.other_id} == both]
    stay = [one for one in mine if one not in dropped]
    there = {(one.actor_id, one.kind, one.other_id) for one in stay}
    moved: list[Relation] = []
    for one in theirs:
        if {one.actor_id, one.other_id} == both:
            dropped += [] if one in dropped else [one]
            continue
        one.actor = kept if one.actor_id == gone.pk else one.actor
        one.other = kept if one.other_id == gone.pk else one.other
        key = (one.actor_id, one.kind, one.other_id)
        (dropped if key in there else moved).append(one)
        there.add(key)
    return (*stay, *moved), tuple(moved), tuple(dropped)


def write(planned: ActorPlan) -> None:
    """Do what is planned; the caller holds the transaction and the act."""
    kept, gone = planned.kept, planned.gone
    for row in (*planned.dropped_aliases, *planned.dropped_relations):
        row.delete()
    history.bulk_update(planned.moved_aliases, ["actor"])
    history.bulk_update(planned.moved_relations, ["actor", "other"])
    _repoint_parts(kept, gone)
    quotes = list(Claim.objects.filter(attributed_to=gone))
    for claim in quotes:
        claim.attributed_to = kept
    history.bulk_update(quotes, ["attributed_to"])
    Actor.objects.get(pk=gone.pk).delete()
    kept.full_clean()
    kept.save()
    if planned.alias is not None and planned.alias.name not in {
        one.name for one in planned.aliases
    }:
        planned.alias.full_clean()
        planned.alias.save()


def _repoint_parts(kept: Actor, gone: Actor) -> None:
    """Give ``kept`` the parts of ``gone``, but those that it has in the same entry already."""
    theirs = list(Participation.objects.filter(actor=gone).order_by("id"))
    shared = Participation.objects.filter(
        actor=kept, event__in=Participation.objects.filter(actor=gone).values("event")
    )
    mine = list(shared)
    there = {(one.event_id, one.role) for one in mine}
    with_role = {one.event_id for one in (*mine, *theirs) if one.role}
    again = [
        one
        for one in theirs
        if (one.event_id, one.role) in there or (not one.role and one.event_id in with_role)
    ]
    told_better = {one.event_id for one in theirs if one.role}
    again += [one for one in mine if not one.role and one.event_id in told_better]
    gone_already = {one.pk for one in again}
    history.bulk_delete(Participation, sorted(gone_already))
    moved = [one for one in theirs if one.pk not in gone_already]
    for one in moved:
        one.actor_id = kept.pk
    history.bulk_update(moved, ["actor"])
