"""Words of a text as received: no white space is lost, and the browser's line ends do not count."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LARGEST_UPLOAD = 20_000_000


class VerbatimField(forms.CharField):
    """Text with its white space; a browser's line ends are read as plain ones."""

    widget = forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, **options)

    def to_python(self, value: Any) -> str:
        """The text with plain line ends."""
        return plain(super().to_python(value) or "")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether more than line ends differ."""
        return plain(initial or "") != plain(data or "")


def plain(text: str) -> str:
    """``text`` with ``\\n`` for every line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def as_in(raw: str, words: str) -> str:
    """``words`` with the line ends of ``raw``, so that they are found in it."""
    if words in raw:
        return words
    for end in ("\r\n", "\r"):
        if (other := words.replace("\n", end)) in raw:
            return other
    return words


class TextFileField(forms.FileField):
    """An uploaded text in UTF-8, byte for byte as it is."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The text; an empty one for no file. Raises ValidationError for what is no text."""
        file: Any = super().clean(data, initial)
        if not file:
            return ""
        if (file.size or 0) > LARGEST_UPLOAD:
            raise ValidationError(_("The file is larger than 20 MB; that is no article."))
        try:
            return file.read().decode("utf-8")
        except UnicodeDecodeError as error:
            raise ValidationError(
                _("Byte %s of the file is not UTF-8. Save it as plain text in UTF-8.")
                % (error.start + 1)
            ) from error
