"""Every state of a page has one address (ADR 31); the others lead there."""

from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponseRedirect


def elsewhere(request: HttpRequest, query: str) -> HttpResponseRedirect | None:
    """The way to the state with the canonical ``query`` string; None where the request is there."""
    asked = request.META.get("QUERY_STRING", "")
    if parse_qsl(query[1:]) == parse_qsl(asked, keep_blank_values=True):
        return None
    return HttpResponseRedirect(request.path + query)
