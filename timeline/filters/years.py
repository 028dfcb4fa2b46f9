"""Years as readers type them: 1948, -43 (astronomical, as in EDTF), 44 BCE."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from timeline import edtf

YEAR = re.compile(r"([-−]?)0*([0-9]{1,12})(?: *(BCE?|CE|AD))?", re.IGNORECASE | re.ASCII)


def read_year(text: str) -> int:
    """The astronomical year that ``text`` means: '44 BCE' is -43, as in EDTF.

    Raises ValueError for what is no year or out of reach; there is no year 0 BCE.
    """
    if (found := YEAR.fullmatch(text.strip(" "))) is None:
        raise ValueError(f"“{text[:40]}” is no year.")
    sign, digits, era = found.groups()
    year = int(digits)
    if era:
        if sign or not year:
            raise ValueError(f"“{text[:40]}” is no year.")
        year = 1 - year if era.upper().startswith("B") else year
    elif sign:
        year = -year
    if abs(year) >= edtf.MAX_YEAR:
        raise ValueError(f"The year {year} is out of reach.")
    return year


class YearField(forms.CharField):
    """An astronomical year, or None."""

    def clean(self, value: str | None) -> int | None:
        """Raises ValidationError with what to write instead."""
        if not (value or "").strip(" "):
            return None
        try:
            return read_year(value or "")
        except ValueError as error:
            raise ValidationError(
                _("“%(value)s” is no year. Write it like 1948, 44 BCE or -43."),
                params={"value": shortened(value or "")},
            ) from error


def shortened(text: str, most: int = 40) -> str:
    """``text`` without control characters, cut to a length that a message can hold."""
    clean = "".join(letter if letter.isprintable() else "�" for letter in text[: most + 1])
    return clean if len(clean) <= most else f"{clean[:most]}…"
