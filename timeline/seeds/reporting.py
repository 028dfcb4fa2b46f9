"""What an import did, in plain text."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from timeline.seeds.entries import Canonical, Kind
from timeline.seeds.importing import Import
from timeline.seeds.planning import Outcome, Plan, Step

ORDER = (Kind.SOURCE, Kind.ACTOR, Kind.EVENT, Kind.CLAIM)
CHANGES = (Outcome.CREATED, Outcome.UPDATED, Outcome.PRUNED)


def report(done: Import, *, dry_run: bool = False) -> str:
    """The whole report; of a dry run, with the difference that each change would make."""
    lines = [f"{path} is no folder and was left out." for path in done.left_out]
    if dry_run:
        for step in done.plan.of(*CHANGES):
            lines += _difference(step, f"{step.kind} {step.slug}: {_would(step.outcome)}")
    lines += _counts(done.plan, dry_run=dry_run)
    lines += [f"Moved with the corrected text: claim {slug}." for slug in done.moved]
    lines += [
        f"Lost with the corrected text, to be quoted anew: claim {slug}." for slug in done.lost
    ]
    for step in done.plan.of(Outcome.CONFLICT):
        lines += _conflict(step)
    lines += [
        f"Claims of event {slug}: now in the order of the seed." for slug in done.plan.reordered
    ]
    lines += [
        f"Conflict: claims of event {slug}: in another order than in the seed; kept. "
        f"--take event:{slug} takes the seed's."
        for slug in done.plan.other_order
    ]
    for step in done.plan.of(Outcome.MISSING):
        why = f"; {step.why}" if step.why else "; --prune deletes it"
        lines.append(f"{step.kind} {step.slug} is no longer in the seed and was kept{why}.")
    if dry_run:
        lines.append("This was a dry run: nothing was written.")
    return "\n".join(lines)


def _would(outcome: Outcome) -> str:
    done = {Outcome.PRUNED: "deleted"}.get(outcome, outcome.value)
    return f"would be {done}"


def _counts(plan: Plan, *, dry_run: bool) -> Iterator[str]:
    would = "Would be " if dry_run else ""
    for outcome in (*CHANGES, Outcome.UNCHANGED):
        counts = Counter(step.kind for step in plan.of(outcome))
        if told := _told(counts):
            words = f"{would}{outcome.value}"
            yield f"{words[0].upper()}{words[1:]}: {told}."
    if not any(plan.of(*CHANGES)) and not plan.reordered:
        yield "Nothing to change."
    for outcome in (Outcome.CONFLICT, Outcome.MISSING):
        counts = Counter(step.kind for step in plan.of(outcome))
        if told := _told(counts):
            yield f"{outcome.value[0].upper()}{outcome.value[1:]}, kept as in the database: {told}."


def _told(counts: "Counter[str]") -> str:
    return ", ".join(
        f"{counts[kind]} {kind.value}{'' if counts[kind] == 1 else 's'}"
        for kind in ORDER
        if counts[kind]
    )


def _conflict(step: Step) -> Iterator[str]:
    yield from _difference(
        step,
        f"Conflict: {step.kind} {step.slug}: {step.why}; kept. "
        f"--take {step.kind}:{step.slug} takes the seed's.",
    )


def _difference(step: Step, title: str) -> Iterator[str]:
    yield title
    old, new = _flat(step.old), _flat(step.new)
    for name in dict.fromkeys([*old, *new]):
        if old.get(name) != new.get(name):
            if name in old:
                yield f"  - {name}: {old[name]}"
            if name in new:
                yield f"  + {name}: {new[name]}"


def _flat(data: Canonical | None) -> dict[str, str]:
    """Fields by name, those within lists numbered: ``alias 2, name``."""
    return dict(_fields(data or {}, ""))


def _fields(value: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _fields(inner, f"{name}, {key}" if name else key)
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value, start=1):
            yield from _fields(inner, f"{name} {number}")
    else:
        yield name, str(value)
