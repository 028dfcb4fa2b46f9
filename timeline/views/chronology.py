"""The chronology: everything that happened, filtered as the address says."""

from urllib.parse import parse_qsl

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from timeline.chronology import grouped
from timeline.filters import EventFilter


@require_safe
def chronology(request: HttpRequest) -> HttpResponse:
    """Entries by period; an address with empty or needless parts leads to the one without them.

    A query that makes no sense has status 400, its messages beside the fields, and no entries.
    """
    selection = EventFilter(request.GET)
    if not selection.is_valid():
        return render(request, "chronology.html", {"filter": selection}, status=400)
    if parse_qsl(selection.query[1:]) != parse_qsl(
        request.META["QUERY_STRING"], keep_blank_values=True
    ):
        return HttpResponseRedirect(request.path + selection.query)
    page = selection.page(settings.PAGE_SIZE)
    return render(
        request,
        "chronology.html",
        {
            "filter": selection,
            "page": page,
            "periods": grouped(page.entries),
            "sentence": selection.sentence(page.total),
        },
    )
