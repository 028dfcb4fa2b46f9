"""The format of seeds: what a ``chronology.toml`` may hold, as frozen forms.

The forms are used both ways, from TOML and from the database, and the JSON schema is made from
them. The rules of each string are those of the model's column that keeps it.
"""

from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
)

from actors.models import Actor, Alias, Relation
from timeline.models import Claim, Emendation, Event, Participation, Source, SourceText, Status
from timeline.seeds.columns import Column, plain

NAME_PARTS = (
    "family",
    "given",
    "suffix",
    "dropping-particle",
    "non-dropping-particle",
    "literal",
)


def name_of_author(parts: dict[str, str]) -> dict[str, str]:
    """A name as CSL has it; raises ValueError when it is none."""
    if unknown := sorted(set(parts).difference(NAME_PARTS)):
        raise ValueError(f"has no part “{unknown[0]}”; a name has family and given, or literal")
    if ("literal" in parts) == ("family" in parts):
        raise ValueError("needs either family (and given), or literal for a name that has no parts")
    return parts


def part_of_actor(value: object) -> object:
    """A bare id stands for an actor without a role."""
    return {"id": value} if isinstance(value, str) else value


Words = Annotated[str, Field(min_length=1), AfterValidator(plain)]
Line = Annotated[str, AfterValidator(plain)]
Author = Annotated[
    dict[str, Words],
    AfterValidator(name_of_author),
    WithJsonSchema(
        {
            "type": "object",
            "properties": {part: {"type": "string"} for part in NAME_PARTS},
            "additionalProperties": False,
            "oneOf": [{"required": ["family"]}, {"required": ["literal"]}],
        }
    ),
]


class Form(BaseModel):
    """Of a table in TOML, exactly what it may hold."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class SourceForm(Form):
    """``[source]``: the document, its fields named as in CSL."""

    id: Annotated[Words, Column(Source, "slug")]
    status: Annotated[str, Column(Source, "status")] = str(Status.PUBLISHED)
    type: Annotated[str, Column(Source, "type")]
    title: Annotated[Words, Column(Source, "title")]
    author: Annotated[tuple[Author, ...], Field(strict=False)] = ()
    container_title: Annotated[
        str, Field(alias="container-title"), Column(Source, "container_title")
    ] = ""
    issued: Annotated[str, Column(Source, "issued")] = ""
    publisher: Annotated[str, Column(Source, "publisher")] = ""
    volume: Annotated[str, Column(Source, "volume")] = ""
    issue: Annotated[str, Column(Source, "issue")] = ""
    page: Annotated[str, Column(Source, "page")] = ""
    genre: Annotated[str, Column(Source, "genre")] = ""
    language: Annotated[str, Column(Source, "language")] = ""
    doi: Annotated[str, Field(alias="DOI"), Column(Source, "doi")] = ""
    url: Annotated[str, Field(alias="URL"), Column(Source, "url")] = ""
    note: Annotated[str, Column(Source, "note")] = ""


class EmendationForm(Form):
    """``[[text.emendation]]``: where the text says ``find``, ``read`` is read."""

    find: Annotated[Words, Column(Emendation, "find")]
    read: Annotated[str, Column(Emendation, "read")]
    reason: Annotated[str, Column(Emendation, "reason")] = ""
    mark: Annotated[str, Column(Emendation, "mark")] = ""


class TextForm(Form):
    """``[text]``: the file with the text as received, and how it is read."""

    file: Annotated[Words, Column(SourceText, "file")]
    sha256: Words
    begins: Annotated[str, Column(SourceText, "begins")] = ""
    ends: Annotated[str, Column(SourceText, "ends")] = ""
    paragraphs: Annotated[str, Column(SourceText, "paragraphs")] = "blank-line"
    headings: Annotated[tuple[Words, ...], Field(strict=False)] = ()
    emendation: Annotated[tuple[EmendationForm, ...], Field(strict=False)] = ()


class AliasForm(Form):
    """``[[actor.alias]]``: another name of the actor."""

    name: Annotated[Words, Column(Alias, "name")]
    kind: Annotated[str, Column(Alias, "kind")] = str(Alias.Kind.NAME)
    period: Annotated[str, Column(Alias, "period")] = ""
    note: Annotated[str, Column(Alias, "note")] = ""


class RelationForm(Form):
    """``[[actor.relation]]``: this actor is the ``kind`` of the actor ``to``."""

    kind: Annotated[str, Column(Relation, "kind")]
    to: Annotated[Words, Column(Actor, "slug")]
    period: Annotated[str, Column(Relation, "period")] = ""
    note: Annotated[str, Column(Relation, "note")] = ""


class ActorForm(Form):
    """``[[actor]]``."""

    id: Annotated[Words, Column(Actor, "slug")]
    name: Annotated[Words, Column(Actor, "name")]
    kind: Annotated[str, Column(Actor, "kind")]
    description: Annotated[str, Column(Actor, "description")] = ""
    alias: Annotated[tuple[AliasForm, ...], Field(strict=False)] = ()
    relation: Annotated[tuple[RelationForm, ...], Field(strict=False)] = ()


class PartForm(Form):
    """An actor in ``actors`` of an event, in a role or just there."""

    id: Annotated[Words, Column(Actor, "slug")]
    role: Annotated[str, Column(Participation, "role")] = ""


Part = Annotated[
    PartForm,
    BeforeValidator(part_of_actor, json_schema_input_type=str | PartForm),
]


class LostForm(Form):
    """Where the words of a claim stood before the source's text was replaced by another."""

    paragraph: Annotated[int, Field(ge=1, lt=2**31)]
    start: Annotated[int, Field(ge=0, lt=2**31)] = 0


class ClaimForm(Form):
    """``[[event.claim]]``: the exact words of the source, and what they say of the event."""

    id: Annotated[str, Column(Claim, "slug")] = ""
    quote: Annotated[Words, Column(Claim, "quote")]
    prefix: Line = ""
    suffix: Line = ""
    date: Annotated[str, Column(Claim, "date")] = ""
    stance: Annotated[str, Column(Claim, "stance")] = str(Claim.Stance.SUPPORTS)
    attributed_to: Annotated[str, Column(Actor, "slug")] = ""
    note: Annotated[str, Column(Claim, "note")] = ""
    lost: LostForm | None = None


class OnEventForm(Form):
    """Names the event that something is on."""

    event: Annotated[Words, Column(Event, "slug")]


class LooseClaimForm(ClaimForm, OnEventForm):
    """``[[claim]]``: a claim on an event that another seed defines."""


class EventForm(Form):
    """``[[event]]``."""

    id: Annotated[Words, Column(Event, "slug")]
    status: Annotated[str, Column(Event, "status")] = str(Status.PUBLISHED)
    date: Annotated[str, Column(Event, "date")] = ""
    date_basis: Annotated[str, Column(Event, "date_basis")] = str(Event.DateBasis.STATED)
    date_note: Annotated[str, Column(Event, "date_note")] = ""
    title: Annotated[Words, Column(Event, "title")]
    kind: Annotated[Words, Column(Event, "kind")]
    summary: Annotated[str, Column(Event, "summary")] = ""
    actors: Annotated[tuple[Part, ...], Field(strict=False)] = ()
    claim: Annotated[tuple[ClaimForm, ...], Field(strict=False)] = ()


class SeedForm(Form):
    """A whole ``chronology.toml``."""

    source: SourceForm | None = None
    text: TextForm | None = None
    actor: Annotated[tuple[ActorForm, ...], Field(strict=False)] = ()
    event: Annotated[tuple[EventForm, ...], Field(strict=False)] = ()
    claim: Annotated[tuple[LooseClaimForm, ...], Field(strict=False)] = ()


def schema() -> dict[str, Any]:
    """The JSON schema (2020-12) of a ``chronology.toml``."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **SeedForm.model_json_schema(by_alias=True),
        "title": "chronology.toml",
    }
