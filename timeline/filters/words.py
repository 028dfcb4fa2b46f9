"""The words to search for, as readers type them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from timeline import search


class WordsField(forms.CharField):
    """A full-text query, or None where the field is empty."""

    def clean(self, value: str | None) -> Any:
        """A search.Query or None; raises ValidationError with what to write instead."""
        if not (value or "").strip():
            return None
        try:
            return search.parse(value or "")
        except search.EmptyQueryError as error:
            raise ValidationError(_("Write at least one word to search for.")) from error
        except search.LongQueryError as error:
            raise ValidationError(
                _("Search for at most %(words)d words and %(letters)d letters at a time."),
                params={"words": search.MOST_WORDS, "letters": search.MOST_LETTERS},
            ) from error
