"""By how many at once the database is asked."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

CHUNK = 500
One = TypeVar("One")


def chunks(given: Iterable[One], size: int = CHUNK) -> Iterator[list[One]]:
    """All that is given in its order, ``size`` at a time: by as many as one query asks for."""
    rest = iter(given)
    while chunk := list(islice(rest, size)):
        yield chunk
