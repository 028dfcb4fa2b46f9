"""What a page shows of an entry or an actor that may be there twice."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.models import Actor, Alias
from timeline.admin.dates import in_words
from timeline.index.facts import Facet
from timeline.index.values import entries_of
from timeline.localised import number
from timeline.models import Claim, Event, Participation, Twofold

MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class Face:
    """A thing with its address in the admin, and lines that tell it from its like."""

    pk: int
    name: str
    address: str
    lines: tuple[str, ...] = field(default=())


def faces(kind: str, keys: Iterable[int]) -> dict[int, Face]:
    """By primary key those that are there, in a constant number of queries."""
    wanted = set(keys)
    return _events(wanted) if kind == Twofold.EVENT else _actors(wanted)


def date_of(event: Event) -> str:
    """The date of an event in words."""
    said = in_words(event.date) if event.date else None
    return said.words if said else _("undated")


def _events(keys: set[int]) -> dict[int, Face]:
    who: dict[int, list[str]] = defaultdict(list)
    parts = Participation.objects.filter(event__in=keys).order_by("id")
    for event, name in parts.values_list("event", "actor__name"):
        if name not in who[event]:
            who[event].append(name)
    quotes: dict[int, int] = defaultdict(int)
    for event in Claim.objects.filter(event__in=keys).values_list("event", flat=True):
        quotes[event] += 1
    found = Event.objects.filter(pk__in=keys).only("title", "date", "kind", "status", "summary")
    return {
        event.pk: _face(
            event,
            event.title,
            date_of(event),
            ", ".join(who[event.pk]),
            event.summary,
            f"{event.kind} · {event.get_status_display()} · {_quotes(quotes[event.pk])}",
        )
        for event in found
    }


def _quotes(count: int) -> str:
    return ngettext("%s quote", "%s quotes", count) % count


def _entries(count: int) -> str:
    return ngettext("%s published entry", "%s published entries", count) % number(count)


def _actors(keys: set[int]) -> dict[int, Face]:
    names: dict[int, list[str]] = defaultdict(list)
    for actor, name in Alias.objects.filter(actor__in=keys).values_list("actor", "name"):
        names[actor].append(name)
    entries = entries_of(Facet.ACTOR, keys)
    found = Actor.objects.filter(pk__in=keys)
    return {
        actor.pk: _face(
            actor,
            actor.name,
            ", ".join(names[actor.pk][:MOST_NAMES]),
            actor.description,
            f"{actor.get_kind_display()} · {_entries(entries.get(actor.pk, 0))}",
        )
        for actor in found
    }


def _face(thing: Any, name: str, *lines: str) -> Face:
    meta = thing._meta
    address = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[thing.pk])
    return Face(thing.pk, name, address, tuple(filter(None, lines)))
