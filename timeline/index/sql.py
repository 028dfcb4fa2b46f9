"""Plain SQL through Django's connection: the few words in which the two databases differ."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from django.db import OperationalError, connection, transaction

Row = tuple[Any, ...]
Parameters = Sequence[str | int | list[int] | None]


def rows(statement: str, parameters: Parameters = ()) -> list[Row]:
    """All rows that ``statement`` gives; ``%s`` stands for a parameter."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found: list[Row] = cursor.fetchall()
        return found


def rows_among(statement: str, column: str, keys: Sequence[int]) -> list[Row]:
    """All rows that ``statement`` gives where its ``{among}`` holds: ``column`` is one of ``keys``.

    One parameter whatever their number, so that the statement is the same each time.
    """
    if postgresql():
        return rows(statement.format(among=f"{column} = ANY(%s)"), [list(keys)])
    among = f"{column} IN (SELECT value FROM json_each(%s))"
    return rows(statement.format(among=among), [json.dumps(list(keys))])


def execute(statement: str, parameters: Parameters = ()) -> None:
    """Run ``statement``."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def execute_many(statement: str, parameters: Sequence[Parameters]) -> None:
    """Run ``statement`` once for each of ``parameters``."""
    if parameters:
        with connection.cursor() as cursor:
            cursor.executemany(statement, parameters)


def listed(numbers: Iterable[int]) -> str:
    """Numbers, as SQL writes them behind IN; there is always one more, which is no key."""
    return ", ".join(["-1", *(str(int(number)) for number in numbers)])


def add(
    table: str, keys: Sequence[str], numbers: Sequence[str], values: Sequence[Sequence[int]]
) -> None:
    """Add to the ``numbers`` of the rows of ``table`` with these ``keys``; rows may be new."""
    if not values:
        return
    columns = (*keys, *numbers)
    sums = ", ".join(f"{one} = {table}.{one} + excluded.{one}" for one in numbers)
    into = f"INSERT INTO {table} ({', '.join(columns)})"
    known = f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {sums}"
    if postgresql():
        arrays = ", ".join(["%s::bigint[]"] * len(columns))
        lists = [list(column) for column in zip(*values, strict=True)]
        execute(f"{into} SELECT * FROM unnest({arrays}) {known}", lists)
    else:
        execute_many(f"{into} VALUES ({', '.join(['%s'] * len(columns))}) {known}", values)


@contextmanager
def much_memory() -> Iterator[None]:
    """Let SQLite keep 256 MB of pages at hand instead of 2, for writing all over the file."""
    if postgresql():
        yield
        return
    size = rows("PRAGMA cache_size")[0][0]
    execute("PRAGMA cache_size = -256000")
    try:
        yield
    finally:
        execute(f"PRAGMA cache_size = {size}")


def tidy(*indexes: str) -> None:
    """Sort what PostgreSQL has put aside of full-text ``indexes``, so that reading need not."""
    if postgresql():
        for index in indexes:
            execute("SELECT gin_clean_pending_list(%s::regclass)", [index])


@contextmanager
def writing(lock: int, *, wait: bool) -> Iterator[bool]:
    """A transaction that writes alone; gives False where it would have to ``wait`` for another.

    PostgreSQL has the advisory ``lock`` for it; SQLite lets one transaction write at a time.
    """
    if postgresql():
        with transaction.atomic():
            form = "pg_advisory_xact_lock" if wait else "pg_try_advisory_xact_lock"
            yield rows(f"SELECT {form}(%s)", [lock])[0][0] is not False
        return
    with ExitStack() as block:
        alone = True
        patience = rows("PRAGMA busy_timeout")[0][0]
        if not wait:
            execute("PRAGMA busy_timeout = 0")
        try:
            block.enter_context(transaction.atomic())
        except OperationalError:
            if wait:
                raise
            alone = False
        finally:
            execute(f"PRAGMA busy_timeout = {patience}")
        yield alone


def postgresql() -> bool:
    """Whether the database is PostgreSQL, else it is SQLite."""
    return connection.vendor == "postgresql"


def stream(statement: str) -> Iterator[Row]:
    """The rows that ``statement`` gives, some at a time; inside a transaction only."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement)
        while found := cursor.fetchmany(2_000):
            yield from found
