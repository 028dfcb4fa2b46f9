"""Citing: the place of a quote in the passages of a source, or a message that helps to find it."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from timeline.anchors import (
    Ambiguous,
    Missing,
    Near,
    Quote,
    Span,
    Version,
    context,
    fold,
    likeliest,
    locate,
    minimal_context,
)

MOST_PLACES_TOLD = 5


@dataclass(frozen=True, slots=True)
class Place:
    """Half-open code points of the passage ``ordinal``, and the source's own words there."""

    ordinal: int
    start: int
    end: int
    quote: str


class CitationError(ValueError):
    """A quote that cannot be placed; the message is for the person who gave it.

    ``near`` is what may have been meant, ``places`` are all those that fit when several do.
    """

    def __init__(
        self, message: str, near: Near | None = None, places: tuple[Place, ...] = ()
    ) -> None:
        super().__init__(message)
        self.near = near
        self.places = places


class CitableText:
    """A text as read, folded once, with its passages as (ordinal, start, text) in order."""

    def __init__(self, text: str, passages: Sequence[tuple[int, int, str]]) -> None:
        self._folded = fold(text)
        self._passages = list(passages)
        self._starts = [start for _, start, _ in passages]
        self._offsets = {ordinal: start for ordinal, start, _ in passages}
        self._texts = {ordinal: text for ordinal, _, text in passages}

    def place(self, quote: Quote, ordinal: int | None = None, start: int | None = None) -> Place:
        """The one place of ``quote``; raises CitationError where there is none or more than one.

        ``ordinal``, a passage, chooses among several; so does ``start``, a place within it. Neither
        makes a quote fit where its words are not.
        """
        try:
            anchor = locate(self._folded, quote, self._hint(ordinal, start))
        except ValueError as error:
            raise CitationError("The quote is empty: give the words of the source.") from error
        if isinstance(anchor, Missing):
            raise CitationError(self._not_there(quote.exact, anchor.nearest), anchor.nearest)
        spans = anchor.spans if isinstance(anchor, Ambiguous) else (anchor.span,)
        places = tuple(place for span in spans if (place := self.place_at(span)))
        if not places:
            raise CitationError(
                f"“{quote.exact}” does not lie within one paragraph of the source; "
                "quote one paragraph, and no heading."
            )
        return self._chosen(quote, places, ordinal)

    def snapped(self, ordinal: int, start: int, end: int) -> Place:
        """The fewest whole words of a passage that hold what a person has selected in it.

        Raises CitationError where the passage has no words there.
        """
        span = None
        if 0 <= start < end <= len(self._texts.get(ordinal, "")):
            span = self._folded.words_around(self._span(ordinal, start, end))
        place = self.place_at(span) if span else None
        if place is None or place.ordinal != ordinal:
            raise CitationError("There are no words at this place; select some in one paragraph.")
        return place

    def context(self, ordinal: int, start: int, end: int) -> tuple[str, str]:
        """The prefix and suffix that tell this place from others; empty if its words stand once.

        Raises ValueError when the place does not begin and end at borders of words.
        """
        return minimal_context(self._folded, self._span(ordinal, start, end))

    def surroundings(self, ordinal: int, start: int, end: int) -> tuple[str, str]:
        """A few words before and after this place, whether or not its words stand elsewhere."""
        return context(self._folded.source, self._span(ordinal, start, end))

    def beside(self, place: Place) -> tuple[str, str]:
        """The same as far as the paragraph goes; empty for a passage that is not there."""
        text = self._texts.get(place.ordinal, "")
        return context(text, Span(place.start, place.end)) if text else ("", "")

    def standing_at(self, ordinal: int, start: int, quote: str) -> Place | None:
        """The place, if exactly the characters of ``quote`` stand there."""
        text = self._texts.get(ordinal, "")
        if not text.startswith(quote, start):
            return None
        return Place(ordinal, start, start + len(quote), quote)

    def is_place(self, place: Place) -> bool:
        """Whether its words stand there, from a border of words to another."""
        if place.start < 0 or not place.quote:
            return False
        if self.standing_at(place.ordinal, place.start, place.quote) != place:
            return False
        start, end = self._folded.within(self.span(place))
        return start < end and self._folded.is_border(start) and self._folded.is_border(end)

    def likeliest(
        self, quote: str, around: tuple[str, str], at: int, *, thorough: bool = True
    ) -> tuple[tuple[Place, Near], ...]:
        """The places most likely meant by a ``quote`` that is not there, the best first.

        ``around`` are the words that stood before and after it, ``at`` is about where it would
        begin in the text; ``thorough`` is said of ``timeline.anchors.likeliest``.
        """
        before, after = (fold(part).text for part in around)
        found = likeliest(self._folded, quote, before, after, at, thorough=thorough)
        return tuple((place, near) for near in found if (place := self.place_at(near.span)))

    @cached_property
    def version(self) -> Version:
        """The text with its paragraphs, for following places from one version to another."""
        paragraphs = [Span(start, start + len(text)) for _, start, text in self._passages]
        return Version(self._folded, paragraphs)

    def offset(self, ordinal: int, start: int) -> int:
        """Where in the text a place would be, were there as many passages; the end at most."""
        known = [number for number, _, _ in self._passages if number <= ordinal]
        return self._offsets[known[-1]] + start if known else 0

    def span(self, place: Place) -> Span:
        """Where a place is in the text; raises KeyError for a passage that is not there."""
        return self._span(place.ordinal, place.start, place.end)

    def _span(self, ordinal: int, start: int, end: int) -> Span:
        offset = self._offsets[ordinal]
        return Span(offset + start, offset + end)

    def _hint(self, ordinal: int | None, start: int | None) -> int | None:
        if ordinal is None or start is None:
            return None
        offset = self._offsets.get(ordinal)
        return None if offset is None else offset + start

    def _passage_at(self, at: int) -> tuple[int, int, str]:
        return self._passages[max(0, bisect_right(self._starts, at) - 1)]

    def place_at(self, span: Span) -> Place | None:
        """The place of a span; None where it does not lie within one passage."""
        if not self._passages:
            return None
        ordinal, first, text = self._passage_at(span.start)
        start, end = span.start - first, span.end - first
        if start < 0 or end > len(text):
            return None
        return Place(ordinal, start, end, text[start:end])

    def _chosen(self, quote: Quote, places: tuple[Place, ...], ordinal: int | None) -> Place:
        hinted = tuple(place for place in places if place.ordinal == ordinal)
        choices = hinted or places
        if len(choices) == 1:
            return choices[0]
        told = ", ".join(str(place.ordinal) for place in choices[:MOST_PLACES_TOLD])
        more = " and further on" if len(choices) > MOST_PLACES_TOLD else ""
        raise CitationError(
            f"“{quote.exact}” stands {len(choices)} times in the source (paragraphs {told}{more}); "
            "quote more words, or give those before or after it.",
            places=choices,
        )

    def _not_there(self, words: str, near: Near | None) -> str:
        if near is None:
            return f"“{words}” is not in the source, nor is anything like it; copy its exact words."
        paragraph = self._passage_at(near.span.start)[0]
        return (
            f"“{words}” is not in the source. Did you mean, in paragraph {paragraph}, "
            f"“{near.text}”? ({near.differences})"
        )
