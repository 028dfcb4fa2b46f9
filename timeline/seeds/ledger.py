"""The ledger of an import: what the seeds give and what becomes of it, item by item.

It is a database of its own in a file without a name, which is gone when it is closed: an import of
thousands of seeds takes no more memory than one of the largest of them.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from timeline.chunking import CHUNK
from timeline.seeds.entries import Entry, Kind, as_json, digest
from timeline.seeds.reading import Seed
from timeline.seeds.steps import Outcome, Step, Written

Row = tuple[Any, ...]

# Numbers sort by kind in the order in which items are stored, and as read within a kind.
SCHEMA = """
PRAGMA journal_mode = OFF;
CREATE TABLE seed (number INTEGER PRIMARY KEY, file TEXT, raw TEXT);
CREATE TABLE item (
    number INTEGER PRIMARY KEY, seed INTEGER, kind TEXT, slug TEXT, home TEXT, line INTEGER,
    name TEXT, event TEXT, passage INTEGER, start INTEGER, "end" INTEGER, bounds TEXT,
    shown INTEGER, data TEXT, digest TEXT
);
CREATE TABLE reference (item INTEGER, kind TEXT, slug TEXT);
CREATE TABLE remembered (number INTEGER PRIMARY KEY, home TEXT, digest TEXT);
CREATE TABLE former (kind TEXT, slug TEXT, why TEXT);
CREATE TABLE step (
    number INTEGER PRIMARY KEY, kind TEXT, slug TEXT, outcome TEXT, why TEXT, old TEXT,
    renew INTEGER, new_text INTEGER
);
CREATE VIEW given AS
    SELECT item.*, file, raw FROM item JOIN seed ON seed.number = item.seed;
CREATE VIEW written AS
    SELECT item.*, outcome, new_text FROM step JOIN item USING (number)
    WHERE outcome IN ('created', 'updated');
CREATE TABLE ordinal (slug TEXT PRIMARY KEY, ordinal INTEGER) WITHOUT ROWID;
CREATE TABLE told (number INTEGER PRIMARY KEY, what TEXT, whom TEXT);
BEGIN;
"""
# Made when all has been read, which is faster.
INDEXES = (
    "CREATE INDEX item_key ON item (slug, kind)",
    "CREATE INDEX item_event ON item (event)",
    "CREATE INDEX step_key ON step (slug, kind)",
)
STORED_FIRST = (Kind.SOURCE, Kind.ACTOR, Kind.EVENT, Kind.CLAIM)
RANKS: dict[str, int] = {kind: rank for rank, kind in enumerate(STORED_FIRST)}
NOWHERE = (None, None, None)
MOST = 2**40  # items of a kind


def numbers(kind: str) -> tuple[int, int]:
    """The least and the greatest number of given items of ``kind``."""
    return RANKS[kind] * MOST, (RANKS[kind] + 1) * MOST - 1


class Ledger:
    """What an import knows; to be closed when it is over."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(SCHEMA)
        self._count = 0

    def close(self) -> None:
        """Give its file back."""
        self._database.close()

    def rows(self, statement: str, *values: object) -> Iterator[Row]:
        """The rows of a query, one by one."""
        return self._database.execute(statement, values)

    def chunks(self, statement: str, *values: object) -> Iterator[list[Row]]:
        """The rows of a query, by as many as the other database is asked for at once."""
        cursor = self._database.execute(statement, values)
        while rows := cursor.fetchmany(CHUNK):
            yield rows

    def run(self, statement: str, *values: object) -> int:
        """Carry out one statement; returns how many rows it changed."""
        return self._database.execute(statement, values).rowcount

    def write(self, statement: str, rows: Iterable[Row]) -> None:
        """Carry out one statement for each of ``rows``."""
        self._database.executemany(statement, rows)

    def add(self, seed: Seed, entries: Iterable[Entry]) -> None:
        """Take down a seed with all that it gives."""
        number = self._next()
        self.run("INSERT INTO seed VALUES (?, ?, ?)", number, _text(seed.file), seed.raw)
        items, references = [], []
        for one in entries:
            item = numbers(one.kind)[0] + self._next()
            items.append(
                (
                    *(item, number, one.kind, one.slug, one.home, one.where.line, one.where.item),
                    *(one.event, *(one.span or NOWHERE), json.dumps(one.bounds), one.shown),
                    *(as_json(one.data), digest(one.data)),
                )
            )
            references += [(item, *key) for key in one.refers_to]
        self.write("INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", items)
        self.write("INSERT INTO reference VALUES (?, ?, ?)", references)

    def complete(self) -> None:
        """Say that all seeds have been added; what follows asks for items."""
        for statement in INDEXES:
            self.run(statement)

    def _next(self) -> int:
        self._count += 1
        return self._count

    def has(self, kind: str, slug: str) -> bool:
        """Whether some seed gives the item."""
        query = "SELECT 1 FROM item WHERE slug = ? AND kind = ?"
        return any(self.rows(query, slug, kind))

    def planned(self, kind: str, slug: str) -> Outcome | None:
        """What becomes of the item; None where the import has nothing to do with it."""
        found = self.rows("SELECT outcome FROM step WHERE slug = ? AND kind = ?", slug, kind)
        return next((Outcome(outcome) for (outcome,) in found), None)

    def forget_plan(self) -> None:
        """Take back the steps, so that the same seeds can be planned with other wishes."""
        for table in ("step", "told", "ordinal"):
            self.run(f"DELETE FROM {table}")  # noqa: S608

    def add_missing(self, kind: str, slug: str, outcome: Outcome, why: str, old: str) -> None:
        """Take down what becomes of an item that no seed gives; it comes after all others.

        What refers to others comes first, whichever seed it is from, so that all can be deleted.
        """
        number = (2 * len(RANKS) - 1 - RANKS[kind]) * MOST + self._next()
        self.run(
            "INSERT INTO step VALUES (?, ?, ?, ?, ?, ?, 0, 0)",
            *(number, kind, slug, outcome.value, why, old),
        )

    def steps(self, *outcomes: Outcome) -> Iterator[Step]:
        """The steps of these outcomes, in the order in which they are stored."""
        for chunk in self.chunks(
            "SELECT number, step.kind, step.slug, outcome, why, old, data FROM step "
            "LEFT JOIN item USING (number) WHERE outcome IN (SELECT value FROM json_each(?)) "
            "ORDER BY number",
            json.dumps([one.value for one in outcomes]),
        ):
            for number, kind, slug, outcome, why, old, new in chunk:
                yield Step(number, kind, slug, Outcome(outcome), why, _data(old), _data(new))

    def written(self, kind: str) -> Iterator[list[Written]]:
        """What is to be written of ``kind``, by as many as the other database takes at once."""
        for chunk in self.chunks(
            'SELECT slug, home, event, passage, start, "end", bounds, data, outcome FROM written '
            "WHERE number BETWEEN ? AND ? ORDER BY number",
            *numbers(kind),
        ):
            yield [
                Written(
                    slug,
                    home,
                    event,
                    None if passage is None else (passage, start, end),
                    tuple(json.loads(bounds)),
                    json.loads(data),
                    Outcome(outcome),
                )
                for slug, home, event, passage, start, end, bounds, data, outcome in chunk
            ]

    def tell(self, what: str, whom: Iterable[str]) -> None:
        """Take down what is to be told of some."""
        self.write(
            "INSERT INTO told (what, whom) VALUES (?, ?)", ((what, _text(one)) for one in whom)
        )

    def told(self, what: str) -> Iterator[str]:
        """Of whom this is to be told."""
        query = "SELECT whom FROM told WHERE what = ? ORDER BY number"
        return (whom for chunk in self.chunks(query, what) for (whom,) in chunk)


def _text(name: str) -> str:
    """The name of a file as text, also where it is not written in UTF-8."""
    return name.encode(errors="backslashreplace").decode()


def _data(text: str | None) -> Any:
    return None if text is None else json.loads(text)
