"""The place of a quote in a text."""

from timeline.anchors.folding import Folded, fold, folded, words_of
from timeline.anchors.model import Ambiguous, Anchor, Found, Missing, Moved, Quote, Span
from timeline.anchors.nearness import misplaced, nearest


def locate(text: str | Folded, quote: Quote, hint: int | None = None) -> Anchor:
    """Where ``quote`` stands in ``text``; ``hint`` is the code point where it is thought to begin.

    The prefix must directly precede and the suffix directly follow, but for white space. Where
    they are given and stand nowhere around the quote it is missing, for it may be a lookalike.
    Raises ValueError when the quote holds no word and no sign.
    """
    source, words = folded(text), words_of(quote.exact)
    before, after = fold(quote.prefix).text, fold(quote.suffix).text
    size = len(words)
    places = source.places(words)
    fitting = [
        at
        for at in places
        if source.is_preceded(at, before) and source.is_followed(at + size, after)
    ]
    if fitting:
        return choice([source.span(at, at + size) for at in fitting], hint)
    if places:
        return Missing(misplaced(source, size, before, after, places))
    return Missing(nearest(source, quote.exact))


def choice(spans: list[Span], hint: int | None) -> Found | Moved | Ambiguous:
    """The span at the hint, else the only one; else they are ambiguous."""
    for span in spans:
        if span.start == hint:
            return Found(span)
    if len(spans) > 1:
        return Ambiguous(tuple(spans))
    return Found(spans[0]) if hint is None else Moved(spans[0], hint)
