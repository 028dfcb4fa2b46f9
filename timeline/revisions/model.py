"""What a history page tells, as frozen data."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field by its name for readers, and its old and new value in words; empty for none."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to the thing itself (``subject`` is empty) or to a part of it."""

    subject: str
    kind: Literal["added", "changed", "removed"]
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """One act: when, who (empty for a program), why, and what it changed."""

    moment: datetime
    user: str
    reason: str
    changes: tuple[Change, ...]
