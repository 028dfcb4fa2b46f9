"""Seeds that still name what has been merged into another: they mean that other one.

An import changes nothing about a merge. What a seed says of the one that is gone goes to the one
that was kept; the item itself is not made anew, but reported.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from timeline.models import Merge
from timeline.seeds.entries import MODELS, Canonical, Kind, as_json, digest
from timeline.seeds.ledger import Ledger
from timeline.seeds.steps import Outcome

KINDS = (Kind.ACTOR, Kind.EVENT)
# By kind of an item where it names others: the list, or nothing for the item itself, and the key.
NAMING: dict[str, tuple[tuple[str, str, str], ...]] = {
    Kind.EVENT: (("actors", "id", Kind.ACTOR),),
    Kind.ACTOR: (("relation", "to", Kind.ACTOR),),
    Kind.CLAIM: (("", "event", Kind.EVENT), ("", "attributed_to", Kind.ACTOR)),
}
Others = dict[str, dict[str, str]]  # by kind the id that was kept, by the one that is gone


def follow(ledger: Ledger) -> None:
    """Let what the seeds say of what is gone be said of what was kept; before it is checked."""
    others: Others = {kind: _merged(kind) for kind in KINDS}
    for kind, slugs in others.items():
        ledger.write(
            "UPDATE reference SET slug = ? WHERE kind = ? AND slug = ? AND item IN "
            "(SELECT number FROM item WHERE NOT (item.kind = reference.kind "
            "AND item.slug = reference.slug))",
            ((kept, kind, gone) for gone, kept in slugs.items()),
        )
        for gone in slugs:
            # Known, though not as it is given: so it is neither new nor without a quote.
            ledger.run("UPDATE item SET shown = 0 WHERE slug = ? AND kind = ?", gone, kind)
            ledger.run(
                "INSERT OR IGNORE INTO remembered SELECT number, home, '' FROM item "
                "WHERE slug = ? AND kind = ?",
                *(gone, kind),
            )
    if any(others.values()):
        _rename(ledger, others)


def explain(ledger: Ledger) -> None:
    """Say of what is not made anew what it was merged into; after the plan."""
    for kind in KINDS:
        for gone, kept in _merged(kind).items():
            ledger.run(
                "UPDATE step SET why = ? WHERE kind = ? AND slug = ? AND outcome = ? "
                "AND old IS NULL",
                *(f"merged into {kept}", kind, gone, Outcome.CONFLICT.value),
            )


def _merged(kind: str) -> dict[str, str]:
    """By the id of what is gone the one of what was kept, at the end of all merges."""
    merges = Merge.objects.filter(kind=kind, undone=None).order_by("id")
    into = dict(merges.values_list("gone", "kept"))
    ids = dict(merges.values_list("slug", "gone"))
    model = MODELS[kind]._default_manager
    there = set(model.filter(slug__in=ids).values_list("slug", flat=True))
    ends = {slug: _end(into, key) for slug, key in ids.items() if slug not in there}
    slugs = dict(model.filter(pk__in=ends.values()).values_list("pk", "slug"))
    return {slug: slugs[key] for slug, key in ends.items() if key in slugs}


def _end(into: Mapping[int, int], key: int) -> int:
    seen = set()
    while key in into and key not in seen:
        seen.add(key)
        key = into[key]
    return key


def _rename(ledger: Ledger, others: Others) -> None:
    """Write the ids that were kept into the items that name the others."""
    named = json.dumps([slug for slugs in others.values() for slug in slugs])
    touched = list(
        ledger.rows(
            "SELECT DISTINCT item.number, item.kind, item.event, item.data FROM item "
            "JOIN json_each(?) gone ON item.event = gone.value "
            "OR instr(item.data, '\"' || gone.value || '\"')",
            named,
        )
    )
    changed = []
    for number, kind, event, text in touched:
        data = _renamed(kind, json.loads(text), others)
        event = others[Kind.EVENT].get(event, event)
        changed.append((event, as_json(data), digest(data), number))
    ledger.write("UPDATE item SET event = ?, data = ?, digest = ? WHERE number = ?", changed)


def _renamed(kind: str, data: Canonical, others: Others) -> Canonical:
    for place, key, of in NAMING.get(kind, ()):
        if not place:
            if data.get(key) in others[of]:
                data[key] = others[of][data[key]]
        elif place in data:
            data[place] = list(_each_once(data[place], key, others[of], data["id"]))
            if not data[place]:
                del data[place]
    return data


def _each_once(
    rows: Iterable[dict[str, Any]], key: str, others: Mapping[str, str], own: str
) -> Iterable[dict[str, Any]]:
    """The rows with the ids that were kept; nobody is related to himself, or named twice."""
    seen = set()
    for row in rows:
        renamed = row | {key: others.get(row[key], row[key])}
        identity = (renamed[key], renamed.get("role", ""), renamed.get("kind", ""))
        if identity not in seen and (key != "to" or renamed[key] != own):
            seen.add(identity)
            yield renamed
