"""Proves the quotes: every claim's words stand in its source, every published entry has a quote.

One source at a time, so that memory does not grow with the knowledge base.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from timeline import edtf, readings, texts
from timeline.models import Claim, Event, Passage, Source, SourceText

BOUNDS = ("earliest_start", "latest_start", "earliest_end", "latest_end", "qualified", "sort_date")
CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Failure:
    """What is not as it has to be: ``item`` such as ``claim some-id``, ``message`` for a person."""

    item: str
    message: str

    def __str__(self) -> str:
        return f"{self.item}: {self.message}"


@dataclass(slots=True)
class Figures:
    """How much was looked at, and how many claims are ``proved``."""

    sources: int = 0
    passages: int = 0
    claims: int = 0
    proved: int = 0
    events: int = 0
    published: int = 0
    uncited: int = 0


def prove(figures: Figures) -> Iterator[Failure]:
    """Every failure, one after the other; ``figures`` is filled in on the way."""
    for source in Source.objects.order_by("slug").iterator(CHUNK):
        figures.sources += 1
        passages = {passage.pk: passage for passage in source.passages.order_by("ordinal")}
        figures.passages += len(passages)
        yield from _text_failures(source, list(passages.values()))
        yield from _claim_failures(source, passages, figures)
    yield from _event_failures(figures)


def _text_failures(source: Source, passages: list[Passage]) -> Iterator[Failure]:
    """Whether the text as received and what is read of it still belong together."""
    item = f"source {source.slug}"
    text = SourceText.objects.filter(source=source).first()
    if text is None:
        if passages:
            yield Failure(item, "It has passages but no text.")
        return
    if readings.sha256(text.raw) != text.raw_sha256:
        yield Failure(item, "The text as received has another hash than when it was stored.")
    if readings.sha256(text.reading) != text.reading_sha256:
        yield Failure(item, "The text as read has another hash than when it was stored.")
    try:
        reading = readings.read(text.raw, texts.spec_of(text))
    except readings.ReadingError as error:
        yield Failure(item, f"The text as received cannot be read as recorded: {error}")
        return
    if reading.text != text.reading:
        yield Failure(item, "The text as read is not what the recorded emendations make of it.")
    for passage in passages:
        if not text.reading.startswith(passage.text, passage.start):
            yield Failure(f"{item} ¶ {passage.ordinal}", "It does not stand there in the text.")
    stored = [
        (one.ordinal, one.heading, one.heading_start, one.start, one.text) for one in passages
    ]
    read = [
        (one.ordinal, one.heading, one.heading_start, one.start, one.text)
        for one in reading.passages
    ]
    if stored != read:
        yield Failure(item, "Its passages are not the paragraphs of the text as read.")


def _claim_failures(
    source: Source, passages: dict[int, Passage], figures: Figures
) -> Iterator[Failure]:
    claims = Claim.objects.filter(source=source).order_by("slug")
    for claim in claims.iterator(CHUNK):
        figures.claims += 1
        if message := _fault(claim, passages.get(claim.passage_id)):
            yield Failure(f"claim {claim.slug}", message)
        else:
            figures.proved += 1


def _fault(claim: Claim, passage: Passage | None) -> str:
    if claim.lost:
        return f"“{claim.quote}” is no longer in the source; quote it anew."
    if passage is None:
        return "Its passage is of another source."
    if passage.text[claim.start : claim.end] != claim.quote:
        return f"“{claim.quote}” does not stand at its place in ¶ {passage.ordinal}."
    return _fault_of_date(claim.date)


def _fault_of_date(date: str) -> str:
    try:
        if date:
            edtf.parse(date)
    except edtf.EdtfError as error:
        return str(error)
    return ""


def _event_failures(figures: Figures) -> Iterator[Failure]:
    """Whether every date is read as it was when stored, and every published entry is quoted."""
    for event in Event.objects.order_by("slug").iterator(CHUNK):
        figures.events += 1
        stored = [getattr(event, name) for name in BOUNDS]
        try:
            event.derive_bounds()
        except edtf.EdtfError as error:
            yield Failure(f"event {event.slug}", str(error))
            continue
        if stored != [getattr(event, name) for name in BOUNDS]:
            yield Failure(
                f"event {event.slug}",
                f"Its bounds are not those of its date “{event.date}”; save it again.",
            )
    figures.published = Event.objects.published().count()
    for slug in Event.objects.uncited().order_by("slug").values_list("slug", flat=True).iterator():
        figures.uncited += 1
        yield Failure(f"event {slug}", "It is published, but no published source is quoted for it.")
