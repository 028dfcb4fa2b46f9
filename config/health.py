"""Whether the program can answer, for what watches it."""

from collections.abc import Callable

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse

PATH = "/healthz"


class Health:
    """Answers ``/healthz`` before any other middleware: by any host name, with or without TLS."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return health() if request.path_info == PATH else self.get_response(request)


def health() -> HttpResponse:
    """200 when the database has its tables and answers from them, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM timeline_event LIMIT 1")
    except Error:
        return _said("The database does not answer.\n", 503)
    return _said("ok\n", 200)


def _said(text: str, status: int) -> HttpResponse:
    return HttpResponse(
        text,
        status=status,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )
