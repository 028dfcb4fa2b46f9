"""One date in words, with what is unknown or doubted about its parts."""

from collections.abc import Sequence
from functools import reduce
from operator import and_

from timeline.edtf import Date, Mark
from timeline.wording.language import Language
from timeline.wording.phrase import Phrase, listed
from timeline.wording.years import described_year, number_phrase, year_phrase

FIRST_SEASON = 21
QUARTERS_AND_HALVES, THIRDS = (33, 34, 35, 36, 40, 41), (37, 38, 39)
UNKNOWN = "XX"
LONGEST_LIST = 3


def date_phrase(date: Date, language: Language, *, within: bool = False) -> Phrase:
    """A date with all that is said of it; ``within`` a longer expression, notes are in brackets."""
    phrase, shared = _unqualified(date, language), reduce(and_, date.marks)
    notes = [*_unknown_parts(date, language), *_doubted_parts(date, shared, language)]
    text = phrase.text
    is_noun = (date.year.vague and phrase.plain) or date.season in QUARTERS_AND_HALVES
    if is_noun and (within or shared is not Mark.NONE):
        text = language.period.format(text)
    if Mark.APPROXIMATE in shared:
        text = language.about.format(text)
    if Mark.UNCERTAIN in shared:
        text = language.perhaps.format(text)
    if notes:
        template = language.noted_within if within else language.noted
        text = template.format(date=text, notes=language.comma.join(notes))
    return phrase if text == phrase.text else Phrase((text,))


def _unqualified(date: Date, language: Language) -> Phrase:
    if date.season:
        return _season(date.season, date, language)
    months = sorted({month for month, _ in date.possible_days()})
    if date.day not in (None, UNKNOWN):
        return _day(date, months, language)
    if date.month not in (None, UNKNOWN):
        names = [language.months[month - 1] for month in months]
        return _with_year(_choice(months, names, language.between, language), date, language)
    return year_phrase(date.year, language)


def _season(code: int, date: Date, language: Language) -> Phrase:
    name = language.seasons[code - FIRST_SEASON]
    if code in QUARTERS_AND_HALVES:
        return _of_year(name, date, language)
    return _with_year(Phrase((name,), plain=code not in THIRDS), date, language)


def _day(date: Date, months: list[int], language: Language) -> Phrase:
    days = sorted({day for _, day in date.possible_days()})
    if len(months) > 1:
        ordinals = [language.ordinal_day.format(language.ordinal(day)) for day in days]
        day = _choice(days, ordinals, language.day_between, language).text
        month = _unsettled_month(date, months, language)
        return _of_year(language.day_of_month.format(day=day, month=month), date, language)
    numbers = [language.day.format(day) for day in days]
    day_phrase = _choice(days, numbers, language.between, language)
    head = Phrase((*day_phrase.words, language.months[months[0] - 1]), plain=day_phrase.plain)
    return _with_year(head, date, language)


def _unsettled_month(date: Date, months: list[int], language: Language) -> str:
    if date.month == UNKNOWN:
        return language.unknown_month
    names = [language.months[month - 1] for month in months]
    return _choice(months, names, language.month_between, language).text


def _choice(numbers: list[int], names: Sequence[str], between: str, language: Language) -> Phrase:
    """One name, or the few that are possible, or the first and the last of many in a row."""
    in_a_row = numbers[-1] - numbers[0] == len(numbers) - 1
    if in_a_row and len(numbers) > LONGEST_LIST:
        return Phrase((between.format(names[0], names[-1]),))
    return Phrase((listed(language.either, names, language.comma),), plain=len(names) == 1)


def _with_year(head: Phrase, date: Date, language: Language) -> Phrase:
    if date.year.vague:
        return _of_year(head.text, date, language)
    year = number_phrase(date.year.estimate, language)
    return Phrase((*head.words, *year.words), year.year_words, head.plain)


def _of_year(text: str, date: Date, language: Language) -> Phrase:
    """A date and the year it is 'of', where either takes more than a name or a number."""
    if date.year.vague:
        year = described_year(date.year, language)
    else:
        year = " ".join(number_phrase(date.year.estimate, language).words)
    return Phrase((language.of_year.format(date=text, year=year),))


def _unknown_parts(date: Date, language: Language) -> list[str]:
    settled = {"day": date.day, "month": date.month}
    # A day of an unknown month is worded as such: the 11th of an unknown month of 2020.
    names = [
        language.parts[part]
        for part, digits in settled.items()
        if digits == UNKNOWN and (part == "day" or date.day in (None, UNKNOWN))
    ]
    if not names:
        return []
    return [language.unknown.format(listed(language.both, names, language.comma))]


def _doubted_parts(date: Date, shared: Mark, language: Language) -> list[str]:
    """What is said of some parts only: 'day uncertain', 'month and year approximate'."""
    parts = ("year", "season" if date.season else "month", "day")
    doubts = list(zip(parts, date.marks, strict=False))[::-1]
    templates = {
        Mark.UNCERTAIN: language.uncertain,
        Mark.APPROXIMATE: language.approximate,
        Mark.BOTH: language.uncertain_and_approximate,
    }
    notes = []
    for mark, template in templates.items():
        names = [language.parts[part] for part, found in doubts if found & ~shared is mark]
        if names:
            notes.append(template.format(listed(language.both, names, language.comma)))
    return notes
