"""What an import did, in plain text."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from timeline.seeds import ordering, storing
from timeline.seeds.differing import differences
from timeline.seeds.importing import LEFT_OUT
from timeline.seeds.ledger import STORED_FIRST, Ledger
from timeline.seeds.planning import DECIDABLE, EDITED_SINCE
from timeline.seeds.steps import Outcome, Step

CHANGES = (Outcome.CREATED, Outcome.UPDATED, Outcome.PRUNED)


def report(ledger: Ledger, *, dry_run: bool = False) -> Iterator[str]:
    """The lines of the report; of a dry run, with the difference that each change would make."""
    for path in ledger.told(LEFT_OUT):
        yield f"{path} is no folder and was left out."
    if dry_run:
        for step in ledger.steps(*CHANGES):
            yield from _difference(step, f"{step.kind} {step.slug}: {_would(step.outcome)}")
    yield from _counts(ledger, dry_run=dry_run)
    yield from _particulars(ledger)
    for step in ledger.steps(Outcome.MISSING):
        why = step.why or "--prune deletes it"
        if why == EDITED_SINCE:
            why = f"{why}; --drop {step.kind}:{step.slug} deletes it"
        yield f"{step.kind} {step.slug} is no longer in the seed and was kept; {why}."
    if dry_run:
        yield "This was a dry run: nothing was written."


def _particulars(ledger: Ledger) -> Iterator[str]:
    for slug in ledger.told(storing.MOVED):
        yield f"Moved with the corrected text: claim {slug}."
    for slug in ledger.told(storing.LOST):
        yield f"Lost with the corrected text, to be quoted anew: claim {slug}."
    for step in ledger.steps(Outcome.CONFLICT):
        yield from _conflict(step)
    for step in ledger.steps(Outcome.LEFT):
        yield f"{step.kind} {step.slug} was left out, as asked; the next import offers it again."
    for slug in ledger.told(ordering.REORDERED):
        yield f"Claims of event {slug}: {ordering.REORDERED}."
    for slug in ledger.told(ordering.OTHER_ORDER):
        yield (
            f"Conflict: claims of event {slug}: {ordering.OTHER_ORDER}; kept. "
            f"--take event:{slug} takes the seed's."
        )


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


def _conflict(step: Step) -> Iterator[str]:
    take = f" --take {step.kind}:{step.slug} takes the seed's." if step.why in DECIDABLE else ""
    yield from _difference(step, f"Conflict: {step.kind} {step.slug}: {step.why}; kept.{take}")


def _difference(step: Step, title: str) -> Iterator[str]:
    yield title
    for one in differences(step.old, step.new):
        if one.old is not None:
            yield f"  - {one.name}: {one.old}"
        if one.new is not None:
            yield f"  + {one.name}: {one.new}"
