"""Where the words of a quote stand in a text: found, moved, ambiguous or missing.

Quotes and positions are the TextQuoteSelector and the TextPositionSelector of the W3C Web
Annotation Data Model (sections 4.2.4 and 4.2.5). The position is only a hint, the words decide,
and nothing is accepted but the same words: ``folding`` says what counts as the same, ``borders``
where a quote may begin and end, ``following`` where a place went when its text was corrected,
``nearness`` and ``likeliest`` what is offered to a person where nothing fits.
"""

from timeline.anchors.contexts import context, minimal_context
from timeline.anchors.folding import Folded, fold, occurrences
from timeline.anchors.following import Following
from timeline.anchors.likeliest import likeliest
from timeline.anchors.locating import locate
from timeline.anchors.model import (
    Ambiguous,
    Anchor,
    Found,
    Missing,
    Moved,
    Near,
    Quote,
    Span,
)
from timeline.anchors.nearness import nearest
from timeline.anchors.versions import Version

__all__ = [
    "Ambiguous",
    "Anchor",
    "Folded",
    "Following",
    "Found",
    "Missing",
    "Moved",
    "Near",
    "Quote",
    "Span",
    "Version",
    "context",
    "fold",
    "likeliest",
    "locate",
    "minimal_context",
    "nearest",
    "occurrences",
]
