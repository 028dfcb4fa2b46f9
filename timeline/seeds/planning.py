"""Compares what seeds give with what the database has: what an import would do, item by item."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum

from timeline.models import SeedItem
from timeline.seeds import ordering, stored
from timeline.seeds.checking import chunks
from timeline.seeds.entries import Canonical, Entry, Key, Kind, digest
from timeline.seeds.problems import Place, Problem, SeedError

STORED_FIRST = (Kind.SOURCE, Kind.ACTOR, Kind.EVENT, Kind.CLAIM)


class Outcome(Enum):
    """What becomes of an item."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    MISSING = "no longer in the seed"
    PRUNED = "pruned"


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of one item and why; ``old`` is in the database, ``new`` in the seed."""

    kind: str
    slug: str
    outcome: Outcome
    old: Canonical | None = None
    new: Canonical | None = None
    why: str = ""
    entry: Entry | None = None
    renew: bool = False  # the digest of the last import is to be renewed

    @property
    def key(self) -> Key:
        return self.kind, self.slug


@dataclass
class Plan:
    """All steps of an import, in the order in which they are stored."""

    steps: list[Step] = field(default_factory=list)
    gone: list[Key] = field(default_factory=list)  # neither in a seed nor in the database any more
    # By event the ordinals of claims that are to stand as in the seed, and the events where not.
    reordered: dict[str, dict[str, int]] = field(default_factory=dict)
    other_order: list[str] = field(default_factory=list)

    def of(self, *outcomes: Outcome, kind: str | None = None) -> Iterator[Step]:
        """The steps of these outcomes, of one kind or of all."""
        for step in self.steps:
            if step.outcome in outcomes and kind in (None, step.kind):
                yield step


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person asked for; ``take`` holds keys whose seed wins over the database."""

    take: frozenset[Key] = frozenset()
    take_all: bool = False
    prune: bool = False

    def taken(self, key: Key) -> bool:
        return self.take_all or key in self.take


def plan(entries: Collection[Entry], wishes: Wishes) -> Plan:
    """What the import of ``entries`` does. Raises SeedError where it cannot be done at all."""
    by_kind: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_kind[entry.kind].append(entry)
    _refuse_unknown_wishes(entries, wishes)
    made = Plan()
    for kind in STORED_FIRST:
        made.steps += _compared(kind, by_kind[kind], wishes)
    made.steps = _without_dangling(_without_misplaced(made.steps))
    _refuse_texts_taken_away(made.steps)
    for event, ordinals in ordering.as_given(by_kind[Kind.CLAIM]).items():
        if wishes.taken((Kind.EVENT, event)):
            made.reordered[event] = ordinals
        else:
            made.other_order.append(event)
    missing = _missing(entries, wishes, made.gone)
    # What refers to others comes first, whichever seed it is from, so that all can be deleted.
    made.steps += sorted(missing, key=lambda step: -STORED_FIRST.index(Kind(step.kind)))
    return made


def _refuse_unknown_wishes(entries: Iterable[Entry], wishes: Wishes) -> None:
    unknown = wishes.take - {entry.key for entry in entries}
    if unknown:
        raise SeedError(
            Problem(Place(f"--take {kind}:{slug}"), "These seeds have no such item.")
            for kind, slug in sorted(unknown)
        )


def _compared(kind: str, entries: list[Entry], wishes: Wishes) -> Iterator[Step]:
    for chunk in _chunks(entries):
        slugs = [entry.slug for entry in chunk]
        present = dict(stored.canonical_forms(kind, slugs))
        imported = dict(
            SeedItem.objects.filter(kind=kind, slug__in=slugs).values_list("slug", "digest")
        )
        for entry in chunk:
            yield _step(entry, present.get(entry.slug), imported.get(entry.slug), wishes)


def _chunks(entries: list[Entry]) -> Iterator[list[Entry]]:
    by_slug = {entry.slug: entry for entry in entries}
    for slugs in chunks(by_slug):
        yield [by_slug[slug] for slug in slugs]


def _step(entry: Entry, old: Canonical | None, last: str | None, wishes: Wishes) -> Step:
    new = entry.data
    step = Step(entry.kind, entry.slug, Outcome.UNCHANGED, old, new, entry=entry, renew=True)
    taken = wishes.taken(entry.key) or wishes.taken((Kind.EVENT, entry.event))
    if old is None:
        if last is None or taken:
            return replace(step, outcome=Outcome.CREATED)
        return replace(step, outcome=Outcome.CONFLICT, why="deleted in the database")
    if old == new:
        return replace(step, renew=last != digest(new))
    if taken or last == digest(old):
        return replace(step, outcome=Outcome.UPDATED)
    why = "made in the database" if last is None else "edited in the database"
    return replace(step, outcome=Outcome.CONFLICT, why=why)


def _without_misplaced(steps: Iterable[Step]) -> Iterator[Step]:
    """Claims that were placed in a text which is not stored are conflicts, too."""
    kept: set[str] = set()
    written = (Outcome.CREATED, Outcome.UPDATED)
    for step in steps:
        if step.outcome is Outcome.CONFLICT and step.kind == Kind.SOURCE:
            if (step.old or {}).get("text") != (step.new or {}).get("text"):
                kept.add(step.slug)
            yield step
        elif step.outcome in written and step.entry and step.entry.home in kept:
            why = f"the text of source {step.entry.home} is kept as in the database"
            claim = step.kind == Kind.CLAIM
            yield replace(step, outcome=Outcome.CONFLICT, why=why) if claim else step
        else:
            yield step


def _without_dangling(given: Iterable[Step]) -> list[Step]:
    """What would refer to an item that stays deleted is a conflict, too."""
    steps = list(given)
    while True:
        absent = {
            step.key for step in steps if step.outcome is Outcome.CONFLICT and step.old is None
        }
        dangling = {
            step.key: key
            for step in steps
            if step.entry and step.outcome in (Outcome.CREATED, Outcome.UPDATED)
            for key in step.entry.refers_to()
            if key in absent
        }
        if not dangling:
            return steps
        steps = [
            replace(
                step,
                outcome=Outcome.CONFLICT,
                why=f"{dangling[step.key][0]} {dangling[step.key][1]} is not in the database",
            )
            if step.key in dangling
            else step
            for step in steps
        ]


def _refuse_texts_taken_away(steps: Iterable[Step]) -> None:
    problems = [
        Problem(step.entry.where, "The database has a text of this source; add [text] again.")
        for step in steps
        if step.outcome is Outcome.UPDATED
        and step.kind == Kind.SOURCE
        and step.entry
        and step.old
        and "text" in step.old
        and "text" not in (step.new or {})
    ]
    if problems:
        raise SeedError(problems)


def _missing(entries: Iterable[Entry], wishes: Wishes, gone: list[Key]) -> Iterator[Step]:
    """What these seeds brought in once and hold no more."""
    given: set[Key] = set()
    homes: set[str] = set()
    for entry in entries:
        given.add(entry.key)
        homes.add(entry.home)
    for home in sorted(homes):
        known = SeedItem.objects.exclude(kind=Kind.SOURCE)
        known = known.filter(source__slug=home) if home else known.filter(source=None)
        lost: dict[str, dict[str, str]] = defaultdict(dict)
        for kind, slug, last in known.values_list("kind", "slug", "digest").iterator():
            if (kind, slug) not in given:
                lost[kind][slug] = last
        for kind in reversed(STORED_FIRST):
            present = dict(stored.canonical_forms(kind, sorted(lost[kind])))
            for slug, last in sorted(lost[kind].items()):
                if slug not in present:
                    gone.append((kind, slug))
                    continue
                old = present[slug]
                edited = digest(old) != last
                outcome = Outcome.PRUNED if wishes.prune and not edited else Outcome.MISSING
                why = "edited in the database since" if edited else ""
                yield Step(kind, slug, outcome, old, why=why)
