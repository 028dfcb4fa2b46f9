"""The form of a source: its bibliographic data, and how its text is to be read.

The text as received is given once, by upload or by pasting; a form that leaves both empty keeps
it. What is wrong with the reading is known only together with the emendations, so their formset
reads the text (``timeline.admin.emendations``).
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from timeline.admin.authors import AuthorsField
from timeline.admin.status_form import StatusForm
from timeline.admin.verbatim import TextFileField, VerbatimField, as_in
from timeline.models import Source, SourceText, WaitingText
from timeline.readings import Correction, TextSpec

TEXT_FIELDS = ("upload", "raw", "begins", "ends", "headings", "paragraphs")


class HttpsField(forms.URLField):
    """A URL; one without a scheme is https."""

    def __init__(self, **options: Any) -> None:
        super().__init__(assume_scheme="https", **options)


GIVEN_BACK = _("Nothing was stored. All that you typed is here; change it, and save it again.")


class SourceForm(StatusForm):
    """A source with its text; ``given_back`` says that it is only shown with what was typed."""

    given_back = False

    author = AuthorsField(
        label=_("Author"),
        required=False,
        help_text=_("One a line: “Family, Given”, or “literal: ” and a name in one piece."),
    )
    upload = TextFileField(
        label=_("Text file"), required=False, help_text=_("Plain text in UTF-8.")
    )
    raw = VerbatimField(
        label=_("or pasted text"),
        required=False,
        help_text=_("Exactly as received; correct it below, by emendations. Empty keeps the text."),
    )
    begins = VerbatimField(
        label=_("Begins"),
        required=False,
        help_text=_("The first words of the article proper, where something stands before it."),
    )
    ends = VerbatimField(
        label=_("Ends"),
        required=False,
        help_text=_("The last words of the article proper, where something stands after it."),
    )
    headings = VerbatimField(
        label=_("Headings"),
        required=False,
        help_text=_("Section headings, one a line, as read after emendation."),
    )
    paragraphs = forms.ChoiceField(
        label=_("Paragraphs"), choices=SourceText.Paragraphs.choices, required=False
    )

    class Meta:
        model = Source
        fields = [
            "title", "slug", "status", "type", "author", "container_title", "issued", "publisher",
            "volume", "issue", "page", "genre", "language", "doi", "url", "note",
        ]  # fmt: skip
        field_classes = {"url": HttpsField}
        widgets = {
            "title": forms.TextInput({"class": "vLargeTextField"}),
            "note": forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored = (
            SourceText.objects.filter(source=self.instance).first() if self.instance.pk else None
        )
        self.initial["paragraphs"] = SourceText.Paragraphs.BLANK_LINE.value
        if self.stored:
            for name in ("begins", "ends", "paragraphs"):
                self.initial[name] = getattr(self.stored, name)
            self.initial["headings"] = "\n".join(self.stored.headings)
        # Where the formset of emendations finds what it reads (see the module's docstring).
        self.instance.reader = self

    def clean(self) -> dict[str, Any]:
        """Refuse two texts at once; keep an uploaded one in view, for a browser forgets it."""
        given = super().clean()
        if given.get("upload") and given.get("raw"):
            raise ValidationError({"raw": _("Give the text once: upload it, or paste it.")})
        if given.get("upload"):
            typed: Any = self.data.copy()  # type: ignore[attr-defined]  # of a QueryDict
            typed[self.add_prefix("raw")] = given["upload"]
            self.data = typed
        return given

    def full_clean(self) -> None:
        """What is only given back is not valid, so that nothing is stored."""
        super().full_clean()
        if self.given_back and self.is_bound:
            self.add_error(None, GIVEN_BACK)

    @property
    def text(self) -> str:
        """The text to be read: the new one, else the stored one, else none."""
        given = self.cleaned_data.get("upload") or self.cleaned_data.get("raw") or ""
        return str(given or (self.stored.raw if self.stored else ""))

    @property
    def given(self) -> WaitingText.Given:
        """How the text came."""
        if self.cleaned_data.get("upload"):
            return WaitingText.Given.UPLOADED
        given = self.cleaned_data.get("raw")
        return WaitingText.Given.PASTED if given else WaitingText.Given.KEPT

    @property
    def file(self) -> str:
        """The file's name in a seed."""
        return self.stored.file if self.stored else "article.txt"

    def spec(self, corrections: tuple[Correction, ...]) -> TextSpec:
        """How the text is to be read."""
        given = self.cleaned_data
        return TextSpec(
            begins=as_in(self.text, given.get("begins", "")),
            ends=as_in(self.text, given.get("ends", "")),
            paragraphs=given.get("paragraphs") or SourceText.Paragraphs.BLANK_LINE.value,
            headings=tuple(filter(None, map(str.strip, given.get("headings", "").split("\n")))),
            emendations=corrections,
        )

    def text_has_changed(self) -> bool:
        """Whether anything about the text was typed."""
        return bool(set(TEXT_FIELDS) & set(self.changed_data))
