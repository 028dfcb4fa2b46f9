"""What this is, and the figures that answer for it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from timeline.chronology.people import visible_actors
from timeline.index import values
from timeline.index.facts import CONTESTED, Facet, Total
from timeline.models import Source
from timeline.views.keeping import kept


@require_safe
@kept
def about(request: HttpRequest) -> HttpResponse:
    """The promises, how entries are made, what the marks mean, and the count of what there is."""
    contested = values.of_slugs(Facet.CONTESTED, [CONTESTED.name])
    figures = {
        "entries": values.entries(Total.ENTRIES),
        "quotes": values.entries(Total.QUOTES),
        "lost": values.entries(Total.LOST),
        "sources": Source.objects.published().count(),
        "actors": visible_actors().count(),
        "contested": sum(one.entries for one in contested.values()),
        "uncited": values.entries(Total.UNCITED),
    }
    return render(request, "about.html", {"figures": figures})
