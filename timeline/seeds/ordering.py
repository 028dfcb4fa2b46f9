"""The order of an event's claims: its home's first, then by source; within a source as given.

A claim that is new stands behind the one that precedes it in its seed. Those that are there keep
the order that an editor may have given them, until the seed's is asked for.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from timeline import history
from timeline.chunking import chunks
from timeline.models import Claim, SeedItem
from timeline.seeds.entries import Key, Kind
from timeline.seeds.ledger import Ledger, numbers

REORDERED = "now in the order of the seed"
OTHER_ORDER = "in another order than in the seed"
HAVE_A_CLAIM = (
    "SELECT event FROM item WHERE number BETWEEN ? AND ? GROUP BY event ORDER BY min(number)"
)
GET_A_CLAIM = HAVE_A_CLAIM.replace("item", "written")
GIVEN = (
    "SELECT event, home, slug FROM item WHERE event IN (SELECT value FROM json_each(?)) "
    "ORDER BY number"
)
WRITTEN = GIVEN.replace("item", "written")
Slugs = list[str]
Claims = list[tuple[str, str]]  # their sources and ids


def compare(ledger: Ledger, taken: Callable[[Key], bool]) -> None:
    """Take down the events whose claims stand in another order than the seeds'."""
    for events in _events(ledger, HAVE_A_CLAIM):
        mended = _mended(ledger, events)
        ledger.tell(REORDERED, [event for event in mended if taken((Kind.EVENT, event))])
        ledger.tell(OTHER_ORDER, [event for event in mended if not taken((Kind.EVENT, event))])


def order(ledger: Ledger) -> None:
    """Put claims that are there in the seeds' order where that was asked for.

    Takes down the ordinals of all claims of the events that get a claim.
    """
    for events in chunks(ledger.told(REORDERED)):
        for slugs in _mended(ledger, events).values():
            renumber(_numbered(slugs))
    for events in _events(ledger, GET_A_CLAIM):
        for slugs in _ordered(ledger, events):
            ledger.write("INSERT INTO ordinal VALUES (?, ?)", _numbered(slugs).items())


def renumber(wanted: Mapping[str, int]) -> None:
    """Give claims that are there already their ordinals."""
    for slugs in chunks(wanted):
        moved = []
        for claim in Claim.objects.filter(slug__in=slugs):
            if claim.ordinal != wanted[claim.slug]:
                claim.ordinal = wanted[claim.slug]
                moved.append(claim)
        history.bulk_update(moved, ["ordinal"])


def _numbered(slugs: Slugs) -> dict[str, int]:
    return {slug: number for number, slug in enumerate(slugs, start=1)}


def _events(ledger: Ledger, query: str) -> Iterator[Slugs]:
    """The events of some claims, as they are first met, by as many as one query takes."""
    for chunk in ledger.chunks(query, *numbers(Kind.CLAIM)):
        yield [event for (event,) in chunk]


def _claims(ledger: Ledger, query: str, events: Slugs) -> dict[str, Claims]:
    """The claims that seeds give on events, in their order."""
    found: dict[str, Claims] = defaultdict(list)
    for event, home, slug in ledger.rows(query, json.dumps(events)):
        found[event].append((home, slug))
    return found


def _present(events: Slugs) -> dict[str, Claims]:
    """The claims on events that are there, in their order."""
    found: dict[str, Claims] = defaultdict(list)
    rows = Claim.objects.filter(event__slug__in=events).order_by("ordinal", "id")
    for event, source, slug in rows.values_list("event__slug", "source__slug", "slug"):
        found[event].append((source, slug))
    return found


def _mended(ledger: Ledger, events: Slugs) -> dict[str, Slugs]:
    """By event the claims that are there, in the seeds' order, where they are not."""
    present = _present(events)
    given = _claims(ledger, GIVEN, list(present))
    wanted = {event: _as_given(present[event], given[event]) for event in events}
    return {
        event: slugs
        for event, slugs in wanted.items()
        if slugs != [slug for _, slug in present[event]]
    }


def _as_given(present: Claims, given: Claims) -> Slugs:
    """``present``, where the given ones take their order."""
    there = set(present)
    wanted: dict[str, Slugs] = defaultdict(list)
    for one in given:
        if one in there:
            wanted[one[0]].append(one[1])
    moving = {(source, slug) for source, slugs in wanted.items() for slug in slugs}
    following = {source: iter(slugs) for source, slugs in wanted.items()}
    return [next(following[one[0]]) if one in moving else one[1] for one in present]


def _ordered(ledger: Ledger, events: Slugs) -> Iterator[Slugs]:
    """The claims of each event that gets new ones, the new ones among them."""
    present, given = _present(events), _claims(ledger, GIVEN, events)
    written = _claims(ledger, WRITTEN, events)
    homes = _homes(ledger, events)
    for event in events:
        groups: dict[str, Slugs] = defaultdict(list)
        for source, slug in present[event]:
            groups[source].append(slug)
        new = [one for one in written[event] if one[1] not in groups[one[0]]]
        if not new:
            continue
        for source, slug in new:
            _insert(groups[source], [one for home, one in given[event] if home == source], slug)
        first = homes.get(event) or given[event][0][0]
        sources = sorted(groups)
        sources.sort(key=first.__ne__)  # False, the home itself, sorts first
        yield [slug for source in sources for slug in groups[source]]


def _homes(ledger: Ledger, events: Sequence[str]) -> dict[str, str]:
    """The homes of events that have one: as they are written now, else as they are known."""
    items = SeedItem.objects.filter(kind=Kind.EVENT, slug__in=events, source__isnull=False)
    known = {slug: str(home) for slug, home in items.values_list("slug", "source__slug")}
    written = ledger.rows(
        "SELECT slug, home FROM written WHERE kind = ? AND home <> '' "
        "AND slug IN (SELECT value FROM json_each(?))",
        *(Kind.EVENT, json.dumps(events)),
    )
    return known | dict(written)


def _insert(group: Slugs, given: Slugs, slug: str) -> None:
    """Put ``slug`` behind what precedes it among its seed's claims on the event."""
    before = given[: given.index(slug)]
    at = next((group.index(one) + 1 for one in reversed(before) if one in group), 0)
    group.insert(at, slug)
