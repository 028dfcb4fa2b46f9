"""The text of a source in its history: as it was told to be read, and put back through the rules.

A text is written by ``timeline.texts`` as a whole: its passages and emendations follow from it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from timeline import readings, texts
from timeline.models import Claim, Emendation, Source, SourceText
from timeline.revisions.family import State
from timeline.revisions.words import shortened

BY_ITSELF = (SourceText, Emendation)  # what is written here


@dataclass(frozen=True, slots=True)
class Text:
    """A text as received, and how it is read."""

    raw: str
    file: str
    spec: readings.TextSpec


def text_in(state: State) -> Text | None:
    """The text in a state of its source; None where it has none."""
    stored = next((row for (model, _), row in state.items() if model is SourceText), None)
    if stored is None:
        return None
    corrections = sorted(
        (row for (model, _), row in state.items() if model is Emendation),
        key=lambda row: row.ordinal,
    )
    spec = readings.TextSpec(
        begins=stored.begins,
        ends=stored.ends,
        paragraphs=stored.paragraphs,
        headings=tuple(stored.headings),
        emendations=tuple(
            readings.Correction(one.find, one.read, one.reason, one.mark) for one in corrections
        ),
    )
    return Text(stored.raw, stored.file, spec)


def store(source: Source, text: Text) -> None:
    """Write the text as it was, and anchor the claims of its source anew."""
    texts.store_text(source, text.raw, text.spec, text.file)


def put_back(source: Source, text: Text) -> Iterator[str]:
    """Store the text as it was, where it is not; yields the quotes that it does not have."""
    present = SourceText.objects.filter(source=source).first()
    if present and present.raw == text.raw and texts.spec_of(present) == text.spec:
        return
    were_lost = set(source.claims.filter(lost=True).values_list("pk", flat=True))
    try:
        store(source, text)
    except readings.ReadingError as error:
        yield str(error)
    for claim in source.claims.filter(lost=True).exclude(pk__in=were_lost).select_related("event"):
        yield lost_words(claim)


def lost_words(claim: Claim) -> str:
    """That the words of ``claim`` are lost in a text that was put back."""
    return f"{shortened(str(claim), 80)} is not in that text, and “{claim.event}” quotes it."
