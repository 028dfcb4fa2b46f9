"""Sources: which there are, each as a page to read, and its text as received."""

from typing import Any

from django import forms
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import condition, require_safe

from timeline.filters.words import WordsField
from timeline.index import values
from timeline.index.facts import Facet
from timeline.models import Claim, Source, SourceText, Status
from timeline.reader import article_of, citation
from timeline.reader.passages import passages_with
from timeline.reader.showing import Showing
from timeline.views.canonical import elsewhere
from timeline.views.keeping import kept
from timeline.views.numbered import page_of
from timeline.views.referring import of_source
from timeline.views.withdrawn import gone

SOURCES_A_PAGE = 100
PASSAGES_A_PAGE = 30


class PassageSearch(forms.Form):
    """Words, and the paragraph after which to go on."""

    q = WordsField(required=False)
    after = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1)


@require_safe
@kept
def sources(request: HttpRequest) -> HttpResponse:
    """The published sources with the numbers of what quotes them; ``?q=`` finds paragraphs."""
    if "q" in request.GET:
        return _search(request)
    page = page_of(request, Source.objects.published().order_by("title", "slug"), SOURCES_A_PAGE)
    listed = [one.pk for one in page.object_list]
    entries = values.entries_of(Facet.SOURCE, listed)
    quotes = dict(
        Claim.objects.published()
        .filter(source__in=listed, lost=False)
        .values_list("source")
        .annotate(number=Count("id"))
    )
    rows = [
        (one, citation(one), entries.get(one.pk, 0), quotes.get(one.pk, 0))
        for one in page.object_list
    ]
    return render(request, "sources.html", {"rows": rows, "page": page})


def _search(request: HttpRequest) -> HttpResponse:
    form = PassageSearch(request.GET)
    context = {"form": form, "phrases": (), "passages": (), "next": None, "continued": False}
    if not form.is_valid():
        return render(request, "passages.html", context, status=400)
    query, after = form.cleaned_data["q"], form.cleaned_data["after"] or 0
    if query is None:
        return HttpResponseRedirect(request.path)
    found = passages_with(query, most=PASSAGES_A_PAGE + 1, after=after)
    context |= {
        "phrases": query.sought,
        "passages": found[:PASSAGES_A_PAGE],
        "next": found[PASSAGES_A_PAGE - 1].id if len(found) > PASSAGES_A_PAGE else None,
        "continued": bool(after),
    }
    return render(request, "passages.html", context)


@require_safe
@kept
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """The text with its cited words marked; ``?show=corrections`` and ``?hide=notes`` change it.

    Any other spelling of a view is redirected to its one address.
    """
    found = Source.objects.published().filter(slug=slug).first()
    if found is None:
        return gone(request, "source", Source, slug)
    return source_page(request, found, Claim.objects.published())


def source_page(
    request: HttpRequest, found: Source, among: QuerySet[Claim], preview: Any = None
) -> HttpResponse:
    """The page of a source with its claims ``among`` those that are to be seen."""
    asked = Showing.read(dict(request.GET.lists()))
    if asked is not None and (there := elsewhere(request, asked.query)):
        return there
    context = {
        "article": article_of(found, among),
        "reference": citation(found),
        "showing": asked or Showing(),
        "unknown": asked is None,
        "preview": preview,
        **of_source(request, found),
    }
    return render(request, "source.html", context, status=400 if asked is None else 200)


def _etag(request: HttpRequest, slug: str) -> str | None:  # noqa: ARG001
    text = SourceText.objects.filter(source__slug=slug, source__status=Status.PUBLISHED)
    digest = text.values_list("raw_sha256", flat=True).first()
    return f'"{digest}"' if digest else None


@require_safe
@condition(etag_func=_etag)
def received(request: HttpRequest, slug: str) -> HttpResponse:
    """The text exactly as received, with its hash in the headers."""
    text = SourceText.objects.filter(source__slug=slug, source__status=Status.PUBLISHED).first()
    if text is None:
        return gone(request, "source-raw", Source, slug)
    return HttpResponse(
        text.raw.encode(),
        content_type="text/plain; charset=utf-8",
        headers={"X-Content-SHA256": text.raw_sha256},
    )
