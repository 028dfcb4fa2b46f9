"""What one seed gives, entry by entry, and all that is seen to be wrong in that seed alone."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from timeline.anchors import Quote
from timeline.citing import CitationError
from timeline.models import Event, Status, claim_slug
from timeline.seeds import entries, hints
from timeline.seeds.entries import Entry, Key, Kind
from timeline.seeds.forms import ActorForm, ClaimForm, EventForm
from timeline.seeds.problems import Problem
from timeline.seeds.reading import ClaimItem, Seed


def gathered(seed: Seed) -> tuple[list[Entry], list[Problem]]:
    """The entries of ``seed``, its claims placed in its text, and what is wrong with them."""
    problems = list(seed.problems)
    found = [*_defined(seed), *_claims(seed, problems)]
    for event in seed.events:
        problems += [Problem(event.place, message) for message in _faults_of_event(event.form)]
    for actor in seed.actors:
        problems += [Problem(actor.place, message) for message in _faults_of_actor(actor.form)]
    return found, problems


def _defined(seed: Seed) -> Iterator[Entry]:
    """The source, the actors and the events."""
    if seed.source:
        source = seed.source.form
        data = entries.of_source(source, seed.text.form if seed.text else None)
        shown = source.status == Status.PUBLISHED
        yield Entry(Kind.SOURCE, source.id, seed.home, seed.source.place, data, shown=shown)
    for actor in seed.actors:
        yield Entry(
            Kind.ACTOR,
            actor.form.id,
            seed.home,
            actor.place,
            entries.of_actor(actor.form),
            refers_to=_actors(relation.to for relation in actor.form.relation),
        )
    for event in seed.events:
        yield Entry(
            Kind.EVENT,
            event.form.id,
            seed.home,
            event.place,
            entries.of_event(event.form),
            bounds=_bounds(event.form.date),
            shown=event.form.status == Status.PUBLISHED,
            refers_to=_actors(part.id for part in event.form.actors),
        )


def _bounds(date: str) -> tuple[int | bool | None, ...]:
    """Worked out while the date is fresh in the parser's memory."""
    event = Event(date=date)
    event.derive_bounds()
    return tuple(getattr(event, name) for name in entries.BOUNDS)


def _actors(slugs: Iterable[str]) -> tuple[Key, ...]:
    return tuple((Kind.ACTOR.value, slug) for slug in dict.fromkeys(slugs) if slug)


def _claims(seed: Seed, problems: list[Problem]) -> Iterator[Entry]:
    if seed.text is None and seed.claims:
        why = "There is no [text] to quote" if seed.source else "There is no [source] to quote"
        problems.append(Problem(seed.claims[0].place, f"{why}; add it, or leave the claims out."))
    published = seed.source is not None and seed.source.form.status == Status.PUBLISHED
    for item in seed.claims:
        slug, data, span = "", {}, None
        if seed.citable is not None:
            try:
                form, span = _placed(seed, item)
                slug, data = form.id, entries.of_claim(form, item.event, seed.home)
            except CitationError as error:
                problems.append(Problem(item.place, str(error)))
        event = ((Kind.EVENT.value, item.event),) if item.event else ()
        yield Entry(
            Kind.CLAIM,
            slug,
            seed.home,
            item.place,
            data,
            event=item.event,
            span=span,
            shown=published and item.form.lost is None,
            refers_to=event + _actors([item.form.attributed_to]),
        )


def _placed(seed: Seed, item: ClaimItem) -> tuple[ClaimForm, tuple[int, int, int] | None]:
    """The claim in the source's own words, and where they stand; raises CitationError."""
    assert seed.citable is not None and seed.reading is not None  # noqa: S101, PT018
    form = item.form
    slug = form.id or claim_slug(item.event, form.quote, form.prefix, form.suffix)
    if form.lost is not None:
        if form.lost.paragraph > len(seed.reading.passages):
            raise CitationError(
                f"lost: There is no paragraph {form.lost.paragraph}; "
                f"the last is {len(seed.reading.passages)}."
            )
        return form.model_copy(update={"id": slug, "prefix": "", "suffix": ""}), None
    place = seed.citable.place(Quote(form.quote, form.prefix, form.suffix))
    span = (place.ordinal, place.start, place.end)
    if form.prefix or form.suffix:
        return entries.as_in_source(form, slug, place, seed.citable), span
    # That it could be placed says that it needs none of the words around it.
    return form.model_copy(update={"id": slug, "quote": place.quote}), span


def _faults_of_event(form: EventForm) -> Iterator[str]:
    if form.date_basis == Event.DateBasis.INFERRED and not form.date_note:
        yield "“date_note” is missing: say why the date is inferred."
    for part in _repeated((part.id, part.role) for part in form.actors):
        yield f"actors: “{part[0]}” is there twice in the same role; leave one out."


def _faults_of_actor(form: ActorForm) -> Iterator[str]:
    for name in _repeated(alias.name for alias in form.alias):
        yield f"alias: The name {hints.shown(name)} is there twice; leave one out."
    for kind, to in _repeated((relation.kind, relation.to) for relation in form.relation):
        yield f"relation: “{kind}” to “{to}” is there twice; leave one out."
    if form.id and any(relation.to == form.id for relation in form.relation):
        yield f"relation: to: “{form.id}” is this actor itself; name another."


def _repeated(values: Iterable[Any]) -> list[Any]:
    return [value for value, times in Counter(values).items() if times > 1 and value]
