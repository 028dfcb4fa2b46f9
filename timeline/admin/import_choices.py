"""What can be chosen for the items of an import, and what was."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from timeline.models import SeedImport, SeedImportStep
from timeline.seeds.entries import Key, Kind
from timeline.seeds.proposed import DROP, LEAVE, TAKE, choices_for
from timeline.seeds.steps import Outcome

MOST_POSTED = 500
FIELD = "choice-"
LABELS = {
    (Outcome.CREATED, ""): _("Accept"),
    (Outcome.CREATED, LEAVE): _("Reject"),
    (Outcome.UPDATED, ""): _("Accept"),
    (Outcome.UPDATED, LEAVE): _("Reject"),
    (Outcome.CONFLICT, ""): _("Keep the editors’"),
    (Outcome.CONFLICT, TAKE): _("Take the seed’s"),
    (Outcome.MISSING, ""): _("Keep"),
    (Outcome.MISSING, DROP): _("Delete"),
}
OF_A_CLAIM = {
    "": _("As its event: keep, unless the seed’s event is taken"),
    LEAVE: _("Keep the editors’"),
}
WITH_CLAIMS = _("Take the seed’s, with its quotes")
# For all items of an outcome at once.
FOR_ALL = {
    Outcome.CREATED: (("", _("Accept all")), (LEAVE, _("Reject all"))),
    Outcome.UPDATED: (("", _("Accept all")), (LEAVE, _("Reject all"))),
    Outcome.CONFLICT: (("", _("Keep all of the editors’")), (TAKE, _("Take all of the seed’s"))),
    Outcome.MISSING: (("", _("Keep all")), (DROP, _("Delete all"))),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice for one item, as a radio button."""

    value: str
    label: Any
    chosen: bool


def field(step: SeedImportStep) -> str:
    """The name of the radio buttons of an item."""
    return f"{FIELD}{step.pk}"


def choices(proposal: SeedImport, step: SeedImportStep) -> tuple[Choice, ...]:
    """What can be chosen for an item; empty for nothing."""
    chosen = proposal.choices.get(f"{step.kind}:{step.slug}", "")
    return tuple(Choice(one, _label(step, one), one == chosen) for one in choices_for(step))


def _label(step: SeedImportStep, choice: str) -> Any:
    outcome = Outcome(step.outcome)
    if outcome is Outcome.CONFLICT and step.kind == Kind.CLAIM and choice in OF_A_CLAIM:
        return OF_A_CLAIM[choice]
    if outcome is Outcome.CONFLICT and step.kind == Kind.EVENT and choice == TAKE:
        return WITH_CLAIMS
    return LABELS[outcome, choice]


def chosen(proposal: SeedImport, posted: Mapping[str, Any]) -> dict[Key, str]:
    """What was chosen on a page, by item; what cannot be chosen is passed over."""
    given = {
        int(number): value
        for name, value in posted.items()
        if (number := name.removeprefix(FIELD)) != name
        and (number.isascii() and number.isdigit() and len(number) < 19)
    }
    keys = list(given)[:MOST_POSTED]
    return {
        (step.kind, step.slug): given[step.pk]
        for step in proposal.steps.filter(pk__in=keys).defer("old", "new")
        if given[step.pk] in choices_for(step)
    }


def chosen_for_all(proposal: SeedImport, outcome: str, choice: str) -> dict[Key, str]:
    """``choice`` for every item of an outcome that leaves it."""
    steps = proposal.steps.filter(outcome=outcome).defer("old", "new")
    return {
        (step.kind, step.slug): choice for step in steps.iterator() if choice in choices_for(step)
    }
