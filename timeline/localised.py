"""Dates, years and numbers in the language that readers see.

``timeline.wording`` and Django's formats say how; which language it is, Django knows. A function
that keeps what these return has the language's code in its key.
"""

from datetime import date
from functools import lru_cache

from django.utils import formats
from django.utils.translation import get_language

from timeline import edtf, wording
from timeline.edtf import Edtf
from timeline.wording import Language


def language() -> Language:
    """The words of dates in the present language."""
    return wording.language_of(get_language())


def words(said: Edtf) -> str:
    """What a date says, on one line."""
    return wording.words(said, language())


def column(said: Edtf) -> tuple[str, str]:
    """The same as the two lines of a date column."""
    return wording.column(said, language())


def day(moment: date) -> str:
    """The day of a date or a moment: '15 October 1948'."""
    return words(edtf.parse(f"{moment:%Y-%m-%d}"))


def decade_label(year: int) -> str:
    """The decade of an astronomical year: '1940s'."""
    return wording.decade_label(year, language())


def century_label(year: int) -> str:
    """The century of an astronomical year: '17th century'."""
    return wording.century_label(year, language())


def year_words(year: int) -> str:
    """An astronomical year as readers count it: '1948', '44 BCE', '79 CE'."""
    return wording.year_label(year, language())


def years_label(first: int, last: int) -> str:
    """A stretch of astronomical years: '1900–1999', '50–41 BCE'."""
    return wording.years_label(first, last, language())


def number(value: int) -> str:
    """A number with its digits grouped: '12,345'."""
    return _number(value, get_language())


@lru_cache(maxsize=4096)
def _number(value: int, _language: str | None) -> str:
    return str(formats.number_format(value, use_l10n=True, force_grouping=True))
