"""What words of dates need of a language, apart from the rules by which they are put together."""

from collections.abc import Callable
from dataclasses import dataclass

Words = tuple[str, ...]
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LONGEST_NUMBER = 15  # digits; nobody reads more of them


@dataclass(frozen=True, slots=True)
class Language:
    """The phrases of a language; another language is another instance.

    ``{}`` and named fields stand for what is filled in. A line break (``\\n``) is where the two
    lines of a date column may part; elsewhere it is a space. A full date is day, month, year.
    """

    months: Words
    seasons: Words  # of the codes 21 to 41, in order
    parts: dict[str, str]  # the names of year, season, month and day
    day: str  # the number of a day before the name of its month
    number: Callable[[int], str]  # of a year, counted from 1 in its era
    ordinal: Callable[[int], str]

    before_era: str
    in_era: str  # for years that would not look like years without it
    decade: str
    century: str
    millennium: str
    unknown_year: str
    year_between: str
    period: str  # a decade, century or millennium inside a longer expression
    year_in: str  # some year of such a period
    estimated_year: str
    of_year: str  # joins a date to a year that is described in words
    unknown_month: str
    month_between: str
    ordinal_day: str
    day_between: str
    day_of_month: str  # joins an ordinal day to a month that is described in words

    perhaps: str
    about: str
    uncertain: str
    approximate: str
    uncertain_and_approximate: str
    unknown: str
    noted: str
    noted_within: str  # the same inside a longer expression

    comma: str  # between the members of a list, but for the last two
    dash: str
    wide_dash: str
    from_to: str
    between: str
    either: str
    both: str
    since: str
    until: str
    since_end_unknown: str
    until_start_unknown: str
    always: str
    at_unknown_time: str
    end_unknown: str
    start_unknown: str
    by: str
    or_earlier: str
    or_later: str
    one_of: str
    every_from_to: str
    every_since: str
    every_until: str


def _english_ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _english_number(year: int) -> str:
    digits = str(year)
    if len(digits) <= LONGEST_NUMBER:
        return f"{year:,}" if year >= 10_000 else digits
    leading = f"{digits[0]}.{digits[1:3]}".rstrip("0").rstrip(".")
    power = str(len(digits) - 1).translate(SUPERSCRIPTS)
    return f"{leading} × 10{power}"


ENGLISH = Language(
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    seasons=(
        *("spring", "summer", "autumn", "winter"),
        *("northern spring", "northern summer", "northern autumn", "northern winter"),
        *("southern spring", "southern summer", "southern autumn", "southern winter"),
        *("first quarter", "second quarter", "third quarter", "fourth quarter"),
        *("January–April", "May–August", "September–December"),
        *("first half", "second half"),
    ),
    parts={"year": "year", "season": "season", "month": "month", "day": "day"},
    day="{}",
    number=_english_number,
    ordinal=_english_ordinal,
    before_era="BCE",
    in_era="CE",
    decade="{}s",
    century="{} century",
    millennium="{} millennium",
    unknown_year="an unknown year",
    year_between="a year between {} and {}",
    period="the {}",
    year_in="a year in {}",
    estimated_year="an estimated\n{year} ({span})",
    of_year="{date} of\n{year}",
    unknown_month="an unknown month",
    month_between="a month between {} and {}",
    ordinal_day="the {}",
    day_between="a day between {} and {}",
    day_of_month="{day} of {month}",
    perhaps="perhaps {}",
    about="about {}",
    uncertain="{} uncertain",
    approximate="{} approximate",
    uncertain_and_approximate="{} uncertain and approximate",
    unknown="{} unknown",
    noted="{date}, {notes}",
    noted_within="{date} ({notes})",
    comma=", ",
    dash="{}–{}",
    wide_dash="{}\n– {}",
    from_to="from {}\nto {}",
    between="between {} and {}",
    either="{} or {}",
    both="{} and {}",
    since="from {}",
    until="until {}",
    since_end_unknown="from {},\nend unknown",
    until_start_unknown="until {},\nbeginning unknown",
    always="at all times",
    at_unknown_time="at an unknown time",
    end_unknown="without beginning, end unknown",
    start_unknown="beginning unknown, without end",
    by="by {}",
    or_earlier="{} or earlier",
    or_later="{} or later",
    one_of="one of {}",
    every_from_to="every {part} from {start} to {end}",
    every_since="every {part} from {start}",
    every_until="every {part} until {end}",
)
