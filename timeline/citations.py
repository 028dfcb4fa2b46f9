"""The proof that every entry is quoted: each text, each quote and each date is checked anew."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from timeline import edtf, readings, texts
from timeline.models import Claim, Event, Passage, Source, SourceText, Status

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Failure:
    """What is wrong with ``item``, such as ``claim the-war-1a2b3c4d``, and what to do."""

    item: str
    message: str


@dataclass(slots=True)
class Proof:
    """How many of each were looked at, and all that failed."""

    sources: int = 0
    passages: int = 0
    claims: int = 0
    events: int = 0
    published: int = 0
    uncited: int = 0
    failures: list[Failure] = field(default_factory=list)


def prove() -> Proof:
    """Check all sources, claims and events, a chunk at a time; writes nothing."""
    proof = Proof()
    for source in Source.objects.order_by("pk").iterator(CHUNK):
        proof.sources += 1
        proof.failures += _failures_of_text(source)
    proof.passages = Passage.objects.count()
    for failures in _failures_of_claims():
        proof.claims += 1
        proof.failures += failures
    for event in Event.objects.order_by("pk").iterator(CHUNK):
        proof.events += 1
        proof.published += event.status == Status.PUBLISHED
        proof.failures += _failures_of_date(event)
    for slug in Event.objects.uncited().order_by("slug").values_list("slug", flat=True):
        proof.uncited += 1
        message = "It is published and quotes no published source; cite one, or make it a draft."
        proof.failures.append(Failure(f"event {slug}", message))
    return proof


def _failures_of_text(source: Source) -> Iterator[Failure]:
    item = f"source {source.slug}"
    text = SourceText.objects.filter(source=source).first()
    if text is None:
        if source.passages.exists():
            yield Failure(item, "It has passages and no text; store its text again.")
        return
    if readings.sha256(text.raw) != text.raw_sha256:
        yield Failure(item, "The text as received is not the one that was hashed; import it again.")
    if readings.sha256(text.reading) != text.reading_sha256:
        yield Failure(item, "The text as read is not the one that was hashed; import it again.")
    try:
        reading = readings.read(text.raw, texts.spec_of(text))
    except readings.ReadingError as error:
        yield Failure(item, f"The text as received cannot be read as recorded: {error}")
        return
    if reading.text != text.reading:
        yield Failure(item, "The text as read does not follow from the text as received.")
    if list(reading.passages) != list(_stored_passages(source)):
        yield Failure(item, "The passages do not follow from the text; store the text again.")
    if list(reading.emendations) != list(_stored_emendations(source)):
        yield Failure(
            item, "The emendations are not where they are recorded; store the text again."
        )


def _stored_emendations(source: Source) -> Iterator[readings.Emended]:
    for row in source.emendations.order_by("ordinal"):
        yield readings.Emended(**{name: getattr(row, name) for name in texts.EMENDATION_FIELDS})


def _stored_passages(source: Source) -> Iterator[readings.ReadPassage]:
    for row in source.passages.order_by("ordinal"):
        yield readings.ReadPassage(row.ordinal, row.heading, row.heading_start, row.start, row.text)


def _failures_of_claims() -> Iterator[list[Failure]]:
    claims = Claim.objects.order_by("pk").values_list(
        "slug", "quote", "start", "end", "lost", "source_id", "passage__source_id", "passage__text"
    )
    for slug, quote, start, end, lost, source, passage_source, text in claims.iterator(CHUNK):
        item, shown = f"claim {slug}", f"“{quote}”"
        if lost:
            message = f"{shown} is no longer in the source; open it in the admin and quote anew."
        elif source != passage_source:
            message = f"{shown} points to a passage of another source."
        elif not quote or text[start:end] != quote:
            message = f"{shown} is not at its place in the passage, where “{text[start:end]}” is."
        else:
            message = ""
        yield [Failure(item, message)] if message else []


def _failures_of_date(event: Event) -> Iterator[Failure]:
    item, stored = f"event {event.slug}", _bounds(event)
    try:
        event.derive_bounds()
    except edtf.EdtfError as error:
        yield Failure(item, f"Its date cannot be read: {error}")
        return
    if _bounds(event) != stored:
        yield Failure(
            item, f"Its bounds do not follow from its date “{event.date}”; save it again."
        )


def _bounds(event: Event) -> tuple[object, ...]:
    return (
        event.earliest_start,
        event.latest_start,
        event.earliest_end,
        event.latest_end,
        event.qualified,
        event.sort_date,
    )
