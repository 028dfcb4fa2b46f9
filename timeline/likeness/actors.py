"""How alike two actors are, by their names."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance.Levenshtein import normalized_similarity as ratio

from timeline.likeness.keys import FEWEST_SOUNDS, is_abbreviation
from timeline.likeness.letters import SMALL_WORDS, initials, skeleton, sounded, untitled, words
from timeline.likeness.model import Alike, Reason, Why

PERSON = "person"
# Kinds of which one may be taken for the other.
KINDS_ALIKE = (
    {"state", "polity"},
    {"organisation", "group", "office"},
    {"place", "polity"},
)
SAME, REORDERED, RESPACED, SPELLED, ABBREVIATED = 1.0, 0.95, 0.9, 0.5, 0.55
FULL = 0.999
ANOTHER_NAME = 0.95  # it is only a further name that they share
SIMILAR_KIND, OTHER_KIND, RELATED = 0.95, 0.55, 0.45
LEAST_SPELLING = 0.6  # likeness of two spellings, below which the same consonants are chance


@dataclass(frozen=True, slots=True)
class ActorLook:
    """What an actor looks like: ``names`` begin with its own, others follow."""

    kind: str
    names: tuple[str, ...]


def actors_alike(one: ActorLook, other: ActorLook, related: str = "") -> Alike:
    """How alike two actors are; ``related`` says in words what one is to the other."""
    found = max(_names(one, other), key=lambda alike: alike[0], default=None)
    if found is None:
        return Alike(0.0, ())
    score, reason = found
    reasons = [reason]
    if one.kind != other.kind:
        similar = any({one.kind, other.kind} <= kinds for kinds in KINDS_ALIKE)
        score *= SIMILAR_KIND if similar else OTHER_KIND
        reasons.append(Reason(Why.OTHER_KIND, (one.kind, other.kind)))
    if related:
        score *= RELATED
        reasons.append(Reason(Why.RELATED, (related,)))
    return Alike(round(score, 3), tuple(reasons))


def _names(one: ActorLook, other: ActorLook) -> Iterator[tuple[float, Reason]]:
    person = PERSON in (one.kind, other.kind)
    for number, mine in enumerate(one.names):
        for place, theirs in enumerate(other.names):
            if found := _alike(mine, theirs, person=person):
                yield found[0] * (ANOTHER_NAME if number and place else 1.0), found[1]


@lru_cache(maxsize=8192)
def _alike(one: str, other: str, *, person: bool) -> tuple[float, Reason] | None:
    mine, theirs = _counted(one, person=person), _counted(other, person=person)
    if not (mine and theirs):
        return None
    names = (one, other)
    if mine == theirs:
        return SAME, Reason(Why.SAME_NAME, names)
    if sorted(mine) == sorted(theirs):
        return REORDERED, Reason(Why.OTHER_ORDER, names)
    if sorted("".join(mine)) == sorted("".join(theirs)) and _joined(mine, theirs):
        return RESPACED, Reason(Why.OTHER_SPACES, names)
    if likeness := _spelling(mine, theirs):
        return likeness, Reason(Why.SPELLING, names)
    if _abbreviates(one, other) or _abbreviates(other, one):
        return ABBREVIATED, Reason(Why.INITIALS, names)
    return None


def _counted(name: str, *, person: bool) -> tuple[str, ...]:
    parts = untitled(words(name)) if person else words(name)
    return tuple(part for part in parts if part not in SMALL_WORDS) or parts


def _joined(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the letters follow each other alike, wherever the name begins."""
    mine, theirs = "".join(one), "".join(other)
    return len(mine) == len(theirs) and theirs in mine + mine


def _spelling(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How alike two spellings of the same consonants are; 0 for others."""
    mine, theirs = list(map(sounded, one)), list(map(sounded, other))
    few = len("".join(map(skeleton, one))) < FEWEST_SOUNDS
    least = FULL if few else LEAST_SPELLING
    if list(map(skeleton, one)) == list(map(skeleton, other)):
        likeness = min(map(ratio, mine, theirs))
    elif "".join(map(skeleton, one)) == "".join(map(skeleton, other)):
        likeness = ratio("".join(mine), "".join(theirs))
    elif sorted(map(skeleton, one)) == sorted(map(skeleton, other)):
        # Kim Il-sung and Kim Jong-il have the same consonants: in another order more is needed.
        likeness, least = min(map(ratio, sorted(mine), sorted(theirs))), max(least, REORDERED)
    else:
        return 0.0
    return SPELLED + (RESPACED - SPELLED) * likeness if likeness >= least else 0.0


def _abbreviates(short: str, long: str) -> bool:
    parts = words(short)
    return is_abbreviation(short) and "".join(parts) == initials(words(long))
