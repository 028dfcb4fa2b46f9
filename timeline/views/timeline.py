"""The drawn timeline: the selection of the chronology on an axis."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from timeline.drawing.drawing import Drawing, undated
from timeline.drawing.extent import whole_view
from timeline.filters.drawn import DrawnFilter
from timeline.filters.facets import facets_of
from timeline.views.canonical import elsewhere
from timeline.views.keeping import kept
from timeline.views.referring import indexable, of_selection


@require_safe
@kept
def timeline(request: HttpRequest) -> HttpResponse:
    """Points and bars by lanes; bars of numbers where they are too many.

    A query that makes no sense has status 400 and no drawing. With ``embed=1`` other sites may
    show it in a frame.
    """
    drawn = DrawnFilter(request.GET)
    if not drawn.is_valid():
        return render(
            request, "timeline.html", {"drawn": drawn, "filter": drawn.events}, status=400
        )
    if there := elsewhere(request, drawn.query):
        return there
    response = _drawn(request, drawn)
    if drawn.embedded:  # the two headers that forbid frames, as their middleware is told
        response.xframe_options_exempt = True
        response._csp_replace = {"frame-ancestors": ["*"]}  # type: ignore[attr-defined]
    return response


def _drawn(request: HttpRequest, drawn: DrawnFilter) -> HttpResponse:
    asked = drawn.events
    whole = whole_view(asked.count)
    drawing = Drawing(asked.count, whole, drawn.view or whole, drawn.facet) if whole else None
    without_date, more = undated(asked.selection)
    context: dict[str, Any] = {
        "drawn": drawn,
        "filter": asked,
        "sentence": asked.sentence(),
        "facets": () if drawn.embedded else facets_of(asked),
        "drawing": drawing,
        "undated": without_date,
        "undated_more": more,
        "indexable": indexable(asked) and drawn.view is None and not drawn.embedded,
    }
    if not drawn.embedded:
        context |= of_selection(request, drawn.query, context["sentence"])
    return render(request, "timeline.html", context)
