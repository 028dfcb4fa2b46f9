"""EDTF as the plain ISO 8601 dates that other vocabularies know, where it says no more than one."""

from timeline import edtf
from timeline.edtf import Date, Interval


def iso(text: str) -> str:
    """``text`` as '1948', '1948-10' or '1948-10-15'; empty where a plain date would say too much.

    So it is for what is about, uncertain, a season, a set, BCE or beyond the year 9999.
    """
    said = edtf.parse(text).expression if text else None
    return _plain(said) if isinstance(said, Date) else ""


def ends(text: str) -> tuple[str, str]:
    """The first and the last day, month or year of ``text``, empty where there is no plain one."""
    said = edtf.parse(text).expression if text else None
    match said:
        case Interval(start, end):
            return tuple(_plain(one) if isinstance(one, Date) else "" for one in (start, end))  # type: ignore[return-value]  # two
        case Date():
            return _plain(said), ""
    return "", ""


def _plain(date: Date) -> str:
    year = date.year
    if date.level or len(year.digits) != 4 or date.time:
        return ""
    return "-".join(part for part in (year.digits, date.month, date.day) if part)
