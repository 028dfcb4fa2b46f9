"""Which entries are compared at all: those that share a day, or of which one date holds the other.

Where few share a day, each is compared with each. Where many do, only those that share an actor
and a rare word, or two rare words: so the work grows with the entries, not with their square.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping

from timeline import edtf
from timeline.doubles.pairs import Keys, ordered
from timeline.likeness import EventLook
from timeline.likeness.dates import DAY, DECADE, MONTH, YEAR, day_number
from timeline.likeness.events import title_words

FEW = 12  # entries of a group that are all compared
MANY = 60  # entries of a group that share a sign, which then says little
RARE = 3  # words of a title that count
DAILY = 0
Group = tuple[int, int]


def steps(day: int) -> tuple[int, ...]:
    """The first days of the month, the year and the decade of a day: where coarser dates stand."""
    year, month, _ = edtf.from_int(day)
    return (
        edtf.to_int(year, month, 1),
        edtf.to_int(year, 1, 1),
        edtf.to_int(year // 10 * 10, 1, 1),
    )


def candidates(looks: Mapping[int, EventLook]) -> set[Keys]:
    """The pairs of ``looks`` (by primary key) that are worth a comparison."""
    groups: dict[Group, list[int]] = defaultdict(list)
    coarse: set[int] = set()
    for key, look in looks.items():
        for group in _groups(look):
            groups[group].append(key)
        if _length(look) > DAY:
            coarse.add(key)
    signs = _signs(looks)
    found: set[Keys] = set()
    for (scale, _), members in groups.items():
        if scale == DAILY:
            found.update(_within(members, signs))
        elif not coarse.isdisjoint(members):
            found.update(pair for pair in _within(members, signs) if not coarse.isdisjoint(pair))
    return found


def _signs(looks: Mapping[int, EventLook]) -> dict[int, list[Hashable]]:
    """By entry what it shares with few that are not its doubles."""
    often = Counter(word for look in looks.values() for word in title_words(look.title))
    return {key: list(_signs_of(look, often)) for key, look in looks.items()}


def _signs_of(look: EventLook, often: Counter[str]) -> Iterator[Hashable]:
    rare = sorted(title_words(look.title), key=lambda word: (often[word], word))[:RARE]
    for number, word in enumerate(rare):
        for actor in look.who:
            yield actor, word
        for other in rare[:number]:
            yield other, word
    if len(rare) == 1:
        yield rare[0]


def _length(look: EventLook) -> int:
    if look.dates is None:
        return 0
    return day_number(look.dates.last) - day_number(look.dates.first) + 1


def _groups(look: EventLook) -> Iterator[Group]:
    """An entry stands in the group of its first day and of the next, so neighbours meet."""
    if look.dates is None:
        yield DAILY, edtf.FIRST_DAY
        return
    first, length = day_number(look.dates.first), _length(look)
    yield DAILY, first
    yield DAILY, first + 1
    for scale, step in zip((MONTH, YEAR, DECADE), steps(look.dates.first), strict=True):
        # The coarser one stands on the step itself, finer ones in its reach.
        if length < scale or look.dates.first == step:
            yield scale, step


def _within(members: list[int], signs: Mapping[int, list[Hashable]]) -> Iterator[Keys]:
    if len(members) <= FEW:
        yield from _pairs(members)
        return
    sharing: dict[Hashable, list[int]] = defaultdict(list)
    for key in members:
        for sign in signs[key]:
            sharing[sign].append(key)
    for some in sharing.values():
        if 1 < len(some) <= MANY:
            yield from _pairs(some)


def _pairs(members: list[int]) -> Iterator[Keys]:
    return (ordered(one, other) for n, one in enumerate(members) for other in members[:n])
