"""The page of a source on which an editor selects words and makes an entry of them."""

import re
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timeline import history, index
from timeline.admin.citing.entry import Entry
from timeline.admin.citing.marked import marked_text
from timeline.admin.citing.placing import look_up
from timeline.admin.citing.saving import Saved, save
from timeline.admin.event_actions import publish, submit
from timeline.admin.links import change_link
from timeline.admin.permissions import is_public
from timeline.admin.typed import ModelAdmin
from timeline.models import Claim, Source, Status

NUMBER = re.compile("[0-9]{1,18}")
SAVE, PART = "_save", "_part"
PUBLISH, SUBMIT = "_publish_draft", "_submit_draft"
STEPS = {PUBLISH: publish, SUBMIT: submit}  # what leads a draft on, by the button that does it


class CitingViews(ModelAdmin):
    """Citing, for the admin of sources."""

    def get_urls(self) -> list[URLPattern]:
        """Django's, and the page on which one cites."""
        view = self.admin_site.admin_view(self.cite_view)
        return [
            path("<path:object_id>/cite/", view, name="timeline_source_cite"),
            *super().get_urls(),
        ]

    def cite_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The text with its marks, and beside it the form of an entry."""
        source = self._source(request, object_id)
        if not self.has_view_or_change_permission(request, source):
            raise PermissionDenied
        entry = Entry(request, self.admin_site, source)
        if request.method == "POST":
            for name in STEPS:
                if name in request.POST:
                    return self._lead_on(request, source, entry, name)
            if not entry.may_cite:
                raise PermissionDenied
            if SAVE not in request.POST:
                look_up(entry)
            elif saved := save(entry):
                return self._saved(request, saved)
        return self._cite_page(request, source, entry)

    @admin.display(description=gettext_lazy("cite"))
    def cite_link(self, source: Source) -> SafeString:
        """A link to where the source is cited."""
        return format_html('<a href="{}">{}</a>', _address(source), _("Cite"))

    def _cite_page(self, request: HttpRequest, source: Source, entry: Entry) -> HttpResponse:
        request.current_app = self.admin_site.name
        context: dict[str, Any] = {"entry": entry, "source": source, "opts": self.opts}
        if request.POST.get(PART):
            return TemplateResponse(request, "admin/citing/_panel.html", context)
        context |= {
            **self.admin_site.each_context(request),
            "title": _("Cite “%s”") % source,
            "text": marked_text(source),
            "step": _step(request, source, entry),
            "media": self.media + entry.media if entry.may_cite else self.media,
        }
        return TemplateResponse(request, "admin/citing/page.html", context)

    def _saved(self, request: HttpRequest, saved: Saved) -> HttpResponse:
        claim = saved.claim
        said = {"event": change_link(claim.event), "number": claim.passage.ordinal}
        if not saved.is_new:
            text = _(
                "These words of paragraph {number} are cited already: {event}. Nothing was added."
            )
            messages.info(request, format_html(text, **said))
        elif is_public(claim):
            messages.success(request, format_html(_("The quote is added: {event}."), **said))
        else:
            messages.success(request, format_html(_("Saved, as a draft: {event}."), **said))
        if saved.is_replaced:
            text = _(
                "The text was replaced since you read it; the words are in paragraph {number} now."
            )
            messages.warning(request, format_html(text, **said))
        return HttpResponseRedirect(f"{_address(claim.source)}#claim-{claim.slug}")

    def _lead_on(
        self, request: HttpRequest, source: Source, entry: Entry, step: str
    ) -> HttpResponse:
        """Publish or submit a draft that quotes this source, and come back to its words."""
        if step != _step(request, source, entry):
            raise PermissionDenied
        key = request.POST[step]
        claim = (
            Claim.objects.select_related("event")
            .filter(source=source, event=int(key) if NUMBER.fullmatch(key) else 0)
            .order_by("passage", "start")
            .first()
        )
        if claim is None:
            raise Http404
        user = request.user if request.user.is_authenticated else None
        with history.act("", user), transaction.atomic():
            STEPS[step](entry.events, request, [claim.event])
        index.catch_up()
        return HttpResponseRedirect(f"{_address(source)}#claim-{claim.slug}")

    def _source(self, request: HttpRequest, object_id: str) -> Source:
        source: Source | None = self.get_object(request, unquote(object_id))
        if source is None:
            raise Http404
        return source


def _step(request: HttpRequest, source: Source, entry: Entry) -> str:
    """Which of STEPS is offered here; empty for none."""
    if entry.events.has_publish_permission(request):
        # A quote counts only if its source does.
        return PUBLISH if source.status == Status.PUBLISHED else ""
    return SUBMIT if entry.events.has_change_permission(request) else ""


def _address(source: Source) -> str:
    return reverse("admin:timeline_source_cite", args=[source.pk])
