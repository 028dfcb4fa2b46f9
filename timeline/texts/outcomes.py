"""What becomes of the claims of a source when its text is replaced, as frozen data."""

from dataclasses import dataclass, field
from enum import StrEnum

from timeline.anchors import Near
from timeline.citing import CitableText, Place


class Became(StrEnum):
    """What becomes of a claim."""

    STAYS = "stays"
    MOVED = "moved"
    REWORDED = "reworded"  # only white space, dashes or quotation marks are others
    FOUND = "found again"  # it was lost, and its words are back
    REPAIRED = "repaired"  # its words went, and an editor chose others
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A claim, its place and the words around it before, and its place now; None where lost.

    ``beside`` are those of the words around that stood in the same paragraph. ``expected`` is
    about where in the new text a lost quote would begin, ``was_lost`` says that it was lost before.
    """

    claim: int
    slug: str
    became: Became
    was: Place
    now: Place | None
    around: tuple[str, str]
    beside: tuple[str, str]
    expected: int
    was_lost: bool


@dataclass(frozen=True, slots=True)
class Reanchoring:
    """What became of all claims of a source; ``text`` is the new one."""

    outcomes: tuple[Outcome, ...]
    text: CitableText = field(repr=False, compare=False)

    @property
    def found(self) -> int:
        """How many claims are where they were."""
        return len(self.those(Became.STAYS))

    @property
    def moved(self) -> tuple[str, ...]:
        """The claims that have another place, or other signs for the same words."""
        wanted = (Became.MOVED, Became.REWORDED, Became.FOUND, Became.REPAIRED)
        return tuple(one.slug for one in self.those(*wanted))

    @property
    def lost(self) -> tuple[str, ...]:
        """The claims whose words are not there, or not for certain."""
        return tuple(one.slug for one in self.those(Became.LOST))

    @property
    def newly_lost(self) -> tuple[Outcome, ...]:
        """Those that were not lost before."""
        return tuple(one for one in self.those(Became.LOST) if not one.was_lost)

    def those(self, *became: Became) -> tuple[Outcome, ...]:
        """The outcomes of a kind, in the order of the old text."""
        return tuple(one for one in self.outcomes if one.became in became)

    def beside_now(self, outcome: Outcome) -> tuple[str, str]:
        """The words around the new place in its paragraph."""
        return self.text.beside(outcome.now) if outcome.now else ("", "")

    def likeliest(
        self, outcome: Outcome, *, thorough: bool = True
    ) -> tuple[tuple[Place, Near], ...]:
        """The places most likely meant by a lost quote, the best first."""
        return self.text.likeliest(
            outcome.was.quote, outcome.around, outcome.expected, thorough=thorough
        )
