"""Where the quote of an earlier state stands in the text as it is now."""

from timeline import texts
from timeline.anchors import Quote, Span, minimal_context
from timeline.citing import CitationError
from timeline.models import Claim, Passage, SourceText
from timeline.revisions.family import Record


class NotThereError(ValueError):
    """The words, or what they belong to, are not there any more."""


def anchor(claim: Claim, record: Record) -> None:
    """Give ``claim``, filled in from ``record``, its place; raises NotThereError if it has none."""
    if record.lost and Claim.objects.filter(pk=claim.pk, lost=True).exists():
        claim.passage = Claim.objects.get(pk=claim.pk).passage
        return
    if not record.lost and _still_stands(claim, record):
        return
    try:
        place = texts.citable(claim.source).place(_quote(record))
    except CitationError as error:
        raise NotThereError(str(error)) from error
    claim.passage = claim.source.passages.get(ordinal=place.ordinal)
    claim.start, claim.end, claim.quote, claim.lost = place.start, place.end, place.quote, False


def _still_stands(claim: Claim, record: Record) -> bool:
    """Whether the text has not been written since, so that the old place is the right one."""
    written = {"history_date__gt": record.history_date}
    return (
        not SourceText.history.filter(source_id=claim.source_id, **written).exists()
        and not Passage.history.filter(id=claim.passage_id, **written).exists()
        and Passage.objects.filter(pk=claim.passage_id, source=claim.source_id).exists()
    )


def _quote(record: Record) -> Quote:
    """The quote with the words around it that told it from its like in the text of its time."""
    then = {"history_date__lte": record.history_date}
    text = SourceText.history.filter(source_id=record.source_id, **then).first()
    passage = Passage.history.filter(id=record.passage_id, **then).first()
    if record.lost or text is None or passage is None:
        return Quote(record.quote)
    span = Span(passage.start + record.start, passage.start + record.end)
    try:
        return Quote(record.quote, *minimal_context(text.reading, span))
    except ValueError:  # the quote cut a word, as only a hand-written row can
        return Quote(record.quote)
