"""A date as the pages show it: its words and its mark."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language, gettext

from timeline import edtf, localised
from timeline.edtf import Date, Edge, Expression, Interval, Range, Set


@dataclass(frozen=True, slots=True)
class Dating:
    """An EDTF text with its words, in one line and as the two lines of the date column.

    ``years`` are the first and last year that the date with which it begins can lie in, None when
    it has no beginning. ``marks`` are the CSS classes of its mark: whether it spans some time,
    reaches into the unknown at an end, or is qualified.
    """

    text: str
    words: str
    column: tuple[str, str]
    years: tuple[int, int] | None = None
    marks: str = ""


def dating(text: str) -> Dating:
    """``text``, which is EDTF or empty, as the pages show it; empty is 'undated'."""
    if not text:
        return Dating("", gettext("undated"), ("", gettext("undated")), marks="mark-none")
    return _dated(text, get_language())


@lru_cache(maxsize=8192)
def _dated(text: str, _language: str | None) -> Dating:
    date = edtf.parse(text)
    marks = {
        "spans": isinstance(date.expression, Interval),
        "open-start": date.earliest_start is None,
        "open-end": date.latest_end is None,
        "qualified": date.qualified,
    }
    return Dating(
        text=text,
        words=localised.words(date),
        column=localised.column(date),
        years=years_of(date.expression),
        marks=" ".join(f"mark-{name}" for name, holds in marks.items() if holds),
    )


def years_of(expression: Expression) -> tuple[int, int] | None:
    """The years of the date with which ``expression`` begins: 1600 to 1699 for ``16XX/17XX``.

    Where only its end is known, as in ``[..2013]`` and ``/1953``, the years of that.
    """
    match expression:
        case (
            (Date() as first)
            | Interval(Date() as first, _)
            | Interval(Edge.UNKNOWN, Date() as first)
            | Set((Date() as first, *_))
            | Set((Range(Date() as first, _), *_))
            | Set((Range(None, Date() as first), *_), every=False)
        ):
            return first.year.first, first.year.last
    return None
