"""Inline tables: each field says what it is, though its label stands at the head of the column."""

from typing import Any

from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from timeline.admin.typed import InlineFormSet, TabularInline


class RowFormSet(InlineFormSet):
    """Rows whose box for deleting has a name, too."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Django's, with that name."""
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = _("Delete")


class RowInline(TabularInline):
    """A table whose fields have names of their own for those who cannot see the column."""

    formset = RowFormSet

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Django's, with a name on every field."""
        formset = super().get_formset(request, obj, **kwargs)
        for name, field in formset.form.base_fields.items():
            field.widget.attrs.setdefault("aria-label", capfirst(field.label or name))
        return formset
