"""What an import did, in plain text."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from timeline.seeds import ordering, storing
from timeline.seeds.differing import differences
from timeline.seeds.entries import Kind
from timeline.seeds.importing import LEFT_OUT
from timeline.seeds.ledger import STORED_FIRST, Ledger
from timeline.seeds.planning import DECIDABLE, EDITED_SINCE
from timeline.seeds.steps import Outcome, Step

CHANGES = (Outcome.CREATED, Outcome.UPDATED, Outcome.PRUNED)


def report(
    ledger: Ledger, *, dry_run: bool = False, changes: bool = True, hints: bool = True
) -> Iterator[str]:
    """The lines of the report; of a dry run, with the difference that each change would make.

    Without ``changes`` no differences are told, without ``hints`` no options of the command.
    """
    for path in ledger.told(LEFT_OUT):
        yield f"{path} is no folder and was left out."
    if dry_run and changes:
        for step in ledger.steps(*CHANGES):
            yield f"{step.kind} {step.slug}: {_would(step.outcome)}"
            yield from _difference(step)
    yield from _counts(ledger, dry_run=dry_run)
    yield from _particulars(ledger, changes=changes, hints=hints)
    for step in ledger.steps(Outcome.MISSING):
        why = "; ".join(filter(None, [step.why, _way_to_delete(step) if hints else ""]))
        yield f"{step.kind} {step.slug} is no longer in the seed and was kept{why and f'; {why}'}."
    if dry_run:
        yield "This was a dry run: nothing was written."


def _particulars(ledger: Ledger, *, changes: bool, hints: bool) -> Iterator[str]:
    for slug in ledger.told(storing.MOVED):
        yield f"Moved with the corrected text: claim {slug}."
    for slug in ledger.told(storing.LOST):
        yield f"Lost with the corrected text, to be quoted anew: claim {slug}."
    for step in ledger.steps(Outcome.CONFLICT):
        take = _way_to_take(step.kind, step.slug) if hints and step.why in DECIDABLE else ""
        yield f"Conflict: {step.kind} {step.slug}: {step.why}; kept.{take}"
        if changes:
            yield from _difference(step)
    for step in ledger.steps(Outcome.LEFT):
        yield f"{step.kind} {step.slug} was left out, as asked; the next import offers it again."
    for slug in ledger.told(ordering.REORDERED):
        yield f"Claims of event {slug}: {ordering.REORDERED}."
    for slug in ledger.told(ordering.OTHER_ORDER):
        take = _way_to_take(Kind.EVENT, slug) if hints else ""
        yield f"Conflict: claims of event {slug}: {ordering.OTHER_ORDER}; kept.{take}"


def _way_to_take(kind: str, slug: str) -> str:
    return f" --take {kind}:{slug} takes the seed's."


def _way_to_delete(step: Step) -> str:
    if step.why == EDITED_SINCE:
        return f"--drop {step.kind}:{step.slug} deletes it"
    return "" if step.why else "--prune deletes it"


def _would(outcome: Outcome) -> str:
    done = {Outcome.PRUNED: "deleted"}.get(outcome, outcome.value)
    return f"would be {done}"


def _counts(ledger: Ledger, *, dry_run: bool) -> Iterator[str]:
    would = "Would be " if dry_run else ""
    counts: dict[Outcome, Counter[str]] = defaultdict(Counter)
    for outcome, kind, count in ledger.rows(
        "SELECT outcome, kind, count(*) FROM step GROUP BY outcome, kind"
    ):
        counts[Outcome(outcome)][kind] = count
    for outcome in (*CHANGES, Outcome.UNCHANGED):
        if told := _told(counts[outcome]):
            words = f"{would}{outcome.value}"
            yield f"{words[0].upper()}{words[1:]}: {told}."
    if not any(counts[outcome] for outcome in CHANGES) and not any(ledger.told(ordering.REORDERED)):
        yield "Nothing to change."
    for outcome in (Outcome.CONFLICT, Outcome.LEFT, Outcome.MISSING):
        if told := _told(counts[outcome]):
            yield f"{outcome.value[0].upper()}{outcome.value[1:]}, kept as in the database: {told}."


def _told(counts: "Counter[str]") -> str:
    return ", ".join(
        f"{counts[kind]} {kind.value}{'' if counts[kind] == 1 else 's'}"
        for kind in STORED_FIRST
        if counts[kind]
    )


def _difference(step: Step) -> Iterator[str]:
    for one in differences(step.old, step.new):
        if one.old is not None:
            yield f"  - {one.name}: {one.old}"
        if one.new is not None:
            yield f"  + {one.name}: {one.new}"
