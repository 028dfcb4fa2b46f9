"""What all editing has in common: every save is one act, with a reason if the editor gives one."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from timeline import history, index
from timeline.admin.csv_export import CsvExport
from timeline.admin.dates import EDTF_WIDGETS
from timeline.admin.deleted import DeletedViews
from timeline.admin.histories import HistoryViews
from timeline.admin.listing import Listing
from timeline.admin.locking import Locking, VersionedForm
from timeline.admin.permissions import is_public, may_change, may_publish
from timeline.admin.reasons import LONGEST, ReasonedActionForm, reason_in


class ReasonedForm(VersionedForm):
    """A form that asks why; the answer goes to the history of all that is saved with it.

    ``user`` is whom the page is for.
    """

    user: Any = None
    change_reason = forms.CharField(
        label=_("Reason for this change"),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
        help_text=_("Kept in the history, where readers see it too. May stay empty."),
    )


class EditorAdmin(Listing, CsvExport, Locking, DeletedViews, HistoryViews):
    """An admin whose writes are acts of the history."""

    form = ReasonedForm
    action_form = ReasonedActionForm
    change_form_template = "admin/editor_change_form.html"
    delete_confirmation_template = "admin/editor_delete.html"
    delete_selected_confirmation_template = "admin/editor_delete_selected.html"
    formfield_overrides = EDTF_WIDGETS

    class Media:
        css = {"all": ["css/admin.css", "css/admin-lists.css", "css/admin-acts.css"]}
        js = ["js/admin-editing.js", "js/admin-dates.js"]

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Add or change, as one act."""
        return self._as_act(request, partial(super().changeform_view, request, *args, **kwargs))

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Delete, as one act."""
        return self._as_act(request, partial(super().delete_view, request, *args, **kwargs))

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The list; an action on it is one act."""
        return self._as_act(request, partial(super().changelist_view, request, *args, **kwargs))

    def get_form(
        self,
        request: HttpRequest,
        obj: Any = None,
        change: bool = False,  # noqa: FBT001, FBT002  Django's signature
        **kwargs: Any,
    ) -> Any:
        """The form, told whom it is for."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.user = request.user
        return form

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,  # noqa: FBT001, FBT002  Django's signature
        change: bool = False,  # noqa: FBT001, FBT002
        form_url: str = "",
        obj: Any = None,
    ) -> Any:
        """The page, which says why it can only be read where that depends on readers."""
        allowed = obj is not None and super().has_change_permission(request, obj)
        context["is_for_editors"] = allowed and not may_change(request.user, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Django's; what readers see is changed only by those who may publish."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or may_change(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As for changes."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or may_change(request.user, obj))

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whether actions that publish are offered."""
        return self.has_change_permission(request) and may_publish(request.user, self.model)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Where readers see ``obj``, straight from the model; None if they do not."""
        if obj is None or not obj.pk or not self.is_public(obj):
            return None
        try:
            return str(obj.get_absolute_url())
        except NoReverseMatch:  # the id in a form that is sent back is no id
            return None

    def is_public(self, obj: Any) -> bool:
        """Whether ``obj`` has a page that readers can see."""
        return is_public(obj)

    @admin.display(description=_("on site"))
    def on_site(self, obj: Any) -> SafeString | str:
        """A link to what readers see."""
        url = self.get_view_on_site_url(obj)
        return format_html('<a href="{}">{}</a>', url, _("view")) if url else ""

    def _as_act(self, request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
        if request.method != "POST":
            return view()
        user = request.user if request.user.is_authenticated else None
        with history.act(reason_in(request), user):
            response = view()
        index.catch_up()
        return response
