"""A source as a page to read: paragraphs with their quotes, the events beside them, its changes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from timeline.chronology import Dating, dating
from timeline.models import Claim, Emendation, Passage, Source, SourceText
from timeline.reader.pieces import Change, Piece, Quoted, pieces, share_covered


@dataclass(frozen=True, slots=True)
class Note:
    """An event in the margin: the quote ``number`` of this paragraph speaks of it."""

    number: int
    claim: str
    event: str
    title: str
    dating: Dating
    disputes: bool
    quote: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading in pieces, for its note marks and corrections."""

    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A passage; ``heading`` is set where its section begins."""

    ordinal: int
    heading: Heading | None
    pieces: list[Piece]
    notes: list[Note]


@dataclass(frozen=True, slots=True)
class Article:
    """A source's text for readers. ``text`` is None where only its data are known."""

    source: Source
    text: SourceText | None
    paragraphs: list[Paragraph]
    lost: list[Note]
    changes: list[Emendation]
    cited: int
    entries: int


def article_of(source: Source) -> Article:
    """``source`` with its text and its published quotes: four queries."""
    text = SourceText.objects.filter(source=source).defer("raw", "reading").first()
    emendations = list(Emendation.objects.filter(source=source).order_by("start", "ordinal"))
    notes, quotes, lost = _claims_of(source)
    passages = list(Passage.objects.filter(source=source).order_by("ordinal"))
    return Article(
        source=source,
        text=text,
        paragraphs=_paragraphs(passages, notes, quotes, emendations),
        lost=lost,
        changes=[one for one in emendations if not one.mark],
        cited=share_covered((passage.text, quotes[passage.pk]) for passage in passages),
        entries=len({note.event for row in notes.values() for note in row}),
    )


def _claims_of(
    source: Source,
) -> tuple[dict[int, list[Note]], dict[int, list[Quoted]], list[Note]]:
    """Margin notes and quotes by passage, in the order of the text, and the lost ones apart."""
    notes: dict[int, list[Note]] = defaultdict(list)
    quotes: dict[int, list[Quoted]] = defaultdict(list)
    lost: list[Note] = []
    claims = Claim.objects.published().filter(source=source).select_related("event", "passage")
    for claim in claims.order_by("passage__ordinal", "start", "end", "id"):
        number = len(notes[claim.passage_id]) + 1
        note = _note(claim, number)
        if claim.lost:
            lost.append(note)
            continue
        notes[claim.passage_id].append(note)
        quotes[claim.passage_id].append(Quoted(number, claim.slug, claim.start, claim.end))
    return notes, quotes, lost


def _note(claim: Claim, number: int) -> Note:
    return Note(
        number=number,
        claim=claim.slug,
        event=claim.event.slug,
        title=claim.event.title,
        dating=dating(claim.event.date),
        disputes=claim.stance == Claim.Stance.DISPUTES,
        quote=claim.quote,
        paragraph=claim.passage.ordinal,
    )


def _paragraphs(
    passages: Sequence[Passage],
    notes: dict[int, list[Note]],
    quotes: dict[int, list[Quoted]],
    emendations: Sequence[Emendation],
) -> list[Paragraph]:
    paragraphs: list[Paragraph] = []
    open_section: tuple[int | None, str] = (None, "")
    for passage in passages:
        section = (passage.heading_start, passage.heading)
        begins = bool(passage.heading) and section != open_section
        open_section = section
        paragraphs.append(
            Paragraph(
                ordinal=passage.ordinal,
                heading=_heading(passage, emendations) if begins else None,
                pieces=pieces(
                    passage.text,
                    quotes[passage.pk],
                    _changes(emendations, passage.start, len(passage.text)),
                ),
                notes=notes[passage.pk],
            )
        )
    return paragraphs


def _heading(passage: Passage, emendations: Sequence[Emendation]) -> Heading:
    if passage.heading_start is None:
        return Heading(pieces(passage.heading, ()))
    changes = _changes(emendations, passage.heading_start, len(passage.heading))
    return Heading(pieces(passage.heading, (), changes))


def _changes(emendations: Sequence[Emendation], start: int, size: int) -> list[Change]:
    """The corrections within ``size`` characters from ``start`` on, counted from there."""
    return [
        Change(one.start - start, one.removed, one.inserted, one.reason, one.mark)
        for one in emendations
        if start <= one.start <= start + size
    ]
