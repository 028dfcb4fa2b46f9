"""Measures an import of seeds against a plain loop of ``save()``, and the memory that it takes.

    python -m benchmarks.importing [--events 5000] [--runs 5] [--databases sqlite,postgresql]
                                   [--flat 3000,27000] [--per-seed 350] [--rows EVENTS.jsonl.gz]

The import reads the folders, proves every quote, writes sources, passages, actors, events, parts
and claims with their history, and brings the derived tables up to date, in one transaction. The
loop has all values in memory and takes its quotes on trust; timed are the ``save()`` of events,
parts and claims, and the derived tables, and beside it the whole, with the ``save()`` of sources,
passages and actors. Both run in turn, each in a process and a database of its own.

PostgreSQL is one that lives as long as the run, or the one that DATABASE_URL names.
"""

import argparse
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.importing_worker import Measured
from benchmarks.ushist_seed import Row, identified, write_seeds
from scripts.temporary_postgres import temporary_postgres

ROOT = Path(__file__).resolve().parent.parent
SQLITE, POSTGRESQL = "sqlite", "postgresql"
WAYS = ("save", "import")


@dataclass(frozen=True, slots=True)
class Runner:
    """Runs the worker on one database (``url`` empty: SQLite)."""

    url: str

    def __call__(self, way: str, folder: Path) -> Measured:
        """What one way measured with the seeds in ``folder``."""
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        if self.url:
            environment["DATABASE_URL"] = self.url
        command = [sys.executable, "-m", "benchmarks.importing_worker", way, str(folder)]
        done = subprocess.run(  # noqa: S603  # our own module
            command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
        )
        return Measured(**json.loads(done.stdout))


def main() -> None:
    """Measure as the command line says, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--events", type=int, default=5000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--databases", default=f"{SQLITE},{POSTGRESQL}")
    parser.add_argument("--flat", default="3000,27000", help="numbers of events to see memory grow")
    parser.add_argument("--per-seed", type=int, default=350)
    parser.add_argument("--rows", type=Path, help="real events, as benchmarks.ushist_seed has them")
    options = parser.parse_args()
    sizes = [options.events, *map(int, options.flat.split(","))]
    rows = list(_real(options.rows) if options.rows else _made_up(max(sizes)))
    with tempfile.TemporaryDirectory(prefix="importing-") as temporary:
        folders = {}
        for size in sizes:
            folders[size] = Path(temporary) / str(size)
            write_seeds(folders[size], rows[:size], options.per_seed)
        for database in options.databases.split(","):
            with _server(database) as url:
                print(f"\n{database}")
                run = Runner(url)
                _print_speed(run, folders[options.events], options.runs)
                _print_memory(run, {size: folders[size] for size in sizes[1:]})


def _server(database: str) -> "nullcontext[str]":
    if database == SQLITE:
        return nullcontext("")
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        return nullcontext(given)
    return temporary_postgres()  # type: ignore[return-value]  # gives a URL, too


def _print_speed(run: Runner, folder: Path, runs: int) -> None:
    found: dict[str, list[Measured]] = {way: [] for way in WAYS}
    for _ in range(runs):
        for way in WAYS:
            found[way].append(run(way, folder))
    middle = {way: _median(measured) for way, measured in found.items()}
    for way, one in middle.items():
        print(
            f"  {way:8}{one.events:8} events {one.seconds:8.2f} s {one.events / one.seconds:6.0f} "
            f"events/s, with sources {one.whole:6.2f} s, processor {one.processor:6.2f} s, "
            f"peak memory {one.peak:.0f} MB"
        )
    loop, ours = (middle[way] for way in WAYS)
    print(
        f"  {loop.seconds / ours.seconds:.2f} times as fast, with sources "
        f"{loop.whole / ours.whole:.2f}, by the processor {loop.processor / ours.processor:.2f}"
    )


def _median(measured: list[Measured]) -> Measured:
    rows = [tuple(asdict(one).values()) for one in measured]
    return Measured(*(statistics.median(values) for values in zip(*rows, strict=True)))


def _print_memory(run: Runner, folders: dict[int, Path]) -> None:
    peaks = []
    for size, folder in folders.items():
        measured = run("import", folder)
        peaks.append(measured.peak)
        print(
            f"  import {size:8} events {measured.seconds:8.2f} s, peak memory "
            f"{measured.peak:.0f} MB ({measured.before:.0f} MB before it began)"
        )
    print(f"  memory {peaks[-1] / peaks[0]:.2f} times as much")


def _real(path: Path) -> Iterator[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from identified(map(json.loads, file))


def _made_up(count: int) -> Iterator[Row]:
    for number in range(count):
        year, month, day = 1800 + number // 200 % 220, number % 12 + 1, number % 28 + 1
        people = [f"Envoy {number % 997} of the court", f"Land {number % 89}"]
        yield {
            "id": f"visit-{number}",
            "kind": ("visit", "trip", "posting")[number % 3],
            "edtf": f"{year}-{month:02}-{day:02}" if number % 5 else f"{year}~",
            "title": f"{people[0]} is received in {people[1]} for the {number}th time",
            "text": f"It was a visit of {number % 9 + 1} days, of which the court kept a record.",
            "actors": people,
            "source": "A register of visits",
            "source_url": "https://example.org/register",
        }


if __name__ == "__main__":
    main()
