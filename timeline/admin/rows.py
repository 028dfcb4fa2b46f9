"""Inline tables: each field says what it is, though its label stands at the head of the column."""

from typing import Any

from django.http import HttpRequest
from django.utils.text import capfirst

from timeline.admin.typed import TabularInline


class RowInline(TabularInline):
    """A table whose fields have names of their own for those who cannot see the column."""

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Django's, with a name on every field."""
        formset = super().get_formset(request, obj, **kwargs)
        for name, field in formset.form.base_fields.items():
            field.widget.attrs.setdefault("aria-label", capfirst(str(field.label or name)))
        return formset
