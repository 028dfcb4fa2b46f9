"""Seeds that still name what has been merged or renamed: they mean what is there now.

An import changes nothing about a merge or a new id. What a seed says of the one that is gone goes
to the one that is there; the item itself is not made anew, but reported.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
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
Others = dict[str, dict[str, str]]  # by kind the id that is there, by the one that is gone


def follow(ledger: Ledger) -> None:
    """Let what the seeds say of what is gone be said of what is there; before it is checked."""
    others: Others = {}
    for kind in KINDS:
        found = list(_former(ledger, kind))
        ledger.write(
            "INSERT INTO former VALUES (?, ?, ?)",
            ((kind, gone, f"{how} {now}") for gone, now, how in found),
        )
        others[kind] = slugs = {gone: now for gone, now, _how in found}
        ledger.write(
            "UPDATE reference SET slug = ? WHERE kind = ? AND slug = ? AND item IN "
            "(SELECT number FROM item WHERE NOT (item.kind = reference.kind "
            "AND item.slug = reference.slug))",
            ((now, kind, gone) for gone, now in slugs.items()),
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
    """Say of what is not made anew what became of it; after the plan."""
    ledger.run(
        "UPDATE step SET why = (SELECT why FROM former "
        "WHERE former.kind = step.kind AND former.slug = step.slug) "
        "WHERE outcome = ? AND old IS NULL AND (kind, slug) IN (SELECT kind, slug FROM former)",
        Outcome.CONFLICT.value,
    )


def _former(ledger: Ledger, kind: str) -> Iterator[tuple[str, str, str]]:
    """The ids in the seeds that are gone, what is there instead, and how that came."""
    merges = Merge.objects.filter(kind=kind, undone=None).order_by("id")
    into = dict(merges.values_list("gone", "kept"))
    merged = dict(merges.values_list("slug", "gone"))
    model = MODELS[kind]._default_manager
    history = MODELS[kind].history.model.objects  # type: ignore[attr-defined]
    query = "SELECT slug FROM item WHERE kind = ? UNION SELECT slug FROM reference WHERE kind = ?"
    for some in ledger.chunks(query, kind, kind):
        wanted = {slug for (slug,) in some}
        wanted -= set(model.filter(slug__in=wanted).values_list("slug", flat=True))
        known = history.filter(slug__in=wanted).order_by("history_date", "history_id")
        keys = dict(known.values_list("slug", "id"))  # the last that had the id
        keys |= {slug: merged[slug] for slug in wanted if slug in merged}
        ends = {slug: _end(into, key) for slug, key in keys.items()}
        there = dict(model.filter(pk__in=ends.values()).values_list("pk", "slug"))
        for slug, end in ends.items():
            if end in there:
                yield slug, there[end], "merged into" if end != keys[slug] else "renamed to"


def _end(into: Mapping[int, int], key: int) -> int:
    seen = set()
    while key in into and key not in seen:
        seen.add(key)
        key = into[key]
    return key


def _rename(ledger: Ledger, others: Others) -> None:
    """Write the ids that are there into the items that name the others."""
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
    """The rows with the ids that are there; nobody is related to himself, or named twice."""
    seen = set()
    for row in rows:
        renamed = row | {key: others.get(row[key], row[key])}
        identity = (renamed[key], renamed.get("role", ""), renamed.get("kind", ""))
        if identity not in seen and (key != "to" or renamed[key] != own):
            seen.add(identity)
            yield renamed
