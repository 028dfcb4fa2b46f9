"""Entries: what is compared and stored one by one, each in its canonical form."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from timeline.anchors import Quote
from timeline.citing import CitableText, CitationError, Place
from timeline.models.seed import SeedItem
from timeline.seeds.forms import ActorForm, ClaimForm, EventForm, Form, SourceForm, TextForm
from timeline.seeds.problems import Place as Where
from timeline.seeds.reading import Seed

Kind = SeedItem.Kind
Key = tuple[str, str]
Canonical = dict[str, Any]


def canonical(form: Form, **more: object) -> Canonical:
    """The form as plain data without what is a default; ``more`` is added where it is not empty."""
    data = form.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return data | {key: value for key, value in more.items() if value}


def digest(data: Canonical) -> str:
    """The SHA-256 of a canonical form."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


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

    ``place`` is where a claim's words stand, unless they are lost.
    """

    kind: str
    slug: str
    home: str
    where: Where
    form: Any
    data: Canonical
    seed: Seed
    event: str = ""
    place: Place | None = None

    @property
    def key(self) -> Key:
        return self.kind, self.slug

    def refers_to(self) -> Iterator[Key]:
        """The keys of the entries without which this one cannot be."""
        if self.kind == Kind.ACTOR:
            yield from ((Kind.ACTOR.value, relation.to) for relation in self.form.relation)
        elif self.kind == Kind.EVENT:
            yield from ((Kind.ACTOR.value, part.id) for part in self.form.actors)
        elif self.kind == Kind.CLAIM:
            yield Kind.EVENT.value, self.event
            if self.form.attributed_to:
                yield Kind.ACTOR.value, self.form.attributed_to


def of_seeds(seeds: Iterable[Seed]) -> Iterator[Entry]:
    """The sources, actors and events of ``seeds``; claims have to be placed first."""
    for seed in seeds:
        if seed.source:
            form = seed.source.form
            data = of_source(form, seed.text.form if seed.text else None)
            yield Entry(Kind.SOURCE, form.id, form.id, seed.source.place, form, data, seed)
        for actor in seed.actors:
            data = of_actor(actor.form)
            yield Entry(Kind.ACTOR, actor.form.id, seed.home, actor.place, actor.form, data, seed)
        for event in seed.events:
            data = of_event(event.form)
            yield Entry(Kind.EVENT, event.form.id, seed.home, event.place, event.form, data, seed)


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
