"""A source as its editors read it: every paragraph with all that quotes it, drafts told apart."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from timeline.chronology import dating
from timeline.models import Claim, Passage, Source, SourceText, Status
from timeline.reader.lanes import merged
from timeline.reader.pieces import Piece, Quoted, pieces
from timeline.reader.strip import Length, Segment, share, strip

RETURN = mark_safe("&#13;")  # as a character a browser would read it as a new line


class ClaimRow(NamedTuple):
    """What the page needs of a claim and its event: rows, since a long source has thousands."""

    id: int
    slug: str
    passage: int
    start: int
    end: int
    quote: str
    lost: bool
    stance: str
    event: int
    title: str
    date: str
    status: str

    @property
    def is_draft(self) -> bool:
        """Whether readers do not see the event."""
        return self.status != Status.PUBLISHED

    @property
    def when(self) -> str:
        """The event's date in words."""
        return dating(self.date).words

    @property
    def disputes(self) -> bool:
        """Whether the passage disputes the event."""
        return self.stance == Claim.Stance.DISPUTES


CLAIM = (
    *("id", "slug", "passage", "start", "end", "quote", "lost", "stance"),
    *("event", "event__title", "event__date", "event__status"),
)


@dataclass(frozen=True, slots=True)
class Run:
    """Some characters that the same claims quote; ``begins`` are those whose first they are."""

    text: str
    is_cited: bool
    is_draft: bool
    begins: tuple[str, ...]

    @property
    def html(self) -> SafeString:
        """The text so that a browser counts the same characters in it."""
        return format_html_join(RETURN, "{}", ((part,) for part in self.text.split("\r")))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A passage; ``heading`` is set where its section begins."""

    ordinal: int
    heading: str
    runs: list[Run]
    claims: list[ClaimRow]


@dataclass(frozen=True, slots=True)
class MarkedText:
    """The text of a source with its marks; ``digest`` tells it from another version."""

    digest: str
    paragraphs: list[Paragraph]
    strip: list[Segment]
    cited: int
    lost: list[ClaimRow]


def marked_text(source: Source) -> MarkedText:
    """The text of ``source`` and every claim on it: three queries."""
    stored = Passage.objects.filter(source=source).order_by("ordinal")
    passages = list(stored.values_list("id", "ordinal", "heading", "heading_start", "text"))
    cited, lost = _claims(source)
    paragraphs, lengths = [], []
    section: tuple[int | None, str] = (None, "")
    for key, ordinal, heading, heading_start, text in passages:
        begins = bool(heading) and (heading_start, heading) != section
        section = (heading_start, heading)
        claims = cited[key]
        paragraphs.append(Paragraph(ordinal, heading if begins else "", runs(text, claims), claims))
        spans = merged((claim.start, claim.end) for claim in claims)
        lengths.append(Length(ordinal, len(text), spans))
    covered = sum(end - start for one in lengths for start, end in one.cited)
    whole = sum(one.size for one in lengths)
    return MarkedText(digest_of(source), paragraphs, strip(lengths), share(covered, whole), lost)


def digest_of(source: Source) -> str:
    """The hash of the text as read; empty where there is none."""
    texts = SourceText.objects.filter(source=source)
    return texts.values_list("reading_sha256", flat=True).first() or ""


def runs(text: str, claims: Sequence[ClaimRow]) -> list[Run]:
    """``text`` cut where a quote begins or ends; the texts of all joined are ``text`` again."""
    quoted = [
        Quoted(number, claim.slug, claim.start, claim.end) for number, claim in enumerate(claims)
    ]
    return [_run(piece, claims) for piece in pieces(text, quoted)]


def _run(piece: Piece, claims: Sequence[ClaimRow]) -> Run:
    covering = [claims[number] for number in piece.covers]
    return Run(
        text=piece.text,
        is_cited=bool(covering),
        is_draft=bool(covering) and all(claim.is_draft for claim in covering),
        begins=tuple(quote.slug for quote in piece.begins),
    )


def _claims(source: Source) -> tuple[dict[int, list[ClaimRow]], list[ClaimRow]]:
    """Those that stand in the text, by passage, and those that are lost."""
    rows = Claim.objects.filter(source=source).order_by("passage", "start", "end", "id")
    cited: dict[int, list[ClaimRow]] = defaultdict(list)
    lost: list[ClaimRow] = []
    for claim in map(ClaimRow._make, rows.values_list(*CLAIM)):
        (lost if claim.lost else cited[claim.passage]).append(claim)
    return cited, lost
