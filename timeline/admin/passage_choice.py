"""Choosing a passage: only those of the source that is chosen beside it."""

from typing import Any

from django import forms
from django.db.models import ForeignKey
from django.http import HttpRequest

from timeline.models import Passage


class PassageField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A passage by its number and its first words; its source stands beside it."""

    def label_from_instance(self, obj: Any) -> str:
        """What the editor sees of the chosen passage."""
        return passage_label(obj)


def passage_label(passage: Passage) -> str:
    """A passage by number and beginning."""
    beginning = passage.text[:80].rsplit(" ", 1)[0] + " …" if len(passage.text) > 80 else ""
    return f"¶ {passage.ordinal}: {beginning or passage.text}"


class PassageChoice:
    """For an admin with ``source`` and ``passage``: script asks for the source's passages only."""

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        """The field of a passage says which field names its source."""
        if db_field.name == "passage":
            kwargs["form_class"] = PassageField
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None and db_field.name == "passage":
            field.widget.attrs["data-limited-by"] = "source"
        return field

    class Media:
        js = ["admin/js/autocomplete.js", "js/admin-passages.js"]
