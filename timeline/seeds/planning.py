"""Compares what seeds give with what the database has: what an import would do, item by item."""

import json
from collections import defaultdict
from dataclasses import dataclass

from timeline.chunking import chunks
from timeline.models import SeedItem
from timeline.seeds import ordering, stored
from timeline.seeds.entries import Canonical, Key, Kind, as_json, digest
from timeline.seeds.ledger import STORED_FIRST, Ledger, numbers
from timeline.seeds.problems import Place, Problem, SeedError
from timeline.seeds.steps import WRITTEN, Outcome

AROUND = """
SELECT slug, passage, start, "end", json_extract(data, '$.prefix'), json_extract(data, '$.suffix')
FROM item WHERE kind = ? AND passage IS NOT NULL AND slug IN (SELECT value FROM json_each(?))
AND (SELECT NOT new_text FROM item source JOIN step USING (number)
     WHERE source.slug = item.home AND source.kind = ?)
"""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person asked for; ``take`` holds keys whose seed wins over the database."""

    take: frozenset[Key] = frozenset()
    take_all: bool = False
    prune: bool = False

    def taken(self, key: Key) -> bool:
        return self.take_all or key in self.take


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


def plan(ledger: Ledger, wishes: Wishes) -> None:
    """Take down the steps of the import. Raises SeedError where it cannot be done at all."""
    _refuse_unknown_wishes(ledger, wishes)
    problems: list[Problem] = []
    for kind in STORED_FIRST:
        _compare(ledger, kind, wishes, problems)
    if problems:
        raise SeedError(problems)
    _keep_misplaced(ledger)
    _keep_dangling(ledger)
    ordering.compare(ledger, wishes.taken)
    _compare_missing(ledger, wishes)


def _refuse_unknown_wishes(ledger: Ledger, wishes: Wishes) -> None:
    unknown = [key for key in sorted(wishes.take) if not ledger.has(*key)]
    if unknown:
        raise SeedError(
            Problem(Place(f"--take {kind}:{slug}"), "These seeds have no such item.")
            for kind, slug in unknown
        )


def _compare(ledger: Ledger, kind: str, wishes: Wishes, problems: list[Problem]) -> None:
    for chunk in ledger.chunks(
        "SELECT number, kind, slug, event, given.digest, remembered.digest, file, line, name, "
        "json_extract(data, '$.text') FROM given LEFT JOIN remembered USING (number) "
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
            renew = outcome in WRITTEN or one.last != one.digest
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
    taken = wishes.taken((given.kind, given.slug)) or wishes.taken((Kind.EVENT, given.event))
    if old is None:
        if given.last is None or taken:
            return Outcome.CREATED, ""
        return Outcome.CONFLICT, "deleted in the database"
    present = digest(old)
    if present == given.digest:
        return Outcome.UNCHANGED, ""
    if taken or given.last == present:
        return Outcome.UPDATED, ""
    why = "made in the database" if given.last is None else "edited in the database"
    return Outcome.CONFLICT, why


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


def _keep_misplaced(ledger: Ledger) -> None:
    """Claims that were placed in a text which is not stored are conflicts, too."""
    ledger.run(
        "UPDATE step SET outcome = ?, why = 'the text of source ' || written.home || "
        "' is kept as in the database' FROM written "
        "WHERE written.number = step.number AND written.kind = ? AND written.home IN "
        "(SELECT slug FROM step WHERE kind = ? AND outcome = ? AND new_text)",
        *(Outcome.CONFLICT.value, Kind.CLAIM, Kind.SOURCE, Outcome.CONFLICT.value),
    )


def _keep_dangling(ledger: Ledger) -> None:
    """What would refer to an item that stays deleted is a conflict, too."""
    while ledger.run(
        "UPDATE step SET outcome = ?1, why = absent.kind || ' ' || absent.slug || "
        "' is not in the database' FROM step absent JOIN reference "
        "ON reference.slug = absent.slug AND reference.kind = absent.kind "
        "WHERE absent.outcome = ?1 AND absent.old IS NULL AND step.number = reference.item "
        "AND step.outcome IN ('created', 'updated')",
        Outcome.CONFLICT.value,
    ):
        continue


def _compare_missing(ledger: Ledger, wishes: Wishes) -> None:
    """Take down what these seeds brought in once and hold no more."""
    for home in [home for (home,) in ledger.rows("SELECT DISTINCT home FROM item ORDER BY home")]:
        lost = _lost(ledger, home)
        for kind in reversed(STORED_FIRST):
            for slugs in chunks(sorted(lost[kind])):
                present = dict(stored.canonical_forms(kind, slugs))
                for slug in slugs:
                    old = present.get(slug)
                    outcome, why = _missing(old, lost[kind][slug], wishes)
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


def _missing(old: Canonical | None, last: str, wishes: Wishes) -> tuple[Outcome, str]:
    if old is None:
        return Outcome.GONE, ""
    if digest(old) != last:
        return Outcome.MISSING, "edited in the database since"
    return (Outcome.PRUNED if wishes.prune else Outcome.MISSING), ""
