"""Likely double entries: of one entry, and all of them, a stretch of time after the other."""

from collections.abc import Iterable, Iterator, Sequence

from timeline import edtf
from timeline.doubles.groups import candidates, steps
from timeline.doubles.looks import event_looks
from timeline.doubles.pairs import Found, Keys, Pair, likeliest, not_distinct, ordered
from timeline.index import sql
from timeline.likeness import EventLook, events_alike
from timeline.models import Event, Status, Twofold

MOST = 5  # that are shown of one entry
NEAR = 1_000  # entries that one is compared with, whoever took part
SHARING = 1_000  # and of those that an actor of it took part in
LOOKED_THROUGH = 20_000  # among how many such are looked for
STRETCH = 1_500  # entries that are compared at a time
A_PAGE = 3_000  # entries that are looked through for one page
ENOUGH = 20  # pairs of a page
MOST_PAIRS = 50  # of a stretch; more only where one day has them
UNDATED = "undated"

OF_STATUS = (
    "SELECT id, sort_date FROM timeline_event WHERE status = '{status}' AND {where} "
    "ORDER BY sort_date, id LIMIT {limit:d}"
)
IN_ORDER = "SELECT id, sort_date FROM ({union}) e ORDER BY sort_date, id LIMIT {limit:d}"
WITH_ACTORS = (
    "SELECT DISTINCT e.id FROM ({union}) e JOIN timeline_participation p ON p.event_id = e.id "
    "WHERE p.actor_id IN ({actors}) LIMIT {limit:d}"
)


def events_like(event: Event) -> list[Pair]:
    """The likeliest doubles of a stored event, at most MOST, by a constant number of queries."""
    ids = {*_near(event), *_sharing_actors(event)} - {event.pk}
    looks = event_looks([event.pk, *ids])
    mine = looks.pop(event.pk, None)
    if mine is None:
        return []
    pairs = list(_compared((ordered(event.pk, key) for key in looks), {**looks, event.pk: mine}))
    return not_distinct(Twofold.EVENT, likeliest(pairs))[:MOST]


def _near(event: Event) -> list[int]:
    """Entries that begin on the day of ``event`` or the day before or after."""
    where = "sort_date IS NULL"
    if event.sort_date is not None:
        days = (event.sort_date, *_neighbours(event.sort_date))
        where = f"sort_date IN ({sql.listed(days)})"
    return [row[0] for row in _in_order(where, NEAR)]


def _sharing_actors(event: Event) -> list[int]:
    """Entries that may hold the date of ``event``, or lie in it, and that share an actor."""
    actors = event.participations.values_list("actor_id", flat=True)
    if event.sort_date is None or event.latest_end is None:
        where = "sort_date IS NULL"
    else:
        where = (
            f"(sort_date IN ({sql.listed(steps(event.sort_date))}) OR "
            f"sort_date BETWEEN {event.sort_date:d} AND {event.latest_end:d})"
        )
    statement = WITH_ACTORS.format(
        union=_union(where, LOOKED_THROUGH), actors=sql.listed(actors), limit=SHARING
    )
    return [row[0] for row in sql.rows(statement)]


def _neighbours(day: int) -> tuple[int, int]:
    """The days before and after, as far as the calendar has any; good enough to look them up."""
    year, month, number = edtf.from_int(day)
    before = edtf.to_int(year, month, number - 1)
    if number <= 1:
        other_year, other = (year, month - 1) if month > 1 else (year - 1, 12)
        before = edtf.to_int(other_year, other, edtf.days_in_month(other_year, other))
    after = edtf.to_int(year, month, number + 1)
    if number >= edtf.days_in_month(year, min(max(month, 1), 12)):
        after = edtf.to_int(year, month + 1, 1) if month < 12 else edtf.to_int(year + 1, 1, 1)
    return before, after


def _compared(keys: Iterable[Keys], looks: dict[int, EventLook]) -> Iterator[Pair]:
    for one, other in keys:
        alike = events_alike(looks[one], looks[other])
        if alike.likely:
            yield Pair(one, other, alike)


def event_pairs(after: str = "") -> Found:
    """Some likely doubles of all entries, in the order of time, behind the place ``after``.

    It looks through A_PAGE entries at most, however few doubles are among them.
    """
    place, looked = _place(after), 0
    pairs: list[Pair] = []
    reached: int | None = None
    while looked < A_PAGE and len(pairs) < ENOUGH:
        stretch = _stretch(place)
        if not stretch:
            return Found(tuple(likeliest(pairs)), "", None)
        looked += len(stretch)
        found = not_distinct(Twofold.EVENT, _pairs_of(stretch))
        end = _end(stretch, found)
        behind = {key for key, _ in stretch[end:]}
        pairs += [pair for pair in found if behind.isdisjoint((pair.first, pair.second))]
        last, reached = stretch[end - 1]
        place = (reached, last)
    day = UNDATED if reached is None else str(reached)
    return Found(tuple(likeliest(pairs)), f"{day}_{place[1]}", reached)


def _end(stretch: Sequence[tuple[int, int | None]], pairs: Sequence[Pair]) -> int:
    """Up to where a stretch is shown: all of it, or the day that completes MOST_PAIRS."""
    if len(pairs) <= MOST_PAIRS:
        return len(stretch)
    places = {key: number for number, (key, _) in enumerate(stretch)}
    later = sorted(max(places.get(one.first, 0), places.get(one.second, 0)) for one in pairs)
    day = stretch[later[MOST_PAIRS - 1]][1]
    return max(number for number, (_, other) in enumerate(stretch, start=1) if other == day)


def _place(after: str) -> tuple[int | None, int]:
    """Where to go on; raises ValueError for what is no place."""
    if not after:
        return edtf.FIRST_DAY - 1, 0
    day, _, last = after.partition("_")
    if len(day) > 18 or len(last) > 18:
        raise ValueError(after)
    return (None if day == UNDATED else int(day)), int(last or 0)


def _stretch(place: tuple[int | None, int]) -> list[tuple[int, int | None]]:
    """Entries behind ``place``, up to the end of a day where that can be; undated ones last."""
    day, last = place
    found: list[tuple[int, int | None]] = []
    if day is not None:
        where = f"(sort_date > {day:d} OR sort_date = {day:d} AND id > {last:d})"
        found = _in_order(where, STRETCH)
        last = 0
    if not found:
        return _in_order(f"sort_date IS NULL AND id > {last:d}", STRETCH)
    whole = [one for one in found if one[1] != found[-1][1]]
    return whole if whole and len(found) == STRETCH else found


def _pairs_of(stretch: Sequence[tuple[int, int | None]]) -> list[Pair]:
    """The likely doubles among the entries of a stretch, and of these with coarser ones before."""
    own = {key for key, _ in stretch}
    days = {day for _, day in stretch if day is not None}
    around = {step for day in days for step in steps(day)}
    if days:
        around.add(_neighbours(min(days))[0])
    earlier = sorted(day for day in around if day not in days)
    others = [key for key, _ in _in_order(f"sort_date IN ({sql.listed(earlier)})", STRETCH)]
    looks = event_looks([*own, *others])
    keys = (pair for pair in candidates(looks) if own.intersection(pair))
    return list(_compared(sorted(keys), looks))


def _in_order(where: str, limit: int) -> list[tuple[int, int | None]]:
    """Primary keys and days of the first entries of any status that ``where`` holds of."""
    rows = sql.rows(IN_ORDER.format(union=_union(where, limit), limit=limit))
    return [(row[0], row[1]) for row in rows]


def _union(where: str, limit: int) -> str:
    """As the index has them: by status, then in the order of time."""
    return " UNION ALL ".join(
        f"SELECT * FROM ({OF_STATUS.format(status=status.value, where=where, limit=limit)}) s"  # noqa: S608
        for status in Status
    )
