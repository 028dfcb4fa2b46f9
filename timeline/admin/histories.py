"""The history page of an object in the admin: act by act, with a way back to each."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from timeline.admin import reviewing
from timeline.admin.moments import MOMENT as MOMENT  # others know it by this name
from timeline.admin.moments import moment_in, moment_text
from timeline.admin.permissions import may_publish, may_see_acts
from timeline.admin.reasons import reason_in
from timeline.admin.typed import ModelAdmin
from timeline.revisions import (
    RestoreError,
    Revision,
    preview,
    restore,
    revisions,
    would_be_public,
)

ACTS_PER_PAGE = 50


class HistoryViews(ModelAdmin):
    """History and revert for an admin whose model keeps its history."""

    def get_urls(self) -> list[URLPattern]:
        """Django's, and the page that reverts to the state after one act."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_revert"
        view = self.admin_site.admin_view(self.revert_view)
        return [path("<path:object_id>/history/<moment>/", view, name=name), *super().get_urls()]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Who changed what, when and why."""
        obj = self._object(request, object_id)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        found = revisions(obj)
        context = {
            "title": _("History of “%s”") % obj,
            "acts": Paginator(
                [(one, moment_text(one.moment)) for one in found], ACTS_PER_PAGE
            ).get_page(request.GET.get("p")),
            "newest": found[0].moment if found else None,
            "may_revert": self._may_revert(request, obj),
            "may_see_acts": may_see_acts(request.user),
            **(extra_context or {}),
        }
        return self._page(request, obj, "admin/editor_history.html", context)

    def revert_view(self, request: HttpRequest, object_id: str, moment: str) -> HttpResponse:
        """What going back would change, and a button; the button goes back."""
        obj = self._object(request, object_id)
        if not self._may_revert(request, obj):
            raise PermissionDenied
        revision = self._revision(obj, moment)
        if would_be_public(obj, revision.moment) and not may_publish(request.user, self.model):
            raise PermissionDenied
        try:
            reviewing.check_restoring(obj, revision.moment)
            if request.method == "POST":
                return self._revert(request, obj, revision)
            publishes = reviewing.may_restore_published(obj)
            changes = preview(obj, revision.moment, publishes=publishes)
            found: dict[str, Any] = {"changes": changes}
        except RestoreError as error:
            found = {"problems": error.problems}
        context = {
            "title": _("Revert “%s”") % obj,
            "revision": revision,
            **found,
        }
        return self._page(request, obj, "admin/editor_revert.html", context)

    def _may_revert(self, request: HttpRequest, obj: Any) -> bool:
        """Whoever may do by hand all that a revert can do, to the object and to its parts."""
        parts = [inline(self.model, self.admin_site) for inline in self.get_inlines(request, obj)]
        return self.has_change_permission(request, obj) and all(
            part.has_add_permission(request, obj)
            and part.has_change_permission(request, obj)
            and part.has_delete_permission(request, obj)
            for part in parts
        )

    def _revert(self, request: HttpRequest, obj: Any, revision: Revision) -> HttpResponse:
        user = request.user if request.user.is_authenticated else None
        publishes = reviewing.may_restore_published(obj)
        restore(obj, revision.moment, user, reason_in(request), publishes=publishes)
        messages.success(request, _("“%s” is as it was. This, too, is in its history.") % obj)
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_history"
        return HttpResponseRedirect(reverse(name, args=[obj.pk]))

    def _revision(self, obj: Any, moment: str) -> Revision:
        wanted = moment_in(moment)
        found = [one for one in revisions(obj) if one.moment == wanted]
        if not found:
            raise Http404
        return found[0]

    def _object(self, request: HttpRequest, object_id: str) -> Any:
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        return obj

    def _page(
        self, request: HttpRequest, obj: Any, template: str, context: dict[str, Any]
    ) -> HttpResponse:
        request.current_app = self.admin_site.name
        shared = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "module_name": capfirst(self.opts.verbose_name_plural),
            "object": obj,
            "media": self.media,
        }
        return TemplateResponse(request, template, {**shared, **context})
