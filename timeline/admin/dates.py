"""Dates in the admin: a field with examples beside it and, below, what the date says."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Field
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from timeline import edtf, localised
from timeline.fields import EdtfField

EXAMPLES = (
    "1948-10-15",
    "1948-09",
    "1953",
    "1944~",
    "1946?",
    "194X",
    "16XX/17XX",
    "1950/1953",
    "1953/..",
    "[..2013]",
    "[1667,1668,1670..1672]",
    "2001-21",
    "-0043",
)


@dataclass(frozen=True, slots=True)
class DateInWords:
    """What an EDTF expression says: in words, and the first and last day that it may reach to."""

    text: str
    words: str
    earliest: str
    latest: str


def in_words(text: str) -> DateInWords | None:
    """``text`` explained, or None where it is no EDTF expression."""
    try:
        date = edtf.parse(text)
    except edtf.EdtfError:
        return None
    bounds = _day(date.earliest_start), _day(date.latest_end)
    return DateInWords(text, localised.words(date), *bounds)


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
    """A field for an EDTF expression, with a table of examples and the present date in words."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The field and what surrounds it."""
        context = {
            "field": super().render(name, value, attrs, renderer),
            "said": in_words(value) if value else None,
            "examples": [in_words(example) for example in EXAMPLES],
        }
        return render_to_string("admin/widgets/edtf.html", context)


# Of every date field in the admin, inlines included.
EDTF_WIDGETS: "dict[type[Field[Any, Any]], dict[str, Any]]" = {
    EdtfField: {"widget": EdtfInput(attrs={"class": "vTextField edtf-input"})}
}
