"""Who may do what: whatever readers see changes only by those who may publish it.

Django's permissions say what somebody may do to a kind of thing; these say it of one thing. The
groups that come with the program are in ``timeline.groups``, decision and cost in ADR 63.
"""

from typing import Any

from django.db.models import Model

from actors.models import Actor
from timeline.chronology.people import visible_actors
from timeline.models import Claim, Event, Source, Status

PUBLISHING: dict[type[Model], str] = {
    Event: "timeline.publish_event",
    Claim: "timeline.publish_event",
    Source: "timeline.publish_source",
    Actor: "actors.publish_actor",
}
SEEING_ACTS = ("timeline.view_event", "timeline.view_source", "actors.view_actor")
UNDOING_ACTS = (
    *PUBLISHING.values(),
    *("timeline.delete_event", "timeline.delete_source", "actors.delete_actor"),
)


def is_public(obj: Model) -> bool:
    """Whether a change of ``obj`` changes what readers see; a claim stands with its event."""
    if isinstance(obj, Claim):
        return bool(obj.event.status == Status.PUBLISHED)
    if isinstance(obj, Actor):
        return visible_actors().filter(pk=obj.pk).exists()
    return bool(getattr(obj, "status", "") == Status.PUBLISHED)


def may_publish(user: Any, model: type[Model]) -> bool:
    """Whether ``user`` may publish things of ``model``, and change those that are published."""
    return bool(user.has_perm(PUBLISHING[model])) if model in PUBLISHING else True


def may_change(user: Any, obj: Model) -> bool:
    """Whether ``user`` may touch ``obj`` as it is now, as far as that is a matter of readers."""
    return may_publish(user, type(obj)) or not is_public(obj)


def may_see_acts(user: Any) -> bool:
    """Whether ``user`` may see what others did, whatever it was done to."""
    return bool(user.has_perms(SEEING_ACTS))


def may_undo_acts(user: Any) -> bool:
    """Whether ``user`` may undo whole acts: whoever may publish and delete everything."""
    return may_see_acts(user) and bool(user.has_perms(UNDOING_ACTS))
