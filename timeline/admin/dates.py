"""Dates in the admin: a field that takes words as well as EDTF, and shows what it makes of them.

Words are taken once the editor has seen what they were read as. Beside the field stands what was
seen: the EDTF and the text that it was shown for, in a hidden field, or in one of several radio
buttons where the text has several meanings. A script keeps this up to date while the editor types;
without it the form comes back once and shows it.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Field
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from timeline import edtf, localised, phrases
from timeline.fields import EdtfField

SEEN = "-seen"
EXAMPLES = (
    *("1948-10-15", "1948-09", "1953", "1944~", "1946?", "194X", "16XX/17XX", "1950/1953"),
    *("1953/..", "[..2013]", "[1667,1668,1670..1672]", "2001-21", "-0043"),
    *("15 Oct. 1948", "c. 1944", "1950–53", "late 17th century", "before 2013", "winter 1956–57"),
)


@dataclass(frozen=True, slots=True)
class DateInWords:
    """What an EDTF expression says: in words, and the first and last day that it may reach to.

    ``note`` is what has to be said of reading it so; ``seen`` is what confirms it for a text.
    """

    text: str
    words: str
    earliest: str
    latest: str
    note: str = ""
    seen: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands below a date field: the meaning, or several to choose from, or what is wrong."""

    meanings: tuple[DateInWords, ...]
    message: str
    undated: bool = False


class TypedDate(str):
    """What was typed into a date field, and what of it the editor has ``seen``."""

    __slots__ = ("seen",)
    seen: str

    def __new__(cls, text: str, seen: str = "") -> "TypedDate":
        typed = super().__new__(cls, text)
        typed.seen = seen
        return typed

    @property
    def confirmed(self) -> str | None:
        """The EDTF that was shown for exactly this text, if any; empty for no date."""
        shown, space, text = self.seen.partition(" ")
        return shown if space and text == _normal(self) else None


def in_words(text: str) -> DateInWords | None:
    """``text`` explained, or None where it is no EDTF expression."""
    try:
        date = edtf.parse(text)
    except edtf.EdtfError:
        return None
    bounds = _day(date.earliest_start), _day(date.latest_end)
    return DateInWords(text, localised.words(date), *bounds)


def shown(typed: str) -> Shown:
    """What is to be shown for what was typed."""
    text = _normal(typed)
    reading = phrases.read(text)
    confirmed = typed.confirmed if isinstance(typed, TypedDate) else None
    if reading.undated:
        return Shown((DateInWords("", "", "", "", seen=seen_for("", text)),), "", undated=True)
    choices = [one for one in reading.choices if one.edtf == confirmed == text] or reading.choices
    meanings = tuple(
        DateInWords(
            said.text,
            said.words,
            said.earliest,
            said.latest,
            choice.note,
            seen_for(choice.edtf, text),
            chosen=choice.edtf == confirmed,
        )
        for choice in choices
        if (said := in_words(choice.edtf)) is not None
    )
    return Shown(meanings, "" if meanings else reading.message)


@lru_cache(maxsize=16)  # each field of a page shows them
def _examples(_language: str | None) -> tuple[tuple[str, DateInWords], ...]:
    return tuple((text, shown(text).meanings[0]) for text in EXAMPLES)


def seen_for(expression: str, text: str) -> str:
    """What says that ``expression`` was shown for ``text``; EDTF has no space."""
    return f"{expression} {_normal(text)}"


def _normal(text: str) -> str:
    return " ".join(text.split())


def _day(bound: int | None) -> str:
    if bound is None or bound in (edtf.FIRST_DAY, edtf.LAST_DAY):
        return ""
    year, month, day = edtf.from_int(bound)
    sign = "-" if year < 0 else ""
    long = "Y" if abs(year) > 9999 else ""
    if long:
        return localised.words(edtf.parse(f"Y{year}"))
    return localised.words(edtf.parse(f"{sign}{abs(year):04}-{month:02}-{day:02}"))


class EdtfInput(forms.TextInput):
    """A field for a date, what it says as yet, and a table of examples."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> TypedDate | None:
        """What was typed, with what was seen."""
        typed = super().value_from_datadict(data, files, name)
        return None if typed is None else TypedDate(typed, data.get(f"{name}{SEEN}", ""))

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The field and what surrounds it."""
        below = shown(self._with_stored(value)) if value else None
        context = {
            "field": super().render(name, value, attrs, renderer),
            # Why it is refused is said by the form, above the field.
            "shown": below if below and below.meanings else None,
            "seen_name": f"{name}{SEEN}",
            "url": reverse("read_date"),
            "examples": _examples(get_language()),
        }
        return render_to_string("admin/widgets/edtf.html", context)

    def _with_stored(self, value: Any) -> str:
        """A date that is stored is the one that it says, even if its text can be read otherwise."""
        return value if isinstance(value, TypedDate) else TypedDate(value, seen_for(value, value))


class EdtfFormField(forms.CharField):
    """A date as EDTF or in words; what it returns is EDTF, or empty."""

    def to_python(self, value: Any) -> str:
        """The EDTF that the editor has seen. Raises ValidationError for anything else."""
        text = super().to_python(value) or ""
        if not text:
            return ""
        typed = TypedDate(text, getattr(value, "seen", ""))
        reading = phrases.read(_normal(text))
        meant = [choice.edtf for choice in reading.choices]
        if meant == [_normal(text)]:
            return meant[0]
        if typed.confirmed in meant:
            return str(typed.confirmed)
        raise ValidationError(_why_not(reading), code="edtf")


def _why_not(reading: phrases.Reading) -> Any:
    """What an editor has to do before a date is taken."""
    if not reading.choices:
        return reading.message
    if reading.ambiguous:
        return _("“%s” can mean more than one date. Choose one below, then save.") % reading.text
    said = in_words(reading.edtf or "")
    if said is None:
        return _("Read as no date. Save again if that is meant, or correct it.")
    return _("Read as “%s”. Save again if that is meant, or correct it.") % said.words


# Of every date field in the admin, inlines included.
EDTF_WIDGETS: "dict[type[Field[Any, Any]], dict[str, Any]]" = {
    EdtfField: {
        "form_class": EdtfFormField,
        "widget": EdtfInput(attrs={"class": "vTextField edtf-input", "autocomplete": "off"}),
    }
}
