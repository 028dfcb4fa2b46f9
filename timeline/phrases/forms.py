"""Dates in forms of their own: in digits, a winter of two years, a quarter, a southern season."""

from collections.abc import Iterator

from timeline.phrases.items import HYPHEN, Item
from timeline.phrases.matching import Items, era_of, kind, match
from timeline.phrases.points import DAY, MONTH, SEASON, Point

WINTER = 24


def numeric(items: Items, at: int) -> Iterator[tuple[Point, int]]:
    """15.10.1948, 10/15/1948, 1948-10-15; 10/1948 and 1948-10. Two orders may both be possible."""
    sign = kind(items, at + 1)
    if kind(items, at) != "number" or sign not in ("/", ".", HYPHEN):
        return
    if kind(items, at + 2) != "number" or not _tight(items, at, at + 3):
        return
    first, second = items[at], items[at + 2]
    if kind(items, at + 3) == sign and kind(items, at + 4) == "number":
        if _tight(items, at + 3, at + 5):
            yield from ((point, at + 5) for point in _three(first, second, items[at + 4]))
    elif len(second.text) == 4 and len(first.text) <= 2:
        yield from ((point, at + 3) for point in _month_of(second, first))
    elif len(first.text) == 4 and len(second.text) == 2 and sign != ".":
        yield from ((point, at + 3) for point in _month_of(first, second))


def _tight(items: Items, at: int, end: int) -> bool:
    """Whether no space stands between these items, and no other dash than the hyphen."""
    first = items[at].kind in ("/", ".", HYPHEN)
    glued = all(item.close for item in items[at if first else at + 1 : end])
    return glued and all(item.text == "-" for item in items[at:end] if item.kind == HYPHEN)


def _three(first: Item, second: Item, third: Item) -> Iterator[Point]:
    if len(first.text) == 4 and max(len(second.text), len(third.text)) <= 2:
        yield from _day_of(first, second, third)
    elif len(third.text) == 4 and max(len(first.text), len(second.text)) <= 2:
        yield from _day_of(third, second, first)
        if first.value != second.value:
            yield from _day_of(third, first, second)


def _day_of(year: Item, month: Item, day: Item) -> Iterator[Point]:
    if 1 <= month.value <= 12 and 1 <= day.value <= 31:
        yield Point(DAY, year.value, digits=4, month=month.value, day=day.value)


def _month_of(year: Item, month: Item) -> Iterator[Point]:
    if 1 <= month.value <= 12:
        yield Point(MONTH, year.value, digits=4, month=month.value)


def winter_of_two_years(items: Items, at: int) -> Iterator[tuple[Point, int]]:
    """'winter 1956–57', which EDTF has in the year in which it begins."""
    for captured, end in match(items, at, ("season", "?of", "number")):
        if captured["season"].value == WINTER and kind(items, end) in (HYPHEN, "/"):
            first, second = captured["number"], items[min(end + 1, len(items) - 1)]
            size = 10 ** len(second.text)
            following = kind(items, end + 1) == "number" and second.value == (
                (first.value + 1) % size if len(second.text) < 4 else first.value + 1
            )
            if following and len(first.text) == 4:
                yield Point(SEASON, first.value, digits=4, season=WINTER), end + 2


def quarter(items: Items, at: int) -> Iterator[tuple[Point, int]]:
    """'Q1 1990'; quarters are codes 33 to 36."""
    for captured, end in match(items, at, ("q", "number", "?,", "?of", "year")):
        number, year = captured["number"].value, captured["year"]
        if 1 <= number <= 4:
            yield Point(SEASON, year.value, len(year.text), era_of(year), season=32 + number), end


def season_of_hemisphere(items: Items, at: int) -> Iterator[tuple[Point, int]]:
    """'southern winter 2001', 'Winter (Southern Hemisphere) 2001' (codes 25 to 32)."""
    if kind(items, at) in ("northern", "southern"):
        side, start = kind(items, at), at + 1
        steps: tuple[str, ...] = ("season", "?of", "year")
    else:
        side, start = kind(items, at + 2), at
        steps = ("season", "(", side, "hemisphere", ")", "year")
        if side not in ("northern", "southern"):
            return
    for captured, end in match(items, start, steps):
        code = captured["season"].value + (4 if side == "northern" else 8)
        year = captured["year"]
        yield Point(SEASON, year.value, len(year.text), era_of(year), season=code), end
