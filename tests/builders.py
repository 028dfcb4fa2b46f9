"""Builders of what tests need: each makes one thing, complete, and published unless told."""

from collections.abc import Sequence
from itertools import count
from typing import Any

from actors.models import Actor
from timeline import readings, texts
from timeline.anchors import Quote
from timeline.models import Claim, Event, Participation, Source, Status

_numbers = count(1)

ARTICLE = """\
In 1911 Mongolia proclaimed its independence.

Diplomacy

On October 15, 1948, Mongolia and the DPRK established diplomatic relations. They were based on
shared ideology.

The war ended in an armistice in 1953."""


def make_actor(name: str = "", **fields: Any) -> Actor:
    """An actor named ``name`` or by a number."""
    number = next(_numbers)
    fields.setdefault("slug", f"actor-{number}")
    fields.setdefault("kind", Actor.Kind.STATE)
    return Actor.objects.create(name=name or f"Actor {number}", **fields)


def make_source(
    text: str = ARTICLE, spec: readings.TextSpec | None = None, **fields: Any
) -> Source:
    """A source with ``text``, by default ARTICLE of three passages under one heading."""
    number = next(_numbers)
    fields.setdefault("slug", f"source-{number}")
    fields.setdefault("title", f"Source {number}")
    fields.setdefault("status", Status.PUBLISHED)
    source = Source.objects.create(**fields)
    if spec is None:
        spec = readings.TextSpec(headings=("Diplomacy",) if text == ARTICLE else ())
    texts.store_text(source, text, spec)
    return source


def make_claim(
    event: Event, source: Source, quote: str, *, prefix: str = "", suffix: str = "", **fields: Any
) -> Claim:
    """A claim whose position is found in ``source``; raises CitationError if it is not there."""
    place = texts.citable(source).place(Quote(quote, prefix, suffix))
    fields.setdefault("slug", f"{event.slug}-claim-{next(_numbers)}")
    return Claim.objects.create(
        event=event,
        source=source,
        passage=source.passages.get(ordinal=place.ordinal),
        quote=place.quote,
        start=place.start,
        end=place.end,
        **fields,
    )


def make_event(
    title: str = "",
    *,
    actors: Sequence[Actor | tuple[Actor, str]] = (),
    source: Source | None = None,
    quote: str = "",
    cited: bool = True,
    **fields: Any,
) -> Event:
    """An event with one claim, unless not ``cited``: of ``quote`` in ``source``, or of its own."""
    number = next(_numbers)
    title = title or f"Event {number}"
    fields.setdefault("slug", f"event-{number}")
    fields.setdefault("status", Status.PUBLISHED)
    fields.setdefault("kind", "diplomacy")
    event = Event.objects.create(title=title, **fields)
    for one in actors:
        actor, role = one if isinstance(one, tuple) else (one, "")
        Participation.objects.create(event=event, actor=actor, role=role)
    if cited:
        if source is None:
            quote = quote or f"It is recorded that {title} took place."
            source = make_source(quote)
        make_claim(event, source, quote or source.passages.earliest("ordinal").text)
    return event
