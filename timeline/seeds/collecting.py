"""What belongs into each seed: the way back from the database to the form of a whole seed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import F

from actors.models import Actor
from timeline.chunking import chunks
from timeline.models import Claim, Event, Participation, SeedItem, claim_slug
from timeline.seeds import stored
from timeline.seeds.entries import Kind
from timeline.seeds.forms import ClaimForm, EventForm, LooseClaimForm, SeedForm


@dataclass(frozen=True, slots=True)
class Homes:
    """Which seed each actor and event is at home in; what has no source is at home in ``""``."""

    actors: dict[str, str]
    events: dict[str, str]

    def at(self, home: str) -> tuple[list[str], list[str]]:
        """The ids of the actors and of the events of one seed."""
        return _of(self.actors, home), _of(self.events, home)


def _of(homes: dict[str, str], home: str) -> list[str]:
    return sorted(slug for slug, one in homes.items() if one == home)


def homes() -> Homes:
    """The seed that brought an item in, else the source of its first claim."""
    claims = Claim.objects.order_by("-ordinal", "-id")
    first: dict[str, str] = dict(claims.values_list("event__slug", "source__slug").iterator())
    events = _known(Kind.EVENT)
    for slug in Event.objects.values_list("slug", flat=True).iterator():
        events.setdefault(slug, first.get(slug, ""))
    actors = _known(Kind.ACTOR)
    parts = Participation.objects.order_by(F("event__sort_date").asc(nulls_last=True), "event_id")
    for actor, event in parts.values_list("actor__slug", "event__slug").iterator():
        if event in first:
            actors.setdefault(actor, first[event])
    for slug in Actor.objects.values_list("slug", flat=True).iterator():
        actors.setdefault(slug, "")
    return Homes(actors, events)


def _known(kind: str) -> dict[str, str]:
    model = Actor if kind == Kind.ACTOR else Event
    there = model._default_manager.values("slug")
    items = SeedItem.objects.filter(kind=kind, slug__in=there)
    return {slug: home or "" for slug, home in items.values_list("slug", "source__slug")}


def seed_form(home: str, known: Homes) -> SeedForm:
    """All of one seed, in the canonical order."""
    source, text = next(stored.source_forms([home]), (None, None))
    actors, events = known.at(home)
    claims = {} if source is None else _claims(home)
    return SeedForm.model_construct(
        source=source,
        text=text,
        actor=tuple(stored.actor_forms(actors)),
        event=tuple(_events(events, claims)),
        claim=tuple(_loose(claims)),
    )


def _claims(home: str) -> dict[str, list[ClaimForm]]:
    """The claims that the source makes, by the event, in their order."""
    rows = Claim.objects.filter(source__slug=home).order_by("event__slug", "ordinal", "id")
    events = dict(rows.values_list("slug", "event__slug"))
    forms = {claim.form.id: claim.form for claim in stored.claim_forms(events)}
    by_event: dict[str, list[ClaimForm]] = {}
    for slug, event in events.items():
        by_event.setdefault(event, []).append(_without_own_id(forms[slug], event))
    return by_event


def _without_own_id(claim: ClaimForm, event: str) -> ClaimForm:
    """The id is written only where it is not the one that a claim without an id gets."""
    if claim.id == claim_slug(event, claim.quote, claim.prefix, claim.suffix):
        return claim.model_copy(update={"id": ""})
    return claim


def _events(slugs: Sequence[str], claims: dict[str, list[ClaimForm]]) -> Iterator[EventForm]:
    forms = {form.id: form for form in stored.event_forms(slugs)}
    for slug in _in_order(slugs):
        yield forms[slug].model_copy(update={"claim": tuple(claims.pop(slug, ()))})


def _in_order(slugs: Sequence[str]) -> list[str]:
    """By date, undated ones last, and by id."""
    dates: dict[str, int | None] = {}
    for chunk in chunks(slugs):
        dates |= Event.objects.filter(slug__in=chunk).values_list("slug", "sort_date")
    return sorted(slugs, key=lambda slug: (dates[slug] is None, dates[slug] or 0, slug))


def _loose(claims: dict[str, list[ClaimForm]]) -> Iterator[LooseClaimForm]:
    """Claims on the events of other seeds."""
    for event in sorted(claims):
        for claim in claims[event]:
            values = {name: getattr(claim, name) for name in ClaimForm.model_fields}
            yield LooseClaimForm.model_construct(event=event, **values)
