"""What was deleted of a kind, in the admin, and the way back of each."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from timeline.admin import reviewing
from timeline.admin.moments import moment_in, moment_text
from timeline.admin.permissions import may_publish, may_see_acts
from timeline.admin.reasons import reason_in
from timeline.admin.typed import ModelAdmin
from timeline.models import Claim, Event, Status
from timeline.revisions import RestoreError, preview, restore
from timeline.revisions.deleted import Deleted, Position, deleted, deleted_one


class DeletedViews(ModelAdmin):
    """A list of what was deleted, linked from the list of what is there."""

    def get_urls(self) -> list[URLPattern]:
        """Django's, and these pages."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        return [
            path("deleted/", wrap(self.deleted_view), name=f"{name}_deleted"),
            path("deleted/<int:pk>/", wrap(self.bring_back_view), name=f"{name}_bring_back"),
            *super().get_urls(),
        ]

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """What was deleted, when, by whom and why; ``?before=`` continues."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        found, older = deleted(self.model, _position(request.GET.get("before", "")))
        return self._shown(
            request,
            "admin/deleted.html",
            title=_("Deleted %s") % self.opts.verbose_name_plural,
            rows=[(one, moment_text(one.moment)) for one in found],
            older=f"{moment_text(older[0])}.{older[1]}" if older else "",
            may_bring_back=self.may_bring_back(request),
            may_see_acts=may_see_acts(request.user),
        )

    def bring_back_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What would come back, and a button, which brings it back."""
        if not self.may_bring_back(request):
            raise PermissionDenied
        one = deleted_one(self.model, pk) if pk < 2**63 else None
        if one is None:
            raise Http404
        if _is_of_readers(one.thing) and not may_publish(request.user, self.model):
            raise PermissionDenied
        try:
            reviewing.check_restoring(one.thing, one.last)
            if request.method == "POST":
                return self._bring_back(request, one)
            publishes = reviewing.may_restore_published(one.thing)
            changes = preview(one.thing, one.last, publishes=publishes)
            found: dict[str, Any] = {"changes": changes}
        except RestoreError as error:
            found = {"problems": error.problems}
        return self._shown(
            request,
            "admin/bring_back.html",
            title=_("Bring back “%s”") % one.thing,
            deleted=one,
            name=str(one.thing),
            **found,
        )

    def may_bring_back(self, request: HttpRequest) -> bool:
        """Whoever may add by hand what comes back, the thing and its parts."""
        parts = [inline(self.model, self.admin_site) for inline in self.inlines]
        return self.has_add_permission(request) and all(
            part.has_add_permission(request, None) for part in parts
        )

    def _bring_back(self, request: HttpRequest, one: Deleted) -> HttpResponse:
        user = request.user if request.user.is_authenticated else None
        publishes = reviewing.may_restore_published(one.thing)
        restore(one.thing, one.last, user, reason_in(request), publishes=publishes)
        messages.success(request, _("“%s” is back as it was, with its id.") % one.thing)
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return HttpResponseRedirect(reverse(name, args=[one.thing.pk]))

    def _shown(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        request.current_app = self.admin_site.name
        shared = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "module_name": capfirst(self.opts.verbose_name_plural),
            "media": self.media,
        }
        return TemplateResponse(request, template, {**shared, **context})


def _is_of_readers(thing: Model) -> bool:
    """Whether readers would see it, once it is back."""
    if isinstance(thing, Claim):
        event = Event.objects.filter(pk=thing.event_id).first()
        return event is not None and bool(event.status == Status.PUBLISHED)
    return bool(getattr(thing, "status", "") == Status.PUBLISHED)


def _position(text: str) -> Position | None:
    """Where a page begins, as its address says."""
    if not text:
        return None
    moment, _point, row = text.partition(".")
    if not (row.isascii() and row.isdigit() and len(row) < 19):
        raise Http404
    return moment_in(moment), int(row)
