"""A text field that offers the words that are in use already."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString


class SuggestingInput(forms.TextInput):
    """A text field with a ``<datalist>`` of what ``words`` returns when it is shown."""

    def __init__(self, words: Callable[[], Iterable[str]], attrs: dict[str, Any] | None = None):
        super().__init__(attrs)
        self.words = words

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The field, linked with the list of words."""
        list_id = f"{name}-words"
        field = super().render(name, value, {**(attrs or {}), "list": list_id}, renderer)
        context = {"field": field, "list_id": list_id, "words": self.words()}
        return render_to_string("admin/widgets/suggestions.html", context)
