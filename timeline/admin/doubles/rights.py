"""Who may merge: whoever may do by hand, to each of the two, all that a merge does."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext as _

from actors.models import Actor
from timeline.admin import reviewing
from timeline.admin.permissions import is_public, may_publish
from timeline.doubles import ActorPlan, EventPlan, MergeError
from timeline.models import Event, Status, Twofold

MOST_ENTRIES = 20_000  # that a page moves: some ten seconds
MODELS: dict[str, type[Model]] = {Twofold.EVENT: Event, Twofold.ACTOR: Actor}
# What else a merge writes.
PARTS: dict[str, tuple[str, ...]] = {
    Twofold.EVENT: (
        *("timeline.change_claim", "timeline.delete_claim"),
        *("timeline.change_participation", "timeline.delete_participation"),
    ),
    Twofold.ACTOR: (
        *("actors.add_alias", "actors.change_alias", "actors.delete_alias"),
        *("actors.change_relation", "actors.delete_relation"),
        *("timeline.change_participation", "timeline.delete_participation"),
        "timeline.change_claim",
    ),
}
# What its undo writes besides.
BRINGING_BACK: dict[str, tuple[str, ...]] = {
    Twofold.EVENT: ("timeline.add_event", "timeline.add_claim", "timeline.add_participation"),
    Twofold.ACTOR: ("actors.add_actor", "actors.add_relation", "timeline.add_participation"),
}


def model_admin(kind: str) -> Any:
    """The admin of what is merged."""
    return admin.site._registry[MODELS[kind]]


def may_view(request: HttpRequest, kind: str) -> bool:
    """Whether the lists of likely doubles are for this user."""
    return bool(model_admin(kind).has_view_or_change_permission(request))


def may_merge(request: HttpRequest, kind: str) -> bool:
    """Whether this user may merge some things of ``kind``."""
    rights = model_admin(kind)
    return bool(
        rights.has_change_permission(request)
        and rights.has_delete_permission(request)
        and request.user.has_perms(PARTS[kind])
    )


def may_set_apart(request: HttpRequest, kind: str, *things: Model) -> bool:
    """Whether this user may say that these are not the same: whoever may change each of them."""
    return all(model_admin(kind).has_change_permission(request, thing) for thing in things)


def obstacles(request: HttpRequest, kind: str, kept: Any, gone: Any) -> list[str]:
    """Why this user may not merge ``gone`` into ``kept``; empty if nothing is in the way."""
    rights, found = model_admin(kind), []
    if not may_merge(request, kind):
        found.append(_("You have no permission to merge: an editor has to do this."))
    found += [
        _("You may not change “%s”: an editor has to do this.") % thing
        for thing in (kept, gone)
        if not rights.has_change_permission(request, thing)
    ]
    if not rights.has_delete_permission(request, gone):
        found.append(_("You may not delete “%s”: an editor has to do this.") % gone)
    if (is_public(kept) or is_public(gone)) and not may_publish(request.user, type(kept)):
        found.append(_("Readers see one of the two: somebody who may publish has to do this."))
    return found


def check(request: HttpRequest, kind: str, kept: Any, gone: Any, plan: Any) -> None:
    """Raise MergeError with all that is in the way of what is about to be written."""
    found = obstacles(request, kind, kept, gone)
    if isinstance(plan, EventPlan) and plan.kept.status == Status.PUBLISHED:
        if not may_publish(request.user, Event):
            found.append(_("You may not publish: merge them as a draft."))
        if why := reviewing.refusal(request.user, kept, changed=True):
            found.append(str(why))
    if isinstance(plan, ActorPlan) and plan.entries > MOST_ENTRIES:
        words = _("“%s” takes part in more entries than a page can move.") % gone
        command = f"manage.py merge actor {kept.slug} {gone.slug}"
        found.append(f"{words} {_('Whoever runs the server can do it:')} {command}")
    if found:
        raise MergeError(*dict.fromkeys(found))


def may_undo(request: HttpRequest, kind: str) -> bool:
    """Whether this user may take merges back: may merge, and bring back what had gone.

    That may be published, whatever the other is, so who may not publish may not undo.
    """
    return (
        may_merge(request, kind)
        and bool(request.user.has_perms(BRINGING_BACK[kind]))
        and may_publish(request.user, MODELS[kind])
    )
