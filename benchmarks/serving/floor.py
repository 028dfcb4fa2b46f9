"""The floor: what a page costs if nothing but its SQL is done; a WSGI application without Django.

For every page it executes the statements that our page executes, with their parameters, on one
persistent raw connection a thread, fetches all rows, and answers with the page's HTML, which is
stored. ``FLOOR`` in the environment names the file that ``recording`` wrote. ``/hello`` is the
least that any application can do under this server.
"""

import json
import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

recorded = json.loads(Path(os.environ["FLOOR"]).read_text())
pages: dict[str, tuple[list[tuple[str, list[Any]]], bytes]] = {
    path: ([(sql, parameters) for sql, parameters in statements], html.encode())
    for path, statements, html in recorded["pages"]
}
own = threading.local()


def connect() -> Any:
    """A raw connection with the settings of ours."""
    if recorded["vendor"] == "sqlite":
        import sqlite3

        connection = sqlite3.connect(recorded["database"], isolation_level=None)
        connection.executescript(recorded["prepare"])
        return connection
    import psycopg

    return psycopg.connect(recorded["database"], autocommit=True, prepare_threshold=1)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The answer to one request."""
    query = environ["QUERY_STRING"]
    statements, html = pages.get(environ["PATH_INFO"] + (f"?{query}" if query else ""), HELLO)
    if statements:
        if not hasattr(own, "cursor"):
            own.cursor = connect().cursor()
        for sql, parameters in statements:
            own.cursor.execute(sql, parameters)
            own.cursor.fetchall()
    fields = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(html)))]
    start_response("200 OK", fields)
    return [html]


HELLO: tuple[list[tuple[str, list[Any]]], bytes] = ([], b"hello")
