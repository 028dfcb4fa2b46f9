"""What readers may see: the rule that a published event quotes a published source."""

from django.utils.translation import gettext_lazy as _

from timeline.models import Claim, Event, Status

UNQUOTED = _(
    "A published event needs at least one quote of a published source. "
    "Add a claim, or make the event a draft."
)
QUOTES_DRAFTS = _(
    "A published event needs a quote of a published source, and all of these are from drafts. "
    "Publish the source first, or make the event a draft."
)


def counts(claim: Claim) -> bool:
    """Whether a reader can follow this claim to its words."""
    return not claim.lost and claim.source.status == Status.PUBLISHED


def is_quoted(event: Event) -> bool:
    """Whether a stored claim of ``event`` lets readers see it."""
    return event.claims.filter(lost=False, source__status=Status.PUBLISHED).exists()


def would_be_unquoted(claims: list[Claim]) -> list[Event]:
    """Published events that would have no quote that counts if ``claims`` were deleted."""
    events = {claim.event_id: claim.event for claim in claims}
    return [
        event
        for event in events.values()
        if event.status == Status.PUBLISHED
        and not event.claims.filter(lost=False, source__status=Status.PUBLISHED)
        .exclude(pk__in=[claim.pk for claim in claims])
        .exists()
    ]
