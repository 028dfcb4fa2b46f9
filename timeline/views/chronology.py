"""The chronology: everything that happened, filtered as the address says."""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from timeline.chronology import grouped
from timeline.filters import EventFilter
from timeline.filters.facets import bars_of, facets_of
from timeline.reader.passages import FoundPassage, passages_with
from timeline.views.canonical import elsewhere
from timeline.views.keeping import kept
from timeline.views.referring import indexable, of_selection

PASSAGES_SHOWN = 3


@require_safe
@kept
def chronology(request: HttpRequest) -> HttpResponse:
    """Entries by period; an address with empty or needless parts leads to the one without them.

    A query that makes no sense has status 400, its messages beside the fields, and no entries.
    """
    asked = EventFilter(request.GET)
    if not asked.is_valid():
        return render(request, "chronology.html", {"filter": asked}, status=400)
    if there := elsewhere(request, asked.query):
        return there
    page = asked.page(settings.PAGE_SIZE)
    sentence = asked.sentence()
    return render(
        request,
        "chronology.html",
        {
            "filter": asked,
            "page": page,
            "periods": grouped(page.entries),
            "sentence": sentence,
            "phrases": asked.phrases,
            "named_actors": asked.sought.actors if asked.sought else (),
            "passages": _passages(asked),
            "facets": facets_of(asked),
            "bars": bars_of(asked),
            "indexable": indexable(asked),
            **of_selection(request, asked.query_with(), sentence),
        },
    )


def _passages(asked: EventFilter) -> Sequence[FoundPassage]:
    """Where else the words stand, below the first page of a search."""
    if asked.sought is None or asked.cursor:
        return ()
    return passages_with(asked.sought.query, most=PASSAGES_SHOWN)
