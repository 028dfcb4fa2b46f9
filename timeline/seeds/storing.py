"""Writes the steps of an import to the database: all or nothing, in bulk, with history."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Model

from actors.models import Actor
from timeline import history, texts
from timeline.models import Claim, Event, Passage, Source
from timeline.seeds import children, ordering
from timeline.seeds.entries import BOUNDS, MODELS, Kind
from timeline.seeds.forms import ActorForm, ClaimForm, EventForm, Form, SourceForm, TextForm
from timeline.seeds.ledger import Ledger, numbers
from timeline.seeds.progress import Progress
from timeline.seeds.reading import spec_of
from timeline.seeds.steps import Outcome, Written
from timeline.seeds.stored import ACTOR_FIELDS, CLAIM_FIELDS, COLUMNS, EVENT_FIELDS, SOURCE_FIELDS

REMEMBER = """
INSERT INTO timeline_seeditem (kind, slug, source_id, digest, imported_at)
VALUES (%s, %s, %s, %s, %s) ON CONFLICT (kind, slug) DO UPDATE
SET source_id = excluded.source_id, digest = excluded.digest, imported_at = excluded.imported_at
"""
MOVED = "moved"
LOST = "lost"
MOST_SOUGHT = 50
PLACE = ("event", "ordinal", "source", "passage", "start", "end", "lost", "attributed_to")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a canonical form, which is left out where it has its default value."""

    key: str
    column: str
    default: Any


def fields_of(form: type[Form], names: Iterable[str]) -> tuple[Field, ...]:
    """The fields ``names`` of ``form`` as they are stored."""
    given = [(name, form.model_fields[name]) for name in names]
    return tuple(
        Field(
            field.alias or name,
            COLUMNS.get(name, name),
            [] if field.default == () else field.default,
        )
        for name, field in given
    )


FIELDS: dict[str, tuple[Field, ...]] = {
    Kind.SOURCE: fields_of(SourceForm, SOURCE_FIELDS),
    Kind.ACTOR: fields_of(ActorForm, ACTOR_FIELDS),
    Kind.EVENT: fields_of(EventForm, EVENT_FIELDS),
    Kind.CLAIM: fields_of(ClaimForm, ("id", *CLAIM_FIELDS)),
}


def store(ledger: Ledger, progress: Progress) -> None:
    """Write what is to be written; the caller holds the transaction and the act."""
    for _ in _store_rows(ledger, Kind.SOURCE, progress):
        continue
    _store_texts(ledger, progress)
    for items, rows in _store_rows(ledger, Kind.ACTOR, progress):
        children.store(children.ALIASES, items, rows)
    for items in ledger.written(Kind.ACTOR):  # now that all whom they refer to are there
        children.store(children.RELATIONS, items, _present(Kind.ACTOR, items))
    for items, rows in _store_rows(ledger, Kind.EVENT, progress):
        children.store(children.PARTS, items, rows)
    ordering.order(ledger)
    _store_claims(ledger, progress)
    _remember(ledger)


def _store_rows(
    ledger: Ledger, kind: str, progress: Progress
) -> Iterator[tuple[list[Written], dict[str, Any]]]:
    """Create and update rows of one kind, those of other tables left out; yields the rows."""
    columns = [field.column for field in FIELDS[kind]]
    derived = BOUNDS if kind == Kind.EVENT else ()
    for items in _told(ledger, kind, progress):
        rows = _present(kind, items, Outcome.UPDATED)
        for item in items:
            row = rows.setdefault(item.slug, MODELS[kind]())
            _fill(row, item, FIELDS[kind])
            for name, value in zip(derived, item.bounds, strict=True):
                setattr(row, name, value)
        _write(items, rows, (*columns, *derived))
        yield items, rows


def _told(ledger: Ledger, kind: str, progress: Progress) -> Iterator[list[Written]]:
    """What is to be written of ``kind``; says how far it is."""
    query = "SELECT count(*) FROM written WHERE number BETWEEN ? AND ?"
    ((total,),) = ledger.rows(query, *numbers(kind))
    done = 0
    for items in ledger.written(kind):
        yield items
        done += len(items)
        progress(f"{kind}s", done, total)


def _present(kind: str, items: Iterable[Written], *outcomes: Outcome) -> dict[str, Any]:
    """The rows of ``items``, of all or of those with ``outcomes``, that are there."""
    slugs = [item.slug for item in items if not outcomes or item.outcome in outcomes]
    return {row.slug: row for row in _rows(MODELS[kind], slugs)}


def _rows(model: type[Model], slugs: Collection[str]) -> Iterable[Any]:
    return model._default_manager.filter(slug__in=slugs) if slugs else ()


def _fill(row: Any, item: Written, fields: Iterable[Field]) -> None:
    for field in fields:
        setattr(row, field.column, item.data.get(field.key, field.default))


def _write(items: Iterable[Written], rows: Mapping[str, Any], columns: Sequence[str]) -> None:
    rows_of: dict[Outcome, list[Any]] = defaultdict(list)
    for item in items:
        rows_of[item.outcome].append(rows[item.slug])
    history.bulk_create(rows_of[Outcome.CREATED])
    history.bulk_update(rows_of[Outcome.UPDATED], columns)


def _store_texts(ledger: Ledger, progress: Progress) -> None:
    ((total,),) = ledger.rows("SELECT count(*) FROM written WHERE new_text")
    for done, (slug, text, raw) in enumerate(
        ledger.rows(
            "SELECT written.slug, json_extract(written.data, '$.text'), raw FROM written "
            "JOIN seed ON seed.number = written.seed WHERE new_text ORDER BY written.number"
        ),
        start=1,
    ):
        form = TextForm.model_validate_json(text)
        reanchored = texts.store_text(Source.objects.get(slug=slug), raw, spec_of(form), form.file)
        ledger.tell(MOVED, reanchored.moved)
        ledger.tell(LOST, _lost(reanchored))
        progress("texts", done, total)


def _lost(reanchored: texts.Reanchoring) -> Iterator[str]:
    """Each claim that is lost now, with the place most likely meant, if there is any."""
    for number, outcome in enumerate(reanchored.those(texts.Became.LOST)):
        # To search the whole of a text for each of very many would take long.
        likely = reanchored.likeliest(outcome, thorough=number < MOST_SOUGHT)
        if not likely:
            yield outcome.slug
            continue
        place, near = likely[0]
        told = f"; {near.differences}" if near.differences else ""
        yield (f"{outcome.slug} (likeliest, in paragraph {place.ordinal}: “{place.quote}”{told})")


def _store_claims(ledger: Ledger, progress: Progress) -> None:
    columns = (*CLAIM_FIELDS, *PLACE)
    for items in _told(ledger, Kind.CLAIM, progress):
        rows = _present(Kind.CLAIM, items, Outcome.UPDATED)
        known = _known(items)
        ordinals = _ordinals(ledger, [item.slug for item in items])
        for item in items:
            row = rows.setdefault(item.slug, Claim())
            _fill(row, item, FIELDS[Kind.CLAIM])
            _tie(row, item, known)
            row.ordinal = ordinals.get(item.slug, row.ordinal)
        _write(items, rows, columns)
    for chunk in ledger.chunks(
        "SELECT slug, ordinal FROM ordinal WHERE NOT EXISTS "
        "(SELECT 1 FROM written WHERE written.slug = ordinal.slug AND written.kind = ?)",
        Kind.CLAIM,
    ):
        ordering.renumber(dict(chunk))


def _ordinals(ledger: Ledger, slugs: Sequence[str]) -> dict[str, int]:
    query = "SELECT slug, ordinal FROM ordinal WHERE slug IN (SELECT value FROM json_each(?))"
    return dict(ledger.rows(query, json.dumps(slugs)))


@dataclass(frozen=True, slots=True)
class _Known:
    """Primary keys of what claims refer to."""

    events: dict[str, int]
    actors: dict[str, int]
    sources: dict[str, int]
    passages: dict[tuple[int, int], int]


def _known(items: Collection[Written]) -> _Known:
    sources = children.keys(Source, (item.home for item in items))
    passages = Passage.objects.filter(
        source__in=sources.values(), ordinal__in={_passage(item) for item in items}
    )
    return _Known(
        events=children.keys(Event, (item.event for item in items)),
        actors=children.keys(Actor, (item.data.get("attributed_to", "") for item in items)),
        sources=sources,
        passages={
            (source, ordinal): pk
            for source, ordinal, pk in passages.values_list("source_id", "ordinal", "pk")
        },
    )


def _passage(item: Written) -> int:
    """The ordinal of the passage that has, or had, the claim's words."""
    return item.span[0] if item.span else int(item.data["lost"]["paragraph"])


def _tie(row: Claim, item: Written, known: _Known) -> None:
    """Say which event and which words of which source the claim ties."""
    row.event_id = known.events[item.event]
    row.source_id = known.sources[item.home]
    row.attributed_to_id = known.actors.get(item.data.get("attributed_to", ""))
    row.passage_id = known.passages[row.source_id, _passage(item)]
    row.lost = item.span is None
    if item.span:
        _, row.start, row.end = item.span
    else:
        row.start = item.data["lost"].get("start", 0)
        row.end = row.start + len(row.quote)


def _remember(ledger: Ledger) -> None:
    """Take down what was imported, so that later edits can be told apart."""
    now = connection.ops.adapt_datetimefield_value(history.current().moment)
    for chunk in ledger.chunks(
        "SELECT item.kind, item.slug, home, digest FROM step JOIN item USING (number) "
        "WHERE renew AND outcome IN ('created', 'updated', 'unchanged') ORDER BY number"
    ):
        homes = children.keys(Source, (home for _, _, home, _ in chunk))
        with connection.cursor() as cursor:
            cursor.executemany(
                REMEMBER,
                [(kind, slug, homes.get(home), digest, now) for kind, slug, home, digest in chunk],
            )
