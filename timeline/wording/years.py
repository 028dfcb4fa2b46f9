"""Years, decades, centuries and millennia in words, as readers count them: 44 BCE is year -43."""

import re

from timeline.edtf import Year
from timeline.wording.language import ENGLISH, Language, Words
from timeline.wording.phrase import Phrase, between, flat, span


def decade_label(year: int, language: Language = ENGLISH) -> str:
    """The heading of an astronomical year's decade: '1940s', '40s BCE' (49 to 40 BCE)."""
    if _counted_year(year) >= 10:
        return " ".join(_decade(year, language))
    return years_label(*(1, 9) if year > 0 else (-8, 0), language)


def year_label(year: int, language: Language = ENGLISH) -> str:
    """An astronomical year as readers count it: '1948', '44 BCE', '79 CE'."""
    return " ".join(number_phrase(year, language).words)


def years_label(first: int, last: int, language: Language = ENGLISH) -> str:
    """A stretch of astronomical years: '1900–1999', '50–41 BCE'."""
    return flat(span(language, number_phrase(first, language), number_phrase(last, language)).text)


def century_label(year: int, language: Language = ENGLISH) -> str:
    """The heading of an astronomical year's century: '17th century', '1st century BCE'.

    A century begins with the year 00, as in EDTF's ``16XX``; the first one has only 99 years.
    """
    return " ".join(_counted(language.century, 100, year, language))


def number_phrase(year: int, language: Language) -> Phrase:
    """An astronomical year as readers count it, with its era where it needs one."""
    words = (language.number(_counted_year(year)), *_era(year, language))
    return Phrase(words, year_words=len(words), plain=True)


def year_phrase(year: Year, language: Language) -> Phrase:
    """A year that stands alone: '1948', '44 BCE', '17th century', 'an estimated 1950 (…)'."""
    if period := _period(year, language):
        return period
    if year.significant is not None and year.first < year.last:
        estimate = flat(number_phrase(year.estimate, language).text)
        around = flat(span(language, *_edges(year, language)).text)
        return Phrase((language.estimated_year.format(year=estimate, span=around),))
    if not year.vague:
        return number_phrase(year.estimate, language)
    if year.last - year.first < 10:
        return Phrase(span(language, *_edges(year, language)).words)
    return Phrase((described_year(year, language),))


def described_year(year: Year, language: Language) -> str:
    """A year with unspecified digits, as words to follow 'of': 'a year in the 1940s'."""
    if period := _period(year, language):
        return language.year_in.format(flat(language.period.format(period.text)))
    if not year.digits.strip("X"):
        era = (language.before_era,) if year.negative else ()
        return " ".join((language.unknown_year, *era))
    return flat(between(language.year_between, *_edges(year, language)).text)


def _edges(year: Year, language: Language) -> tuple[Phrase, Phrase]:
    return number_phrase(year.first, language), number_phrase(year.last, language)


def _period(year: Year, language: Language) -> Phrase | None:
    """A decade, century or millennium that readers have a name for.

    ``190X`` has none, since '1900s' may be the century, and neither has ``-004X``, 50 to 41 BCE.
    """
    if re.fullmatch(r"\dXXX", year.digits):
        words = _counted(language.millennium, 1000, year.last, language)
    elif re.fullmatch(r"\d\dXX", year.digits):
        words = _counted(language.century, 100, year.last, language)
    elif re.fullmatch(r"\d\d[1-9]X", year.digits) and not year.negative:
        words = _decade(year.last, language)
        return Phrase(words, year_words=len(words), plain=True)
    else:
        return None
    return Phrase(words, year_words=len(words) - 1, plain=True)


def _counted_year(year: int) -> int:
    return year if year > 0 else 1 - year


def _decade(year: int, language: Language) -> Words:
    decade = _counted_year(year) // 10 * 10
    return (language.decade.format(language.number(decade)), *_era(year, language))


def _counted(template: str, size: int, year: int, language: Language) -> Words:
    ordinal = language.ordinal(abs(year) // size + 1)
    era = () if year > 0 else (language.before_era,)
    return (*template.format(ordinal).split(), *era)


def _era(year: int, language: Language) -> Words:
    if year <= 0:
        return (language.before_era,)
    return () if 1000 <= year < 10_000 else (language.in_era,)
