"""Sources: which there are, each as a page to read, and its text as received."""

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import condition, require_safe

from timeline.models import Source, SourceText, Status
from timeline.reader import article_of, citation
from timeline.views.numbered import page_of

SHOWN = ("", "corrections")
SOURCES_A_PAGE = 100


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """The published sources with the numbers of what quotes them."""
    public = Q(claims__event__status=Status.PUBLISHED, claims__lost=False)
    found = Source.objects.published().annotate(
        quotes=Count("claims", filter=public, distinct=True),
        entries=Count("claims__event", filter=public, distinct=True),
    )
    page = page_of(request, found.order_by("title", "slug"), SOURCES_A_PAGE)
    rows = [(source, citation(source)) for source in page.object_list]
    return render(request, "sources.html", {"rows": rows, "page": page})


@require_safe
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """The text with its cited words marked; ``?show=corrections`` shows what was corrected."""
    found = get_object_or_404(Source.objects.published(), slug=slug)
    show = request.GET.get("show", "")
    context = {"article": article_of(found), "reference": citation(found)}
    if show not in SHOWN:
        return render(request, "source.html", {**context, "unknown": True}, status=400)
    return render(request, "source.html", {**context, "corrections": bool(show)})


def _etag(request: HttpRequest, slug: str) -> str | None:  # noqa: ARG001
    text = SourceText.objects.filter(source__slug=slug, source__status=Status.PUBLISHED)
    digest = text.values_list("raw_sha256", flat=True).first()
    return f'"{digest}"' if digest else None


@require_safe
@condition(etag_func=_etag)
def received(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001
    """The text exactly as received, with its hash in the headers."""
    text = SourceText.objects.filter(source__slug=slug, source__status=Status.PUBLISHED).first()
    if text is None:
        raise Http404
    return HttpResponse(
        text.raw.encode(),
        content_type="text/plain; charset=utf-8",
        headers={"X-Content-SHA256": text.raw_sha256},
    )
