"""The way back: what the database holds, as forms."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Prefetch

from actors.models import Actor, Alias, Relation
from timeline import texts
from timeline.chunking import chunks
from timeline.citing import CitableText, Place
from timeline.models import (
    Claim,
    Emendation,
    Event,
    Participation,
    Passage,
    Source,
    SourceText,
)
from timeline.seeds import entries
from timeline.seeds.entries import Canonical, Kind
from timeline.seeds.forms import (
    ActorForm,
    AliasForm,
    ClaimForm,
    EmendationForm,
    EventForm,
    Form,
    LostForm,
    PartForm,
    RelationForm,
    SourceForm,
    TextForm,
)

# The column of a form's field, where it has another name.
COLUMNS = {"id": "slug"}
SOURCE_FIELDS = tuple(SourceForm.model_fields)
TEXT_FIELDS = ("file", "begins", "ends", "paragraphs")
EVENT_FIELDS = tuple(name for name in EventForm.model_fields if name not in ("actors", "claim"))
ACTOR_FIELDS = ("id", "name", "kind", "description")
CLAIM_FIELDS = ("quote", "date", "stance", "note")


@dataclass
class Texts:
    """The texts of sources, ready to be quoted; the last one asked for is kept."""

    _kept: dict[int, CitableText] = field(default_factory=dict)

    def of(self, source: Source) -> CitableText:
        """The text of ``source`` as the database has it."""
        if source.pk not in self._kept:
            self._kept = {source.pk: texts.citable(source)}
        return self._kept[source.pk]


def _values(row: Model, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, COLUMNS.get(name, name)) for name in names}


def source_forms(slugs: Iterable[str]) -> Iterator[tuple[SourceForm, TextForm | None]]:
    """The sources of ``slugs`` that are there, each with the way its text is read."""
    for chunk in chunks(slugs):
        rows = Source.objects.filter(slug__in=chunk).order_by("slug")
        stored = SourceText.objects.filter(source__in=rows.order_by()).defer("raw", "reading")
        by_source = {text.source_id: text for text in stored}
        emendations = _children(Emendation.objects.filter(source__in=rows.order_by()), "source_id")
        for row in rows:
            values = _values(row, SOURCE_FIELDS) | {"author": tuple(row.author)}
            text = by_source.get(row.pk)
            yield (
                SourceForm.model_construct(**values),
                _text_form(text, emendations[row.pk]) if text else None,
            )


def _text_form(text: SourceText, emendations: Iterable[Any]) -> TextForm:
    return TextForm.model_construct(
        **_values(text, TEXT_FIELDS),
        sha256=text.raw_sha256,
        headings=tuple(text.headings),
        emendation=tuple(_child(EmendationForm, one) for one in emendations),
    )


def actor_forms(slugs: Iterable[str]) -> Iterator[ActorForm]:
    """The actors of ``slugs`` that are there."""
    for chunk in chunks(slugs):
        rows = list(Actor.objects.filter(slug__in=chunk).order_by("slug"))
        aliases = _children(Alias.objects.filter(actor__in=rows), "actor_id")
        relations = _children(
            Relation.objects.filter(actor__in=rows).select_related("other"), "actor_id"
        )
        for row in rows:
            yield ActorForm.model_construct(
                **_values(row, ACTOR_FIELDS),
                alias=tuple(_child(AliasForm, one) for one in aliases[row.pk]),
                relation=tuple(
                    RelationForm.model_construct(
                        kind=one.kind, to=one.other.slug, period=one.period, note=one.note
                    )
                    for one in relations[row.pk]
                ),
            )


def event_forms(slugs: Iterable[str]) -> Iterator[EventForm]:
    """The events of ``slugs`` that are there, without their claims."""
    for chunk in chunks(slugs):
        rows = list(Event.objects.filter(slug__in=chunk).order_by("slug"))
        parts = _children(
            Participation.objects.filter(event__in=rows).select_related("actor"), "event_id"
        )
        for row in rows:
            yield EventForm.model_construct(
                **_values(row, EVENT_FIELDS),
                actors=tuple(
                    PartForm.model_construct(id=one.actor.slug, role=one.role)
                    for one in parts[row.pk]
                ),
            )


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim of the database; ``event`` and ``source`` are slugs."""

    form: ClaimForm
    event: str
    source: str


# A place, as ordinal of the passage, start and end, and the words before and after that it needs.
Around = tuple[tuple[int, int, int], str, str]


def claim_forms(
    slugs: Iterable[str], around: Mapping[str, Around] | None = None
) -> Iterator[StoredClaim]:
    """The claims of ``slugs`` that are there, source by source, in their order within an event.

    ``around`` has what is known by the claim's id already, so that no text has to be searched.
    """
    kept = Texts()
    for chunk in chunks(slugs):
        rows = (
            Claim.objects.filter(slug__in=chunk)
            .select_related("event", "source", "attributed_to")
            .prefetch_related(Prefetch("passage", Passage.objects.only("ordinal")))
            .order_by("source_id", "event_id", "ordinal", "id")
        )
        for row in rows:
            form = _claim_form(row, kept, (around or {}).get(row.slug))
            yield StoredClaim(form, row.event.slug, row.source.slug)


def _claim_form(row: Claim, kept: Texts, around: Around | None) -> ClaimForm:
    form = ClaimForm.model_construct(
        **_values(row, CLAIM_FIELDS),
        id=row.slug,
        attributed_to=row.attributed_to.slug if row.attributed_to else "",
    )
    if row.lost:
        lost = LostForm(paragraph=row.passage.ordinal, start=row.start)
        return form.model_copy(update={"lost": lost})
    if around and around[0] == (row.passage.ordinal, row.start, row.end):
        return form.model_copy(update={"prefix": around[1], "suffix": around[2]})
    place = Place(row.passage.ordinal, row.start, row.end, row.quote)
    return entries.as_in_source(form, row.slug, place, kept.of(row.source))


def _children(rows: Any, parent: str) -> Mapping[int, list[Any]]:
    by_parent: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        by_parent[getattr(row, parent)].append(row)
    return by_parent


def _child(form: type[Form], row: Model) -> Any:
    return form.model_construct(**_values(row, form.model_fields))


def canonical_forms(
    kind: str, slugs: Iterable[str], around: Mapping[str, Around] | None = None
) -> Iterator[tuple[str, Canonical]]:
    """The id and the canonical form of what the database has of ``slugs``.

    ``around`` is for claims, as ``claim_forms`` has it.
    """
    match kind:
        case Kind.SOURCE:
            for source, text in source_forms(slugs):
                yield source.id, entries.of_source(source, text)
        case Kind.ACTOR:
            for actor in actor_forms(slugs):
                yield actor.id, entries.of_actor(actor)
        case Kind.EVENT:
            for event in event_forms(slugs):
                yield event.id, entries.of_event(event)
        case Kind.CLAIM:
            for claim in claim_forms(slugs, around):
                yield claim.form.id, entries.of_claim(claim.form, claim.event, claim.source)
