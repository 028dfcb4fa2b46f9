"""The order of an event's claims: its home's first, then by source; within a source as given.

A claim that is new stands behind the one that precedes it in its seed. The order of those that are
there is an editor's affair and stays.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from timeline import history
from timeline.models import Claim, SeedItem
from timeline.seeds.checking import chunks
from timeline.seeds.entries import Entry, Kind

Slugs = list[str]


def ordinals(given: Iterable[Entry], homes: Mapping[str, str]) -> dict[str, int]:
    """The new ordinals of the claims of all events that ``given``, in seeds' order, are on.

    ``homes`` has the homes of those events that are given too; the others are known already.
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
            for entry in by_event[event]:
                _insert(groups, by_event[event], entry)
            first = homes.get(event) or known.get(event) or by_event[event][0].home
            sources = sorted(groups)
            sources.sort(key=first.__ne__)  # False, the home itself, sorts first
            slugs = [slug for source in sources for slug in groups[source]]
            found |= {slug: ordinal for ordinal, slug in enumerate(slugs, start=1)}
    return found


def _present(events: Slugs) -> dict[str, dict[str, Slugs]]:
    """The claims of events by source, in their order."""
    groups: dict[str, dict[str, Slugs]] = defaultdict(lambda: defaultdict(list))
    rows = Claim.objects.filter(event__slug__in=events).order_by("ordinal", "id")
    for event, source, slug in rows.values_list("event__slug", "source__slug", "slug"):
        groups[event][source].append(slug)
    return groups


def _homes(events: Slugs) -> dict[str, str]:
    items = SeedItem.objects.filter(kind=Kind.EVENT, slug__in=events, source__isnull=False)
    return {slug: str(home) for slug, home in items.values_list("slug", "source__slug")}


def _insert(groups: dict[str, Slugs], given: list[Entry], entry: Entry) -> None:
    group = groups[entry.home]
    if entry.slug in group:
        return
    before = [one.slug for one in given if one.home == entry.home]
    before = before[: before.index(entry.slug)]
    at = next((group.index(slug) + 1 for slug in reversed(before) if slug in group), 0)
    group.insert(at, entry.slug)


def renumber(wanted: dict[str, int]) -> None:
    """Give claims that are there already their ordinals."""
    for slugs in chunks(wanted):
        moved = []
        for claim in Claim.objects.filter(slug__in=slugs):
            if claim.ordinal != wanted[claim.slug]:
                claim.ordinal = wanted[claim.slug]
                moved.append(claim)
        history.bulk_update(moved, ["ordinal"])
