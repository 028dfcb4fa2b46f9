"""One run on one kind of database: all contestants at all sizes, served at the same time."""

import json
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from benchmarks.serving import datasette, samples, wire
from benchmarks.serving.client import Connection, request
from benchmarks.serving.databases import SQLITE, Database
from benchmarks.serving.editing import Editor
from benchmarks.serving.samples import Series, Subject
from benchmarks.serving.servers import Server, gunicorn

# Contestants. The first three are ours: a page asked for the first time (no page cache), one that
# is in the page cache, and one that the reader's browser has (304).
FIRST, CACHED, NOT_MODIFIED = "first time", "cached", "304"
FLOOR, PLAIN, DATASETTE = "floor", "plain ListView", "Datasette"
PLAIN_UP_TO = 100_000  # events: of a million it takes up to a minute a page
DJANGO_HELLO, BARE_HELLO = "hello in Django", "hello, bare WSGI"
HOME = "home"
RATE_TURNS = 10  # the throughput is measured for as long as so many turns


@dataclass(frozen=True, slots=True)
class Options:
    """What is measured, and for how long: ``requests`` before a worker's memory is read."""

    sizes: Sequence[int]
    rounds: int
    seconds: float
    edits: int
    requests: int
    folder: Path
    datasette: Path | None


@dataclass(slots=True)
class Result:
    """What came out on one kind of database."""

    vendor: str
    sizes: Sequence[int]
    series: dict[Subject, Series] = field(default_factory=dict)
    rates: dict[tuple[int, str], float] = field(default_factory=dict)
    bytes: dict[tuple[int, str], int] = field(default_factory=dict)
    edits: dict[int, list[float]] = field(default_factory=dict)
    memory: dict[int, int] = field(default_factory=dict)
    visit: wire.Visit | None = None

    def median(self, size: int, contestant: str, page: str) -> float | None:
        """The median in seconds, None where this was not measured."""
        series = self.series.get(Subject(size, contestant, page))
        return series.median if series else None


def run(databases: Sequence[Database], options: Options) -> Result:
    """Record, serve and measure ``databases``, which are of one kind and of different sizes."""
    result = Result(databases[0].vendor, [one.size for one in databases])
    databases[0].run("django", "collectstatic", "--noinput", "-v0")
    records = {one.size: _record(one) for one in databases}
    with ExitStack() as stack:
        ports: dict[int, int] = {}
        for one in databases:
            ports[one.size] = _serve(stack, result, one, records[one.size], options)
        print(f"Measuring on {result.vendor} …", flush=True)
        samples.take_turns(list(result.series.values()), options.rounds, options.seconds)
        _throughput(result, options.seconds * RATE_TURNS)
        result.visit = wire.visit(next(iter(ports.values())))
        events = {size: record["edited"] for size, record in records.items()}
        _edit(result, ports, events, options.edits)
    for one in databases:
        result.memory[one.size] = _memory(one, records[one.size]["paths"], options.requests)
    return result


def _record(database: Database) -> dict[str, Any]:
    """What ``recording`` found out of ``database``."""
    database.run("benchmarks.serving.recording", str(database.record), PAGE_CACHE_MB="0")
    record: dict[str, Any] = json.loads(database.record.read_text())
    return record


def _ours(database: Database, **more: str) -> dict[str, str]:
    return {
        **database.environment,
        "DJANGO_SETTINGS_MODULE": "benchmarks.serving.settings",
        **more,
    }


def _serve(
    stack: ExitStack, result: Result, database: Database, record: dict[str, Any], options: Options
) -> int:
    """Start all contestants on ``database`` and list what is to be measured.

    Returns the port of the program as it is served.
    """
    size, paths = database.size, record["paths"]

    def add(contestant: str, page: str, server: Server, message: bytes, status: int = 200) -> None:
        series = Series(Connection(server.port), message, status)
        result.series[Subject(size, contestant, page)] = series

    first = stack.enter_context(gunicorn(_ours(database, PAGE_CACHE_MB="0")))
    cached = stack.enter_context(gunicorn(_ours(database)))
    floor_environment = {**database.environment, "FLOOR": str(database.record)}
    floor = stack.enter_context(gunicorn(floor_environment, "benchmarks.serving.floor"))
    for page, path in paths.items():
        answer = Connection(cached.port).get(path)
        result.bytes[size, page] = answer.size
        add(FIRST, page, first, request(path))
        add(CACHED, page, cached, request(path))
        add(FLOOR, page, floor, request(path))
        if tag := answer.header("ETag"):
            add(NOT_MODIFIED, page, cached, request(path, {"If-None-Match": tag}), 304)
    add(DJANGO_HELLO, HOME, first, request("/bench-hello/"))
    add(BARE_HELLO, HOME, floor, request("/hello"))
    plain_settings = {**database.environment, "DJANGO_SETTINGS_MODULE": "benchmarks.plain.settings"}
    plain = stack.enter_context(gunicorn(plain_settings))
    for page, path in record["plain"].items() if database.size <= PLAIN_UP_TO else ():
        add(PLAIN, page, plain, request(path))
    if options.datasette and database.vendor == SQLITE:
        peer, path = stack.enter_context(datasette.datasette(options.datasette, database))
        add(DATASETTE, HOME, peer, request(path))
    return cached.port


def _throughput(result: Result, seconds: float) -> None:
    """Home pages a second, to several readers at once."""
    for subject, series in result.series.items():
        if subject.page == HOME and series.median < samples.SLOW:
            rate = samples.throughput(series.connection.port, series.message, seconds)
            result.rates[subject.size, subject.contestant] = rate


def _edit(result: Result, ports: dict[int, int], events: dict[int, int], times: int) -> None:
    """Edits at all sizes in turns, after one each that does not count."""
    editors = {size: Editor(port) for size, port in ports.items()}
    for size, editor in editors.items():
        editor.edit(events[size])
        result.edits[size] = []
    for _ in range(times):
        for size, editor in editors.items():
            result.edits[size].append(editor.edit(events[size]))


def _memory(database: Database, paths: dict[str, str], requests: int) -> int:
    """The private memory of a fresh worker after ``requests`` of all pages in turn."""
    with gunicorn(_ours(database)) as server:
        connection = Connection(server.port)
        for path in islice(cycle(paths.values()), requests):
            connection.get(path)
        return server.private_memory()
