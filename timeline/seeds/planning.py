"""Compares what seeds give with what the database has: what an import would do, item by item."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from timeline.chunking import chunks
from timeline.models import SeedItem
from timeline.seeds import following, former, ordering, stored
from timeline.seeds.entries import Canonical, Key, Kind, as_json, digest
from timeline.seeds.ledger import STORED_FIRST, Ledger, numbers
from timeline.seeds.problems import Place, Problem, SeedError
from timeline.seeds.steps import WRITTEN, Outcome

DELETED = "deleted in the database"
EDITED = "edited in the database"
MADE = "made in the database"
# The conflicts that one can decide; the others follow from what becomes of another item.
DECIDABLE = (DELETED, EDITED, MADE)
EDITED_SINCE = "edited in the database since"

AROUND = """
SELECT slug, passage, start, "end", json_extract(data, '$.prefix'), json_extract(data, '$.suffix')
FROM item WHERE kind = ? AND passage IS NOT NULL AND slug IN (SELECT value FROM json_each(?))
AND (SELECT NOT new_text FROM item source JOIN step USING (number)
     WHERE source.slug = item.home AND source.kind = ?)
"""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person asked for, item by item or for all.

    ``take`` holds keys whose seed wins over the database, ``leave`` those that stay as they are,
    whatever else is asked for, and ``drop`` those that are deleted since no seed has them any
    more, be they edited or not.
    """

    take: frozenset[Key] = frozenset()
    take_all: bool = False
    prune: bool = False
    leave: frozenset[Key] = frozenset()
    drop: frozenset[Key] = frozenset()

    def taken(self, key: Key) -> bool:
        """Whether the seed wins over what an editor made of the item."""
        return key not in self.leave and (self.take_all or key in self.take)

    def pruned(self, key: Key, *, edited: bool) -> bool:
        """Whether the item, which no seed has any more, is deleted."""
        return key not in self.leave and (key in self.drop or (self.prune and not edited))


@dataclass(frozen=True, slots=True)
class Given:
    """An item as a seed gives it; ``last`` is its digest at the last import, if there was one."""

    number: int
    kind: str
    slug: str
    event: str
    digest: str
    last: str | None
    file: str
    line: int
    name: str
    text: str | None  # how that of a source is read, as JSON
    moved: bool | None  # whether another seed defined it before


def plan(ledger: Ledger, wishes: Wishes) -> None:
    """Take down the steps of the import. Raises SeedError where it cannot be done at all."""
    _refuse_unknown(ledger, wishes)
    problems: list[Problem] = []
    for kind in STORED_FIRST:
        _compare(ledger, kind, wishes, problems)
    _refuse(problems)
    former.explain(ledger)
    following.keep(ledger)
    ordering.compare(ledger, wishes.taken)
    _compare_missing(ledger, wishes)
    _refuse_unplanned(ledger, wishes)


def _refuse_unknown(ledger: Ledger, wishes: Wishes) -> None:
    _refuse(
        Problem(Place(f"--take {kind}:{slug}"), "These seeds have no such item.")
        for kind, slug in sorted(wishes.take)
        if not ledger.has(kind, slug)
    )


def _refuse_unplanned(ledger: Ledger, wishes: Wishes) -> None:
    """Refuse what was asked of items that this import has nothing to do with."""
    problems = [
        Problem(
            Place(f"--leave {kind}:{slug}"), "Neither these seeds nor their last import have it."
        )
        for kind, slug in sorted(wishes.leave)
        if ledger.planned(kind, slug) is None
    ]
    droppable = (Outcome.PRUNED, Outcome.MISSING, Outcome.GONE)
    for kind, slug in sorted(wishes.drop):
        if ledger.planned(kind, slug) not in droppable:
            why = "Only what these seeds brought in once and hold no more is deleted."
            problems.append(Problem(Place(f"--drop {kind}:{slug}"), why))
    _refuse(problems)


def _refuse(problems: Iterable[Problem]) -> None:
    if found := list(problems):
        raise SeedError(found)


def _compare(ledger: Ledger, kind: str, wishes: Wishes, problems: list[Problem]) -> None:
    for chunk in ledger.chunks(
        "SELECT number, kind, slug, event, given.digest, remembered.digest, file, line, name, "
        "json_extract(data, '$.text'), remembered.home <> given.home "
        "FROM given LEFT JOIN remembered USING (number) "
        "WHERE number BETWEEN ? AND ? ORDER BY number",
        *numbers(kind),
    ):
        given = [Given(*row) for row in chunk]
        slugs = [one.slug for one in given]
        around = _around(ledger, slugs) if kind == Kind.CLAIM else {}
        present = dict(stored.canonical_forms(kind, slugs, around))
        steps = []
        for one in given:
            old = present.get(one.slug)
            outcome, why = _outcome(one, old, wishes)
            new_text = kind == Kind.SOURCE and _has_new_text(one, old, outcome, problems)
            renew = bool(outcome in WRITTEN or one.last != one.digest or one.moved)
            kept = None if old is None or outcome is Outcome.UNCHANGED else as_json(old)
            steps.append((one.number, kind, one.slug, outcome.value, why, kept, renew, new_text))
        ledger.write("INSERT INTO step VALUES (?, ?, ?, ?, ?, ?, ?, ?)", steps)


def _around(ledger: Ledger, slugs: list[str]) -> dict[str, stored.Around]:
    """Where seeds' claims stand and the words around them, in texts that the database has, too."""
    return {
        slug: ((passage, start, end), prefix or "", suffix or "")
        for slug, passage, start, end, prefix, suffix in ledger.rows(
            AROUND, Kind.CLAIM, json.dumps(slugs), Kind.SOURCE
        )
    }


def _outcome(given: Given, old: Canonical | None, wishes: Wishes) -> tuple[Outcome, str]:
    outcome, why = _without_leave(given, old, wishes)
    if outcome in WRITTEN and (given.kind, given.slug) in wishes.leave:
        return Outcome.LEFT, ""
    return outcome, why


def _without_leave(given: Given, old: Canonical | None, wishes: Wishes) -> tuple[Outcome, str]:
    key = (given.kind, given.slug)
    taken = wishes.taken(key) or (
        key not in wishes.leave and wishes.taken((Kind.EVENT, given.event))
    )
    if old is None:
        if given.last is None or taken:
            return Outcome.CREATED, ""
        return Outcome.CONFLICT, DELETED
    present = digest(old)
    if present == given.digest:
        return Outcome.UNCHANGED, ""
    if taken or given.last == present:
        return Outcome.UPDATED, ""
    return Outcome.CONFLICT, MADE if given.last is None else EDITED


def _has_new_text(
    given: Given, old: Canonical | None, outcome: Outcome, problems: list[Problem]
) -> bool:
    """Whether a source's text is another than in the database; one cannot be taken away."""
    before = old.get("text") if old else None
    after = json.loads(given.text) if given.text else None
    if outcome is Outcome.UPDATED and before and not after:
        place = Place(given.file, given.line, given.name)
        message = "The database has a text of this source; add [text] again."
        problems.append(Problem(place, message))
    return bool(before != after)


def _compare_missing(ledger: Ledger, wishes: Wishes) -> None:
    """Take down what these seeds brought in once and hold no more."""
    for home in [home for (home,) in ledger.rows("SELECT DISTINCT home FROM item ORDER BY home")]:
        lost = _lost(ledger, home)
        for kind in reversed(STORED_FIRST):
            for slugs in chunks(sorted(lost[kind])):
                present = dict(stored.canonical_forms(kind, slugs))
                for slug in slugs:
                    old = present.get(slug)
                    edited = old is not None and digest(old) != lost[kind][slug]
                    outcome, why = _missing((kind, slug), old, wishes, edited=edited)
                    ledger.add_missing(kind, slug, outcome, why, as_json(old or {}))


def _lost(ledger: Ledger, home: str) -> dict[str, dict[str, str]]:
    """By kind the items of a seed's earlier imports that no seed gives; their digests then."""
    known = SeedItem.objects.exclude(kind=Kind.SOURCE)
    known = known.filter(source__slug=home) if home else known.filter(source=None)
    lost: dict[str, dict[str, str]] = defaultdict(dict)
    for kind, slug, last in known.values_list("kind", "slug", "digest").iterator():
        if not ledger.has(kind, slug):
            lost[kind][slug] = last
    return lost


def _missing(
    key: Key, old: Canonical | None, wishes: Wishes, *, edited: bool
) -> tuple[Outcome, str]:
    if old is None:
        return Outcome.GONE, ""
    if wishes.pruned(key, edited=edited):
        return Outcome.PRUNED, ""
    return Outcome.MISSING, EDITED_SINCE if edited else ""
