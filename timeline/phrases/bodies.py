"""One date from its items: day, month and year in any usual order, a decade, a century, a season.

Everything yields each way of reading with the place where it ends, so that what is ambiguous stays
so until the whole text is read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from timeline.phrases.items import HYPHEN, Item
from timeline.phrases.points import (
    CENTURY,
    DAY,
    DECADE,
    MILLENNIUM,
    MONTH,
    ORDINAL,
    SEASON,
    YEAR,
    Point,
)
from timeline.phrases.vocabulary import APOSTROPHES

Items = Sequence[Item]
Captured = dict[str, Item]

# What a date is made of, in order; a step that begins with ? may be missing. ``year`` is a number
# with or without an era, ``day`` a number or an ordinal up to 31.
_ORDERS: tuple[tuple[str, str], ...] = (
    (DAY, "?weekday ?, ?the day ?the ?of month ?, ?of year"),
    (DAY, "?weekday ?, month ?the day ?, ?of year"),
    (DAY, "year ?, month ?the day"),
    (DAY, "?weekday ?, ?the day ?of month"),
    (DAY, "?weekday ?, month ?the day"),
    (DAY, "day ?, year"),
    (DAY, "?the day"),
    (MONTH, "month ?, ?of year"),
    (MONTH, "year ?, month"),
    (MONTH, "month"),
    (SEASON, "season ?, ?of year"),
    (SEASON, "season"),
    (YEAR, "?the ?word:year year"),
    (DECADE, "decade ?era"),
    (CENTURY, "ordinal ?- century ?era"),
    (MILLENNIUM, "ordinal ?- millennium ?era"),
    (ORDINAL, "ordinal"),
)
ORDERS = tuple((unit, tuple(order.split())) for unit, order in _ORDERS)
BEGINNINGS = {
    *("number", "ordinal", "grouped", "decade", "era", "month", "season", "weekday", "the"),
    *("word:year", "q", "northern", "southern"),
}
WINTER = 24
WINTER_NOTE = (
    "The winter that begins in December of that year. For the one before it, write both years, "
    "such as winter 1955–56."
)


def bodies(items: Items, at: int) -> Iterator[tuple[Point, int]]:
    """Each date that begins at ``at``, and where it ends."""
    if kind(items, at) not in BEGINNINGS:
        return
    for unit, steps in ORDERS:
        for captured, end in _match(items, at, steps):
            yield from ((point, end) for point in _points(unit, captured))
    yield from _numeric(items, at)
    yield from _winter_of_two_years(items, at)
    yield from _quarter(items, at)
    yield from _season_of_hemisphere(items, at)


def kind(items: Items, at: int) -> str:
    """The kind of the item at ``at``; empty after the last."""
    return items[at].kind if at < len(items) else ""


def _match(items: Items, at: int, steps: tuple[str, ...]) -> Iterator[tuple[Captured, int]]:
    if not steps:
        yield {}, at
        return
    step, rest = steps[0], steps[1:]
    if step.startswith("?"):
        yield from _match(items, at, rest)
        step = step[1:]
    for name, item, after in _slot(items, at, step):
        for captured, end in _match(items, after, rest):
            yield {name: item, **captured}, end


def _slot(items: Items, at: int, step: str) -> Iterator[tuple[str, Item, int]]:
    here = kind(items, at)
    if step == "year":
        yield from _year(items, at)
    elif step == "day":
        if here in ("number", "ordinal") and 1 <= items[at].value <= 31 and len(items[at].text) < 5:
            yield step, items[at], at + 1
    elif here == step or (step == "century" and _is_short_for_century(items, at)):
        yield step, items[at], at + 1


def _is_short_for_century(items: Items, at: int) -> bool:
    return kind(items, at) == "c" and at > 0 and items[at - 1].kind == "ordinal"


def _year(items: Items, at: int) -> Iterator[tuple[str, Item, int]]:
    """A number, or one with its era on either side; the era goes along as ``close``'s sign."""
    here = kind(items, at)
    if here == "era" and kind(items, at + 1) in ("number", "grouped"):
        yield "year", _in_era(items[at + 1], items[at]), at + 2
    if here in ("number", "grouped"):
        if kind(items, at + 1) == "era":
            yield "year", _in_era(items[at], items[at + 1]), at + 2
        elif here == "number":
            yield "year", items[at], at + 1


def _in_era(number: Item, era: Item) -> Item:
    return replace(number, kind=f"year of era {era.value}")


def _era_of(item: Item | None) -> int:
    if item is None:
        return 0
    if item.kind == "era":
        return item.value
    return int(item.kind.rpartition(" ")[2]) if item.kind.startswith("year of era") else 0


def _points(unit: str, captured: Captured) -> Iterator[Point]:
    year = captured.get("year")
    if unit in (CENTURY, MILLENNIUM, ORDINAL):
        yield Point(unit, captured["ordinal"].value, era=_era_of(captured.get("era")))
    elif unit == DECADE:
        yield from _decade(captured["decade"], _era_of(captured.get("era")))
    else:
        yield Point(
            unit,
            number=year.value if year else None,
            digits=len(year.text) if year else 0,
            era=_era_of(year),
            month=_value(captured, "month"),
            day=_value(captured, "day"),
            season=(season := _value(captured, "season")),
            weekday=_value(captured, "weekday"),
            note=WINTER_NOTE if season == WINTER else "",
        )


def _value(captured: Captured, name: str) -> int | None:
    return captured[name].value if name in captured else None


def _decade(item: Item, era: int) -> Iterator[Point]:
    """A decade; the 1900s may be the century as well."""
    digits = item.text.rstrip("s").rstrip(APOSTROPHES)
    if item.value % 10:
        return
    yield Point(DECADE, item.value, digits=len(digits), era=era)
    if item.value % 100 == 0 and item.value:
        yield Point(CENTURY, item.value // 100 + (1 if era >= 0 else 0), era=era)


def _numeric(items: Items, at: int) -> Iterator[tuple[Point, int]]:
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


def _winter_of_two_years(items: Items, at: int) -> Iterator[tuple[Point, int]]:
    """'winter 1956–57', which EDTF has in the year in which it begins."""
    for captured, end in _match(items, at, ("season", "?of", "number")):
        if captured["season"].value == WINTER and kind(items, end) in (HYPHEN, "/"):
            first, second = captured["number"], items[min(end + 1, len(items) - 1)]
            size = 10 ** len(second.text)
            following = kind(items, end + 1) == "number" and second.value == (
                (first.value + 1) % size if len(second.text) < 4 else first.value + 1
            )
            if following and len(first.text) == 4:
                yield Point(SEASON, first.value, digits=4, season=WINTER), end + 2


def _quarter(items: Items, at: int) -> Iterator[tuple[Point, int]]:
    """'Q1 1990'; quarters are codes 33 to 36."""
    for captured, end in _match(items, at, ("q", "number", "?,", "?of", "year")):
        number, year = captured["number"].value, captured["year"]
        if 1 <= number <= 4:
            yield Point(SEASON, year.value, len(year.text), _era_of(year), season=32 + number), end


def _season_of_hemisphere(items: Items, at: int) -> Iterator[tuple[Point, int]]:
    """'southern winter 2001' (codes 25 to 32)."""
    side = kind(items, at)
    if side in ("northern", "southern"):
        for captured, end in _match(items, at + 1, ("season", "?of", "year")):
            code = captured["season"].value + (4 if side == "northern" else 8)
            year = captured["year"]
            yield Point(SEASON, year.value, len(year.text), _era_of(year), season=code), end
