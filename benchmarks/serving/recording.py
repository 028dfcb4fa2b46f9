"""Choose the pages of a database and record what the floor needs: their SQL and their HTML.

    python -m benchmarks.serving.recording FILE

Runs in a process of its own, since a process has one database. The second of two requests is
recorded: what a worker reads once and keeps is no part of a page.
"""

import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

PAGE = 50
# Both are in as many entries at any size, or in enough to fill a page: what is compared between
# sizes is finding them, not showing more of them.
YEARS, MANY_YEARS, WIDE_YEARS = "from=1890&to=1914", "from=1600&to=1999", "from=1&to=1999"
FEW = 60
EDITOR = "bench", "an editor of the benchmark"


def paths() -> dict[str, str]:
    """The address of each page by its name."""
    from benchmarks.generating.words import COMMON, RARE

    found = {
        "home": "/",
        "years": f"/?{YEARS}",
        "wide years": f"/?{WIDE_YEARS}",
        "frequent actor, years": f"/?{MANY_YEARS}&actor=actor-1",
        "rare actor": f"/?actor=actor-{rare_actor()}",
        "common word": f"/?q={COMMON}",
        "rare word": f"/?q={RARE}",
        "event": f"/events/event-{first_events(1)[0]}/",
        "source": "/sources/five-hundred/",
        "frequent actor's page": "/actors/actor-1/",
        "actors by decade": "/actors/?by=decade",
        "timeline": "/timeline/",
        "timeline, fifty years": "/timeline/?view=1900/1949",
        "timeline, a month": "/timeline/?view=1950-03",
    }
    if (after := after_page(999)) is not None:
        found["page 1000"] = f"/?after={after}"
    return found


def plain_paths(ours: dict[str, str]) -> dict[str, str]:
    """The addresses of the same lists in the plain chronology (``benchmarks.plain``)."""
    changes = (("from=", "first="), ("to=", "last="), ("actor=actor-", "actors="))
    found = {}
    for page, path in ours.items():
        if path.startswith("/?after="):
            found[page] = "/?page=1000"
        elif path == "/" or path.startswith("/?"):
            for old, new in changes:
                path = path.replace(old, new)
            found[page] = path
    return found


def first_events(number: int) -> list[int]:
    """The first published events: they quote the source ``five-hundred``."""
    from timeline.models import Event

    published = Event.objects.published().order_by("pk")
    return list(published.values_list("pk", flat=True)[:number])


def rare_actor() -> int:
    """The actor whose number of entries is nearest to FEW."""
    from django.db.models import Count

    from actors.models import Actor

    actors = Actor.objects.annotate(entries=Count("participations")).values_list("entries", "pk")
    return int(min(actors, key=lambda row: (abs(row[0] - FEW), row[1]))[1])


def after_page(number: int) -> str | None:
    """The cursor of the page after page ``number``, None where there is none."""
    from timeline.chronology import Cursor
    from timeline.models import Event

    last = number * PAGE - 1
    dated = Event.objects.published().filter(sort_date__isnull=False).order_by("sort_date", "id")
    row = dated.values_list("sort_date", "id")[last : last + 1].first()
    return None if row is None else str(Cursor(*row))


def recorded(path: str) -> tuple[str, list[Any], str] | None:
    """The page's path, statements and HTML; None where it is no page of this version."""
    from django.db import connection
    from django.test import Client

    statements: list[Any] = []

    def keep(
        execute: Callable[..., Any],
        sql: str,
        parameters: Any,
        many: bool,  # noqa: FBT001 -- as Django calls it
        context: Any,
    ) -> Any:
        statements.append((raw(sql, connection.vendor), list(parameters or ())))
        return execute(sql, parameters, many, context)

    reader = Client(headers={"host": "127.0.0.1"})
    if reader.get(path).status_code != 200:
        return None
    with connection.execute_wrapper(keep):
        html = reader.get(path).content.decode()
    return path, statements, html


def raw(sql: str, vendor: str) -> str:
    """``sql`` as the database's own driver wants it."""
    return re.sub(r"(?<!%)%s", "?", sql).replace("%%", "%") if vendor == "sqlite" else sql


def make_editor() -> None:
    """An account that may edit."""
    from django.contrib.auth.models import User

    name, password = EDITOR
    if not User.objects.filter(username=name).exists():
        User.objects.create_superuser(name, "", password)


def main(file: Path) -> None:
    """Write what there is to know of the database of the settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.db import connection

    make_editor()
    chosen = paths()
    pages = {name: recorded(path) for name, path in chosen.items()}
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        database = str(settings["NAME"])
    else:
        wanted = {**connection.get_connection_params(), "cursor_factory": None}
        names = ("dbname", "user", "password", "host", "port")
        database = " ".join(f"{key}='{wanted[key]}'" for key in names if wanted.get(key))
    known = {
        "vendor": connection.vendor,
        "database": database,
        "prepare": settings["OPTIONS"].get("init_command", ""),
        "paths": {name: chosen[name] for name, page in pages.items() if page},
        "plain": plain_paths(chosen),
        "edited": first_events(2)[1],  # its history grows, and with it its page
        "pages": [page for page in pages.values() if page],
    }
    file.write_text(json.dumps(known, default=str))
    connection.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
