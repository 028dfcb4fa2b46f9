"""What stands in the columns of the lists as CSV; heads are names of the program, untranslated."""

from typing import Any

from timeline.admin.authors import lines
from timeline.admin.csv_export import Column, joined, words
from timeline.models import Event

EVENT_RELATED = ("participations__actor", "claims__source")
EVENT: tuple[Column, ...] = (
    ("id", lambda event: event.slug),
    ("status", lambda event: event.status),
    ("title", lambda event: event.title),
    ("date", lambda event: event.date),
    ("date in words", lambda event: words(event.date)),
    ("date basis", lambda event: event.date_basis if event.date else ""),
    ("date note", lambda event: event.date_note),
    ("kind", lambda event: event.kind),
    ("summary", lambda event: event.summary),
    ("actors", lambda event: joined(event.participations.all())),
    ("quotes", lambda event: len(event.claims.all())),
    ("sources", lambda event: joined(_sources(event))),
)
CLAIM_RELATED = ("attributed_to",)
CLAIM: tuple[Column, ...] = (
    ("id", lambda claim: claim.slug),
    ("event", lambda claim: claim.event.slug),
    ("event title", lambda claim: claim.event.title),
    ("event status", lambda claim: claim.event.status),
    ("source", lambda claim: claim.source.slug),
    ("paragraph", lambda claim: claim.passage.ordinal),
    ("quote", lambda claim: claim.quote),
    ("lost", lambda claim: "yes" if claim.lost else ""),
    ("stance", lambda claim: claim.stance),
    ("date", lambda claim: claim.date),
    ("date in words", lambda claim: words(claim.date)),
    ("attributed to", lambda claim: claim.attributed_to or ""),
    ("note", lambda claim: claim.note),
)
SOURCE: tuple[Column, ...] = (
    ("id", lambda source: source.slug),
    ("status", lambda source: source.status),
    ("type", lambda source: source.type),
    ("title", lambda source: source.title),
    ("authors", lambda source: joined(lines(source.author).splitlines())),
    ("issued", lambda source: source.issued),
    ("issued in words", lambda source: words(source.issued)),
    ("container title", lambda source: source.container_title),
    ("publisher", lambda source: source.publisher),
    ("volume", lambda source: source.volume),
    ("issue", lambda source: source.issue),
    ("page", lambda source: source.page),
    ("language", lambda source: source.language),
    ("DOI", lambda source: source.doi),
    ("URL", lambda source: source.url),
)
PASSAGE_RELATED = ("claims",)
PASSAGE: tuple[Column, ...] = (
    ("source", lambda passage: passage.source.slug),
    ("paragraph", lambda passage: passage.ordinal),
    ("heading", lambda passage: passage.heading),
    ("quotes", lambda passage: sum(not claim.lost for claim in passage.claims.all())),
    ("text", lambda passage: passage.text),
)
ACTOR_RELATED = ("aliases",)
ACTOR: tuple[Column, ...] = (
    ("id", lambda actor: actor.slug),
    ("name", lambda actor: actor.name),
    ("kind", lambda actor: actor.kind),
    ("other names", lambda actor: joined(actor.aliases.all())),
    ("description", lambda actor: actor.description),
)


def _sources(event: Event) -> list[Any]:
    return sorted({claim.source.slug for claim in event.claims.all()})
