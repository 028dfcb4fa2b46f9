"""A source as a page to read: paragraphs with their quotes, the events beside them, its changes."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import QuerySet

from timeline.chronology import Dating, dating
from timeline.models import Claim, Emendation, Passage, Source, SourceText
from timeline.reader.lanes import lanes, letter, merged
from timeline.reader.pieces import Change, Piece, Quoted, pieces
from timeline.reader.strip import Length, Segment, share, strip


class ClaimRow(NamedTuple):
    """What a page needs of a claim and its event: rows, since a long source has thousands."""

    slug: str
    passage: int
    start: int
    end: int
    quote: str
    lost: bool
    stance: str
    event: str
    title: str
    date: str


class PassageRow(NamedTuple):
    """What a page needs of a passage."""

    id: int
    ordinal: int
    heading: str
    heading_start: int | None
    start: int
    text: str


CLAIM = (
    *("slug", "passage", "start", "end", "quote", "lost", "stance"),
    *("event__slug", "event__title", "event__date"),
)


@dataclass(frozen=True, slots=True)
class Lost:
    """A quote that is no longer in the text."""

    claim: str
    quote: str
    event: str
    title: str


@dataclass(frozen=True, slots=True)
class Note:
    """An event in the margin of a paragraph, and the ``quotes`` there that speak of it."""

    id: str
    event: str
    title: str
    dating: Dating
    disputed: bool
    quotes: tuple[Quoted, ...]


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
    strip: list[Segment]
    lost: list[Lost]
    changes: list[Emendation]
    marks: bool
    cited: int
    uncited: int
    entries: int


def article_of(source: Source, among: QuerySet[Claim] | None = None) -> Article:
    """``source`` with its text and its quotes ``among`` some, else the published: four queries."""
    text = SourceText.objects.filter(source=source).defer("raw", "reading").first()
    emendations = list(Emendation.objects.filter(source=source).order_by("start", "ordinal"))
    rows = (Claim.objects.published() if among is None else among).filter(source=source)
    claims = [
        ClaimRow._make(row)
        for row in rows.order_by("passage", "start", "end", "id").values_list(*CLAIM)
    ]
    cited: dict[int, list[ClaimRow]] = defaultdict(list)
    for claim in claims:
        if not claim.lost:
            cited[claim.passage].append(claim)
    stored = Passage.objects.filter(source=source).order_by("ordinal")
    passages = [PassageRow._make(row) for row in stored.values_list(*PassageRow._fields)]
    paragraphs = _paragraphs(passages, cited, emendations)
    lengths = [_length(passage, cited[passage.id]) for passage in passages]
    return Article(
        source=source,
        text=text,
        paragraphs=paragraphs,
        strip=strip(lengths),
        lost=[_lost(claim) for claim in claims if claim.lost],
        changes=[one for one in emendations if not one.mark],
        marks=any(one.mark for one in emendations),
        cited=_share(lengths),
        uncited=sum(not one.cited for one in lengths),
        entries=len({note.event for one in paragraphs for note in one.notes}),
    )


def _length(passage: PassageRow, claims: Sequence[ClaimRow]) -> Length:
    spans = merged((claim.start, claim.end) for claim in claims)
    return Length(passage.ordinal, len(passage.text), spans)


def _share(lengths: Sequence[Length]) -> int:
    """The percentage of all characters that quotes cover."""
    covered = sum(end - start for one in lengths for start, end in one.cited)
    return share(covered, sum(one.size for one in lengths))


def _lost(claim: ClaimRow) -> Lost:
    return Lost(claim.slug, claim.quote, claim.event, claim.title)


def _quoted(ordinal: int, claims: Sequence[ClaimRow]) -> list[Quoted]:
    """The quotes of a passage, numbered in the order of the text, a letter for each event."""
    letters: dict[str, str] = {}
    several = Counter(claim.event for claim in claims)
    met: Counter[str] = Counter()
    quoted = []
    runs = lanes((claim.start, claim.end) for claim in claims)
    for number, claim in enumerate(claims, start=1):
        event, place = claim.event, (claim.start, claim.end)
        named = letters.setdefault(event, letter(len(letters) + 1))
        met[event] += 1
        sign = f"{named}{met[event]}" if several[event] > 1 else named
        note = f"n-{ordinal}-{named}"
        quoted.append(Quoted(number, claim.slug, *place, runs[place], note, sign))
    return quoted


def _notes(claims: Sequence[ClaimRow], quoted: Sequence[Quoted]) -> list[Note]:
    """One note an event, in the order in which the passage comes to speak of it."""
    quotes: dict[tuple[str, str, str, str], list[Quoted]] = defaultdict(list)
    disputed = {one.event for one in claims if one.stance == Claim.Stance.DISPUTES}
    for claim, quote in zip(claims, quoted, strict=True):
        quotes[quote.note, claim.event, claim.title, claim.date].append(quote)
    return [
        Note(note, event, title, dating(date), event in disputed, tuple(found))
        for (note, event, title, date), found in quotes.items()
    ]


def _paragraphs(
    passages: Sequence[PassageRow],
    cited: dict[int, list[ClaimRow]],
    emendations: Sequence[Emendation],
) -> list[Paragraph]:
    paragraphs: list[Paragraph] = []
    open_section: tuple[int | None, str] = (None, "")
    for passage in passages:
        section = (passage.heading_start, passage.heading)
        begins = bool(passage.heading) and section != open_section
        open_section = section
        quoted = _quoted(passage.ordinal, cited[passage.id])
        paragraphs.append(
            Paragraph(
                ordinal=passage.ordinal,
                heading=_heading(passage, emendations) if begins else None,
                pieces=pieces(
                    passage.text, quoted, _changes(emendations, passage.start, len(passage.text))
                ),
                notes=_notes(cited[passage.id], quoted),
            )
        )
    return paragraphs


def _heading(passage: PassageRow, emendations: Sequence[Emendation]) -> Heading:
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
