"""Moments of acts as addresses write them."""

from datetime import UTC, datetime

from django.http import Http404

MOMENT = "%Y%m%dT%H%M%S%f"


def moment_text(moment: datetime) -> str:
    """``moment`` as part of an address."""
    return f"{moment.astimezone(UTC):{MOMENT}}"


def moment_in(text: str) -> datetime:
    """The moment that an address names; raises Http404 where it names none."""
    try:
        return datetime.strptime(text, MOMENT).replace(tzinfo=UTC)
    except ValueError:
        raise Http404 from None
