"""How much a request may bring, and the page that says that it was too much.

Django looks at a request's size when it reads it, which is before it knows who sent it. So the size
is looked at here first: what nobody has logged in for is small.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.defaults import bad_request as django_bad_request

MEGABYTE = 1_000_000
OF_STRANGERS = MEGABYTE // 10  # a log-in form is some hundred bytes
DRAINED = 4  # times the limit: a browser shows an answer only once it has sent all
PIECE = 1 << 16


class UploadLimit:
    """Refuses what is too large before anything of it is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        size = _size(request)
        if size <= OF_STRANGERS:
            return self.get_response(request)
        if not request.user.is_authenticated:
            return HttpResponse(
                f"{_('This is too large for somebody who is not logged in.')}\n",
                status=413,
                content_type="text/plain; charset=utf-8",
            )
        if size > settings.LARGEST_REQUEST:
            _drain(request, settings.LARGEST_REQUEST * DRAINED)
            return _too_large(
                request,
                _("This is larger than the %s MB that are taken at once.")
                % (settings.LARGEST_REQUEST // MEGABYTE),
            )
        return self.get_response(request)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer to what cannot be read: for editors in the admin's look, with a reason."""
    if not request.path.startswith(reverse("admin:index")):
        return django_bad_request(request, exception)
    if isinstance(exception, RequestDataTooBig):
        reason = _("The text typed or pasted is larger than the %s MB that are taken at once.")
        size = (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) // MEGABYTE
        return _too_large(request, reason % size)
    if isinstance(exception, TooManyFieldsSent | TooManyFilesSent):
        return _too_large(request, _("These are too many fields or files at once: do it in parts."))
    return django_bad_request(request, exception)


def _too_large(request: HttpRequest, reason: str) -> HttpResponse:
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Too large"),
        "reason": reason,
    }
    response = render(request, "admin/too_large.html", context, status=413)
    response.headers["Cache-Control"] = "no-store"
    return response


def _size(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0  # as Django reads it


def _drain(request: HttpRequest, most: int) -> None:
    """Read what an editor sends to its end, unless that is far away."""
    while most > 0 and (piece := request.read(PIECE)):
        most -= len(piece)
