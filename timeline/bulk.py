"""Many rows at once, past the ORM's work on each of them, in both databases."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

# What these hold is what the database gets.
PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)
PLAIN += (models.ForeignKey,)  # type: ignore[assignment]


def create(rows: Sequence[models.Model]) -> None:
    """Insert ``rows``, all of one model, and give them their primary keys."""
    options: Any = rows[0]._meta
    for row, key in zip(rows, _reserved(options, len(rows)), strict=True):
        row.pk = key
    restore(rows)


def restore(rows: Sequence[models.Model]) -> None:
    """Insert ``rows``, all of one model, with the primary keys that they have."""
    options: Any = rows[0]._meta
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias
    fields = options.concrete_fields
    insert(options.db_table, [field.column for field in fields], _values(fields, rows))


def insert(table: str, columns: Sequence[str], values: Sequence[Sequence[Any]]) -> None:
    """Insert ``values``, by COPY on PostgreSQL, which takes them a good deal faster."""
    if not values:
        return
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            into = f"COPY {table} ({names}) FROM STDIN"
            with connection.wrap_database_errors, cursor.copy(into) as copy:
                for one in values:
                    copy.write_row(one)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)  # noqa: S608


def update(rows: Sequence[models.Model], names: Iterable[str]) -> None:
    """Write the fields ``names`` of ``rows``, all of one model."""
    options = rows[0]._meta
    fields: list[Any] = [options.get_field(name) for name in names]
    columns = ", ".join(f"{connection.ops.quote_name(field.column)} = %s" for field in fields)
    statement = f"UPDATE {options.db_table} SET {columns} WHERE id = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, _values([*fields, options.pk], rows))


def _reserved(options: Any, count: int) -> Sequence[int]:
    """Primary keys that nobody else will get."""
    table = options.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, count],
            )
            return [key for (key,) in cursor.fetchall()]
        # Whoever writes to SQLite is alone; an insert with a key moves its counter on.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or [0])[0]
        return range(last + 1, last + 1 + count)


def _values(fields: Sequence[Any], rows: Iterable[models.Model]) -> list[list[Any]]:
    how = [(field.attname, None if isinstance(field, PLAIN) else field) for field in fields]
    return [
        [
            getattr(row, name)
            if field is None
            else field.get_db_prep_save(getattr(row, name), connection)
            for name, field in how
        ]
        for row in rows
    ]
