"""The order of an event's claims: its home's first, then by source; within a source as given.

A claim that is new stands behind the one that precedes it in its seed. Those that are there keep
the order that an editor may have given them, until the seed's is asked for.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from timeline import history
from timeline.models import Claim, SeedItem
from timeline.seeds.checking import chunks
from timeline.seeds.entries import Entry, Kind

Slugs = list[str]


def ordinals(
    given: Iterable[Entry], written: Collection[str], homes: Mapping[str, str]
) -> dict[str, int]:
    """The new ordinals of all claims of the events that get a claim.

    ``given`` are the seeds' claims in their order, of which ``written`` are stored now. ``homes``
    has the homes of those events that are given too; the others are known already.
    """
    by_event: dict[str, list[Entry]] = defaultdict(list)
    for entry in given:
        by_event[entry.event].append(entry)
    found: dict[str, int] = {}
    for events in chunks(by_event):
        present = _present(events)
        known = _homes(events)
        for event in events:
            groups = present[event]
            new = [
                entry
                for entry in by_event[event]
                if entry.slug in written and entry.slug not in groups[entry.home]
            ]
            if not new:
                continue
            for entry in new:
                _insert(groups[entry.home], by_event[event], entry)
            first = homes.get(event) or known.get(event) or by_event[event][0].home
            sources = sorted(groups)
            sources.sort(key=first.__ne__)  # False, the home itself, sorts first
            slugs = [slug for source in sources for slug in groups[source]]
            found |= {slug: ordinal for ordinal, slug in enumerate(slugs, start=1)}
    return found


def _present(events: Slugs) -> dict[str, dict[str, Slugs]]:
    """The claims of events by source, in their order."""
    groups: dict[str, dict[str, Slugs]] = defaultdict(lambda: defaultdict(list))
    for event, claims in _by_event(events).items():
        for source, slug in claims:
            groups[event][source].append(slug)
    return groups


def _by_event(events: Slugs) -> dict[str, list[tuple[str, str]]]:
    """The source and the id of each claim of events, in their order."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    rows = Claim.objects.filter(event__slug__in=events).order_by("ordinal", "id")
    for event, source, slug in rows.values_list("event__slug", "source__slug", "slug"):
        found[event].append((source, slug))
    return found


def _homes(events: Slugs) -> dict[str, str]:
    items = SeedItem.objects.filter(kind=Kind.EVENT, slug__in=events, source__isnull=False)
    return {slug: str(home) for slug, home in items.values_list("slug", "source__slug")}


def _insert(group: Slugs, given: list[Entry], entry: Entry) -> None:
    """Put ``entry`` behind what precedes it among its seed's claims on the event."""
    before = [one.slug for one in given if one.home == entry.home]
    before = before[: before.index(entry.slug)]
    at = next((group.index(slug) + 1 for slug in reversed(before) if slug in group), 0)
    group.insert(at, entry.slug)


def as_given(given: Iterable[Entry]) -> dict[str, dict[str, int]]:
    """The events whose claims stand in another order than ``given``: ordinals that mend it."""
    by_event: dict[str, list[Entry]] = defaultdict(list)
    for entry in given:
        by_event[entry.event].append(entry)
    found: dict[str, dict[str, int]] = {}
    for events in chunks(by_event):
        present = _by_event(events)
        for event in events:
            mended = _mended(present[event], by_event[event])
            if mended != [slug for _, slug in present[event]]:
                found[event] = {slug: number for number, slug in enumerate(mended, start=1)}
    return found


def _mended(present: Sequence[tuple[str, str]], given: Iterable[Entry]) -> Slugs:
    """``present``, pairs of source and claim, where the given ones take their order."""
    there = set(present)
    wanted: dict[str, Slugs] = defaultdict(list)
    for entry in given:
        if (entry.home, entry.slug) in there:
            wanted[entry.home].append(entry.slug)
    moving = {(source, slug) for source, slugs in wanted.items() for slug in slugs}
    following = {source: iter(slugs) for source, slugs in wanted.items()}
    return [next(following[one[0]]) if one in moving else one[1] for one in present]


def renumber(wanted: dict[str, int]) -> None:
    """Give claims that are there already their ordinals."""
    for slugs in chunks(wanted):
        moved = []
        for claim in Claim.objects.filter(slug__in=slugs):
            if claim.ordinal != wanted[claim.slug]:
                claim.ordinal = wanted[claim.slug]
                moved.append(claim)
        history.bulk_update(moved, ["ordinal"])
