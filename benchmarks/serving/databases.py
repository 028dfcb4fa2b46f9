"""The generated databases: made once, kept in a folder or on a server, and used again."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from benchmarks.serving.servers import ROOT
from scripts.temporary_postgres import temporary_postgres

SQLITE, POSTGRESQL = "sqlite", "postgresql"
MIGRATE = ("django", "migrate", "-v0")


@dataclass(frozen=True, slots=True)
class Database:
    """A knowledge base of ``size`` events; ``folder`` is for what belongs to it."""

    vendor: str
    size: int
    url: str
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """What a server of this database needs to know."""
        return {
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "VAR_DIR": str(self.folder),
            "LOG_LEVEL": "ERROR",
        }

    @property
    def record(self) -> Path:
        """What ``recording`` wrote of it."""
        return self.folder / f"{self.vendor}-{self.size}.json"

    def run(self, *arguments: str, **environment: str) -> None:
        """Run a module of Python on this database; raises CalledProcessError if it fails."""
        command = [sys.executable, "-m", *arguments]
        whole = {**os.environ, **self.environment, **environment}
        subprocess.run(command, cwd=ROOT, env=whole, check=True)  # noqa: S603


@contextmanager
def postgres_server() -> Iterator[str]:
    """The server that DATABASE_URL names, else one that lives as long as this run."""
    named = os.environ.get("DATABASE_URL", "")
    if named.startswith("postgres"):
        yield named
    else:
        with temporary_postgres() as url:
            yield url


def made(folder: Path, vendor: str, size: int, server: str = "") -> Database:
    """The database of ``size`` events, migrated; generated under another name until complete."""
    make = _sqlite if vendor == SQLITE else _postgresql
    return make(folder, size, server)


def _sqlite(folder: Path, size: int, _server: str) -> Database:
    file, part = folder / f"bench_{size}.sqlite3", folder / f"bench_{size}.part"
    if not file.exists():
        for leftover in folder.glob(f"{part.name}*"):
            leftover.unlink()
        _generate(Database(SQLITE, size, f"sqlite:///{part}", folder))
        part.rename(file)
    database = Database(SQLITE, size, f"sqlite:///{file}", folder)
    database.run(*MIGRATE)
    return database


def _postgresql(folder: Path, size: int, server: str) -> Database:
    name, part = f"bench_{size}", f"bench_{size}_part"

    def of(named: str) -> Database:
        url = urlsplit(server)._replace(path=f"/{named}").geturl()
        return Database(POSTGRESQL, size, url, folder)

    with psycopg.connect(server, autocommit=True) as connection:
        known = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(known, [name]).fetchone() is None:
            connection.execute(f"DROP DATABASE IF EXISTS {part}")
            connection.execute(f"CREATE DATABASE {part}")
            _generate(of(part))
            connection.execute(f"ALTER DATABASE {part} RENAME TO {name}")
    of(name).run(*MIGRATE)
    return of(name)


def _generate(database: Database) -> None:
    print(f"Generating {database.size:,} events on {database.vendor} …", flush=True)
    database.run(*MIGRATE)
    database.run("benchmarks.generate", str(database.size))
