"""EDTF (Extended Date/Time Format, ISO 8601-2; Library of Congress, 4 February 2019) read as data.

``parse`` turns text into ``Edtf``: four bounds, the qualification, the level, and the parts from
which ``timeline.wording`` makes words. ``possibly_in`` and ``certainly_in`` are the two questions
that a chronology asks; SQL that asks them elsewhere must give the same answers.
"""

from timeline.edtf.cursor import MAX_LENGTH
from timeline.edtf.days import FIRST_DAY, LAST_DAY, MAX_YEAR, days_in_month, from_int, to_int
from timeline.edtf.model import (
    Date,
    Edge,
    Edtf,
    EdtfError,
    Expression,
    Interval,
    Mark,
    Range,
    Set,
    Year,
)
from timeline.edtf.reading import parse
from timeline.edtf.window import Window, certainly_in, disagree, possibly_in

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "MAX_LENGTH",
    "MAX_YEAR",
    "Date",
    "Edge",
    "Edtf",
    "EdtfError",
    "Expression",
    "Interval",
    "Mark",
    "Range",
    "Set",
    "Window",
    "Year",
    "certainly_in",
    "days_in_month",
    "disagree",
    "from_int",
    "parse",
    "possibly_in",
    "to_int",
]
