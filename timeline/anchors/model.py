"""What is looked for in a text, and what can come of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a quote, and those directly before and after where it stands more than once."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Code points of the text given, half-open."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Near:
    """What a person may have meant: the words as in the source and how they differ.

    ``score`` is the share of signs, 0 to 100, that need no change; ``differences`` is a phrase to
    show.
    """

    span: Span
    text: str
    score: float
    differences: str


@dataclass(frozen=True, slots=True)
class Found:
    """The one place, or the place that the hint names."""

    span: Span


@dataclass(frozen=True, slots=True)
class Moved:
    """The one place, which is not where the hint says that it ``was``."""

    span: Span
    was: int


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several places, in the order of the text, and nothing that chooses among them."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """No place; ``nearest`` is an offer to a person, never an anchor."""

    nearest: Near | None


Anchor = Found | Moved | Ambiguous | Missing
