"""What crawlers ask for first: robots.txt, and the sitemap of all that readers can see.

The sitemap is an index of parts. A part is a range of primary keys, so that it is found by its
number without counting what stands before it, however many entries there are. When a page was
changed last is not said: finding it out for a part would read the history of everything in it.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from timeline.chronology.people import visible_actors
from timeline.models import Event, Source
from timeline.views.keeping import kept

PART = 10_000  # keys: a part is a page of a megabyte; more than 50,000 addresses none may have
LAST = 2**32  # number of a part: a database has no such keys
PAGES = ("chronology", "timeline", "actors", "sources", "about", "changes")
# By the name of its pages what readers can see of a kind.
KINDS: dict[str, Callable[[], "QuerySet[Any]"]] = {
    "event": lambda: Event.objects.published(),
    "source": lambda: Source.objects.published(),
    "actor": visible_actors,
}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read (docs/adr/0058-what-crawlers-may-read.md); asks no database."""
    context = {"sitemap": request.build_absolute_uri(reverse("sitemap"))}
    return render(request, "robots.txt", context, content_type="text/plain; charset=utf-8")


@require_safe
@kept
def sitemap(request: HttpRequest) -> HttpResponse:
    """The parts that there are: the pages of which there is one each, and every kind's."""
    parts = [reverse("sitemap-pages")]
    for kind, visible in KINDS.items():
        last = visible().order_by("-pk").values_list("pk", flat=True).first() or 0
        count = -(-last // PART)
        parts += [reverse("sitemap-part", args=[kind, number + 1]) for number in range(count)]
    return _xml(request, "sitemap.xml", paths=parts)


@require_safe
@kept
def pages(request: HttpRequest) -> HttpResponse:
    """The pages of which there is one each."""
    return _xml(request, "sitemap_pages.xml", paths=[reverse(name) for name in PAGES])


@require_safe
def part(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """The pages of every entry, source or actor whose key is in this part."""
    if kind not in KINDS or not 0 < number <= LAST:
        raise Http404
    found = KINDS[kind]().filter(pk__gt=(number - 1) * PART, pk__lte=number * PART)
    slugs = found.order_by("pk").values_list("slug", flat=True)
    return _xml(request, "sitemap_part.xml", kind=kind, slugs=list(slugs))


def _xml(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    context["site"] = request.build_absolute_uri("/")[:-1]
    return render(request, template, context, content_type="application/xml; charset=utf-8")
