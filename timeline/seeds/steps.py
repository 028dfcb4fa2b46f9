"""What becomes of the items of seeds."""

from dataclasses import dataclass
from enum import Enum

from timeline.seeds.entries import Canonical


class Outcome(Enum):
    """What becomes of an item."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    LEFT = "left out"  # as was asked: the item is as it was, or is not made
    MISSING = "no longer in the seed"
    PRUNED = "pruned"
    GONE = "gone"  # neither in a seed nor in the database any more


WRITTEN = (Outcome.CREATED, Outcome.UPDATED)


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of one item and why; ``old`` is in the database, ``new`` in the seed."""

    number: int
    kind: str
    slug: str
    outcome: Outcome
    why: str
    old: Canonical | None
    new: Canonical | None


@dataclass(frozen=True, slots=True)
class Written:
    """An item of a seed that is to be written, as ``Entry`` has it."""

    slug: str
    home: str
    event: str
    span: tuple[int, int, int] | None
    bounds: tuple[int | bool | None, ...]
    data: Canonical
    outcome: Outcome
