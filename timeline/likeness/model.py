"""A likeness with its reasons, as frozen data; the words for a person are made elsewhere."""

from dataclasses import dataclass
from enum import StrEnum

LIKELY = 0.55  # from this likeness on two are shown to an editor


class Why(StrEnum):
    """What makes two alike, or speaks against it."""

    SAME_DATE = "same date"
    DATE_IN_DATE = "one date lies in the other"
    DATES_OVERLAP = "the dates overlap"
    NEXT_DAY = "one day apart"
    UNDATED = "neither has a date"
    SAME_ACTORS = "the same actors"
    SHARED_ACTORS = "some of the actors"
    NO_SHARED_ACTORS = "no actor in both"
    WORDS = "words of the titles"
    SUMMARIES = "summaries alike"
    SAME_QUOTE = "the same words are quoted"
    SAME_KIND = "the same kind"
    SAME_NAME = "the same name"
    OTHER_ORDER = "the same words in another order"
    OTHER_SPACES = "written together or apart"
    SPELLING = "spelled otherwise"
    INITIALS = "an abbreviation of the other's name"
    OTHER_KIND = "not of the same kind"
    RELATED = "related to each other"


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason; ``values`` are what it is about, such as the names that are alike."""

    why: Why
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alike:
    """How alike two are, from 0 to 1, and why, what weighs most first."""

    score: float
    reasons: tuple[Reason, ...]

    @property
    def likely(self) -> bool:
        """Whether a person should look at it."""
        return self.score >= LIKELY
