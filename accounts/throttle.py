"""Guessing passwords is slow: django-axes counts failures in the database, for all processes.

A name from one address has FAILURES tries, an address FAILURES_OF_ADDRESS for all names together;
then both wait. A name that nobody has is counted and refused in the same way as any other.
"""

import math
import unicodedata
from collections.abc import Mapping
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.contrib import admin
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from accounts.limits import FAILURES, FAILURES_OF_ADDRESS, WAIT

LONGEST_NAME = 255


class Handler(AxesDatabaseHandler):  # type: ignore[misc]  # axes has no types
    """Counts failures by name and address, and those of an address for all names."""

    def get_failures(
        self, request: HttpRequest, credentials: Mapping[str, Any] | None = None
    ) -> int:
        """The failures that count; FAILURES or more for an address that has used up its own."""
        own: int = super().get_failures(request, credentials)
        of_address = _recent(request).aggregate(all=Sum("failures_since_start"))["all"] or 0
        return max(own, of_address * FAILURES // FAILURES_OF_ADDRESS)


def name(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str | None:
    """The name that is counted: the same for all its spellings that a person would take for one."""
    typed = (credentials or request.POST).get("username")
    if not typed:
        return None
    plain = unicodedata.normalize("NFKC", typed).casefold().replace("\0", "")
    return " ".join(plain.split())[:LONGEST_NAME]


def locked_out(
    request: HttpRequest, _response: HttpResponse | None, _credentials: Mapping[str, Any] | None
) -> HttpResponse:
    """The page that says how long to wait, with status 429."""
    seconds = seconds_left(request)
    context = {
        **admin.site.each_context(request),
        "title": _("Too many attempts"),
        "minutes": math.ceil(seconds / 60),
    }
    response = render(request, "admin/locked_out.html", context, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response


def seconds_left(request: HttpRequest) -> int:
    """How long nobody can log in from this address by the name that was tried."""
    last = _recent(request).aggregate(last=Max("attempt_time"))["last"]
    now = request.axes_attempt_time  # type: ignore[attr-defined]  # axes gives it
    left = last + WAIT - now if last else WAIT
    return max(1, math.ceil(left.total_seconds()))


def _recent(request: HttpRequest) -> Any:
    """The failures of the address that still count."""
    return AccessAttempt.objects.filter(
        ip_address=request.axes_ip_address,  # type: ignore[attr-defined]  # axes gives it
        attempt_time__gte=get_cool_off_threshold(request),
    )
