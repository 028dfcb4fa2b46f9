"""How alike two entries are: when they happened, who took part, and in which words it is told."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance.Levenshtein import normalized_similarity

from timeline.likeness.dates import Dates, dates_alike
from timeline.likeness.model import Alike, Reason, Why
from timeline.search import stems

SMALL = (
    "a an and as at between by for from her his in into is it of on or over that the their to was "
    "were with after before during"
)
SMALL_WORDS = frozenset(SMALL.split())
ACTORS, WORDS = 0.42, 0.58  # how much each weighs
WORDS_ALONE = 0.9  # where nobody is named in one of the two
OTHER_ACTORS = 0.55  # where others took part
CONFLICTING = 0.6  # where some did, the fewer they share
SUMMARY, QUOTE, KIND = 0.8, 0.1, 0.05
MISPRINT = 0.84  # likeness from which two words are one
SHORTEST_MISPRINTED = 5
FULL = 0.999


@dataclass(frozen=True, slots=True)
class EventLook:
    """What an entry looks like.

    ``actors`` are their names by primary key, ``quotes`` passages (primary keys) with the start and
    the end of the words that are quoted.
    """

    dates: Dates | None
    title: str
    kind: str
    summary: str = ""
    actors: Mapping[int, str] | None = None
    quotes: frozenset[tuple[int, int, int]] = frozenset()

    @property
    def who(self) -> Mapping[int, str]:
        """Those who took part."""
        return self.actors or {}


def events_alike(one: EventLook, other: EventLook) -> Alike:
    """How alike two entries are; 0 where their dates exclude it."""
    near, when = dates_alike(one.dates, other.dates)
    if when is None:
        return Alike(0.0, ())
    reasons = [when]
    shared = one.who.keys() & other.who.keys()
    names = tuple(sorted(one.who[key] for key in shared))
    told, why = _told(one, other, names)
    if not (one.who and other.who):
        likely = WORDS_ALONE * told
    elif not shared:
        likely = OTHER_ACTORS * told
        reasons.append(Reason(Why.NO_SHARED_ACTORS))
    else:
        share = len(shared) / min(len(one.who), len(other.who))
        all_shared = len(shared) / len(one.who.keys() | other.who.keys())
        likely = ACTORS * (share + all_shared) / 2 + WORDS * told
        if share < FULL:  # each has somebody whom the other lacks
            likely *= CONFLICTING + (1 - CONFLICTING) * all_shared
        reasons.append(Reason(Why.SAME_ACTORS if all_shared > FULL else Why.SHARED_ACTORS, names))
    likely *= near
    reasons += why
    if _same_quote(one, other):
        likely += QUOTE * near
        reasons.append(Reason(Why.SAME_QUOTE))
    if one.kind == other.kind:
        likely += KIND * near
        reasons.append(Reason(Why.SAME_KIND, (one.kind,)))
    return Alike(round(min(likely, 1.0), 3), tuple(reasons))


def _told(one: EventLook, other: EventLook, names: tuple[str, ...]) -> tuple[float, list[Reason]]:
    """How alike the words are, of the titles or of the summaries.

    The ``names`` of those who took part in both are told apart already.
    """
    named = {stem for name in names for stem in stems(name)}
    mine, theirs = title_words(one.title) - named, title_words(other.title) - named
    if not (mine and theirs):
        mine, theirs = title_words(one.title), title_words(other.title)
    common = _common(mine, theirs)
    score = _share(common, len(mine), len(theirs))
    reasons = []
    if common:
        counted = (str(common), str(min(len(mine), len(theirs))))
        reasons.append(Reason(Why.WORDS, counted))
    if one.summary and other.summary:
        mine, theirs = title_words(one.summary), title_words(other.summary)
        summaries = SUMMARY * 2 * len(mine & theirs) / max(1, len(mine) + len(theirs))
        if summaries > max(score, SUMMARY / 2):
            score = summaries
            reasons.append(Reason(Why.SUMMARIES))
    return score, reasons


@lru_cache(maxsize=16_384)
def title_words(title: str) -> frozenset[str]:
    """The words of ``title`` that say something, by their stems."""
    return frozenset(stems(title)) - SMALL_WORDS


def _common(one: Set[str], other: Set[str]) -> int:
    """How many words are in both, misprints among them."""
    same = one & other
    return len(same) + sum(_misprinted(one - same, other - same))


def _misprinted(one: Set[str], other: Set[str]) -> Iterator[int]:
    left = sorted(word for word in other if len(word) >= SHORTEST_MISPRINTED)
    for word in sorted(one):
        if len(word) < SHORTEST_MISPRINTED or word.isdigit():
            continue
        for like in left:
            if not like.isdigit() and normalized_similarity(word, like) >= MISPRINT:
                left.remove(like)
                yield 1
                break


def _share(common: int, mine: int, theirs: int) -> float:
    """Between what both have of all, and what the shorter has of the longer."""
    if not common:
        return 0.0
    both = 2 * common / (mine + theirs)
    shorter = min(mine, theirs)
    return (both + common / shorter) / 2 if shorter > 1 else both


def _same_quote(one: EventLook, other: EventLook) -> bool:
    return any(
        passage == place and start < behind and begin < end
        for passage, start, end in one.quotes
        for place, begin, behind in other.quotes
    )
