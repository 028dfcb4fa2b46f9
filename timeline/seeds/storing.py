"""Writes a plan to the database: all or nothing, in bulk, with history."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from actors.models import Actor, Alias, Relation
from timeline import history, texts
from timeline.models import Claim, Event, Participation, Passage, SeedItem, Source
from timeline.seeds import ordering
from timeline.seeds.checking import chunks
from timeline.seeds.entries import Kind, digest
from timeline.seeds.planning import Outcome, Plan, Step
from timeline.seeds.progress import Progress
from timeline.seeds.reading import spec_of
from timeline.seeds.stored import ACTOR_FIELDS, CLAIM_FIELDS, COLUMNS, EVENT_FIELDS, SOURCE_FIELDS

WRITTEN = (Outcome.CREATED, Outcome.UPDATED)
BOUNDS = ("earliest_start", "latest_start", "earliest_end", "latest_end", "qualified", "sort_date")
MODELS: dict[str, type[Model]] = {
    Kind.SOURCE: Source,
    Kind.ACTOR: Actor,
    Kind.EVENT: Event,
    Kind.CLAIM: Claim,
}


def store(plan: Plan, progress: Progress) -> list[texts.Reanchoring]:
    """Write ``plan``; the caller holds the transaction and the act. What became of old claims."""
    _store_rows(plan, Kind.SOURCE, SOURCE_FIELDS, progress)
    reanchored = _store_texts(plan, progress)
    _store_rows(plan, Kind.ACTOR, ACTOR_FIELDS, progress)
    _store_children(plan, Kind.ACTOR, _aliases, Alias, ("name",), progress)
    _store_children(plan, Kind.ACTOR, _relations, Relation, ("kind", "other_id"), progress)
    _store_rows(plan, Kind.EVENT, EVENT_FIELDS, progress)
    _store_children(plan, Kind.EVENT, _parts, Participation, ("actor_id", "role"), progress)
    _store_claims(plan, progress)
    _remember(plan)
    return reanchored


def _store_rows(plan: Plan, kind: str, fields: Sequence[str], progress: Progress) -> None:
    """Create and update the rows of one kind, those of other tables left out."""
    columns = [COLUMNS.get(name, name) for name in fields]
    derived = BOUNDS if kind == Kind.EVENT else ()
    steps = list(plan.of(*WRITTEN, kind=kind))
    for chunk, rows in _with_rows(kind, steps, progress):
        for step in chunk:
            row = rows.setdefault(step.slug, MODELS[kind]())
            assert step.entry is not None  # noqa: S101  # what is written was given
            for name, column in zip(fields, columns, strict=True):
                setattr(row, column, _plain(getattr(step.entry.form, name)))
            if isinstance(row, Event):
                row.derive_bounds()
        _write(chunk, rows, (*columns, *derived))


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _with_rows(
    kind: str, steps: Sequence[Step], progress: Progress
) -> Iterator[tuple[list[Step], dict[str, Any]]]:
    """The steps by as many as one query holds, each with the rows that are there."""
    by_slug = {step.slug: step for step in steps}
    done = 0
    for slugs in chunks(by_slug):
        rows = MODELS[kind]._default_manager.filter(slug__in=slugs)
        yield [by_slug[slug] for slug in slugs], {row.slug: row for row in rows}  # type: ignore[attr-defined]
        done += len(slugs)
        progress(f"{kind}s", done, len(steps))


def _write(steps: Iterable[Step], rows: dict[str, Any], columns: Sequence[str]) -> None:
    rows_of: dict[Outcome, list[Any]] = defaultdict(list)
    for step in steps:
        rows_of[step.outcome].append(rows[step.slug])
    history.bulk_create(rows_of[Outcome.CREATED])
    history.bulk_update(rows_of[Outcome.UPDATED], columns)


def _store_texts(plan: Plan, progress: Progress) -> list[texts.Reanchoring]:
    steps = [
        step
        for step in plan.of(*WRITTEN, kind=Kind.SOURCE)
        if (step.new or {}).get("text") != (step.old or {}).get("text")
    ]
    ids = _ids(Source, (step.slug for step in steps))
    reanchored = []
    for number, step in enumerate(steps, start=1):
        assert step.entry is not None and step.entry.seed.text is not None  # noqa: S101, PT018
        form = step.entry.seed.text.form
        source = Source.objects.get(pk=ids[step.slug])
        reanchored.append(texts.store_text(source, step.entry.seed.raw, spec_of(form), form.file))
        progress("texts", number, len(steps))
    return reanchored


def _ids(model: type[Model], slugs: Iterable[str]) -> dict[str, int]:
    return {
        slug: pk
        for chunk in chunks(dict.fromkeys(slugs))
        for slug, pk in model._default_manager.filter(slug__in=chunk).values_list("slug", "pk")
    }


Children = Callable[[Step, int, dict[str, int]], Iterator[Any]]


def _aliases(step: Step, parent: int, _actors: dict[str, int]) -> Iterator[Alias]:
    assert step.entry is not None  # noqa: S101
    for one in step.entry.form.alias:
        yield Alias(actor_id=parent, name=one.name, kind=one.kind, period=one.period, note=one.note)


def _relations(step: Step, parent: int, actors: dict[str, int]) -> Iterator[Relation]:
    assert step.entry is not None  # noqa: S101
    for one in step.entry.form.relation:
        yield Relation(
            actor_id=parent,
            kind=one.kind,
            other_id=actors[one.to],
            period=one.period,
            note=one.note,
        )


def _parts(step: Step, parent: int, actors: dict[str, int]) -> Iterator[Participation]:
    assert step.entry is not None  # noqa: S101
    for one in step.entry.form.actors:
        yield Participation(event_id=parent, actor_id=actors[one.id], role=one.role)


def _store_children(
    plan: Plan,
    kind: str,
    children: Children,
    model: type[Model],
    identity: Sequence[str],
    progress: Progress,
) -> None:
    """Aliases, relations or parts, in their order: what stays is kept, what follows is new."""
    parent = "actor_id" if kind == Kind.ACTOR else "event_id"
    steps = list(plan.of(*WRITTEN, kind=kind))
    for chunk, rows in _with_rows(kind, steps, progress):
        ids = [row.pk for row in rows.values()]
        referred = {
            slug
            for step in chunk
            if step.entry
            for one, slug in step.entry.refers_to()
            if one == Kind.ACTOR
        }
        actors = _ids(Actor, referred)
        present = defaultdict(list)
        for row in model._default_manager.filter(**{f"{parent}__in": ids}).order_by("id"):
            present[getattr(row, parent)].append(row)
        created: list[Model] = []
        changed: list[Model] = []
        for step in chunk:
            pk = rows[step.slug].pk
            wanted = list(children(step, pk, actors))
            _match(present[pk], wanted, identity, created, changed)
        history.bulk_update(changed, _values_of(model, parent, identity))
        history.bulk_create(created)


def _values_of(model: type[Model], parent: str, identity: Sequence[str]) -> list[str]:
    return [
        field.name
        for field in model._meta.concrete_fields
        if not field.primary_key and field.attname not in (parent, *identity)
    ]


def _match(
    present: list[Any],
    wanted: list[Any],
    identity: Sequence[str],
    created: list[Model],
    changed: list[Model],
) -> None:
    same = 0
    while same < min(len(present), len(wanted)) and all(
        getattr(present[same], name) == getattr(wanted[same], name) for name in identity
    ):
        same += 1
    for old, new in zip(present[:same], wanted[:same], strict=True):
        new.pk = old.pk
        if any(
            getattr(old, field.attname) != getattr(new, field.attname)
            for field in new._meta.concrete_fields
        ):
            changed.append(new)
    for row in present[same:]:
        row.delete()
    created += wanted[same:]


@dataclass(frozen=True, slots=True)
class _Ids:
    """Primary keys of what claims refer to."""

    events: dict[str, int]
    actors: dict[str, int]
    sources: dict[str, int]
    passages: dict[tuple[int, int], int]


def _store_claims(plan: Plan, progress: Progress) -> None:
    steps = list(plan.of(*WRITTEN, kind=Kind.CLAIM))
    homes = {
        step.slug: step.entry.home for step in plan.of(*WRITTEN, kind=Kind.EVENT) if step.entry
    }
    for mended in plan.reordered.values():
        ordering.renumber(mended)
    given = (step.entry for step in plan.steps if step.entry and step.kind == Kind.CLAIM)
    ordinals = ordering.ordinals(given, {step.slug for step in steps}, homes)
    for chunk, rows in _with_rows(Kind.CLAIM, steps, progress):
        ids = _ids_for(chunk)
        for step in chunk:
            _fill(rows.setdefault(step.slug, Claim(slug=step.slug)), step, ids)
            rows[step.slug].ordinal = ordinals.pop(step.slug, rows[step.slug].ordinal)
        columns = (*CLAIM_FIELDS, "event", "ordinal", "source", "passage", "start", "end", "lost")
        _write(chunk, rows, (*columns, "attributed_to"))
    ordering.renumber(ordinals)


def _fill(row: Claim, step: Step, ids: _Ids) -> None:
    entry = step.entry
    assert entry is not None  # noqa: S101
    for name in CLAIM_FIELDS:
        setattr(row, name, getattr(entry.form, name))
    row.event_id = ids.events[entry.event]
    row.source_id = ids.sources[entry.home]
    attributed = entry.form.attributed_to
    row.attributed_to_id = ids.actors[attributed] if attributed else None
    if entry.place is not None:
        ordinal, row.start, row.end = entry.place.ordinal, entry.place.start, entry.place.end
        row.lost = False
    else:
        ordinal, row.start = entry.form.lost.paragraph, entry.form.lost.start
        row.end, row.lost = row.start + len(row.quote), True
    row.passage_id = ids.passages[row.source_id, ordinal]


def _ids_for(steps: Collection[Step]) -> _Ids:
    entries = [step.entry for step in steps if step.entry]
    sources = _ids(Source, (entry.home for entry in entries))
    ordinals = {
        entry.place.ordinal if entry.place else entry.form.lost.paragraph for entry in entries
    }
    passages = Passage.objects.filter(source__in=sources.values(), ordinal__in=ordinals)
    return _Ids(
        events=_ids(Event, (entry.event for entry in entries)),
        actors=_ids(Actor, (entry.form.attributed_to for entry in entries)),
        sources=sources,
        passages={
            (source, ordinal): pk
            for source, ordinal, pk in passages.values_list("source_id", "ordinal", "pk")
        },
    )


def _remember(plan: Plan) -> None:
    """Take down what was imported, so that later edits can be told apart."""
    steps = [
        step
        for step in plan.of(*WRITTEN, Outcome.UNCHANGED)
        if step.entry and step.new is not None and step.renew
    ]
    homes = _ids(Source, {step.entry.home for step in steps if step.entry and step.entry.home})
    SeedItem.objects.bulk_create(
        (
            SeedItem(
                kind=step.kind,
                slug=step.slug,
                source_id=homes[step.entry.home] if step.entry.home else None,
                digest=digest(step.new),
            )
            for step in steps
            if step.entry and step.new is not None
        ),
        batch_size=500,
        update_conflicts=True,
        unique_fields=["kind", "slug"],
        update_fields=["source", "digest", "imported_at"],
    )
    for kind, slug in plan.gone:
        SeedItem.objects.filter(kind=kind, slug=slug).delete()
