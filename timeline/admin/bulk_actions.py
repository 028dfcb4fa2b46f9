"""One change of many things: what it would do is shown first, then it is done, as one act.

An action of a list has three steps: it asks, it shows thing by thing what will change and what is
refused and why, and it does that. The second step does what the third does, and takes it back, so
the two cannot disagree. What somebody else has changed between them is refused.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from timeline.admin import reviewing
from timeline.admin.links import change_link
from timeline.admin.permissions import is_public
from timeline.admin.reasons import REASON, reason_in
from timeline.revisions.versions import lock, versions

MOST_AT_ONCE = 500
SEEN = "seen_version_"
FORBIDDEN = _("You may not change it.")
CHANGED = _("Somebody else has changed it meanwhile; look at it again.")


class Difference(NamedTuple):
    """A field by its name for editors, with its old and its new value."""

    label: str
    old: str
    new: str


class Outcome(NamedTuple):
    """What becomes of one thing: what changes, or why nothing does."""

    thing: Model
    link: SafeString
    changes: Sequence[Difference]
    refused: str
    version: str


class BulkForm(forms.Form):
    """What a change of many needs to know; its reason goes to the history."""

    required_css_class = "required"
    change_reason = forms.CharField(
        label=_("Reason for this change"),
        max_length=500,
        widget=forms.TextInput({"class": "vLargeTextField"}),
        help_text=_("Kept in the history of each, where readers see it too."),
    )


class BulkEdit(ABC):
    """An action of a list. A kind of it has a name, a form, and ``change``."""

    name: str
    short_description: Any
    form: type[BulkForm] = BulkForm
    allowed_permissions = ("change",)

    @property
    def __name__(self) -> str:
        """What the list calls the action."""
        return self.name

    @abstractmethod
    def change(self, thing: Any, given: dict[str, Any]) -> list[Difference]:
        """Change ``thing`` and save it; what is different now. Raises ValidationError."""

    def __call__(
        self, admin: Any, request: HttpRequest, rows: "QuerySet[Any]"
    ) -> HttpResponse | None:
        """The answer to one of the steps; None leads back to the list."""
        things = list(rows.order_by("pk")[: MOST_AT_ONCE + 1])
        if len(things) > MOST_AT_ONCE:
            message = _("At most %(number)s are changed at once. Choose fewer.")
            messages.error(request, message % {"number": MOST_AT_ONCE})
            return None
        step = request.POST.get("step")
        form = self.form(request.POST if step else None, initial={REASON: reason_in(request)})
        if not step or not form.is_valid():
            return self._page(admin, request, form, things=things)
        if step != "apply":
            outcomes = self._tried(admin, request, things, form.cleaned_data)
            return self._page(admin, request, form, outcomes=outcomes)
        with transaction.atomic():
            keys = [thing.pk for thing in things]
            lock(admin.model, keys)
            fresh = list(admin.get_queryset(request).filter(pk__in=keys).order_by("pk"))
            outcomes = self._carried_out(admin, request, fresh, form.cleaned_data)
        self._tell(request, outcomes)
        return None

    def _tried(
        self, admin: Any, request: HttpRequest, things: list[Any], given: dict[str, Any]
    ) -> list[Outcome]:
        with transaction.atomic():
            outcomes = self._carried_out(admin, request, things, given)
            transaction.set_rollback(True)
        return outcomes

    def _carried_out(
        self, admin: Any, request: HttpRequest, things: list[Any], given: dict[str, Any]
    ) -> list[Outcome]:
        present = versions(admin.model, [thing.pk for thing in things])
        outcomes = []
        for thing in things:
            version, link = present[thing.pk], change_link(thing)
            try:
                if request.POST.get(f"{SEEN}{thing.pk}", version) != version:
                    raise ValidationError(CHANGED)
                with transaction.atomic():
                    changes = self._changed(admin, request, thing, given)
            except ValidationError as error:
                refused = " ".join(error.messages)
                outcomes.append(Outcome(thing, link, (), refused, version))
            else:
                outcomes.append(Outcome(thing, link, changes, "", version))
        return outcomes

    def _changed(
        self, admin: Any, request: HttpRequest, thing: Any, given: dict[str, Any]
    ) -> list[Difference]:
        if not admin.has_change_permission(request, thing):
            raise ValidationError(FORBIDDEN)
        changes = self.change(thing, given)
        if changes and is_public(thing):
            what = getattr(thing, "event", thing)
            if why := reviewing.refusal(request.user, what, changed=True):
                raise ValidationError(why)
        return changes

    def _tell(self, request: HttpRequest, outcomes: list[Outcome]) -> None:
        done = sum(bool(one.changes) for one in outcomes)
        same = sum(not one.changes and not one.refused for one in outcomes)
        if done:
            text = ngettext("%(number)s was changed.", "%(number)s were changed.", done)
            messages.success(request, text % {"number": done})
        if same:
            text = ngettext("%(number)s was so already.", "%(number)s were so already.", same)
            messages.info(request, text % {"number": same})
        for one in outcomes:
            if one.refused:
                messages.error(request, f"“{one.thing}”: {one.refused}")

    def _page(self, admin: Any, request: HttpRequest, form: BulkForm, **more: Any) -> HttpResponse:
        request.current_app = admin.admin_site.name
        title = gettext("%(action)s: several at once") % {
            "action": str(self.short_description).removesuffix(" …")
        }
        return TemplateResponse(
            request,
            "admin/bulk_edit.html",
            {
                **admin.admin_site.each_context(request),
                "title": title,
                "opts": admin.opts,
                "media": admin.media + form.media,
                "form": form,
                "action_name": self.name,
                "seen": SEEN,
                **more,
            },
        )
