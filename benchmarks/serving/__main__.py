"""Measures how fast pages are served: docs/performance.md says what is compared, and why so.

    python -m benchmarks.serving [--sizes 1000,100000] [--databases sqlite,postgresql]
                                 [--seconds 0.2] [--rounds 5] [--write docs/performance.md]

Generated databases are kept in VAR_DIR/bench (by default var/bench) and used again. PostgreSQL is
a server that lives as long as the run, or the one that DATABASE_URL names, which keeps them too.
"""

import argparse
import gc
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

import psycopg

from benchmarks.serving import contest, datasette, report
from benchmarks.serving.databases import POSTGRESQL, SQLITE, made, postgres_server
from benchmarks.serving.servers import CLIENT_CORE, ROOT, on_core


def main() -> None:
    """Measure as the command line says, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", type=numbers, default=[1000, 100_000])
    parser.add_argument("--databases", type=names, default=[SQLITE, POSTGRESQL])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.2, help="of one turn of one page")
    parser.add_argument("--edits", type=int, default=15)
    parser.add_argument("--requests", type=int, default=400, help="before memory is read")
    parser.add_argument("--write", type=Path, help="the file that gets the figures")
    parser.add_argument("--no-datasette", action="store_true")
    given = parser.parse_args()
    folder = Path(os.environ.get("VAR_DIR") or ROOT / "var") / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    program = None if given.no_datasette else datasette.installed(folder)
    options = contest.Options(
        sizes=given.sizes,
        rounds=given.rounds,
        seconds=given.seconds,
        edits=given.edits,
        requests=given.requests,
        folder=folder,
        datasette=program,
    )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the servers are stopped, too
    gc.disable()  # its pauses would count as the servers'
    results, versions = [], []
    for vendor in given.databases:
        with postgres_server() if vendor == POSTGRESQL else nullcontext("") as server:
            versions += version_of(server) if server else []
            results.append(measured(vendor, server, options))
        print("\n".join(report.goal_table(results)), flush=True)
    figures = report.markdown(results, versions)
    print(figures)
    if given.write:
        report.write(given.write, figures)


def measured(vendor: str, server: str, options: contest.Options) -> contest.Result:
    """The result on one kind of database, whose ``server`` runs where it needs one."""
    databases = [made(options.folder, vendor, size, server) for size in options.sizes]
    with on_core(CLIENT_CORE):
        return contest.run(databases, options)


def version_of(server: str) -> list[str]:
    """'PostgreSQL 18.1'."""
    with psycopg.connect(server) as connection:
        number = connection.info.server_version
    return [f"PostgreSQL {number // 10_000}.{number % 10_000}"]


def numbers(text: str) -> Sequence[int]:
    """Sizes, the smallest first."""
    return sorted(int(part) for part in text.split(","))


def names(text: str) -> Sequence[str]:
    """Kinds of databases. Raises ArgumentTypeError for others."""
    found = text.split(",")
    if not set(found) <= {SQLITE, POSTGRESQL}:
        raise argparse.ArgumentTypeError(f"only {SQLITE} and {POSTGRESQL} are known")
    return found


if __name__ == "__main__":
    main()
