"""Intervals and sets in words."""

from timeline.edtf import Date, Edge, Expression, Interval, Range, Set
from timeline.wording.dates import date_phrase
from timeline.wording.language import Language
from timeline.wording.phrase import between, flat, listed, span


def expression_text(expression: Expression, language: Language) -> str:
    """Any expression in words, with a line break where a date column would break it."""
    match expression:
        case Date():
            return date_phrase(expression, language).text
        case Interval(start, end):
            return _interval(start, end, language)
        case Set(members=(Date() as only,)):
            return date_phrase(only, language).text
        case Set(members=(Range() as only,), every=False):
            return _somewhere_in(only, language)
        case Set(members, every=True):
            each = [_each(member, language) for member in members]
            return listed(language.both, each, language.comma)
        case Set(members):
            return _one_of(members, language)


def _interval(start: Date | Edge, end: Date | Edge, language: Language) -> str:
    if isinstance(start, Date):
        if isinstance(end, Date):
            return _from_to(start, end, language)
        template = language.since if end is Edge.OPEN else language.since_end_unknown
        return template.format(date_phrase(start, language, within=True).text)
    if isinstance(end, Date):
        template = language.until if start is Edge.OPEN else language.until_start_unknown
        return template.format(date_phrase(end, language, within=True).text)
    if start is end:
        return language.always if start is Edge.OPEN else language.at_unknown_time
    return language.end_unknown if start is Edge.OPEN else language.start_unknown


def _from_to(start: Date, end: Date, language: Language) -> str:
    first, last = date_phrase(start, language), date_phrase(end, language)
    if first == last:
        return first.text
    if first.plain and last.plain:
        return span(language, first, last).text
    return language.from_to.format(_inner(start, language), _inner(end, language))


def _inner(date: Date, language: Language) -> str:
    return flat(date_phrase(date, language, within=True).text)


def _somewhere_in(only: Range, language: Language) -> str:
    """The single range of a set: something happened at one point of it."""
    if only.start and only.end:
        first, last = date_phrase(only.start, language), date_phrase(only.end, language)
        if first.plain and last.plain:
            return between(language.between, first, last).text
        return language.between.format(_inner(only.start, language), _inner(only.end, language))
    if only.end:
        return language.by.format(date_phrase(only.end, language, within=True).text)
    return _one_member(only, language)


def _one_of(members: tuple[Date | Range, ...], language: Language) -> str:
    each = [_one_member(member, language) for member in members]
    choice = listed(language.either, each, language.comma)
    is_plain_pair = len(members) == 2 and all(isinstance(member, Date) for member in members)
    return choice if is_plain_pair else language.one_of.format(choice)


def _one_member(member: Date | Range, language: Language) -> str:
    if isinstance(member, Date):
        return _inner(member, language)
    if member.start and member.end:
        return flat(_from_to(member.start, member.end, language))
    if member.start:
        return language.or_later.format(_inner(member.start, language))
    return language.or_earlier.format(_edge(member.end, language))


def _each(member: Date | Range, language: Language) -> str:
    """A member of a set all of whose members are meant: 'every year from 1946 to 1949'."""
    if isinstance(member, Date):
        return _inner(member, language)
    start, end = _edge(member.start, language), _edge(member.end, language)
    if start and end:
        template = language.every_from_to
    else:
        template = language.every_since if start else language.every_until
    return template.format(part=language.parts[member.precision], start=start, end=end)


def _edge(date: Date | None, language: Language) -> str:
    return _inner(date, language) if date else ""
