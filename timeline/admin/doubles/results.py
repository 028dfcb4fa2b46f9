"""What a merge will make of two, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timeline.admin.doubles.sides import alias_in_words, quote_in_words, said
from timeline.doubles import ActorPlan, EventPlan, actor_merge, event_merge
from timeline.localised import number

MOST = 100
Item = tuple[str, str]  # what it is, and what becomes of it


@dataclass(frozen=True, slots=True)
class Lines:
    """Things of one sort, the first of them; ``more`` says how many are not shown."""

    label: str
    items: tuple[Item, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """The fields as they will be, and what belongs to it."""

    fields: tuple[Item, ...]
    groups: tuple[Lines, ...]


def merge_result(plan: EventPlan | ActorPlan) -> Result:
    """What ``plan`` will make of two."""
    names = event_merge.FIELDS if isinstance(plan, EventPlan) else actor_merge.FIELDS
    fields = tuple(
        (capfirst(str(field.verbose_name)), said(plan.kept, field.name))
        for field in plan.kept._meta.concrete_fields
        if field.name in names
    )
    groups = _of_event(plan) if isinstance(plan, EventPlan) else _of_actor(plan)
    return Result(fields, tuple(one for one in groups if one.items))


def _lines(label: str, rows: Iterable[Any], told: Any, moved: Any, dropped: Any) -> Lines:
    comes, again = _("from the other"), _("said already, kept once")
    items = [(told(row), comes if row in moved else "") for row in rows]
    items += [(told(row), again) for row in dropped]
    return Lines(label, tuple(items[:MOST]), max(0, len(items) - MOST))


def _of_event(plan: EventPlan) -> Iterable[Lines]:
    yield _lines(_("Actors"), plan.parts, str, plan.moved_parts, plan.dropped_parts)
    yield _lines(_("Quotes"), plan.claims, quote_in_words, plan.moved, plan.dropped)


def _of_actor(plan: ActorPlan) -> Iterable[Lines]:
    aliases = list(plan.aliases)
    moved = list(plan.moved_aliases)
    if plan.alias is not None and plan.alias.name not in {one.name for one in aliases}:
        aliases.append(plan.alias)
        moved.append(plan.alias)
    yield _lines(_("Other names"), aliases, alias_in_words, moved, plan.dropped_aliases)
    yield Lines(
        _("Relations"),
        tuple(
            [(str(one), "") for one in plan.relations if one not in plan.moved_relations]
            + [(str(one), _("from the other")) for one in plan.moved_relations]
            + [(str(one), _("falls away")) for one in plan.dropped_relations]
        ),
    )
    count = plan.entries
    entries = ngettext("%s entry of the other", "%s entries of the other", count) % number(count)
    count = plan.quotes
    quotes = ngettext(
        "%s quote of the other’s words", "%s quotes of the other’s words", count
    ) % number(count)
    yield Lines(_("Comes along"), ((entries, ""), (quotes, "")))
