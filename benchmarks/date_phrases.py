"""How far ``timeline.phrases.read`` reads dates in words as others mean them.

    python -m benchmarks.date_phrases PATH

PATH is a folder with, as JSON lists of rows:

- ``edtf/natural_to_edtf.json`` (``text``, ``edtf``, ``lang``): phrases of three programs' test
  suites, of which the English ones are read. An ``edtf`` of null says that there is no date.
- ``edtf/humanize_pairs.json`` (``edtf``, ``human``): two programs' words for EDTF, read back.
- ``edtf/edtf_conformance.json`` (``edtf``, ``valid``): EDTF whose words, as we say them, are read
  back.
- ``dates/cmoa_date_pairs.json``, ``dates/tate_date_pairs.json``: dates of two museums, with the
  years that they keep for them; ``dates/tei_date_pairs.json``: dates in prose as editors marked
  them.

Every difference is listed by its class. Exit status 1 where one has no class: there either the
reader is wrong, or a convention is missing (docs/adr/0061-dates-in-words.md).
"""

import argparse
import json
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from timeline import edtf, wording
from timeline.phrases import read

SHOWN = 12
UNEXPLAINED = "UNEXPLAINED"
HOSTILE = {
    "20,000 characters": "1 or " * 4000,
    "a list of nine": "1 or " * 8 + "1",
    "as long as read, of numbers": "1-" * 60,
    "as long as read, of brackets": "(" * 120,
    "parts of parts": "the early to the late 1950s to the early to the late 1960s",
    "a list of what has two meanings": ", ".join(["1/2/1900"] * 7) + " or 1/2/1900",
    "all prepositions": "from between before after since by until " * 2,
}
Years = tuple[float, float]
# EDTF as it was drafted in 2012, which one suite writes.
DRAFT = (("unknown", ""), ("?~", "%"), ("[..,", "[.."), (",..]", "..]"), ("u", "X"), ("x", "X"))


@dataclass(frozen=True, slots=True)
class Row:
    """A phrase and what others make of it: EDTF, or an empty text for no date."""

    text: str
    theirs: str


def rows(path: Path, text: str, theirs: str, **only: str) -> list[Row]:
    """The rows of a file, those with other values than ``only`` left out."""
    found = json.loads(path.read_text(encoding="utf-8"))
    return [
        Row(row[text], present(row[theirs] or ""))
        for row in found
        if all(row.get(name, value) == value for name, value in only.items())
    ]


def present(text: str) -> str:
    """EDTF of the draft of 2012 as that of 2019."""
    for old, new in DRAFT:
        text = text.replace(old, new)
    return re.sub(r"^y", "Y", text).replace("{ ", "{").replace(", ", ",")


def years(text: str) -> Years:
    """The first and the last astronomical year of EDTF."""
    date = edtf.parse(text)
    first, last = date.earliest_start, date.latest_end
    return (
        float("-inf") if first is None else edtf.from_int(first)[0],
        float("inf") if last is None else edtf.from_int(last)[0],
    )


def bounds(text: str) -> tuple[int | None, int | None] | None:
    """The first and the last day of EDTF; None where it is none."""
    try:
        date = edtf.parse(text)
    except edtf.EdtfError:
        return None
    return date.earliest_start, date.latest_end


def verdict(row: Row) -> str:
    """How our reading compares with theirs."""
    ours = [choice.edtf for choice in read(row.text).choices]
    if not row.theirs:
        return "no date, as they say" if ours in ([], [""]) else UNEXPLAINED
    if not ours:
        return "refused"
    asked = "asked, theirs among the choices" if len(ours) > 1 else "the same"
    if row.theirs in ours:
        return asked
    if bounds(row.theirs) is not None and bounds(row.theirs) in map(bounds, ours):
        return asked.replace("theirs", "their days").replace("the same", "the same days")
    return convention(row, ours)


def convention(row: Row, ours: list[str]) -> str:
    """The class of a difference."""
    text = row.text.lower()
    if bounds(row.theirs) is None:
        return "differs: theirs is not EDTF"
    if re.search(r"before|after|earlier than|^[<>]", text):
        return "differs: 'before' and 'after' leave out the date itself"
    (first, last), (their_first, their_last) = years(ours[0]), years(row.theirs)
    near = max(abs(first - their_first), abs(last - their_last)) <= 1
    if near and "century" in text:
        return "differs: a century has the years 00 to 99"
    if near and re.search(r"\bbce?\b", text):
        return "differs: EDTF has a year 0, so 64 BCE is -0063"
    if " or " in text and row.theirs in ours[0]:
        return "differs: nothing is left out of 'or'"
    return UNEXPLAINED


def back(text: str) -> str:
    """How our words for an EDTF are read back."""
    date = edtf.parse(text)
    said = wording.words(date)
    ours = [choice.edtf for choice in read(said).choices]
    if text in ours:
        return "the same" if len(ours) == 1 else "asked, that among the choices"
    if not ours:
        return "refused"
    if any(one and wording.words(edtf.parse(one)) == said for one in ours):
        return "the same words and days" if bounds(text) in map(bounds, ours) else UNEXPLAINED
    return "the same days" if bounds(text) in map(bounds, ours) else UNEXPLAINED


def museum(text: str, theirs: Years | None) -> str:
    """How our years compare with those that a museum keeps for the same words."""
    ours = [choice.edtf for choice in read(text).choices]
    if not ours:
        return "refused"
    if ours == [""] or theirs is None:
        return "undated" if ours == [""] else "theirs has no years"
    return min((_related(text, years(one), theirs) for one in ours), key=_ORDER.index)


_ORDER = [
    "the same years",
    "within theirs, which are widened around 'c.'",
    "hold theirs, which know more than the words",
    "one year beside theirs (they count days of another calendar, or BC without a year 0)",
    "'before' and 'after' leave out the date itself",
    "theirs reach beyond a century, a part of one, or 'c.'",
    "theirs are not the years of their own words",
    UNEXPLAINED,
]


def _related(text: str, ours: Years, theirs: Years) -> str:
    if ours == theirs:
        return _ORDER[0]
    if theirs[0] <= ours[0] and ours[1] <= theirs[1]:
        return _ORDER[1]
    if ours[0] <= theirs[0] and theirs[1] <= ours[1]:
        return _ORDER[2]
    if max(abs(ours[0] - theirs[0]), abs(ours[1] - theirs[1])) <= 1:
        return _ORDER[3]
    if re.search(r"before|after|or later", text.lower()):
        return _ORDER[4]
    if ours[0] <= theirs[1] and theirs[0] <= ours[1] and re.search(r"c\.|century|\d0s", text):
        return _ORDER[5]
    written = {int(year) for year in re.findall(r"(?<!\d)\d{3,4}(?!\d)", text)}
    centuries = {int(number) - 1 for number in re.findall(r"(\d\d?)(?:st|nd|rd|th)", text)}
    held = written & {ours[0], ours[1]} or centuries & {ours[0] // 100, ours[1] // 100}
    return _ORDER[6] if held else UNEXPLAINED


def museum_rows(path: Path, first: str, last: str) -> list[tuple[str, Years | None]]:
    """Words and years of a museum's file."""
    return [
        (row["text"], (_year(row[first]), _year(row[last])) if row[first] and row[last] else None)
        for row in json.loads(path.read_text(encoding="utf-8"))
    ]


def _year(value: Any) -> int:
    sign, text = (-1, str(value)[1:]) if str(value).startswith("-") else (1, str(value))
    return sign * int(text.split("-")[0])


def markup(row: dict[str, Any]) -> str:
    """How our reading compares with the markup that an editor gave a date in prose."""
    said = row.get("when") or "/".join(
        [row.get("from", row.get("notBefore", "")), row.get("to", row.get("notAfter", ""))]
    )
    found = verdict(Row(row["text"], said))
    if found != UNEXPLAINED:
        return found
    ours = years(read(row["text"]).choices[0].edtf)
    if bounds(said) is None:
        return "differs: theirs is not EDTF"
    theirs = years(said)
    if ours[0] <= theirs[0] and theirs[1] <= ours[1] and ours != theirs:
        return "differs: theirs give only one end"
    if ours == theirs and re.fullmatch(r"\d{4}|\d{4}.+\d{4}|[A-Z][a-z]+ \d{4}", row["text"]):
        return "differs: theirs know more than the words"
    written = {int(year) for year in re.findall(r"\d{4}", row["text"])}
    if ours == theirs or written >= {ours[0]}:
        return "differs: theirs are a slip, another month or year than the words"
    return UNEXPLAINED


def tell(name: str, items: Iterable[Any], judge: Callable[[Any], str]) -> bool:
    """Print how many of ``items`` are in each class, and which differ; whether all have one."""
    classes: dict[str, list[Any]] = defaultdict(list)
    for item in items:
        classes[judge(item)].append(item)
    print(f"\n{name}: {sum(map(len, classes.values()))}")
    for kind, members in sorted(classes.items(), key=lambda pair: -len(pair[1])):
        print(f"  {len(members):5} {kind}")
        listed = kind.startswith("differs") or kind in _ORDER[4:]
        for member in members[: None if kind == UNEXPLAINED else SHOWN * listed]:
            print(f"          {shown(member)}")
    return UNEXPLAINED not in classes


def shown(item: Any) -> str:
    """A row with what we read."""
    text, theirs = item, ""
    if isinstance(item, Row):
        text, theirs = item.text, item.theirs
    elif isinstance(item, tuple):
        text, theirs = item[0], item[1] and "{:.0f} to {:.0f}".format(*item[1])
    elif isinstance(item, dict):
        text = item["text"]
        names = ("when", "from", "to", "notBefore", "notAfter")
        theirs = ", ".join(f"{name} {item[name]}" for name in names if name in item)
    else:
        text, theirs = wording.words(edtf.parse(item)), item
    ours = " or ".join(choice.edtf for choice in read(text).choices)
    return f"{text!r}: we {ours}, they {theirs}"


def main() -> int:
    """Tell all figures; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("path", type=Path, help="the folder with edtf/ and dates/")
    path = parser.parse_args().path
    natural = rows(path / "edtf/natural_to_edtf.json", "text", "edtf", lang="en")
    human = rows(path / "edtf/humanize_pairs.json", "human", "edtf", lang="en")
    every = json.loads((path / "edtf/edtf_conformance.json").read_text(encoding="utf-8"))
    ours = [row["edtf"] for row in every if row["valid"] and bounds(row["edtf"]) is not None]
    tei = json.loads((path / "dates/tei_date_pairs.json").read_text(encoding="utf-8"))
    cmoa = museum_rows(path / "dates/cmoa_date_pairs.json", "earliest", "latest")
    tate = museum_rows(path / "dates/tate_date_pairs.json", "start_year", "end_year")
    good = [
        tell("phrases of test suites", natural, verdict),
        tell("other programs' words for EDTF", human, verdict),
        tell("our own words for EDTF, read back", ours, back),
        tell("years of cmoa", cmoa, lambda row: museum(*row)),
        tell("years of tate", tate, lambda row: museum(*row)),
        tell("markup of tei", tei, markup),
    ]
    tell_speed([row.text for row in natural])
    return 0 if all(good) else 1


def tell_speed(texts: list[str]) -> None:
    """Print the time that reading takes, for usual and for hostile texts."""
    usual = sorted(microseconds(text) for text in texts)
    hostile = {name: microseconds(text) for name, text in HOSTILE.items()}
    worst = max(hostile, key=hostile.__getitem__)
    print(f"\nmedian {usual[len(usual) // 2]:.0f} µs a text, worst {usual[-1]:.0f} µs")
    print(f"worst of {len(hostile)} hostile texts: {hostile[worst]:.0f} µs, {worst}")


def microseconds(text: str) -> float:
    """The time that reading ``text`` takes when it is not remembered, the best of three."""
    times = []
    for _ in range(3):
        read.cache_clear()
        start = time.perf_counter_ns()
        read(text)
        times.append(time.perf_counter_ns() - start)
    return min(times) / 1000


if __name__ == "__main__":
    sys.exit(main())
