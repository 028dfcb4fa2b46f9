"""The plan of an import as a page shows it: row by row, in words, with what can be chosen."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from timeline.admin.import_choices import Choice, choices, field
from timeline.admin.import_words import KINDS, OUTCOMES
from timeline.models import SeedImport, SeedImportStep
from timeline.revisions.model import FieldChange
from timeline.revisions.words import shortened, where_they_differ
from timeline.seeds.differing import differences
from timeline.seeds.entries import MODELS, Canonical, Key, Kind
from timeline.seeds.steps import Outcome

LONGEST_NAME = 120
NAMED_BY = {Kind.SOURCE: "title", Kind.ACTOR: "name", Kind.EVENT: "title", Kind.CLAIM: "quote"}


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
                field=field(step),
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
                choices=choices(proposal, step) if choosing else (),
            )
        )
    return found


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
