"""Runs the whole suite on SQLite and on PostgreSQL at the same time; ends with pytest's own line.

PostgreSQL is one that this script starts in a temporary folder, or the one TEST_DATABASE_URL names.
"""

import os
import re
import subprocess
import sys
import threading
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from scripts.temporary_postgres import PostgresError, temporary_postgres

ROOT = Path(__file__).resolve().parent.parent
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Run:
    """One run of pytest on one database (``url`` None: the embedded SQLite)."""

    database: str
    url: str | None
    live: bool
    output: bytearray = field(default_factory=bytearray)
    status: int = 0

    def __call__(self, arguments: list[str]) -> None:
        """Run pytest with ``arguments`` and keep its output, shown at once where it is ``live``."""
        # All cores for each run, and no worker is idle while another has tests in store.
        workers = [f"--numprocesses={os.cpu_count() or 2}", "--dist=worksteal"]
        command = [sys.executable, "-m", "pytest", *workers, *arguments]
        if sys.stdout.isatty():
            command.append("--color=yes")
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        if self.url is not None:
            environment["DATABASE_URL"] = self.url
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        ) as process:
            assert process.stdout is not None  # noqa: S101  # it is a pipe
            while chunk := os.read(process.stdout.fileno(), 65536):
                self.output += chunk
                if self.live:
                    show(chunk)
        self.status = process.returncode

    @property
    def last_line(self) -> str:
        """pytest's summary, or what it said instead."""
        lines = self.output.decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else "pytest said nothing"


def show(output: bytes) -> None:
    """Write bytes to the terminal as they are."""
    sys.stdout.buffer.write(output)
    sys.stdout.buffer.flush()


def run_both(url: str, arguments: list[str]) -> list[Run]:
    """The two finished runs: SQLite, shown as it goes, and PostgreSQL, shown afterwards."""
    runs = [Run("SQLite", None, live=True), Run("PostgreSQL", url, live=False)]
    threads = [threading.Thread(target=run, args=[arguments]) for run in runs]
    print("On SQLite (PostgreSQL runs at the same time, its output follows):", flush=True)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("\nOn PostgreSQL:", flush=True)
    show(bytes(runs[1].output))
    return runs


def report(runs: list[Run]) -> int:
    """Print the count on each database; return the exit status."""
    print()
    for run in runs:
        print(f"{run.database + ':':<12}{COLOUR.sub('', run.last_line).strip('= ')}")
    failed = [run for run in runs if run.status]
    print((failed or runs)[0].last_line, flush=True)
    return failed[0].status if failed else 0


def main(arguments: list[str]) -> int:
    """Run both; return the exit status."""
    named = os.environ.get("TEST_DATABASE_URL")
    try:
        with nullcontext(named) if named else temporary_postgres() as url:
            return report(run_both(url, arguments))
    except PostgresError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
