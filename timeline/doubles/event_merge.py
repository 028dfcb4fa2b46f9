"""Two entries become one: all quotes, all who took part, each once."""

from collections.abc import Iterable
from copy import copy

from timeline import history
from timeline.doubles.model import GONE, KEPT, Choices, EventPlan
from timeline.likeness.dates import day_number
from timeline.models import Claim, Event, Participation, Status

FIELDS = ("title", "date", "summary", "kind", "status")
DATE = ("date", "date_basis", "date_note")
SAID_OF_QUOTE = ("date", "attributed_to_id", "note")


def rank(event: Event) -> tuple[bool, int, int]:
    """The greater, the rather it is kept: what readers see, what is quoted more, what is older."""
    return (event.status == Status.PUBLISHED, event.claims.count(), -event.pk)


def defaults(kept: Event, gone: Event) -> dict[str, str]:
    """By field from which of the two it is taken if nobody chooses: the fuller one."""
    chosen = dict.fromkeys(FIELDS, KEPT)
    if len(gone.summary) > len(kept.summary):
        chosen["summary"] = GONE
    if gone.date and _vagueness(gone) < _vagueness(kept):
        chosen["date"] = GONE
    if gone.status == Status.PUBLISHED:
        chosen["status"] = GONE
    return chosen


def _vagueness(event: Event) -> tuple[bool, bool, int]:
    """The less, the more its date says: undated, inferred, by the days that it may last."""
    if event.earliest_start is None or event.latest_end is None:
        return (True, True, 0)
    days = day_number(event.latest_end) - day_number(event.earliest_start)
    return (False, event.date_basis == Event.DateBasis.INFERRED, days)


def plan(kept: Event, gone: Event, choices: Choices) -> EventPlan:
    """What merging ``gone`` into ``kept`` will do; nothing is written."""
    wanted, chosen = copy(kept), defaults(kept, gone)
    for name in FIELDS:
        if choices.of(name, chosen[name]) == GONE:
            for field in DATE if name == "date" else (name,):
                setattr(wanted, field, getattr(gone, field))
    wanted.derive_bounds()
    claims, moved, filled, dropped = _claims(kept, gone)
    if choices.keep_date and kept.date != gone.date:
        other = kept if choices.of("date", chosen["date"]) == GONE else gone
        filled += _dated(other, moved if other is gone else claims[: len(claims) - len(moved)])
    return EventPlan(
        wanted,
        gone,
        tuple(claims),
        tuple(moved),
        tuple(dict.fromkeys(one for one in filled if one not in moved)),
        tuple(dropped),
        *_parts(kept, gone),
    )


def _claims(kept: Event, gone: Event) -> tuple[list[Claim], list[Claim], list[Claim], list[Claim]]:
    """All quotes in their order, and of these the moved and the filled; those said again."""
    related = ("source", "passage", "attributed_to")
    claims = list(kept.claims.select_related(*related).order_by("ordinal", "id"))
    moved, filled, dropped = [], [], []
    last = max((claim.ordinal for claim in claims), default=0)
    for claim in gone.claims.select_related(*related).order_by("ordinal", "id"):
        same = next((one for one in claims if _says_the_same(one, claim)), None)
        if same is None:
            moved.append(claim)
            continue
        dropped.append(claim)
        if _fill(same, claim):
            filled.append(same)
    for number, claim in enumerate(moved, start=last + 1):
        claim.event, claim.ordinal = kept, number
    return [*claims, *moved], moved, filled, dropped


def _says_the_same(one: Claim, other: Claim) -> bool:
    """The same words of one place, and nothing that is said of either contradicts the other."""
    place = ("source_id", "passage_id", "quote", "start", "lost", "stance")
    if any(getattr(one, name) != getattr(other, name) for name in place):
        return False
    said = ((getattr(one, name), getattr(other, name)) for name in SAID_OF_QUOTE)
    return all(not mine or not theirs or mine == theirs for mine, theirs in said)


def _fill(claim: Claim, other: Claim) -> bool:
    """Give ``claim`` what only ``other`` says; whether there was any."""
    missing = [name for name in SAID_OF_QUOTE if getattr(other, name) and not getattr(claim, name)]
    for name in missing:
        setattr(claim, name, getattr(other, name))
    return bool(missing)


def _dated(event: Event, claims: Iterable[Claim]) -> list[Claim]:
    """Those of ``claims`` that get the date of their ``event``, which is no longer its own."""
    if not event.date or event.date_basis != Event.DateBasis.STATED:
        return []
    supporting = [one for one in claims if one.stance == Claim.Stance.SUPPORTS and not one.lost]
    if any(one.date == event.date for one in supporting):
        return []  # it is visible already
    dated = [one for one in supporting if not one.date]
    for one in dated:
        one.date = event.date
    return dated


Parts = tuple[Participation, ...]


def _parts(kept: Event, gone: Event) -> tuple[Parts, Parts, Parts]:
    """All parts as they will be, those of them that move, and those that say nothing more."""
    mine = list(kept.participations.select_related("actor").order_by("id"))
    moved = list(gone.participations.select_related("actor").order_by("id"))
    there = {(one.actor_id, one.role) for one in mine}
    with_role = {one.actor_id for one in (*mine, *moved) if one.role}
    dropped = [
        one
        for one in moved
        if (one.actor_id, one.role) in there or (not one.role and one.actor_id in with_role)
    ]
    # Who took part is said already where the other entry says as what.
    dropped += [
        one
        for one in mine
        if not one.role and any(one.actor_id == new.actor_id and new.role for new in moved)
    ]
    moved = [one for one in moved if one not in dropped]
    for one in moved:
        one.event = kept
    return tuple(one for one in (*mine, *moved) if one not in dropped), tuple(moved), tuple(dropped)


def write(planned: EventPlan) -> None:
    """Do what is planned; the caller holds the transaction and the act."""
    history.bulk_delete(Claim, [one.pk for one in planned.dropped])
    history.bulk_delete(Participation, [one.pk for one in planned.dropped_parts])
    history.bulk_update(planned.moved, ["event", "ordinal", "date", "attributed_to", "note"])
    history.bulk_update(planned.filled, ["date", "attributed_to", "note"])
    history.bulk_update(planned.moved_parts, ["event"])
    Event.objects.get(pk=planned.gone.pk).delete()
    planned.kept.full_clean()
    planned.kept.save()
