"""Two that look alike, and what an editor has said of them: that they are not the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User

from timeline.likeness import Alike
from timeline.models import Distinct

Keys = tuple[int, int]  # primary keys, the smaller first


@dataclass(frozen=True, slots=True)
class Pair:
    """Two primary keys, the smaller ``first``, and how alike they are."""

    first: int
    second: int
    alike: Alike


@dataclass(frozen=True, slots=True)
class Found:
    """Some pairs, the likeliest first; ``after`` leads on to more, empty where all was looked at.

    ``reached`` says how far that was: a day (YYYYMMDD) of events, None for others.
    """

    pairs: tuple[Pair, ...]
    after: str
    reached: int | None = None


def ordered(one: int, other: int) -> Keys:
    """Two keys, the smaller first."""
    return (one, other) if one < other else (other, one)


def likeliest(pairs: Iterable[Pair]) -> list[Pair]:
    """The likeliest first, in an order that does not change."""
    return sorted(pairs, key=lambda pair: (-pair.alike.score, pair.first, pair.second))


def not_distinct(kind: str, pairs: Sequence[Pair]) -> list[Pair]:
    """Those of ``pairs`` of which nobody has said that they are not the same."""
    if not pairs:
        return []
    said = Distinct.objects.filter(
        kind=kind,
        first__in={pair.first for pair in pairs},
        second__in={pair.second for pair in pairs},
    )
    distinct = set(said.values_list("first", "second"))
    return [pair for pair in pairs if (pair.first, pair.second) not in distinct]


def set_apart(kind: str, one: int, other: int, user: User | None) -> None:
    """Take down that two are not the same, once."""
    first, second = ordered(one, other)
    Distinct.objects.get_or_create(kind=kind, first=first, second=second, defaults={"user": user})


def take_back(kind: str, one: int, other: int) -> None:
    """Forget that somebody said so."""
    first, second = ordered(one, other)
    Distinct.objects.filter(kind=kind, first=first, second=second).delete()
