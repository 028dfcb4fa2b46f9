"""EDTF in words, as a historian would say it: 'about 1944', '17th–18th century', '44 BCE'.

A time of day is left out. The words of another language are another ``Language``, which stands in
``LANGUAGES`` under its code.
"""

from timeline.edtf import Edtf
from timeline.wording.expressions import expression_text
from timeline.wording.language import ENGLISH, Language
from timeline.wording.phrase import flat
from timeline.wording.years import century_label, decade_label, year_label, years_label

__all__ = [
    "ENGLISH",
    "LANGUAGES",
    "Language",
    "century_label",
    "column",
    "decade_label",
    "language_of",
    "words",
    "year_label",
    "years_label",
]

LANGUAGES: dict[str, Language] = {"en": ENGLISH}


def language_of(code: str | None) -> Language:
    """The words for a language code such as ``en`` or ``pt-br``; English where there are none."""
    whole = code or ""
    return LANGUAGES.get(whole) or LANGUAGES.get(whole.partition("-")[0], ENGLISH)


def words(date: Edtf, language: Language = ENGLISH) -> str:
    """What ``date`` says, on one line; never empty and never EDTF."""
    return flat(expression_text(date.expression, language))


def column(date: Edtf, language: Language = ENGLISH) -> tuple[str, str]:
    """The same words for the date column of a chronology, as two short lines.

    The second line is never empty; it alone holds what cannot be parted well.
    """
    top, _, bottom = expression_text(date.expression, language).rpartition("\n")
    return flat(top), flat(bottom)
