"""Exact counts without reading what is counted: how many entries touch some years.

An entry possibly touches the years from ``first`` to ``last`` unless it begins after them or ends
before. So their number is that of the starts up to ``last`` less that of the ends before ``first``,
and both are sums of a few rows: whole centuries, then decades, then years (``keys.up_to``).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from timeline import edtf
from timeline.index import keys, sql

MOST_BINS = 100
FIRST_YEAR, LAST_YEAR = keys.year_of(edtf.FIRST_DAY), keys.year_of(edtf.LAST_DAY)


Window = tuple[int | None, int | None]  # years; None: no limit


class Bin(NamedTuple):
    """The entries that possibly touch the years from ``first`` to ``last``, both included."""

    first: int
    last: int
    entries: int


def touching(values: Iterable[int], first: int | None, last: int | None) -> dict[int, int]:
    """By value the number of dated entries that possibly touch the years, where there are any."""
    among = sql.listed(values)
    legs = [*_sums("starts", last), *(_sums("-ends", first - 1) if first is not None else ())]
    rows = sql.rows(
        "SELECT value, SUM(number) FROM ("
        + " UNION ALL ".join(
            f"SELECT value, {column} AS number FROM index_tally WHERE value IN ({among}) AND {part}"
            for column, part in legs
        )
        + ") legs GROUP BY value"
    )
    return {value: int(number) for value, number in rows if number}


def _sums(column: str, year: int | None) -> list[tuple[str, str]]:
    """The rows whose sum is ``column`` of all years up to ``year`` (None: all there are)."""
    if year is None:
        return [(column, f"level = {len(keys.LEVELS) - 1}")]
    return [
        (column, f"level = {level} AND bucket < {behind}")
        if start is None
        else (column, f"level = {level} AND bucket >= {start} AND bucket < {behind}")
        for level, start, behind in keys.up_to(year)
        if start is None or start < behind
    ]


def extent(value: int) -> tuple[int, int] | None:
    """The first and the last year that entries with ``value`` name; None where they name none."""
    # A year of which the last entry is gone keeps its row, with nothing in it.
    within = (
        f"value = {value:d} AND level = 0 AND bucket > {FIRST_YEAR} AND bucket < {LAST_YEAR} "
        "AND (starts > 0 OR ends > 0)"
    )
    first, last = sql.rows(
        f"SELECT (SELECT bucket FROM index_tally WHERE {within} ORDER BY bucket LIMIT 1), "
        f"(SELECT bucket FROM index_tally WHERE {within} ORDER BY bucket DESC LIMIT 1)"
    )[0]
    return None if first is None else (first, last)


def bins(value: int, first: int, last: int, window: Window) -> list[Bin]:
    """The entries with ``value`` in each of the bins between two years, cut off by ``window``."""
    width = width_of(first, last)
    level = _level_of(width)
    start, end = first // width * width, (last // width + 1) * width
    years = keys.LEVELS[level]
    before = " UNION ALL ".join(
        f"SELECT {column} AS number FROM index_tally WHERE value = {value:d} AND {part}"
        for name in ("starts", "-ends")
        for column, part in _sums(name, start - 1)
    )
    rows = sql.rows(
        f"SELECT NULL, COALESCE(SUM(number), 0), 0 FROM ({before}) b UNION ALL "
        f"SELECT bucket, starts, ends FROM index_tally WHERE value = {value:d} AND level = {level} "
        f"AND bucket >= {start // years} AND bucket < {end // years}"
    )
    begun = next(int(number) for bucket, number, _ in rows if bucket is None)
    starts, ends = [0] * ((end - start) // width), [0] * ((end - start) // width)
    for bucket, started, ended in rows:
        if bucket is not None:
            starts[(bucket * years - start) // width] += started
            ends[(bucket * years - start) // width] += ended
    made = [_cut(one, window) for one in running(start, width, begun, starts, ends)]
    for number in {0, len(made) - 1}:  # what is cut off has other numbers than the whole
        one = made[number]
        if one.last - one.first + 1 < width:
            entries = touching([value], one.first, one.last).get(value, 0)
            made[number] = one._replace(entries=entries)
    return made


def starts(among: Sequence[int], first: int, last: int, width: int) -> dict[int, dict[int, int]]:
    """By value and by the first year of a stretch of ``width`` years, how many entries begin there.

    Stretches are counted from the year 0; those that the years from ``first`` to ``last`` touch.
    """
    level = _level_of(width)
    years = keys.LEVELS[level]
    behind = (last // width + 1) * width // years
    found: dict[int, dict[int, int]] = {value: defaultdict(int) for value in among}
    for value, bucket, number in sql.rows(
        f"SELECT value, bucket, starts FROM index_tally WHERE value IN ({sql.listed(among)}) "
        f"AND level = {level} AND bucket >= {first // width * width // years} AND bucket < {behind}"
    ):
        found[value][bucket * years // width * width] += number
    return found


def _level_of(width: int) -> int:
    """The level whose stretches are the longest that ``width`` years can be made of."""
    return max(number for number, years in enumerate(keys.LEVELS) if width % years == 0)


def bins_of(
    stretches: Sequence[tuple[int, int]], first: int, last: int, window: Window
) -> list[Bin]:
    """The same for entries that are given, each by the first and the last year it may touch."""
    width = width_of(first, last)
    start, number = first // width * width, last // width - first // width + 1
    begun, starts, ends = 0, [0] * number, [0] * number
    for one, other in stretches:
        if other < start or one >= start + number * width:
            continue
        if one < start:
            begun += 1
        else:
            starts[(one - start) // width] += 1
        if other < start + number * width:
            ends[(other - start) // width] += 1
    return [_cut(one, window) for one in running(start, width, begun, starts, ends)]


def _cut(one: Bin, window: Window) -> Bin:
    first, last = window
    return one._replace(
        first=one.first if first is None else max(one.first, first),
        last=one.last if last is None else min(one.last, last),
    )


def running(
    start: int, width: int, begun: int, starts: Sequence[int], ends: Sequence[int]
) -> list[Bin]:
    """Bins from what starts and ends in each; ``begun`` have started before and not ended."""
    made = []
    for number, (started, ended) in enumerate(zip(starts, ends, strict=True)):
        begun += started
        year = start + number * width
        made.append(Bin(year, year + width - 1, begun))
        begun -= ended
    return made


def width_of(first: int, last: int) -> int:
    """The years of a bin, a power of ten, so that there are at most MOST_BINS of them."""
    width = 1
    while last // width - first // width >= MOST_BINS:
        width *= 10
    return width
