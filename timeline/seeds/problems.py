"""What is wrong with a seed: where, with which item, in words for a person."""

from collections.abc import Iterable
from dataclasses import dataclass, field

Key = str | int


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a file; it sorts by file and line, and then as the items were read."""

    file: str
    line: int = 0
    item: str = field(default="", compare=False)

    def __str__(self) -> str:
        at = f"{self.file}:{self.line}" if self.line else self.file
        return f"{at}: {self.item}" if self.item else at


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at ``place`` and what to do about it."""

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class SeedError(ValueError):
    """Seeds that cannot be imported; ``problems`` holds everything that is wrong."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.place))
        super().__init__("\n".join(map(str, self.problems)))
