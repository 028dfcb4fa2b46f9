"""The sources of an entry side by side: when each dates it, whom it names, and what it says."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from actors.models import Actor, Alias
from timeline import edtf
from timeline.chronology.dating import Dating, dating
from timeline.chronology.entries import Part
from timeline.models import Claim, Source


class Given(NamedTuple):
    """A date that quotes give.

    It is ``other`` than that of the entry, or ``disagrees`` with one that is not.
    """

    dating: Dating
    other: bool
    disagrees: bool


class Quote(NamedTuple):
    """A quote and the date that it gives, if any; one that is lost gives none."""

    claim: Claim
    given: Given | None


class Column(NamedTuple):
    """What one source says of an entry; lost quotes are shown, but say nothing.

    ``speakers`` are those whose words it reports, and ``named`` the actors of the entry whose name
    its quotes have.
    """

    source: Source
    quotes: tuple[Quote, ...]
    dates: tuple[Given, ...]
    speakers: tuple[Actor, ...]
    named: tuple[Part, ...]
    disputes: bool


@dataclass(frozen=True)
class Comparison:
    """The columns, and how many of the sources, or of the quotes of a single one, say what."""

    columns: tuple[Column, ...]
    total: int
    disputing: int
    dating: int
    dating_otherwise: int
    disagree: bool

    @property
    def by_source(self) -> bool:
        """Whether sources are counted, else the quotes of one."""
        return len(self.columns) > 1

    @property
    def agree(self) -> bool:
        """Whether nothing is contested."""
        return not (self.disputing or self.disagree)

    @cached_property
    def names(self) -> bool:
        """Whether anybody is named or speaks."""
        return any(one.speakers or one.named for one in self.columns)


def compare(
    date: str, claims: Sequence[Claim], parts: Iterable[Part], names: Mapping[int, Collection[str]]
) -> Comparison:
    """``claims`` of an entry of this ``date`` (EDTF or empty), in which ``parts`` took part.

    ``names`` are all names of these actors by primary key.
    """
    there = [one for one in claims if not one.lost]
    dates = {date, *(one.date for one in there)}
    people = {part.id: part for part in parts}
    others = {one for one in dates if edtf.disagree([date, one])}
    given = {
        text: Given(
            dating(text),
            other=text in others,
            disagrees=any(edtf.disagree([text, one]) for one in dates - others),
        )
        for text in dates - {""}
    }
    by_source: dict[int, list[Quote]] = defaultdict(list)
    for one in claims:
        quote = Quote(one, None if one.lost else given.get(one.date))
        by_source[one.source_id].append(quote)
    columns = tuple(_column(some, [*people.values()], names) for some in by_source.values())
    voices = [[one] for one in there]
    if len(columns) > 1:
        voices = [_there(some) for some in by_source.values()]
    return Comparison(
        columns=columns,
        total=sum(bool(voice) for voice in voices),
        disputing=sum(any(map(_disputes, voice)) for voice in voices),
        dating=sum(any(one.date for one in voice) for voice in voices),
        dating_otherwise=sum(any(one.date in others for one in voice) for voice in voices),
        disagree=edtf.disagree(dates),
    )


def names_of(parts: Iterable[Part]) -> dict[int, set[str]]:
    """All names of the actors who took part, by primary key: one query."""
    names = {part.id: {part.name} for part in parts}
    for actor, name in Alias.objects.filter(actor__in=names).values_list("actor", "name"):
        names[actor].add(name)
    return names


def has_name(text: str, names: Iterable[str]) -> bool:
    """Whether one of ``names`` stands in ``text`` as it is written, as whole words."""
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in names)


def _column(
    quotes: Sequence[Quote], parts: Sequence[Part], names: Mapping[int, Collection[str]]
) -> Column:
    there = _there(quotes)
    speakers = {one.attributed_to_id: one.attributed_to for one in there if one.attributed_to}
    return Column(
        source=quotes[0].claim.source,
        quotes=tuple(quotes),
        dates=tuple(dict.fromkeys(one.given for one in quotes if one.given)),
        speakers=tuple(speakers.values()),
        named=tuple(
            part for part in parts if any(has_name(one.quote, names[part.id]) for one in there)
        ),
        disputes=any(map(_disputes, there)),
    )


def _there(quotes: Iterable[Quote]) -> list[Claim]:
    return [one.claim for one in quotes if not one.claim.lost]


def _disputes(claim: Claim) -> bool:
    return claim.stance == Claim.Stance.DISPUTES
