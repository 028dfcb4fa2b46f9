"""The plan of an import as it is kept: step by step, with what can be chosen for each."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from timeline.chunking import chunks
from timeline.models import SeedImport, SeedImportStep
from timeline.seeds import ordering
from timeline.seeds.entries import Key, Kind, as_json
from timeline.seeds.ledger import Ledger
from timeline.seeds.planning import DECIDABLE
from timeline.seeds.steps import Outcome, Step

LEAVE, TAKE, DROP = "leave", "take", "drop"
ANOTHER_ORDER = f"claims {ordering.OTHER_ORDER}"
BETWEEN = "; "  # two reasons of one step


@dataclass(frozen=True, slots=True)
class Changed:
    """An item of which something else would become now than was planned; None for nothing."""

    key: Key
    before: str | None
    now: str | None


def choices_for(step: SeedImportStep) -> tuple[str, ...]:
    """What can be chosen for an item, what is done anyway first; empty for nothing."""
    match Outcome(step.outcome):
        case Outcome.CREATED | Outcome.UPDATED:
            return ("", LEAVE)
        case Outcome.CONFLICT if _is_decidable(step.why):
            # A claim follows its event, unless something is said of it.
            return ("", LEAVE, TAKE) if step.kind == Kind.CLAIM else ("", TAKE)
        case Outcome.MISSING:
            return ("", DROP)
        case _:
            return ()


def keep(proposal: SeedImport, ledger: Ledger) -> None:
    """Keep the steps of ``ledger`` in the place of those that were kept before."""
    proposal.steps.all().delete()
    counts: Counter[str] = Counter()
    for chunk in chunks(_rows(proposal, ledger)):
        SeedImportStep.objects.bulk_create(chunk)
        counts.update(one.outcome for one in chunk)
    proposal.counts = counts
    proposal.save(update_fields=["counts"])


def changed(proposal: SeedImport, ledger: Ledger) -> list[Changed]:
    """The items whose step in ``ledger`` is another one than is kept."""
    found = []
    planned = {
        (kind, slug): (outcome, hash((outcome, *rest)))
        for kind, slug, outcome, *rest in proposal.steps.values_list(
            "kind", "slug", "outcome", "why", "old", "new"
        ).iterator()
    }
    for row in _rows(proposal, ledger):
        before, facts = planned.pop((row.kind, row.slug), (None, None))
        if facts != hash((row.outcome, row.why, row.old, row.new)):
            found.append(Changed((row.kind, row.slug), before, row.outcome))
    return [*found, *(Changed(key, before, None) for key, (before, _) in planned.items())]


def _is_decidable(why: str) -> bool:
    return any(one in DECIDABLE or one == ANOTHER_ORDER for one in why.split(BETWEEN))


def _rows(proposal: SeedImport, ledger: Ledger) -> Iterator[SeedImportStep]:
    """The steps as they are kept; that claims stand in another order is told of their event."""
    reordered = set(ledger.told(ordering.OTHER_ORDER))
    for step in ledger.steps(*(one for one in Outcome if one is not Outcome.GONE)):
        yield _row(proposal, step, reordered=step.kind == Kind.EVENT and step.slug in reordered)


def _row(proposal: SeedImport, step: Step, *, reordered: bool) -> SeedImportStep:
    outcome, whys = step.outcome, [step.why] if step.why else []
    if reordered:
        whys.append(ANOTHER_ORDER)
        outcome = Outcome.CONFLICT if outcome is Outcome.UNCHANGED else outcome
    kept = step.outcome is not Outcome.UNCHANGED
    return SeedImportStep(
        seed_import=proposal,
        number=step.number,
        kind=step.kind,
        slug=step.slug,
        outcome=outcome.value,
        why=BETWEEN.join(whys),
        old=as_json(step.old) if kept and step.old else "",
        new=as_json(step.new) if kept and step.new else "",
    )
