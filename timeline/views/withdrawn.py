"""The answer where nothing is public any more: the way to where it is, or that it was withdrawn."""

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from timeline.chronology.past import Moved, past_of


def gone(request: HttpRequest, name: str, model: type[Model], slug: str) -> HttpResponse:
    """The answer for the page ``name`` of a thing that is not public by ``slug``.

    A redirect for good, or 410 and since when and why. Raises Http404 for what was never public.
    """
    past = past_of(model, slug)
    if past is None:
        raise Http404
    answer = _moved(request, name, past) if isinstance(past, Moved) else None
    if answer is None:
        context = {"past": past, "kind": str(model._meta.model_name)}
        answer = render(request, "withdrawn.html", context, status=410)
    # Browsers keep both for good unless told to ask, and what was withdrawn may come back.
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _moved(request: HttpRequest, name: str, past: Moved) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    there = reverse(name, args=[past.slug])
    return HttpResponsePermanentRedirect(f"{there}?{query}" if query else there)
