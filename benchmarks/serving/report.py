"""The results as Markdown, and where they stand in docs/performance.md."""

import os
import platform
import sqlite3
import statistics
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import django

from benchmarks.serving.contest import (
    CACHED,
    FIRST,
    FLOOR,
    NOT_MODIFIED,
    PLAIN,
    Result,
)
from benchmarks.serving.goals import GOALS, Goal
from benchmarks.serving.samples import Subject

BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
COLUMNS = (FIRST, CACHED, NOT_MODIFIED, FLOOR, PLAIN)


def markdown(results: Sequence[Result], versions: Sequence[str]) -> str:
    """All tables."""
    lines = [machine(versions), "", *goal_table(results)]
    for result in results:
        for size in result.sizes:
            lines += ["", f"### {NAMES[result.vendor]}, {size:,} events", "", *pages(result, size)]
        lines += ["", f"### {NAMES[result.vendor]}, other figures", "", *others(result)]
    return "\n".join(lines) + "\n"


def machine(versions: Sequence[str]) -> str:
    """What was measured where and when."""
    cores = f"{os.cpu_count()} cores ({_processor()})"
    with_versions = [
        f"Python {platform.python_version()}",
        f"Django {django.__version__}",
        f"SQLite {sqlite3.sqlite_version}",
        *versions,
    ]
    today = datetime.now(UTC).strftime("%-d %B %Y")
    return f"Measured on {today}, {cores}; {', '.join(with_versions)}."


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def goal_table(results: Sequence[Result]) -> Iterator[str]:
    """What | goal | each database | met?"""
    yield from head(["what", "goal", *(NAMES[one.vendor] for one in results), "met?"])
    for goal in GOALS:
        measured = [goal.measure(result) for result in results]
        met = [goal.met(one[0]) for one in measured if one is not None]
        verdict = "not measured" if not met else "yes" if all(met) else "no"
        yield row([goal.what, goal.wanted, *(said(goal, one) for one in measured), verdict])


def said(goal: Goal, measured: tuple[float, str] | None) -> str:
    """'1.32× (years)'."""
    if measured is None:
        return "–"
    value, page = measured
    number = f"{value:.2f}" if value < 10 else f"{value:.0f}"
    return f"{number}{goal.unit}" + (f" ({page})" if page else "")


def pages(result: Result, size: int) -> Iterator[str]:
    """Every page: milliseconds, median / 95 of 100, of all contestants; and its bytes."""
    columns = [
        name
        for name in COLUMNS
        if any((size, name) == (s.size, s.contestant) for s in result.series)
    ]
    yield from head(["page, ms (p50 / p95)", *columns, "first time, a second", "kB, gzip"])
    for page in dict.fromkeys(one.page for one in result.series if one.size == size):
        known = [result.series.get(Subject(size, name, page)) for name in columns]
        first = result.series.get(Subject(size, FIRST, page))
        if first is None:
            continue
        cells = [
            "–" if one is None else f"{one.median * 1000:.2f} / {one.p95 * 1000:.2f}"
            for one in known
        ]
        weight = result.bytes[size, page] / 1000
        yield row([page, *cells, f"{first.a_second:.0f}", f"{weight:.1f}"])


def others(result: Result) -> Iterator[str]:
    """Home pages a second, hello, edits, memory, and the first visit."""
    names = list(dict.fromkeys(name for _, name in result.rates))
    yield from head(["home, requests a second", *names])
    for size in result.sizes:
        rates = [result.rates.get((size, name)) for name in names]
        yield row([f"{size:,}", *("–" if rate is None else f"{rate:.0f}" for rate in rates)])
    yield ""
    yield from head(["home only, ms (p50)", *names])
    for size in result.sizes:
        medians = [result.median(size, name, "home") for name in names]
        yield row([f"{size:,}", *("–" if one is None else f"{one * 1000:.2f}" for one in medians)])
    yield ""
    yield from head(["events", "edit in the admin, ms (p50)", "private memory of a worker, MB"])
    for size in result.sizes:
        edit = statistics.median(result.edits[size]) * 1000
        yield row([f"{size:,}", f"{edit:.0f}", f"{result.memory[size] / 1e6:.1f}"])
    if (visit := result.visit) is not None:
        parts = ("page", visit.page), ("styles", visit.styles), ("images and fonts", visit.others)
        told = ", ".join(f"{name} {size / 1000:.1f} kB" for name, size in parts)
        yield ""
        scripts = f"scripts, which it does not need, {visit.scripts / 1000:.1f} kB"
        yield f"First visit: {told}; {scripts}."


def head(names: Iterable[str]) -> tuple[str, str]:
    """The first two lines of a table."""
    names = list(names)
    return row(names), row(["---"] * len(names))


def row(cells: Iterable[str]) -> str:
    """A line of a table."""
    return f"| {' | '.join(cells)} |"


def write(file: Path, figures: str) -> None:
    """Replace what stands between the two marks in ``file``; raises ValueError without them."""
    text = file.read_text()
    before, begin, rest = text.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{file} lacks “{BEGIN}” and “{END}”.")
    file.write_text(f"{before}{BEGIN}\n{figures}{END}{after}")
