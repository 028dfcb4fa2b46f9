"""What this is, and the figures that answer for it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from timeline.chronology.people import visible_actors
from timeline.index import values
from timeline.models import Claim, Event, Source
from timeline.views.keeping import kept


@require_safe
@kept
def about(request: HttpRequest) -> HttpResponse:
    """The promises, how entries are made, what the marks mean, and the count of what there is."""
    quotes = Claim.objects.published()
    figures = {
        "entries": values.entries(0),
        "quotes": quotes.filter(lost=False).count(),
        "lost": quotes.filter(lost=True).count(),
        "sources": Source.objects.published().count(),
        "actors": visible_actors().count(),
        "uncited": Event.objects.uncited().count(),
    }
    return render(request, "about.html", {"figures": figures})
