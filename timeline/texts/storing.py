"""Writing the text of a source, and what becomes of its claims."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from django.db import transaction

from timeline import history, readings
from timeline.chunking import chunks
from timeline.citing import Place
from timeline.models import Claim, Emendation, Passage, Source, SourceText
from timeline.texts.outcomes import Became, Outcome, Reanchoring
from timeline.texts.reanchoring import outcomes
from timeline.texts.stored import EMENDATION_FIELDS, citable, citable_as

PASSAGE_FIELDS = ("heading", "heading_start", "start", "text")
CLAIM_FIELDS = ("passage", "start", "end", "quote", "lost")


def foresee(
    source: Source, raw: str, spec: readings.TextSpec, repairs: Mapping[int, Place] | None = None
) -> Reanchoring:
    """What would become of the claims of ``source`` with this text; nothing is written.

    Raises ReadingError where ``raw`` cannot be read as ``spec`` says, RepairError for a repair
    that the new text does not have.
    """
    return _foreseen(source, readings.read(raw, spec), list(source.claims.all()), repairs or {})


def seek(source: Source, claims: Sequence[Claim]) -> Reanchoring:
    """Where ``claims`` of ``source`` stand, or may be meant to stand, in its text as it is."""
    text = citable(source)
    return Reanchoring(outcomes(source, claims, text, text, {}), text)


def store_text(
    source: Source,
    raw: str,
    spec: readings.TextSpec,
    file: str = "article.txt",
    repairs: Mapping[int, Place] | None = None,
) -> Reanchoring:
    """Write or replace the text of ``source``, and take its claims to where their words went.

    ``repairs`` has places in the new text for claims, by their keys, that would be lost. Raises
    ReadingError and RepairError as ``foresee`` does, before anything is written.
    """
    reading = readings.read(raw, spec)
    claims = list(source.claims.all())
    became = _foreseen(source, reading, claims, repairs or {})
    with transaction.atomic(), history.act("Text of the source stored"):
        # The triggers let a lost claim be while the passages change under it.
        source.claims.update(lost=True)
        _store_source_text(source, raw, spec, file, reading)
        _store_emendations(source, reading.emendations)
        passages, surplus = _store_passages(source, reading.passages)
        _store_claims(claims, became.outcomes, passages)
        for passage in surplus:
            passage.delete()
    return became


def _foreseen(
    source: Source,
    reading: readings.Reading,
    claims: Sequence[Claim],
    repairs: Mapping[int, Place],
) -> Reanchoring:
    new = citable_as(reading)
    if not claims and not repairs:  # a source that nobody cites yet is not even folded
        return Reanchoring((), new)
    return Reanchoring(outcomes(source, claims, citable(source), new, repairs), new)


def _store_claims(
    claims: Sequence[Claim], found: Sequence[Outcome], passages: Sequence[Passage]
) -> None:
    """Write the claims at their new places; what stayed is no edit and only gets its flag back."""
    by_key = {claim.pk: claim for claim in claims}
    by_ordinal = {passage.ordinal: passage for passage in passages}
    changed, stay = [], []
    for one in found:
        claim = by_key[one.claim]
        before = _standing(claim)
        claim.lost = one.now is None
        place = one.now or one.was
        claim.passage = by_ordinal[min(place.ordinal, len(passages))]
        if one.now:
            claim.start, claim.end, claim.quote = place.start, place.end, place.quote
        if _standing(claim) != before:
            changed.append(claim)
        elif one.became == Became.STAYS:
            stay.append(claim.pk)
    for chunk in chunks(stay):
        Claim.objects.filter(pk__in=chunk).update(lost=False)
    history.bulk_update(changed, CLAIM_FIELDS)


def _standing(claim: Claim) -> tuple[object, ...]:
    return claim.passage_id, claim.start, claim.end, claim.quote, claim.lost


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
