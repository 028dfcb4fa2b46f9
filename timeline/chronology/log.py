"""The log of changes that readers see: what was added, corrected and withdrawn, act by act.

Of drafts nothing is said, be it their titles or that there are any, and of nobody who did
something. An act of many entries is counted, and the first few are named (ADR 64).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db.models import Model

from timeline.chronology.changes import Edits, edits_of, source_edits_of
from timeline.chronology.log_counting import Numbers, numbers_of
from timeline.chronology.public_acts import EVENT, SOURCE, Touched, moments, touched
from timeline.models import Event, Source, Status

ACTS = 50
MOST_LINES = 5  # entries of an act that are told one by one
NAMED = 3

Kind = Literal["added", "corrected", "withdrawn"]
KINDS: tuple[Kind, ...] = ("added", "corrected", "withdrawn")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry or a source by its title then, and what was corrected in it.

    ``slug`` is empty where it is not public now.
    """

    title: str
    slug: str
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """What an act did to ``number`` of ``model``, all of them or the first few by name.

    There may be ``more`` of them than are counted.
    """

    kind: Kind
    model: str
    number: int
    more: bool
    entries: tuple[Entry, ...]

    @property
    def all_named(self) -> bool:
        """Whether it tells of each."""
        return self.number == len(self.entries) and not self.more


@dataclass(frozen=True, slots=True)
class PublicAct:
    """When, why, and what became of what readers see."""

    moment: datetime
    reason: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Log:
    """Some acts, the latest first; there are more before the moment ``earlier``, if it is one."""

    acts: tuple[PublicAct, ...]
    earlier: datetime | None


@dataclass(frozen=True, slots=True)
class _Part:
    """What some acts did to one model: its edits by key, and the numbers of large acts."""

    name: str
    touched: Touched
    edits: Mapping[int, Edits]
    numbers: Mapping[datetime, Numbers]
    slugs: Mapping[int, str]


def log(before: datetime | None = None, most: int = ACTS) -> Log:
    """At most ``most`` acts before a moment, in a number of queries that does not grow."""
    found, earlier = moments(before, most)
    if not found:
        return Log((), earlier)
    parts = (_events(found), _sources(found))
    acts = []
    for moment in found:
        lines = [line for part in parts for line in _lines(part, moment)]
        if lines:
            acts.append(PublicAct(moment, _reason(parts, moment), tuple(lines)))
    return Log(tuple(acts), earlier)


def _events(found: list[datetime]) -> _Part:
    seen = touched(EVENT, found)
    edits = edits_of(seen.keys)
    return _Part("event", seen, edits, numbers_of(EVENT, seen.large), _slugs(Event, edits))


def _sources(found: list[datetime]) -> _Part:
    seen = touched(SOURCE, found)
    edits = source_edits_of(seen.keys)
    return _Part("source", seen, edits, numbers_of(SOURCE, seen.large), _slugs(Source, edits))


def _slugs(model: type[Model], keys: Iterable[int]) -> dict[int, str]:
    """The ids of those that are public now."""
    public: Any = model._default_manager.published()  # type: ignore[attr-defined]
    return dict(public.filter(pk__in=list(keys)).values_list("pk", "slug"))


def _reason(parts: Iterable[_Part], moment: datetime) -> str:
    reasons = (
        part.edits[key].reasons.get(moment, "")
        for part in parts
        for key in part.touched.by_moment[moment]
    )
    return next(filter(None, reasons), "")


def _lines(part: _Part, moment: datetime) -> Iterator[Line]:
    told: dict[Kind, list[Entry]] = {kind: [] for kind in KINDS}
    for key in sorted(part.touched.by_moment[moment]):
        if entry := _entry(part, key, moment):
            told[entry[0]].append(entry[1])
    counted = part.numbers.get(moment)
    for kind in KINDS:
        number, more = len(told[kind]), False
        if counted:
            least, more = getattr(counted, kind)
            # Of quotes and actors only some are looked at: more may have been corrected by them.
            more = more or (
                kind == "corrected" and moment in part.touched.unseen and number > least
            )
            number = max(number, least)
        if number:
            few = number <= MOST_LINES and number == len(told[kind]) and not more
            yield Line(kind, part.name, number, more, tuple(told[kind][: None if few else NAMED]))


def _entry(part: _Part, key: int, moment: datetime) -> tuple[Kind, Entry] | None:
    """What the act did to one entry, as readers saw it; None where they saw nothing of it."""
    edits = part.edits[key]
    before = after = None
    for state in edits.states:
        if state["history_date"] < moment:
            before = state
        if state["history_date"] <= moment:
            after = state
    was, is_now = _public(before), _public(after)
    slug = part.slugs.get(key, "")
    if was is None and is_now is None:
        return None
    if was is None or is_now is None:
        title = (is_now or was or {})["title"]
        return ("added" if was is None else "withdrawn"), Entry(title, slug, ())
    what = edits.told(moment)
    return ("corrected", Entry(is_now["title"], slug, what)) if what else None


def _public(state: dict[str, Any] | None) -> dict[str, Any] | None:
    if state is None or state["history_type"] == "-" or state["status"] != Status.PUBLISHED:
        return None
    return state
