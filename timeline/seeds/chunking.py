"""By how many at once the database is asked."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

CHUNK = 500
One = TypeVar("One")


def chunks(given: Iterable[One]) -> Iterator[list[One]]:
    """All that is given, by as many as one query asks for."""
    rest = iter(given)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
