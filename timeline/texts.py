"""Writing the text of a source: as received, as read, its passages and emendations.

A text may be replaced by a corrected one. Every claim is then anchored anew by its words: found
where it was, moved, or lost; a lost one is flagged and keeps its quote.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from django.db import transaction

from timeline import history, readings
from timeline.anchors import Quote
from timeline.citing import CitableText, CitationError, Place
from timeline.models import Claim, Emendation, Passage, Source, SourceText

PASSAGE_FIELDS = ("heading", "heading_start", "start", "text")
EMENDATION_FIELDS = ("find", "read", "reason", "mark", "raw_start", "start", "removed", "inserted")


@dataclass(frozen=True, slots=True)
class Reanchoring:
    """What became of a source's claims when its text was replaced: how many, and which slugs."""

    found: int
    moved: tuple[str, ...]
    lost: tuple[str, ...]


def citable(source: Source) -> CitableText:
    """The source's text as read, ready to place quotes in; empty when it has no text yet."""
    text = SourceText.objects.filter(source=source).values_list("reading_sha256", flat=True).first()
    starts = source.passages.order_by("ordinal").values_list("ordinal", "start")
    return _citable(source.pk, text or "", tuple(starts))


@lru_cache(maxsize=4)  # to fold a long text takes a while, and an editor stays with a source
def _citable(source: int, digest: str, starts: tuple[tuple[int, int], ...]) -> CitableText:  # noqa: ARG001
    """The text of ``source`` that has this digest and passages at these starts."""
    text = SourceText.objects.filter(source=source).values_list("reading", flat=True).first()
    passages = Passage.objects.filter(source=source).order_by("ordinal")
    return CitableText(text or "", list(passages.values_list("ordinal", "start", "text")))


def spec_of(text: SourceText) -> readings.TextSpec:
    """How a stored text was told to be read."""
    emendations = Emendation.objects.filter(source=text.source_id).order_by("ordinal")
    return readings.TextSpec(
        begins=text.begins,
        ends=text.ends,
        paragraphs=text.paragraphs,
        headings=tuple(text.headings),
        emendations=tuple(
            readings.Correction(one.find, one.read, one.reason, one.mark) for one in emendations
        ),
    )


def store_text(
    source: Source, raw: str, spec: readings.TextSpec, file: str = "article.txt"
) -> Reanchoring:
    """Write or replace the text of ``source``, and anchor its claims anew.

    Raises ReadingError, before anything is written, where ``raw`` cannot be read as ``spec`` says.
    """
    reading = readings.read(raw, spec)
    with transaction.atomic(), history.act("Text of the source stored"):
        claims = list(source.claims.select_related("passage"))
        quotes = _quotes(source, claims)
        # The triggers let a lost claim be while the passages change under it.
        source.claims.update(lost=True)
        _store_source_text(source, raw, spec, file, reading)
        _store_emendations(source, reading.emendations)
        passages, surplus = _store_passages(source, reading.passages)
        outcome = _reanchor(claims, quotes, reading, passages)
        for passage in surplus:
            passage.delete()
    return outcome


def _store_source_text(
    source: Source, raw: str, spec: readings.TextSpec, file: str, reading: readings.Reading
) -> None:
    text = SourceText.objects.filter(source=source).first() or SourceText(source=source)
    changed = _set(
        text,
        {
            "raw": raw,
            "raw_sha256": readings.sha256(raw),
            "file": file,
            "begins": spec.begins,
            "ends": spec.ends,
            "headings": list(spec.headings),
            "paragraphs": spec.paragraphs,
            "reading": reading.text,
            "reading_sha256": readings.sha256(reading.text),
        },
    )
    if changed:
        text.save()


def _store_emendations(source: Source, emendations: Sequence[readings.Emended]) -> None:
    rows = list(source.emendations.order_by("ordinal"))
    for ordinal, (row, wanted) in enumerate(zip_longest(rows, emendations), start=1):
        if wanted is None:
            row.delete()
        else:
            row = row or Emendation(source=source, ordinal=ordinal)
            if _set(row, {name: getattr(wanted, name) for name in EMENDATION_FIELDS}):
                row.save()


def _store_passages(
    source: Source, wanted: Sequence[readings.ReadPassage]
) -> tuple[list[Passage], list[Passage]]:
    """The passages as they are now, and those left over, which claims may still point to."""
    rows = list(source.passages.order_by("ordinal"))
    kept = rows[: len(wanted)]
    changed = [
        row
        for row, one in zip(kept, wanted, strict=False)
        if _set(row, {name: getattr(one, name) for name in PASSAGE_FIELDS})
    ]
    added = [
        Passage(
            source=source,
            **{name: getattr(one, name) for name in ("ordinal", *PASSAGE_FIELDS)},
        )
        for one in wanted[len(kept) :]
    ]
    history.bulk_update(changed, PASSAGE_FIELDS)
    history.bulk_create(added)
    return kept + added, rows[len(wanted) :]


def _set(row: object, values: dict[str, object]) -> bool:
    """Whether setting ``values`` changed anything; a new row has all to gain."""
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return bool(changed)


def _quotes(source: Source, claims: Sequence[Claim]) -> list[tuple[Quote, ...]]:
    """What to look for in the new text; a source that nobody cites yet is not even folded."""
    if not claims:
        return []
    old = citable(source)
    return [_quotes_of(old, claim) for claim in claims]


def _quotes_of(text: CitableText, claim: Claim) -> tuple[Quote, ...]:
    """The claim's words with those around them, the fewest that tell it from its like first."""
    if claim.lost:
        return ()
    place = (claim.passage.ordinal, claim.start, claim.end)
    try:
        contexts = (text.context(*place), text.surroundings(*place))
    except ValueError:  # the quote cuts a word, as only a hand-written row can
        contexts = (text.surroundings(*place),) * 2
    return tuple(Quote(claim.quote, *around) for around in contexts)


def _reanchor(
    claims: Sequence[Claim],
    quotes: Iterable[tuple[Quote, ...]],
    reading: readings.Reading,
    passages: Sequence[Passage],
) -> Reanchoring:
    if not claims:
        return Reanchoring(0, (), ())
    text = CitableText(reading.text, [(one.ordinal, one.start, one.text) for one in passages])
    by_ordinal = {passage.ordinal: passage for passage in passages}
    found, changed = [], []
    moved, lost = [], []
    for claim, wanted in zip(claims, quotes, strict=True):
        was = _standing(claim)
        place = _place(text, wanted, claim)
        claim.lost = place is None
        if place is None:
            claim.passage = by_ordinal[min(claim.passage.ordinal, len(passages))]
            lost.append(claim.slug)
        else:
            claim.passage = by_ordinal[place.ordinal]
            claim.start, claim.end, claim.quote = place.start, place.end, place.quote
        if was != _standing(claim):
            changed.append(claim)
            moved += [claim.slug] if place else []
        elif place:
            found.append(claim.pk)
    # What stayed is no edit: it only gets its flag back, without history.
    Claim.objects.filter(pk__in=found).update(lost=False)
    history.bulk_update(changed, ("passage", "start", "end", "quote", "lost"))
    return Reanchoring(len(found), tuple(moved), tuple(lost))


def _standing(claim: Claim) -> tuple[object, ...]:
    return claim.passage_id, claim.start, claim.end, claim.quote, claim.lost


def _place(text: CitableText, quotes: Iterable[Quote], claim: Claim) -> Place | None:
    """By the words and those around them; the old position alone never decides.

    A claim that is lost already comes back only where it stood, for its like may stand elsewhere.
    """
    for quote in quotes:
        try:
            return text.place(quote)
        except CitationError:
            continue
    if claim.lost:
        return text.standing_at(claim.passage.ordinal, claim.start, claim.quote)
    return None
