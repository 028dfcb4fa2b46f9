"""The plan of an import as a page shows it: row by row, in words, with what can be chosen."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from timeline.models import SeedImport, SeedImportStep
from timeline.revisions.model import FieldChange
from timeline.revisions.words import shortened, where_they_differ
from timeline.seeds.differing import differences
from timeline.seeds.entries import MODELS, Canonical, Key, Kind
from timeline.seeds.proposed import DROP, LEAVE, TAKE, choices_for
from timeline.seeds.steps import Outcome

ROWS_PER_PAGE = 50
LONGEST_NAME = 120
CHANGING = "changing"  # all but what stays as it is
NAMED_BY = {Kind.SOURCE: "title", Kind.ACTOR: "name", Kind.EVENT: "title", Kind.CLAIM: "quote"}
KINDS = {
    Kind.SOURCE: _("Sources"),
    Kind.ACTOR: _("Actors"),
    Kind.EVENT: _("Events"),
    Kind.CLAIM: _("Quotes"),
}
OUTCOMES = {
    Outcome.CREATED: _("created"),
    Outcome.UPDATED: _("updated"),
    Outcome.CONFLICT: _("in conflict with editors’ work"),
    Outcome.MISSING: _("no longer in the seed"),
    Outcome.PRUNED: _("deleted"),
    Outcome.LEFT: _("left out"),
    Outcome.UNCHANGED: _("unchanged"),
}
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


@dataclass(frozen=True, slots=True)
class Row:
    """One item of the plan; without ``choices`` nothing can be decided about it."""

    field: str
    group: Any
    name: str
    about: str
    slug: str
    outcome: str
    label: Any
    why: str
    fields: tuple[FieldChange, ...]
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """A link to the items of one outcome."""

    query: str
    label: Any
    number: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """Which part of a plan is looked at: the items of an outcome, on which page."""

    outcome: str
    page: int = 1

    @property
    def query(self) -> str:
        """As in an address."""
        return f"show={self.outcome.replace(' ', '+')}&p={self.page}"


def looked_at(given: Mapping[str, str]) -> Looked:
    """The part that a query names; what makes no sense is the whole plan, or its first page."""
    show, page = given.get("show", ""), given.get("p", "")
    known = {one.value for one in OUTCOMES}
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 8 else 1
    return Looked(show if show in known else CHANGING, max(number, 1))


def filters(proposal: SeedImport, looked: Looked) -> list[Filter]:
    """Counts by outcome, each a link."""
    counts: dict[str, int] = proposal.counts
    total = sum(number for outcome, number in counts.items() if outcome != "unchanged")
    return [
        Filter(Looked(CHANGING).query, _("all that changes"), total, looked.outcome == CHANGING),
        *(
            Filter(Looked(one.value).query, label, number, looked.outcome == one.value)
            for one, label in OUTCOMES.items()
            if (number := counts.get(one.value, 0))
        ),
    ]


def page_of(proposal: SeedImport, looked: Looked) -> Page[SeedImportStep]:
    """The steps that are looked at."""
    steps: QuerySet[SeedImportStep] = proposal.steps.order_by("number")
    if looked.outcome == CHANGING:
        steps = steps.exclude(outcome=Outcome.UNCHANGED.value)
    else:
        steps = steps.filter(outcome=looked.outcome)
    return Paginator(steps, ROWS_PER_PAGE).get_page(looked.page)


def rows(proposal: SeedImport, steps: Sequence[SeedImportStep], *, choosing: bool) -> list[Row]:
    """The steps in words; with their choices, where somebody is ``choosing``."""
    forms = [(_form(step.old), _form(step.new)) for step in steps]
    names = _Names(proposal, steps, forms)
    found = []
    for step, (old, new) in zip(steps, forms, strict=True):
        form = new or old or {}
        event = form.get("event", "") if step.kind == Kind.CLAIM else ""
        found.append(
            Row(
                field=f"choice-{step.pk}",
                group=KINDS[Kind(step.kind)],
                name=shortened(names.of(step.kind, step.slug, form), LONGEST_NAME),
                about=names.of(Kind.EVENT, event, {}) if event else "",
                slug=step.slug,
                outcome=step.outcome,
                label=OUTCOMES[Outcome(step.outcome)],
                why=step.why,
                fields=tuple(
                    FieldChange(one.name, *where_they_differ(one.old or "", one.new or ""))
                    for one in differences(old, new)
                ),
                choices=_choices(proposal, step) if choosing else (),
            )
        )
    return found


def _choices(proposal: SeedImport, step: SeedImportStep) -> tuple[Choice, ...]:
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
        int(name.removeprefix("choice-")): value
        for name, value in posted.items()
        if name.startswith("choice-") and name[7:].isascii() and name[7:].isdigit()
    }
    keys = [key for key in given if key < 2**63][: 10 * ROWS_PER_PAGE]
    return {
        (step.kind, step.slug): given[step.pk]
        for step in proposal.steps.filter(pk__in=keys)
        if given[step.pk] in choices_for(step)
    }


def chosen_for_all(proposal: SeedImport, outcome: str, choice: str) -> dict[Key, str]:
    """``choice`` for every item of an outcome that leaves it."""
    steps = proposal.steps.filter(outcome=outcome).only("kind", "slug", "outcome", "why")
    return {
        (step.kind, step.slug): choice for step in steps.iterator() if choice in choices_for(step)
    }


def _form(text: str) -> Canonical | None:
    return json.loads(text) if text else None


class _Names:
    """What items are called: by their own forms, else by those of the import, or as stored."""

    def __init__(
        self,
        proposal: SeedImport,
        steps: Iterable[SeedImportStep],
        forms: Iterable[tuple[Canonical | None, Canonical | None]],
    ) -> None:
        self._names: dict[Key, str] = {}
        wanted: dict[str, set[str]] = defaultdict(set)
        for step, (old, new) in zip(steps, forms, strict=True):
            if step.kind == Kind.CLAIM and (form := new or old):
                wanted[Kind.EVENT].add(form["event"])
            if not (old or new):
                wanted[step.kind].add(step.slug)
        for kind, slugs in wanted.items():
            field = NAMED_BY[Kind(kind)]
            stored = MODELS[kind]._default_manager.filter(slug__in=slugs)
            self._names |= {(kind, slug): name for slug, name in stored.values_list("slug", field)}
        given = proposal.steps.filter(kind=Kind.EVENT, slug__in=wanted[Kind.EVENT]).exclude(new="")
        for slug, text in given.values_list("slug", "new"):
            self._names[Kind.EVENT, slug] = json.loads(text)["title"]

    def of(self, kind: str, slug: str, form: Canonical) -> str:
        """The name of an item; its id where it has none."""
        name = form.get(NAMED_BY[Kind(kind)]) or self._names.get((kind, slug)) or slug
        return gettext("“%s”") % name if kind == Kind.CLAIM else str(name)
