"""The years in columns, narrow where much is recorded, and what is recorded in each.

A chronology is seldom even: three entries of the 17th century, then fifty of the 20th. Columns of
decades only would be forty for these, most of them empty, and columns of centuries would say
nothing. So years are divided where entries begin and end, and where there is no room for it, those
that hold little are joined (ADR 57).
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from timeline.index import keys, sql

MOST_COLUMNS = 24
DECADE, CENTURY = keys.LEVELS[1:]


class Column(NamedTuple):
    """The years from ``first`` to ``last`` (astronomical): ten, a hundred, a thousand … of them.

    One that is ``joined`` stands for several of these that hold little.
    """

    first: int
    last: int
    joined: bool = False

    @property
    def width(self) -> int:
        """How many years."""
        return self.last - self.first + 1


def by_century(value: int, first: int, last: int) -> dict[int, int]:
    """By century (its first year) how often an entry of ``value`` begins or ends there."""
    level = keys.LEVELS.index(CENTURY)
    rows = sql.rows(
        f"SELECT bucket, starts + ends FROM index_tally WHERE value = {value:d} "
        f"AND level = {level} AND bucket >= {first // CENTURY} AND bucket <= {last // CENTURY}"
    )
    return {bucket * CENTURY: number for bucket, number in rows}


def columns_of(first: int, last: int, numbers: Mapping[int, int]) -> list[Column]:
    """At most MOST_COLUMNS columns for the years from ``first`` to ``last``, all of one row.

    ``numbers`` says by century how much there is. The fullest column is divided by ten first, and
    none that would have more parts than there is to put into them.
    """
    width = DECADE
    while last // width - first // width >= MOST_COLUMNS:
        width *= 10
    columns = _parts(first // width * width, last, first, last, width)
    while (divided := _divided(columns, first, last, numbers)) is not None:
        columns = divided
    return columns


def _divided(
    columns: Sequence[Column], first: int, last: int, numbers: Mapping[int, int]
) -> list[Column] | None:
    """``columns`` with the fullest that can be divided in parts; None where none can."""
    for column in sorted(columns, key=lambda one: (-_sum(numbers, one), -one.first)):
        if column.width == DECADE or column.joined:
            continue
        parts = _parts(column.first, column.last, first, last, column.width // 10)
        if len(parts) > _sum(numbers, column):
            continue
        place = columns.index(column)
        room = MOST_COLUMNS - len(parts)
        little = _sum(numbers, column) // 10  # an even share of it
        before, behind = list(columns[:place]), list(columns[place + 1 :])
        while len(before) + len(behind) > room and _join(before, behind, little, numbers):
            pass
        if len(before) + len(behind) <= room:
            return [*before, *parts, *behind]
    return None


def _join(
    before: list[Column], behind: list[Column], little: int, numbers: Mapping[int, int]
) -> bool:
    """Make one of the two neighbours that hold least; False where none hold so ``little``."""
    pairs = [
        (_sum(numbers, one) + _sum(numbers, other), side, place)
        for side, row in enumerate((before, behind))
        for place, (one, other) in enumerate(pairwise(row))
        if min(one.width, other.width) >= CENTURY
    ]
    number, side, place = min(pairs, default=(little + 1, 0, 0))
    if number > little:
        return False
    row = (before, behind)[side]
    row[place : place + 2] = [Column(row[place].first, row[place + 1].last, joined=True)]
    return True


def _parts(start: int, end: int, first: int, last: int, width: int) -> list[Column]:
    """Columns of one width between two years, without those that lie before or behind all years."""
    start, end = max(start, first // width * width), min(end, last)
    return [Column(year, year + width - 1) for year in range(start, end + 1, width)]


def _sum(numbers: Mapping[int, int], column: Column) -> int:
    if column.width <= CENTURY:
        return numbers.get(column.first // CENTURY * CENTURY, 0)
    return sum(number for year, number in numbers.items() if column.first <= year <= column.last)


class Recorded(NamedTuple):
    """The number of entries that possibly touch each column, and the columns that they name.

    These are the first and the last one in which an entry begins or ends (places in the row, both
    included; None: there is none). What touches a column outside them is open or unknown at an end.
    """

    entries: list[int]
    named: tuple[int, int] | None


def recorded_in(values: Iterable[int], columns: Sequence[Column]) -> dict[int, Recorded]:
    """By value what is recorded in ``columns``, which lie one behind the other.

    One statement, whatever the number of values, of columns and of entries.
    """
    asked = list(values)
    legs = " UNION ALL ".join(
        f"SELECT value, {year}, {starts}, {ends} FROM index_tally "
        f"WHERE value IN ({sql.listed(asked)}) AND {condition}{rest}"
        for year, starts, ends, condition, rest in _legs(columns)
    )
    firsts = [column.first for column in columns]
    begun: dict[int, int] = defaultdict(int)
    changes = {value: [0] * (len(columns) + 1) for value in asked}
    named: dict[int, list[int]] = defaultdict(list)
    for value, year, starts, ends in sql.rows(legs):
        place = bisect_right(firsts, year) - 1
        if place < 0:
            begun[value] += int(starts)
        elif starts or ends:  # what ends in a column touches it, but not the one behind it
            changes[value][place] += starts
            changes[value][place + 1] -= ends
            named[value].append(place)
    return {
        value: Recorded(
            list(accumulate(made[:-1], initial=begun[value]))[1:],
            (min(named[value]), max(named[value])) if named[value] else None,
        )
        for value, made in changes.items()
    }


def _legs(columns: Sequence[Column]) -> Iterator[tuple[str, str, str, str, str]]:
    """What to read: a year, what starts, what ends, under which condition, in which groups.

    Before the first column it is what has begun and not ended, in the columns their own rows.
    """
    before = columns[0].first - 1
    for level, first, behind in keys.up_to(before):
        since = "" if first is None else f" AND bucket >= {first}"
        condition = f"level = {level}{since} AND bucket < {behind}"
        yield str(before), "SUM(starts - ends)", "0", condition, " GROUP BY value"
    for years, row in groupby(columns, key=lambda one: min(one.width, CENTURY)):
        members = list(row)
        condition = (
            f"level = {keys.LEVELS.index(years)} AND bucket >= {members[0].first // years} "
            f"AND bucket <= {members[-1].last // years}"
        )
        yield f"bucket * {years}", "starts", "ends", condition, ""
