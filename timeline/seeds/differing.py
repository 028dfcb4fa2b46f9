"""How what a seed gives differs from what the database has, field by field."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from timeline.seeds.entries import Canonical


@dataclass(frozen=True, slots=True)
class Difference:
    """A field, named as in a seed, with both its values; None where it has none."""

    name: str
    old: str | None
    new: str | None


def differences(old: Canonical | None, new: Canonical | None) -> Iterator[Difference]:
    """The fields in which two canonical forms differ, in the order of the forms."""
    before, after = _flat(old), _flat(new)
    for name in dict.fromkeys([*before, *after]):
        if before.get(name) != after.get(name):
            yield Difference(name, before.get(name), after.get(name))


def _flat(data: Canonical | None) -> dict[str, str]:
    """Fields by name, those within lists numbered: ``alias 2, name``."""
    return dict(_fields(data or {}, ""))


def _fields(value: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _fields(inner, f"{name}, {key}" if name else key)
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value, start=1):
            yield from _fields(inner, f"{name} {number}")
    else:
        yield name, str(value)
