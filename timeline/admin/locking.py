"""Two editors on one thing: whoever saves second is told what the first one did.

A form carries the version of the thing that its editor has seen (``timeline.revisions.versions``).
If that is not the present one when it is saved, nothing is written: the page comes back with all
that was typed, says who changed what, and asks. Checked inside the transaction that saves, with the
thing locked, so that two at the same moment cannot both be right.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _

from timeline.admin.typed import ModelAdmin
from timeline.admin.vanished import with_vanished_rows
from timeline.revisions import Revision
from timeline.revisions.versions import lock, since, version

SEEN = "seen_version"
OVERWRITE = "overwrite_version"
CONFLICT = _(
    "Nothing was saved: somebody else has saved this since you opened it. What you typed is still "
    "here; see above what they did."
)


@dataclass(frozen=True, slots=True)
class Conflict:
    """What others did to a thing since the editor has opened it, and the version it has now."""

    version: str
    revisions: list[Revision]


class SeenField(forms.CharField):
    """The version that the editor has seen; not a thing that one changes."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:  # noqa: ARG002  Django's signature
        """Never."""
        return False


class VersionedForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form that carries the version of its object; ``conflict`` says that it is out of date."""

    seen_version = SeenField(required=False)
    version = ""
    conflict: Conflict | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial[SEEN] = self.version

    def full_clean(self) -> None:
        """Nothing is valid that would overwrite what the editor has not seen."""
        super().full_clean()
        if self.conflict and self.is_bound:
            self.add_error(None, CONFLICT)


class Locking(ModelAdmin):
    """An admin whose forms and deletions are refused where somebody else was quicker."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Add or change; a change is checked against the present version first."""
        context = {**(extra_context or {})}
        key = None if object_id is None else self._key(object_id)
        if key is None:
            return super().changeform_view(request, object_id, form_url, context)
        if request.method != "POST":
            # Read before the object is: at worst somebody is warned who need not be.
            request.seen_version = self._version(key)  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, context)
        with transaction.atomic():
            context["conflict"] = self._check(request, key)
            return super().changeform_view(request, object_id, form_url, context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Delete; the page is shown again where its object is another one meanwhile."""
        context = {**(extra_context or {})}
        key = self._key(object_id)
        if key is None:
            return super().delete_view(request, object_id, context)
        with transaction.atomic():
            if request.method == "POST" and (conflict := self._check(request, key)):
                context["conflict"] = conflict
                context["typed"] = request.POST
                self._post(request, QueryDict())  # Django asks again where nothing was posted
            context[SEEN] = self._version(key)
            return super().delete_view(request, object_id, context)

    def get_form(
        self,
        request: HttpRequest,
        obj: Any = None,
        change: bool = False,  # noqa: FBT001, FBT002  Django's signature
        **kwargs: Any,
    ) -> Any:
        """The form, told which version it is of, and whether that is out of date."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.version = getattr(request, "seen_version", "")
        form.conflict = getattr(request, "edit_conflict", None)
        return form

    def _check(self, request: HttpRequest, key: int) -> Conflict | None:
        """What stands against saving; the object stays locked until the transaction ends."""
        lock(self.model, [key])
        present = self._version(key)
        seen = request.POST.get(SEEN, present)
        if seen != present and request.POST.get(OVERWRITE) == present:
            typed = request.POST.copy()
            typed[SEEN] = seen = present
            self._post(request, with_vanished_rows(typed, self._formsets(request, key)))
        if seen == present:
            return None
        thing = self.model._default_manager.filter(pk=key).first()
        if thing is None:
            return None  # Django says that it is gone
        typed = with_vanished_rows(request.POST.copy(), self._formsets(request, key))
        self._post(request, typed)
        conflict = Conflict(present, since(thing, seen))
        request.edit_conflict = conflict  # type: ignore[attr-defined]  # for get_form
        return conflict

    def _post(self, request: Any, typed: QueryDict) -> None:
        """Let Django see ``typed`` in place of what was posted."""
        request.POST = typed

    def _formsets(self, request: HttpRequest, key: int) -> list[tuple[str, set[str]]]:
        """The prefixes of the inlines, and the keys of the rows that each has now."""
        thing = self.model._default_manager.filter(pk=key).first()
        found: list[tuple[str, set[str]]] = []
        for formset, _inline in self.get_formsets_with_inlines(request, thing):
            rows = formset.model._default_manager.filter(**{formset.fk.name: key})
            keys = {str(one) for one in rows.values_list("pk", flat=True)}
            found.append((formset.get_default_prefix(), keys))
        return found

    def _version(self, key: int) -> str:
        thing = self.model(pk=key)
        return version(thing)

    def _key(self, object_id: str) -> int | None:
        key = unquote(object_id)
        return int(key) if key.isascii() and key.isdigit() and len(key) < 19 else None
