"""Writes what belongs to actors and events: aliases, relations, parts."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from actors.models import Actor, Alias, Relation
from timeline import history
from timeline.chunking import chunks
from timeline.models import Participation
from timeline.seeds.entries import Canonical
from timeline.seeds.steps import Outcome, Written


@dataclass(frozen=True, slots=True)
class Children:
    """Rows of ``model`` that belong to a row of another; ``identity`` tells which are the same.

    ``key`` is where a canonical form lists them, ``actor`` what names another actor in the list.
    """

    model: type[Model]
    parent: str
    identity: tuple[str, ...]
    key: str
    actor: str
    made: Callable[[Canonical, Mapping[str, int]], Model]


ALIASES = Children(
    Alias,
    "actor_id",
    ("name",),
    "alias",
    "",
    lambda one, _: Alias(**one),
)
RELATIONS = Children(
    Relation,
    "actor_id",
    ("kind", "other_id"),
    "relation",
    "to",
    lambda one, actors: Relation(
        kind=one["kind"],
        other_id=actors[one["to"]],
        period=one.get("period", ""),
        note=one.get("note", ""),
    ),
)
PARTS = Children(
    Participation,
    "event_id",
    ("actor_id", "role"),
    "actors",
    "id",
    lambda one, actors: Participation(actor_id=actors[one["id"]], role=one.get("role", "")),
)


def store(what: Children, items: Sequence[Written], parents: Mapping[str, Any]) -> None:
    """Write the children of ``items``, in their order: what stays is kept, what follows is new."""
    actors = keys(Actor, (one[what.actor] for one in _listed(what, items) if what.actor))
    updated = [parents[one.slug].pk for one in items if one.outcome is Outcome.UPDATED]
    present = _present(what, updated)
    created: list[Model] = []
    changed: list[Model] = []
    for item in items:
        parent = parents[item.slug].pk
        wanted = []
        for one in item.data.get(what.key, ()):
            wanted.append(what.made(one, actors))
            setattr(wanted[-1], what.parent, parent)
        _match(present[parent], wanted, what.identity, created, changed)
    history.bulk_update(changed, _values_of(what))
    history.bulk_create(created)


def keys(model: type[Model], slugs: Iterable[str]) -> dict[str, int]:
    """The primary keys of the rows that are there, by their ids."""
    return {
        slug: pk
        for chunk in chunks(dict.fromkeys(filter(None, slugs)))
        for slug, pk in model._default_manager.filter(slug__in=chunk).values_list("slug", "pk")
    }


def _listed(what: Children, items: Iterable[Written]) -> Iterator[Canonical]:
    for item in items:
        yield from item.data.get(what.key, ())


def _present(what: Children, parents: Sequence[int]) -> dict[int, list[Any]]:
    present: dict[int, list[Any]] = defaultdict(list)
    if parents:
        rows = what.model._default_manager.filter(**{f"{what.parent}__in": parents})
        for row in rows.order_by("id"):
            present[getattr(row, what.parent)].append(row)
    return present


def _values_of(what: Children) -> list[str]:
    return [
        field.name
        for field in what.model._meta.concrete_fields
        if not field.primary_key and field.attname not in (what.parent, *what.identity)
    ]


def _match(
    present: list[Any],
    wanted: list[Any],
    identity: Sequence[str],
    created: list[Model],
    changed: list[Model],
) -> None:
    same = 0
    while same < min(len(present), len(wanted)) and all(
        getattr(present[same], name) == getattr(wanted[same], name) for name in identity
    ):
        same += 1
    for old, new in zip(present[:same], wanted[:same], strict=True):
        new.pk = old.pk
        if any(
            getattr(old, field.attname) != getattr(new, field.attname)
            for field in new._meta.concrete_fields
        ):
            changed.append(new)
    for row in present[same:]:
        row.delete()
    created += wanted[same:]
