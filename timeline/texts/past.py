"""Where lost claims last stood, in the text of that time."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from timeline.chunking import chunks
from timeline.citing import CitableText, Place
from timeline.models import Claim, Passage, SourceText


@dataclass(frozen=True, slots=True)
class Stood:
    """A place in a text that is no longer there."""

    text: CitableText = field(repr=False, compare=False)
    place: Place

    @property
    def beside(self) -> tuple[str, str]:
        """Those of the words around that stood in the same paragraph."""
        return self.text.beside(self.place)

    @property
    def around(self) -> tuple[str, str]:
        """The words around the place."""
        return self.text.surroundings(self.place.ordinal, self.place.start, self.place.end)


def stood(claims: Iterable[Claim]) -> dict[int, Stood]:
    """By the claim's key: where it stood before it was lost; nothing for one that never stood."""
    wanted = {claim.pk: claim for claim in claims if claim.lost}
    versions: dict[tuple[int, datetime], _Version] = {}
    found: dict[int, Stood] = {}
    for pk, (last, moment) in _last_standing(wanted).items():
        source = wanted[pk].source_id
        if last["source_id"] != source:
            continue
        version = versions.get((source, moment))
        if version is None:
            version = versions[source, moment] = _version(source, moment)
        ordinal = version.ordinals.get(last["passage_id"])
        if ordinal is not None:
            place = Place(ordinal, last["start"], last["end"], last["quote"])
            if version.text.standing_at(ordinal, place.start, place.quote) == place:
                found[pk] = Stood(version.text, place)
    return found


Row = dict[str, Any]


def _last_standing(claims: Iterable[int]) -> dict[int, tuple[Row, datetime]]:
    """The last state in which each claim was not lost, and the moment when it was lost."""
    found: dict[int, tuple[Row, datetime]] = {}
    standing: dict[int, Row] = {}
    names = ("id", "lost", "source_id", "passage_id", "start", "end", "quote", "history_date")
    for chunk in chunks(claims):
        rows = Claim.history.filter(id__in=chunk).order_by("history_date", "history_id")
        for row in rows.values(*names):
            if not row["lost"]:
                standing[row["id"]] = row
            elif last := standing.pop(row["id"], None):
                found[row["id"]] = last, row["history_date"]
    return found


@dataclass(frozen=True, slots=True)
class _Version:
    text: CitableText
    ordinals: dict[int, int]  # of passages by their keys


def _version(source: int, moment: datetime) -> _Version:
    """The text of ``source`` just before the act of ``moment``."""
    before = {"source_id": source, "history_date__lt": moment}
    newest = ("-history_date", "-history_id")
    text = SourceText.history.filter(**before).order_by(*newest).first()
    if text is None or text.history_type == "-":
        return _Version(CitableText("", []), {})
    passages: dict[int, Row] = {}
    rows = Passage.history.filter(**before).order_by("history_date", "history_id")
    for row in rows.values("id", "ordinal", "start", "text", "history_type"):
        passages[row["id"]] = row
    present = sorted(
        (row for row in passages.values() if row["history_type"] != "-"),
        key=lambda row: int(row["ordinal"]),
    )
    return _Version(
        CitableText(text.reading, [(row["ordinal"], row["start"], row["text"]) for row in present]),
        {row["id"]: row["ordinal"] for row in present},
    )
