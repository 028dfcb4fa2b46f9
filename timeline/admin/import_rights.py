"""Who may do what with an import: what readers see is changed only by those who may publish it."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from timeline.admin.permissions import PUBLISHING
from timeline.chronology.people import visible_actors
from timeline.chunking import chunks
from timeline.models import Event, SeedImport, Status
from timeline.seeds import ordering
from timeline.seeds.entries import MODELS, Canonical, Kind
from timeline.seeds.ledger import Ledger
from timeline.seeds.steps import WRITTEN, Outcome, Step

GIVE = "timeline.add_seedimport"
APPLY = "timeline.apply_seedimport"


def may_choose(user: Any, proposal: SeedImport) -> bool:
    """Whether ``user`` decides what is taken of an import: who gave it, and who may apply it."""
    own = proposal.given_by_id == user.pk and user.has_perm(GIVE)
    return proposal.state == SeedImport.State.PLANNED and (own or user.has_perm(APPLY))


def may_apply(user: Any, proposal: SeedImport) -> bool:
    """Whether ``user`` may carry an import out, as far as what it changes is no matter."""
    allowed = proposal.state == SeedImport.State.PLANNED and user.has_perm(APPLY)
    return bool(allowed) and not needs_another(user, proposal)


def needs_another(user: Any, proposal: SeedImport) -> bool:
    """Whether a second person has to carry it out."""
    return bool(settings.FOUR_EYES) and proposal.given_by_id == user.pk


class Approval:
    """Looks at what an import has done, and takes down the permissions that are ``lacking``."""

    def __init__(self, user: Any, *, insist: bool) -> None:
        self.user = user
        self.insist = insist
        self.lacking: set[str] = set()

    def __call__(self, ledger: Ledger) -> None:
        """Raises PermissionDenied, where it insists, if one is lacking."""
        self.lacking = {one for one in needed(ledger) if not self.user.has_perm(one)}
        if self.insist and self.lacking:
            raise PermissionDenied


def needed(ledger: Ledger) -> set[str]:
    """The permissions that somebody needs who does by hand what an import has just done."""
    found = set()
    for steps in chunks(ledger.steps(*WRITTEN, Outcome.PRUNED)):
        found |= {_to_delete(one) for one in steps if one.outcome is Outcome.PRUNED}
        found |= {PUBLISHING[MODELS[one.kind]] for one in steps if _is_shown(one)}
        found |= _of_actors(steps)
    for slugs in _events(ledger):
        if Event.objects.filter(slug__in=slugs, status=Status.PUBLISHED).exists():
            found.add(PUBLISHING[Event])
            break
    return found


def _to_delete(step: Step) -> str:
    meta = MODELS[step.kind]._meta
    return f"{meta.app_label}.delete_{meta.model_name}"


def _is_shown(step: Step) -> bool:
    """Whether a source or an event is published, or was."""
    return step.kind in (Kind.SOURCE, Kind.EVENT) and any(
        form is not None and _is_published(form) for form in (step.old, step.new)
    )


def _is_published(form: Canonical) -> bool:
    # A canonical form leaves out what is a default.
    return bool(form.get("status", Status.PUBLISHED) == Status.PUBLISHED)


def _of_actors(steps: Iterable[Step]) -> set[str]:
    slugs = [one.slug for one in steps if one.kind == Kind.ACTOR and one.outcome in WRITTEN]
    shown: QuerySet[Any] = visible_actors().filter(slug__in=slugs)
    return {PUBLISHING[MODELS[Kind.ACTOR]]} if slugs and shown.exists() else set()


def _events(ledger: Ledger) -> Iterator[list[str]]:
    """The events whose claims were written, deleted or put into another order."""
    for steps in chunks(ledger.steps(*WRITTEN, Outcome.PRUNED)):
        yield [
            form["event"]
            for one in steps
            if one.kind == Kind.CLAIM
            for form in (one.old, one.new)
            if form
        ]
    yield from chunks(islice(ledger.told(ordering.REORDERED), None))
