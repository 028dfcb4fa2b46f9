"""What became of an address that shows nothing now: of what readers saw there, nothing else.

It is all in the history: under which ids a thing has been public, whether it lives on under
another, and the act that withdrew it. What has never been public leaves no trace.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby, zip_longest
from typing import Any

from django.db.models import Model

from actors.models import Actor
from timeline.chronology.people import visible_actors
from timeline.models import Claim, Event, Merge, Participation, Source, Status, Twofold

MOST_PARTS = 200  # of an actor in entries, by which it is found out whether readers saw it
FOREVER = datetime.max.replace(tzinfo=UTC)
KINDS: dict[type[Model], str] = {Event: Twofold.EVENT, Actor: Twofold.ACTOR}


@dataclass(frozen=True, slots=True)
class Moved:
    """It is public under another id."""

    slug: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Readers saw it under this title until the act of ``moment``, which had this reason."""

    title: str
    moment: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class _Seen:
    """A stretch of time in which readers saw a thing; the act that ended it, if it has ended."""

    start: datetime
    end: datetime | None
    reason: str
    slugs: frozenset[str]
    title: str


def past_of(model: type[Model], slug: str) -> Moved | Withdrawn | None:
    """What became of the address of a ``model`` that readers knew by ``slug``."""
    history = model.history.model.objects  # type: ignore[attr-defined]
    keys = history.filter(slug=slug).order_by("-history_date", "-history_id")
    for key in dict.fromkeys(keys.values_list("id", flat=True)[:100]):
        if (seen := _last_seen(model, key, slug)) is None:
            continue
        if (now := _now(model, key)) is not None:
            return Moved(now)
        if seen.end is not None:
            return Withdrawn(seen.title, seen.end, seen.reason)
    return None


def _now(model: type[Model], key: int) -> str | None:
    """The id under which a thing, or what it was merged into, is public; None if it is not."""
    asked: set[int] = set()
    while key not in asked:
        asked.add(key)
        found = _public(model).filter(pk=key).values_list("slug", flat=True).first()
        if found is not None:
            return str(found)
        merges = Merge.objects.filter(kind=KINDS.get(model, ""), gone=key, undone=None)
        kept = merges.order_by("-moment").values_list("kept", flat=True).first()
        if kept is None or model._default_manager.filter(pk=key).exists():
            return None
        key = kept
    return None


def _public(model: type[Model]) -> Any:
    return visible_actors() if model is Actor else model._default_manager.published()  # type: ignore[attr-defined]


def _last_seen(model: type[Model], key: int, slug: str) -> _Seen | None:
    """The last time that readers saw the thing under this id."""
    seen = _actor_seen(key) if model is Actor else _published(model, [key]).get(key, [])
    found = [one for one in seen if slug in one.slugs]
    return max(found, key=lambda one: (one.end is None, one.end or one.start), default=None)


def _states(model: type[Model], **of: Any) -> Iterator[tuple[int, list[Any]]]:
    """By thing its states after each act; what an act wrote on the way was seen by nobody."""
    history = model.history.model.objects  # type: ignore[attr-defined]
    rows = history.filter(**of).order_by("id", "history_date", "history_id")
    for key, mine in groupby(rows, key=lambda row: row.id):
        acts = groupby(mine, key=lambda row: row.history_date)
        yield key, [list(act)[-1] for _, act in acts]


def _published(model: type[Model], keys: Iterable[int]) -> dict[int, list[_Seen]]:
    """When things with a status were published."""
    return {
        key: list(
            _stretches(
                states, lambda row: row.history_type != "-" and row.status == Status.PUBLISHED
            )
        )
        for key, states in _states(model, id__in=list(keys))
    }


def _stretches(states: list[Any], holds: Any) -> Iterator[_Seen]:
    """The stretches of time in which ``holds`` is true of the state."""
    during: list[Any] = []
    for row in states:
        if holds(row):
            during.append(row)
        elif during:
            yield _seen(during, row)
            during = []
    if during:
        yield _seen(during, None)


def _seen(during: list[Any], ended: Any) -> _Seen:
    return _Seen(
        during[0].history_date,
        ended.history_date if ended else None,
        ended.history_change_reason if ended else "",
        frozenset(getattr(row, "slug", "") for row in during),
        getattr(during[-1], "title", "") or getattr(during[-1], "name", ""),
    )


def _actor_seen(key: int) -> list[_Seen]:
    """When an actor took part in something published, or was quoted in it."""
    states = [row for _, rows in _states(Actor, id=key) for row in rows]
    own = list(_stretches(states, lambda row: row.history_type != "-"))
    seen = [both for shown in _shown(key) for one in own if (both := _overlap(one, shown))]
    return [_as_seen(one, states) for one in seen]


def _as_seen(seen: _Seen, states: list[Any]) -> _Seen:
    """With the ids and the name that an actor had while readers saw it, not before or after."""
    then = [
        row
        for row, following in zip_longest(states, states[1:])
        if row.history_date < _end(seen)
        and (following is None or following.history_date > seen.start)
    ]
    slugs = frozenset(row.slug for row in then)
    return replace(seen, slugs=slugs, title=then[-1].name)


def _shown(actor: int) -> Iterator[_Seen]:
    """When some published event named the actor, or quoted a published source for its words."""
    for model, link, needed in (
        (Participation, "actor_id", {"event_id": Event}),
        (Claim, "attributed_to_id", {"event_id": Event, "source_id": Source}),
    ):
        history = model.history.model.objects
        parts = history.filter(**{link: actor}).order_by().values_list("id", flat=True)
        known = dict(_states(model, id__in=list(parts.distinct()[:MOST_PARTS])))
        rows = [row for states in known.values() for row in states]
        public: dict[str, dict[int, list[_Seen]]] = {
            name: _published(thing, {getattr(row, name) for row in rows})
            for name, thing in needed.items()
        }
        for states in known.values():
            for named in _stretches(
                states,
                lambda row, link=link: row.history_type != "-" and getattr(row, link) == actor,
            ):
                yield from _all_at_once(named, states[-1], public)


def _all_at_once(
    named: _Seen, row: Any, public: dict[str, dict[int, list[_Seen]]]
) -> Iterator[_Seen]:
    """When a part named the actor and all that it is of was published."""
    stretches = [named]
    for name, things in public.items():
        published = things.get(getattr(row, name), [])
        stretches = [both for a in stretches for b in published if (both := _overlap(a, b))]
    yield from stretches


def _overlap(one: _Seen, other: _Seen) -> _Seen | None:
    """When both hold: what ended first ended it; the ids and the title are those of ``one``."""
    first = one if _end(one) <= _end(other) else other
    start = max(one.start, other.start)
    if start >= _end(first):
        return None
    return _Seen(start, first.end, first.reason, one.slugs, one.title)


def _end(seen: _Seen) -> datetime:
    return seen.end or FOREVER
