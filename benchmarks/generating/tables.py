"""Writing many rows: COPY on PostgreSQL, ``executemany`` on SQLite, a commit a batch."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

BATCH = 40_000  # rows
IMPORTED_AT = datetime(2026, 1, 1, tzinfo=UTC)
Row = Sequence[Any]


class Tables:
    """Rows by table, in the order in which tables refer to each other; written when many wait."""

    def __init__(self, columns: dict[type[Model], tuple[str, ...]]) -> None:
        self._columns = columns
        self._rows: dict[type[Model], list[Row]] = {model: [] for model in columns}
        self._waiting = 0

    def add(self, model: type[Model], *rows: Row) -> None:
        """Rows of values in the order of the model's columns."""
        self._rows[model].extend(rows)
        self._waiting += len(rows)

    def write_if_many(self) -> None:
        """Write what waits if it is a batch; call it where every reference is complete."""
        if self._waiting >= BATCH:
            self.write()

    def write(self) -> None:
        """Write and commit what waits."""
        insert = _copy if connection.vendor == "postgresql" else _execute_many
        with transaction.atomic():
            for model, rows in self._rows.items():
                insert(model, self._columns[model], rows)
                rows.clear()
        self._waiting = 0


def _names(model: type[Model], columns: Iterable[str]) -> str:
    fields = (model._meta.get_field(column) for column in columns)
    return ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)  # type: ignore[union-attr]


def _execute_many(model: type[Model], columns: tuple[str, ...], rows: list[Row]) -> None:
    marks = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {model._meta.db_table} ({_names(model, columns)}) VALUES ({marks})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _copy(model: type[Model], columns: tuple[str, ...], rows: list[Row]) -> None:
    statement = f"COPY {model._meta.db_table} ({_names(model, columns)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def prepare() -> None:
    """Let SQLite write without care: a database that was half filled is thrown away anyway."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for pragma in ("synchronous=OFF", "cache_size=-200000"):
                cursor.execute(f"PRAGMA {pragma}")


def write_history(model: Any) -> None:
    """The record of creation that an import leaves of every object of ``model``."""
    record = model.history.model
    columns = [field.attname for field in model._meta.concrete_fields]
    into = ", ".join(connection.ops.quote_name(name) for name in columns)
    statement = (
        f"INSERT INTO {record._meta.db_table} "  # noqa: S608
        f"({into}, history_type, history_date, history_change_reason) "
        f"SELECT {into}, '+', %s, 'Imported' FROM {model._meta.db_table}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [connection.ops.adapt_datetimefield_value(IMPORTED_AT)])


def count_on(models: Iterable[type[Model]]) -> None:
    """Let the next primary keys follow those that were written."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)


def analyse() -> None:
    """Let the planner look at what the database holds."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def close() -> None:
    """Let SQLite write with care again: the next connection does."""
    connection.close()
