"""Moments of acts in the addresses of the admin."""

from datetime import datetime

from django.http import Http404

from timeline.revisions.moments import MOMENT, moment_of, moment_text

__all__ = ["MOMENT", "moment_in", "moment_text"]


def moment_in(text: str) -> datetime:
    """The moment that an address names; raises Http404 where it names none."""
    if (moment := moment_of(text)) is None:
        raise Http404
    return moment
