"""What a merge will do, worked out before anything is written; and why it cannot be done."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from actors.models import Actor, Alias, Relation
from timeline.models import Claim, Event, Participation

# Which of the two a field is taken from.
KEPT, GONE = "kept", "gone"


class MergeError(ValueError):
    """It cannot be done; ``problems`` say all that is in its way, for a person."""

    def __init__(self, *problems: str) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Choices:
    """What an editor chose: by field KEPT or GONE, what is left out is the default.

    ``keep_date`` writes the date that is not taken to the quotes of its event that give none.
    ``alias_kind`` and ``alias_period`` are those of the name that becomes an alias.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    keep_date: bool = True
    alias_kind: str = Alias.Kind.NAME.value
    alias_period: str = ""

    def of(self, name: str, default: str = KEPT) -> str:
        """From which of the two ``name`` is taken."""
        return self.fields.get(name, default)


@dataclass(frozen=True, slots=True)
class EventPlan:
    """The merge of two entries: ``kept`` as it will be, not saved.

    ``claims`` are all in their order as they will be; ``moved`` and ``filled`` those of them that
    change, ``dropped`` those that say the same again.
    """

    kept: Event
    gone: Event
    claims: tuple[Claim, ...]
    moved: tuple[Claim, ...]
    filled: tuple[Claim, ...]
    dropped: tuple[Claim, ...]
    parts: tuple[Participation, ...]
    moved_parts: tuple[Participation, ...]
    dropped_parts: tuple[Participation, ...]


@dataclass(frozen=True, slots=True)
class ActorPlan:
    """The merge of two actors: ``kept`` as it will be, not saved, with its names and relations.

    ``alias`` is the name that is not taken, None where both have the same.
    """

    kept: Actor
    gone: Actor
    alias: Alias | None
    aliases: tuple[Alias, ...]
    moved_aliases: tuple[Alias, ...]
    dropped_aliases: tuple[Alias, ...]
    relations: tuple[Relation, ...]
    moved_relations: tuple[Relation, ...]
    dropped_relations: tuple[Relation, ...]
    entries: int
    quotes: int
