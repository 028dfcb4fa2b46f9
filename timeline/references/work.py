"""What is cited: a source by its bibliographic data, named as in CSL."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

RANGE = re.compile(r"\s*([0-9A-Za-z]+)\s*[-–—]\s*([0-9A-Za-z]+)\s*")
ONE = re.compile(r"\s*([0-9A-Za-z]+)\s*")


@dataclass(frozen=True, slots=True)
class Name:
    """An author: a person's two names, or the one name of a body."""

    family: str = ""
    given: str = ""
    literal: str = ""

    @classmethod
    def of(cls, names: Iterable[Mapping[str, str]]) -> tuple["Name", ...]:
        """CSL names; those without any part that is known are left out."""
        parts = ("family", "given", "literal")
        read = (cls(**{part: one.get(part, "") for part in parts}) for one in names)
        return tuple(name for name in read if name.shown)

    @property
    def shown(self) -> str:
        """As readers write it: 'Ada Example'."""
        return self.literal or " ".join(part for part in (self.given, self.family) if part)

    @property
    def sorted(self) -> str:
        """As lists have it: 'Example, Ada'."""
        return self.literal or ", ".join(part for part in (self.family, self.given) if part)


@dataclass(frozen=True, slots=True)
class Work:
    """A document; ``kind`` is its type in CSL, ``issued`` EDTF, ``address`` where it is read."""

    kind: str
    title: str
    address: str
    authors: tuple[Name, ...] = ()
    container: str = ""
    issued: str = ""
    publisher: str = ""
    volume: str = ""
    issue: str = ""
    page: str = ""
    language: str = ""
    doi: str = ""
    elsewhere: str = ""

    @property
    def card_type(self) -> str:
        """The ``og:type``. Zotero takes ``website`` for more than all ``citation_*`` tags say."""
        return {"book": "book", "webpage": "website"}.get(self.kind, "article")

    @property
    def pages(self) -> tuple[str, str]:
        """The first and the last page; empty where ``page`` is no page and no plain range."""
        if found := RANGE.fullmatch(self.page):
            return found[1], found[2]
        found = ONE.fullmatch(self.page)
        return (found[1], found[1]) if found else ("", "")
