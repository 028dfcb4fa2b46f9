"""All lost claims of a source on one page, to be repaired together."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timeline import history, index, texts
from timeline.admin.reasons import reason_in
from timeline.admin.repairs import chosen, repair_forms
from timeline.admin.typed import ModelAdmin
from timeline.citing import Place
from timeline.models import Source

PER_PAGE = 25
CHANGED = ("passage", "start", "end", "quote", "lost")


class LostClaims(ModelAdmin):
    """An admin of sources with a page of their lost claims."""

    def get_urls(self) -> list[URLPattern]:
        """Django's, and that page."""
        view = self.admin_site.admin_view(self.lost_view)
        name = "timeline_source_lost"
        return [path("<int:source>/lost/", view, name=name), *super().get_urls()]

    def lost_view(self, request: HttpRequest, source: int) -> HttpResponse:
        """The lost claims with their likeliest places, and one form for all."""
        found = Source.objects.filter(pk=source).first()
        if found is None:
            raise Http404
        if not self.has_view_or_change_permission(request, found):
            raise PermissionDenied
        if request.method == "POST":
            with transaction.atomic(), history.act(reason_in(request), _editor(request)):
                list(Source.objects.select_for_update().filter(pk=source))
                response = self._answer(request, found)
            index.catch_up()
            return response
        return self._answer(request, found)

    def _answer(self, request: HttpRequest, source: Source) -> HttpResponse:
        lost = source.claims.filter(lost=True).order_by("passage__ordinal", "start", "id")
        page = Paginator(lost, PER_PAGE).get_page(request.GET.get("p"))
        became = texts.seek(source, list(page.object_list))
        forms, not_theirs = repair_forms(request, became, became.outcomes)
        if request.method == "POST" and all(form.is_valid() for form in forms):
            _repair(source, chosen(forms))
            _tell(request, len(chosen(forms)))
            return HttpResponseRedirect(request.get_full_path())
        context = {
            **self.admin_site.each_context(request),
            "title": _("Lost quotes of “%s”") % source,
            "opts": self.opts,
            "object": source,
            "media": self.media,
            "page": page,
            "forms": forms,
            "not_theirs": not_theirs,
            "reason": reason_in(request),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/source_lost.html", context)


def _repair(source: Source, places: dict[int, Place]) -> None:
    passages = {
        passage.ordinal: passage
        for passage in source.passages.filter(
            ordinal__in={place.ordinal for place in places.values()}
        )
    }
    claims = list(source.claims.filter(pk__in=places, lost=True))
    for claim in claims:
        place = places[claim.pk]
        claim.passage, claim.quote = passages[place.ordinal], place.quote
        claim.start, claim.end, claim.lost = place.start, place.end, False
    history.bulk_update(claims, CHANGED)


def _tell(request: HttpRequest, number: int) -> None:
    if number:
        told = ngettext("%(number)s quote repaired.", "%(number)s quotes repaired.", number)
        messages.success(request, told % {"number": number})
    else:
        messages.info(request, _("Nothing was chosen, and nothing changed."))


def _editor(request: HttpRequest) -> Any:
    return request.user if request.user.is_authenticated else None
