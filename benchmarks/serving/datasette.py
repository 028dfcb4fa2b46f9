"""Datasette on the same knowledge base: in an environment of its own, installed at the first use.

It cannot join, so it gets what its makers would advise: one table with a row an entry, made from
the same SQLite file, in which everything that an entry shows is ready, with indexes on what is
sorted and counted. The limits of time for facets are lifted, or it would leave them out.
"""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.serving.databases import Database
from benchmarks.serving.servers import Server, free_port, serving

PACKAGE = "datasette==0.65.5"
PAGE = "_size=50&_sort=place&_facet=decade&_facet=kind"
SETTINGS = {
    "suggest_facets": "off",
    "default_page_size": "50",
    "facet_time_limit_ms": "60000",
    "sql_time_limit_ms": "60000",
}
TABLE = """
CREATE TABLE entries AS SELECT
    row_number() OVER (ORDER BY e.sort_date IS NULL, e.sort_date, e.id) AS place,
    e.sort_date / 100000 * 10 AS decade, e.kind, e.date, e.title,
    (SELECT group_concat(a.name, ', ') FROM base.timeline_participation p
        JOIN base.actors_actor a ON a.id = p.actor_id WHERE p.event_id = e.id) AS actors,
    c.quote, s.title AS source
FROM base.timeline_event e
LEFT JOIN base.timeline_claim c ON c.event_id = e.id AND c.ordinal = 1
LEFT JOIN base.timeline_source s ON s.id = c.source_id
WHERE e.status = 'published';
CREATE UNIQUE INDEX entries_place ON entries (place);
CREATE INDEX entries_decade ON entries (decade);
CREATE INDEX entries_kind ON entries (kind);
ANALYZE;
"""


def installed(folder: Path) -> Path | None:
    """The program, None where pip could not install it."""
    program = folder / "datasette" / "bin" / "datasette"
    if not program.exists():
        print("Installing Datasette into an environment of its own …", flush=True)
        python = folder / "datasette" / "bin" / "python"
        for command in (
            [sys.executable, "-m", "venv", str(folder / "datasette")],
            [str(python), "-m", "pip", "install", "--quiet", PACKAGE],
        ):
            if subprocess.run(command, check=False).returncode:  # noqa: S603
                print("Datasette could not be installed: its column stays empty.")
                return None
    return program


def table(database: Database) -> Path:
    """The file with Datasette's table of ``database``."""
    base = database.url.removeprefix("sqlite:///")
    file = database.folder / f"datasette_{database.size}.sqlite3"
    part = file.with_suffix(".part")
    if not file.exists():
        part.unlink(missing_ok=True)
        with sqlite3.connect(part) as connection:
            connection.execute("ATTACH ? AS base", [base])
            connection.executescript(TABLE)
        connection.close()
        part.rename(file)
    return file


@contextmanager
def datasette(program: Path, database: Database) -> Iterator[tuple[Server, str]]:
    """A running Datasette and the path of its home page."""
    file, port = table(database), free_port()
    command = [str(program), "serve", "--immutable", str(file), "--port", str(port)]
    for name, value in SETTINGS.items():
        command += ["--setting", name, value]
    path = f"/{file.stem}/entries?{PAGE}"
    probe = "/-/versions.json"
    # It logs every request, there is no switch for it.
    with serving(command, {}, port, probe, output=subprocess.DEVNULL) as server:
        yield server, path
