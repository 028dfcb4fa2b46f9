"""Entries: what is compared and stored one by one, each in its canonical form."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from actors.models import Actor
from timeline.anchors import Quote
from timeline.citing import CitableText, CitationError, Place
from timeline.models import Claim, Event, SeedItem, Source
from timeline.seeds.forms import ActorForm, ClaimForm, EventForm, Form, SourceForm, TextForm
from timeline.seeds.problems import Place as Where

Kind = SeedItem.Kind
BOUNDS = ("earliest_start", "latest_start", "earliest_end", "latest_end", "qualified", "sort_date")
MODELS: dict[str, type[Model]] = {
    Kind.SOURCE: Source,
    Kind.ACTOR: Actor,
    Kind.EVENT: Event,
    Kind.CLAIM: Claim,
}
Key = tuple[str, str]
Canonical = dict[str, Any]


def canonical(form: Form, **more: object) -> Canonical:
    """The form as plain data without what is a default; ``more`` is added where it is not empty."""
    data = form.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return data | {key: value for key, value in more.items() if value}


def digest(data: Canonical) -> str:
    """The SHA-256 of a canonical form."""
    return hashlib.sha256(as_json(data, sort_keys=True).encode()).hexdigest()


def as_json(data: Canonical, *, sort_keys: bool = False) -> str:
    """A canonical form as text."""
    return json.dumps(data, ensure_ascii=False, sort_keys=sort_keys, separators=(",", ":"))


def of_source(source: SourceForm, text: TextForm | None) -> Canonical:
    """A source with the way its text is read; the text itself is there by its hash."""
    return canonical(source, text=canonical(text) if text else None)


def of_actor(actor: ActorForm) -> Canonical:
    """An actor with its aliases and relations."""
    return canonical(actor)


def of_event(event: EventForm) -> Canonical:
    """An event with those who took part, without its claims."""
    data = canonical(event)
    data.pop("claim", None)
    return data


def of_claim(claim: ClaimForm, event: str, source: str) -> Canonical:
    """A claim with the event and the source that it ties."""
    return canonical(claim, event=event, source=source)


@dataclass(frozen=True, slots=True)
class Entry:
    """An item that a seed gives; ``home`` is the id of that seed's source, or nothing.

    ``event`` is the one that a claim is on, and ``span`` where its words stand: the ordinal of the
    passage, start and end. ``bounds`` are those of an event's date. ``shown`` are published events
    and claims that readers can see. ``refers_to`` has the entries without which this one cannot
    be. A claim that has no place gets no ``slug``.
    """

    kind: str
    slug: str
    home: str
    where: Where
    data: Canonical
    event: str = ""
    span: tuple[int, int, int] | None = None
    bounds: tuple[int | bool | None, ...] = ()
    shown: bool = False
    refers_to: tuple[Key, ...] = ()


def as_in_source(claim: ClaimForm, slug: str, place: Place, text: CitableText) -> ClaimForm:
    """The claim in the source's own characters, with the fewest words around it that are needed."""
    prefix, suffix = around(place, text)
    return claim.model_copy(
        update={"id": slug, "quote": place.quote, "prefix": prefix, "suffix": suffix}
    )


def around(place: Place, text: CitableText) -> tuple[str, str]:
    """The prefix and suffix with which a seed gives this place; empty where the quote will do."""
    try:
        if text.place(Quote(place.quote)) == place:
            return "", ""
    except CitationError:  # it stands there more than once
        pass
    try:
        return text.context(place.ordinal, place.start, place.end)
    except ValueError:  # it cuts a word, as only a hand-written row can
        return "", ""
