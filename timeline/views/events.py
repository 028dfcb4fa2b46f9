"""One event: every quote that speaks of it, side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from timeline.chronology.changes import changes_of
from timeline.chronology.comparison import compare, names_of
from timeline.chronology.dating import dating
from timeline.chronology.entries import parts_of
from timeline.models import Claim, Event
from timeline.views.keeping import kept
from timeline.views.referring import of_event


@require_safe
@kept
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """The claims with their dates, the actors in their roles, the history, and how to cite it."""
    found = get_object_or_404(Event.objects.published(), slug=slug)
    claims = list(
        Claim.objects.published()
        .filter(event=found)
        .select_related("source", "passage", "attributed_to")
        .order_by("ordinal", "id")
    )
    parts = parts_of([found.pk])[found.pk]
    changes = changes_of(found)
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
            **of_event(request, found, parts, (one.source for one in claims), changes),
        },
    )
