"""Merging as one act of the history, which ``timeline.revisions.undo`` takes back."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Model
from django.utils.translation import gettext

from actors.models import Actor
from timeline import history, index
from timeline.doubles import actor_merge, event_merge
from timeline.doubles.model import ActorPlan, Choices, EventPlan, MergeError
from timeline.models import Claim, Event, Merge, Participation, Status, Twofold
from timeline.revisions.family import PARTS

Check = Callable[[Any, Any, Any], None]  # of what is kept, what goes, and the plan
MODELS: dict[str, type[Model]] = {Twofold.EVENT: Event, Twofold.ACTOR: Actor}


@dataclass(frozen=True, slots=True)
class Asked:
    """A merge that somebody asks for: primary keys, what was chosen, and what was seen.

    ``seen`` is the ``state`` of both when they were looked at; empty for a program.
    """

    kind: str
    kept: int
    gone: int
    choices: Choices = Choices()  # noqa: RUF009  # frozen
    seen: str = ""


MOST_FOR_A_PAGE = 50_000  # rows: what wrote more is undone by the command


def rows_written(merge: Merge) -> int:
    """How many rows a merge wrote, counted up to MOST_FOR_A_PAGE + 1."""
    found = 0
    for model in (Participation, Claim):
        rows = model.history.filter(history_date=merge.moment)
        found += rows.values("history_id")[: MOST_FOR_A_PAGE + 1].count()
    return found


def state(kind: str, *keys: int) -> str:
    """A short text that is another one once one of these, or a part of it, has been changed."""
    model = MODELS[kind]
    told: list[object] = [_newest(model, {"id__in": keys})]
    for part in PARTS[model]:
        among = {f"{part.link}__in": keys}
        told += [
            _newest(part.model, among),
            part.model._default_manager.filter(**among).count(),  # fewer once one went elsewhere
        ]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def _newest(model: type[Model], condition: dict[str, Any]) -> int | None:
    history_of = model.history.model.objects  # type: ignore[attr-defined]
    row = history_of.filter(**condition).order_by("-history_id").values_list("history_id").first()
    return row[0] if row else None


def planned(kind: str, kept: Any, gone: Any, choices: Choices) -> EventPlan | ActorPlan:
    """What a merge will do; raises MergeError where it cannot be done. Nothing is written."""
    if kept.pk == gone.pk:
        raise MergeError(gettext("Choose two different ones: nothing is merged with itself."))
    try:
        if kind == Twofold.EVENT:
            return _of_events(kept, gone, choices)
        found = actor_merge.plan(kept, gone, choices)
        if found.alias is not None:
            found.alias.full_clean(exclude=["actor"], validate_constraints=False)
    except ValidationError as error:
        raise MergeError(*error.messages) from error
    return found


def _of_events(kept: Event, gone: Event, choices: Choices) -> EventPlan:
    found = event_merge.plan(kept, gone, choices)
    found.kept.clean_fields()
    found.kept.clean()
    shown = (one for one in found.claims if one.source.status == Status.PUBLISHED)
    if found.kept.status == Status.PUBLISHED and all(one.lost for one in shown):
        raise MergeError(
            gettext(
                "What is published needs at least one quote of a published source, and neither "
                "has any: merge them as a draft."
            )
        )
    return found


def merge(
    asked: Asked,
    user: User | None = None,
    reason: str = "",
    check: Check = lambda _kept, _gone, _plan: None,
) -> Merge:
    """Merge ``asked.gone`` into ``asked.kept`` as one act; returns what is taken down of it.

    ``check`` may refuse, by MergeError, what is about to be written, when nobody else can change
    it any more. Raises MergeError, with nothing written, where it cannot be done.
    """
    with transaction.atomic(), history.act(_reason(reason), user) as act:
        kept, gone = _locked(asked)
        plan = planned(asked.kind, kept, gone, asked.choices)
        check(kept, gone, plan)
        try:
            if isinstance(plan, EventPlan):
                event_merge.write(plan)
            else:
                actor_merge.write(plan)
        except ValidationError as error:
            raise MergeError(*error.messages) from error
        done = Merge.objects.create(
            kind=asked.kind,
            slug=gone.slug,
            gone=asked.gone,
            kept=asked.kept,
            moment=act.moment,
            user=user,
        )
        index.catch_up()
    return done


def _reason(reason: str) -> str:
    return f"Merged two that are the same: {reason}" if reason else "Merged two that are the same"


def _locked(asked: Asked) -> tuple[Any, Any]:
    """Both, for nobody else to change; raises MergeError where one has been changed or deleted."""
    rows: Any = MODELS[asked.kind]._default_manager.order_by("pk")
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    found = {row.pk: row for row in rows.filter(pk__in=[asked.kept, asked.gone])}
    if not {asked.kept, asked.gone} <= found.keys():
        raise MergeError(gettext("One of the two has been deleted meanwhile. Nothing was merged."))
    if asked.seen and asked.seen != state(asked.kind, asked.kept, asked.gone):
        raise MergeError(
            gettext(
                "One of the two has been changed since you looked at them. Nothing was merged; "
                "look at the comparison again."
            )
        )
    return found[asked.kept], found[asked.gone]
