"""The text of a source as it is stored."""

from functools import lru_cache

from timeline import readings
from timeline.citing import CitableText
from timeline.models import Emendation, Passage, Source, SourceText

EMENDATION_FIELDS = ("find", "read", "reason", "mark", "raw_start", "start", "removed", "inserted")


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


def citable_as(reading: readings.Reading) -> CitableText:
    """A text that is read but not stored, ready to place quotes in."""
    return CitableText(
        reading.text, [(one.ordinal, one.start, one.text) for one in reading.passages]
    )


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
