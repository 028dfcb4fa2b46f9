"""System checks of what a database cannot say by itself: ``manage.py check --database default``."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution
from django.db import OperationalError, ProgrammingError
from django.db.models import QuerySet

from timeline.models import Claim, Event

MOST_TOLD = 5


@register(Tags.database)
def every_published_event_is_quoted(
    databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """An error for published events without a quote, a warning for claims whose words are lost."""
    if not databases:
        return []
    try:
        uncited = _slugs(Event.objects.uncited())
        lost = _slugs(Claim.objects.filter(lost=True))
    except (OperationalError, ProgrammingError):
        return []  # not migrated yet, which migrate itself reports
    messages: list[CheckMessage] = []
    if uncited:
        messages.append(
            Error(
                f"Published events quote no published source: {uncited}.",
                hint="Add a claim to each, or make it a draft.",
                id="timeline.E001",
            )
        )
    if lost:
        messages.append(
            Caution(
                f"The words of these claims are no longer in their sources: {lost}.",
                hint="Open each in the admin and quote the source anew.",
                id="timeline.W001",
            )
        )
    return messages


def _slugs(rows: QuerySet[Any, Any]) -> str:
    slugs = list(rows.order_by("slug").values_list("slug", flat=True)[: MOST_TOLD + 1])
    return ", ".join(slugs[:MOST_TOLD]) + (" and more" if len(slugs) > MOST_TOLD else "")
