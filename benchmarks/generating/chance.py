"""Choices with a long tail: few things are frequent, most are rare."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LongTail(Generic[T]):
    """``items``, the most frequent first, with the sums of their shares."""

    items: Sequence[T]
    sums: list[float]

    @classmethod
    def of(cls, items: Sequence[T], top: float) -> "LongTail[T]":
        """Shares that fall as 1 / (rank + flatness), the first one being ``top`` (0 to 1).

        The flatness is what Mandelbrot added to Zipf's law: with it the first share is the same
        for few items as for many, so that knowledge bases of any size can be compared.
        """
        low, high = 0.0, 1e6
        for _ in range(60):
            middle = (low + high) / 2
            first = _shares(len(items), middle)[0]
            low, high = (middle, high) if first > top else (low, middle)
        return cls(items, list(accumulate(_shares(len(items), low))))

    def pick(self, chance: Random, number: int) -> list[T]:
        """``number`` independent choices."""
        return chance.choices(self.items, cum_weights=self.sums, k=number)

    def share(self, rank: int) -> float:
        """The share of the item of ``rank`` (from 1)."""
        return self.sums[rank - 1] - (self.sums[rank - 2] if rank > 1 else 0.0)


def _shares(number: int, flatness: float) -> list[float]:
    weights = [1 / (rank + flatness) for rank in range(1, number + 1)]
    total = sum(weights)
    return [weight / total for weight in weights]
