"""Dates as chronologies have them, as EDTF: mostly days, some vague, some long, some without end.

There are more of them the nearer the present is, and about a fifth last a year or longer.
"""

from collections.abc import Callable
from random import Random

LAST_YEAR = 2025
FIRST_YEAR = -3000
# Mean age in years, and the share of events with it.
AGES = ((60, 0.45), (250, 0.40), (1000, 0.15))


def year(chance: Random) -> int:
    """An astronomical year: 0 is 1 BCE."""
    mean = chance.choices([age for age, _ in AGES], [share for _, share in AGES])[0]
    return max(FIRST_YEAR, LAST_YEAR - int(chance.expovariate(1 / mean)))


def written(number: int) -> str:
    """A year in EDTF."""
    return f"-{-number:04}" if number < 0 else f"{number:04}"


def _year(chance: Random) -> str:
    return written(year(chance))


def _month(chance: Random) -> str:
    return f"{_year(chance)}-{chance.randint(1, 12):02}"


def _day(chance: Random) -> str:
    return f"{_month(chance)}-{chance.randint(1, 28):02}"


def _masked(chance: Random, digits: int) -> str:
    """A decade or a century."""
    return f"{abs(year(chance)):04}"[:-digits] + "X" * digits


def _years_later(chance: Random, mean: int) -> tuple[str, str]:
    first = year(chance)
    last = min(LAST_YEAR, first + 1 + int(chance.expovariate(1 / mean)))
    return written(min(first, last - 1)), written(last)


def _some_days(chance: Random) -> str:
    month, day = _month(chance), chance.randint(1, 20)
    return f"{month}-{day:02}/{month}-{day + chance.randint(1, 8):02}"


def _some_months(chance: Random) -> str:
    of, month = _year(chance), chance.randint(1, 8)
    return f"{of}-{month:02}/{of}-{month + chance.randint(1, 4):02}"


SHAPES: tuple[tuple[float, Callable[[Random], str]], ...] = (
    (50.0, _day),
    (12.0, _month),
    (8.0, _year),
    (3.0, lambda chance: f"{_year(chance)}~"),
    (2.0, lambda chance: f"{_year(chance)}?"),
    (1.0, lambda chance: f"{_month(chance)}~"),
    (1.5, lambda chance: _masked(chance, 1)),
    (1.0, lambda chance: _masked(chance, 2)),
    (7.0, _some_days),
    (4.0, _some_months),
    (4.0, lambda chance: "/".join(_years_later(chance, 6))),
    (1.0, lambda chance: "/".join(_years_later(chance, 120))),
    (0.5, lambda chance: "~/".join(_years_later(chance, 40)) + "~"),
    (1.0, lambda chance: f"{_year(chance)}/.."),
    (0.4, lambda chance: f"{_year(chance)}/"),
    (0.4, lambda chance: f"/{_year(chance)}"),
    (0.6, lambda chance: "[{},{}]".format(*_years_later(chance, 2))),
    (0.4, lambda chance: "{{{},{}}}".format(*_years_later(chance, 2))),
    (0.2, lambda chance: f"[..{_year(chance)}]"),
    (2.0, lambda chance: ""),  # noqa: ARG005
)
WEIGHTS = [share for share, _ in SHAPES]
MAKERS = [make for _, make in SHAPES]


def date(chance: Random) -> str:
    """An EDTF text, or an empty one for an event without a date."""
    return chance.choices(MAKERS, WEIGHTS)[0](chance)
