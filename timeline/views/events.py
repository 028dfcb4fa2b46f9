"""One event: every quote that speaks of it, side by side, and what stands next to it in time."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from timeline import edtf
from timeline.chronology.changes import changes_of
from timeline.chronology.comparison import compare, names_of
from timeline.chronology.dating import dating
from timeline.chronology.entries import parts_of
from timeline.chronology.neighbours import neighbours
from timeline.drawing.view import View
from timeline.index import keys
from timeline.models import Claim, Event
from timeline.views.keeping import kept
from timeline.views.referring import of_event
from timeline.views.withdrawn import gone

YEARS_AROUND = 5  # that the timeline shows before and after the years of an entry


@require_safe
@kept
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """The claims with their dates, the actors in their roles, the history, and how to cite it."""
    found = Event.objects.published().filter(slug=slug).first()
    if found is None:
        return gone(request, "event", Event, slug)
    return event_page(request, found, Claim.objects.published())


def event_page(
    request: HttpRequest, found: Event, among: QuerySet[Claim], preview: Any = None
) -> HttpResponse:
    """The page of an event with its claims ``among`` those that are to be seen."""
    claims = list(
        among.filter(event=found)
        .select_related("source", "passage", "attributed_to")
        .order_by("ordinal", "id")
    )
    parts = parts_of([found.pk])[found.pk]
    changes = changes_of(found)
    before, after = neighbours(found.sort_date, found.pk)
    return render(
        request,
        "event.html",
        {
            "event": found,
            "dating": dating(found.date),
            "comparison": compare(found.date, claims, parts, names_of(parts)),
            "quotes": len(claims),
            "parts": parts,
            "changes": changes,
            "before": before,
            "after": after,
            "around": _around(found.date),
            "preview": preview,
            **of_event(request, found, parts, (one.source for one in claims), changes),
        },
    )


def _around(date: str) -> View | None:
    """What the timeline shows of the years of a date (EDTF) and of those around them."""
    years = dating(date).years
    if years is None:
        return None
    first, last = years
    end = edtf.parse(date).latest_end
    if end is not None:
        last = max(last, keys.year_of(end))
    return View.around(first, last, YEARS_AROUND)
