"""The emendations of a source, read together with its text: what is wrong is told beside it."""

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from timeline import texts
from timeline.admin.rows import RowFormSet, RowInline
from timeline.admin.source_form import SourceForm
from timeline.admin.typed import ModelForm
from timeline.admin.verbatim import VerbatimField, as_in
from timeline.citing import Place
from timeline.models import Emendation
from timeline.readings import Correction, Problem, ReadingError, TextSpec, read

NUMBERED = re.compile(r"text\.emendation ([0-9]+)")
OF_THE_FORM = {"text": "raw", "text.begins": "begins", "text.ends": "ends"} | {
    "text.headings": "headings"
}


class EmendationForm(ModelForm):
    """What is found and how it is read."""

    find = VerbatimField(label=_("Find"))
    read = VerbatimField(label=_("Read"), required=False)

    class Meta:
        model = Emendation
        fields = ["find", "read", "reason", "mark"]

    def correction(self, raw: str) -> Correction:
        """The emendation as it is read."""
        given = self.cleaned_data
        find, read_as = (as_in(raw, given.get(name, "")) for name in ("find", "read"))
        return Correction(find, read_as, given.get("reason", ""), given.get("mark", ""))

    def _post_clean(self) -> None:
        """The reading of the text is the check; see the formset."""


class EmendationFormSet(RowFormSet):
    """All emendations of one source; they are stored with its text, in one piece."""

    reanchoring: texts.Reanchoring | None = None
    repairs: Mapping[int, Place] = {}  # places chosen for claims that would be lost

    def clean(self) -> None:
        """Read the text as told, and put each problem beside what causes it."""
        super().clean()
        reader = self.instance.reader
        if any(self.errors) or not hasattr(reader, "cleaned_data") or not self._is_due():
            return
        used = self._used()
        if not reader.text:
            reader.add_error("raw", _("Emendations and borders need a text: give it first."))
            raise ValidationError(_("There is no text to emend yet."))
        try:
            read(reader.text, self._spec(used))
        except ReadingError as error:
            for problem in error.problems:
                self._explain(problem, used)
            raise ValidationError(
                _("The text cannot be read as told: see the messages here and beside the text.")
            ) from error

    def save(self, commit: bool = True) -> list[Any]:  # noqa: FBT001, FBT002  Django's signature
        """Store the text with its emendations, if anything about them was typed."""
        self.new_objects: list[Any] = []
        self.changed_objects: list[Any] = []
        self.deleted_objects: list[Any] = []
        if commit and self._is_due():
            self.reanchoring = self._store()
        return []

    def _store(self) -> texts.Reanchoring:
        reader = self.instance.reader
        return texts.store_text(
            self.instance, reader.text, self.spec, reader.file, repairs=self.repairs
        )

    @property
    def spec(self) -> TextSpec:
        """How the text is to be read, once the formset is valid."""
        return self._spec(self._used())

    def _is_due(self) -> bool:
        return self.has_changed() or self.instance.reader.text_has_changed()

    def _used(self) -> list[EmendationForm]:
        return [
            form
            for form in self.forms
            if form not in self.deleted_forms and (form.instance.pk or form.has_changed())
        ]

    def _spec(self, used: list[EmendationForm]) -> TextSpec:
        reader: SourceForm = self.instance.reader
        return reader.spec(tuple(form.correction(reader.text) for form in used))

    def _explain(self, problem: Problem, used: list[EmendationForm]) -> None:
        if numbered := NUMBERED.fullmatch(problem.item):
            form = used[int(numbered[1]) - 1]
            form.add_error("find", problem.message)
            if form.instance.pk and self.instance.reader.text_has_changed():
                form.add_error("find", _("If the text needs it no more, tick Delete beside it."))
        elif field := OF_THE_FORM.get(problem.item):
            self.instance.reader.add_error(field, problem.message)
        else:
            raise ValidationError(problem.message)


class EmendationInline(RowInline):
    """An emendation below its source; whoever may edit the source may emend it."""

    model = Emendation
    form = EmendationForm
    formset = EmendationFormSet
    fields = ["find", "read", "reason", "mark"]
    extra = 1

    def has_view_permission(self, request: Any, *_: Any) -> bool:
        """As for the source."""
        return bool(request.user.has_perm("timeline.view_source")) or self._may_edit(request)

    def has_add_permission(self, request: Any, *_: Any) -> bool:
        """As for the source."""
        return self._may_edit(request)

    def has_change_permission(self, request: Any, *_: Any) -> bool:
        """As for the source."""
        return self._may_edit(request)

    def has_delete_permission(self, request: Any, *_: Any) -> bool:
        """As for the source."""
        return self._may_edit(request)

    def _may_edit(self, request: Any) -> bool:
        return any(request.user.has_perm(f"timeline.{what}_source") for what in ("add", "change"))
