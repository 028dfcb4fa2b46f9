"""Previews: what is not public yet, as readers will see it, for those who may look at it.

The pages are made by the views that readers get. A preview has all claims, those of drafts too, and
says which of them readers will not see yet.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from timeline import index
from timeline.models import Claim, Event, Source, Status
from timeline.views.events import event_page
from timeline.views.sources import source_page

MOST_NAMED = 20


class Preview(NamedTuple):
    """What the banner of a preview says: where it leads back to, and what else is ``hidden``.

    That is an address in the admin and a title for each.
    """

    public: bool
    address: str
    back: str
    hidden: list[tuple[str, str]]


@require_safe
def preview_event(request: HttpRequest, key: int) -> HttpResponse:
    """The page of an event."""
    found = _visible(request, Event, key)
    sources = Source.objects.filter(claims__event=found).exclude(status=Status.PUBLISHED)
    preview = _preview(found, sources.distinct().order_by("title")[:MOST_NAMED])
    index.version()  # the neighbours are read from the index
    return _unlisted(event_page(request, found, Claim.objects.all(), preview))


@require_safe
def preview_source(request: HttpRequest, key: int) -> HttpResponse:
    """The page of a source."""
    found = _visible(request, Source, key)
    events = Event.objects.filter(claims__source=found).exclude(status=Status.PUBLISHED)
    preview = _preview(found, events.distinct().order_by("title")[:MOST_NAMED])
    return _unlisted(source_page(request, found, Claim.objects.all(), preview))


def _visible(request: HttpRequest, model: type[Model], key: int) -> Any:
    """The thing with this primary key; raises Http404, and PermissionDenied for who may not."""
    found = get_object_or_404(model, pk=key)
    if not admin.site.get_model_admin(model).has_view_permission(request, found):
        raise PermissionDenied
    return found


def _preview(thing: Any, hidden: Iterable[Any]) -> Preview:
    return Preview(
        public=thing.status == Status.PUBLISHED,
        address=_address("preview-{}", thing),
        back=_address("admin:timeline_{}_change", thing),
        hidden=[(_address("preview-{}", one), one.title) for one in hidden],
    )


def _address(name: str, thing: Model) -> str:
    return reverse(name.format(thing._meta.model_name), args=[thing.pk])


def _unlisted(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
