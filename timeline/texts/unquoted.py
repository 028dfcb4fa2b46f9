"""Published events that a replaced text would leave without any quote."""

from collections.abc import Collection, Iterable

from timeline.chunking import chunks
from timeline.models import Claim, Event, Status
from timeline.texts.outcomes import Outcome


def unquoted_without(lost: Iterable[Outcome]) -> list[Event]:
    """The published events whose every quote that readers can follow is among the ``lost``."""
    keys = {one.claim for one in lost if not one.was_lost}
    events: set[int] = set()
    for chunk in chunks(keys):
        claims = Claim.objects.filter(pk__in=chunk, source__status=Status.PUBLISHED)
        events |= set(claims.values_list("event", flat=True))
    found: list[Event] = []
    for chunk in chunks(events):
        kept = _quoted(chunk, keys)
        found += [
            event
            for event in Event.objects.filter(pk__in=chunk, status=Status.PUBLISHED)
            if event.pk not in kept
        ]
    return sorted(found, key=lambda event: event.slug)


def _quoted(events: Collection[int], lost: Collection[int]) -> set[int]:
    """Those of ``events`` that have a quote which counts and is not among the ``lost``."""
    claims = Claim.objects.filter(
        event__in=events, lost=False, source__status=Status.PUBLISHED
    ).values_list("pk", "event")
    return {event for claim, event in claims if claim not in lost}
