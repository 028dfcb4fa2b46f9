"""How fast the editors' lists answer: the first page, every list, with each filter and search.

    DATABASE_URL=… python -m benchmarks.admin_lists [--repeat 5]

Prints milliseconds (medians) and the number of queries of each page, as the program answers it to
somebody who may do everything, without a server between. The milliseconds are those of the clock
and those of this process's own work, which a busy machine does not lengthen; on SQLite they are all
the work there is. The database is one of ``benchmarks.generate``, or any that is large enough to
tell. A user is made for it and taken away.
"""

import argparse
import os
import statistics
import time
from collections.abc import Iterator

import django


def main() -> None:
    """Ask for every page some times."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeat", type=int, default=5)
    repeat = parser.parse_args().repeat
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    django.setup()
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.test import Client

    settings.ALLOWED_HOSTS = ["testserver"]
    user = User.objects.create_superuser(f"bench-{time.time_ns()}", "", "")
    client = Client()
    client.force_login(user)
    try:
        print("| page | ms | of work | queries |\n| --- | --- | --- | --- |")
        for address in addresses():
            taken, work, queries = measured(client, address, repeat)
            print(f"| `{address}` | {taken:,.0f} | {work:,.0f} | {queries} |", flush=True)
    finally:
        client.logout()
        user.delete()


def measured(client: object, address: str, repeat: int) -> tuple[float, float, int]:
    """Milliseconds by the clock and of work (medians of ``repeat``), and the queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    times: list[tuple[float, float]] = []
    for _ in range(repeat + 1):
        started = time.perf_counter(), time.process_time()
        response = client.get(f"/admin/{address}")  # type: ignore[attr-defined]  # a test client
        ended = time.perf_counter(), time.process_time()
        times.append((ended[0] - started[0], ended[1] - started[1]))
        assert response.status_code == 200, f"{address}: {response.status_code}"  # noqa: S101
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/admin/{address}")  # type: ignore[attr-defined]
    clock, work = (statistics.median(one[n] for one in times[1:]) * 1000 for n in (0, 1))
    return clock, work, len(captured)


def addresses() -> Iterator[str]:
    """What is asked for, below /admin/."""
    from actors.models import Actor
    from timeline.models import Claim, Event, Source

    event = Event.objects.published().order_by("-pk")[0]
    claim = Claim.objects.order_by("-pk")[0]
    source = Source.objects.order_by("-pk")[0].pk
    actor = Actor.objects.order_by("pk")[0]
    rare = event.title.split()[0]
    two = "+".join(claim.quote.split()[:2])
    events, claims, passages = (f"timeline/{name}/" for name in ("event", "claim", "passage"))
    yield from ("", events, f"{events}?p=200", f"{events}?o=-1", f"{events}?o=2", f"{events}?o=6")
    for query in (
        *("status__exact=draft", "status__exact=published", f"kind={event.kind}"),
        *("date_basis__exact=inferred", "dated=no", "dated=yes", "qualified__exact=1"),
        *("years=1948", "years=1900..2000", "years=..1700", "years=1948&status__exact=draft"),
        *("contested=yes", "sources=one", "sources=none", f"claims__source__id__exact={source}"),
        "contested=yes&sources=one&dated=yes",
        *(f"q={rare}", f"q={two}", "q=nothing-at-all-of-it", f"q={actor.name}", f"q={event.slug}"),
        f"q={rare}&contested=yes",
        "source_like=re",
    ):
        yield f"{events}?{query}"
    yield claims
    for query in (
        *("p=200", "o=1", "lost__exact=1", "note=due", "stance__exact=disputes"),
        *("event__date_basis__exact=inferred", "event__status__exact=draft"),
        *("event__status__exact=published", f"source__id__exact={source}"),
        *(f"q={two}", "q=nothing-at-all-of-it", f"q={claim.slug}"),
    ):
        yield f"{claims}?{query}"
    yield passages
    for query in (
        *("p=200", "claimed=no", "claimed=yes", f"claimed=no&source__id__exact={source}"),
        *(f"q={two}", f"source__id__exact={source}&q=3"),
    ):
        yield f"{passages}?{query}"
    yield from ("timeline/source/", "timeline/source/?q=re", "timeline/source/?type__exact=book")
    yield from ("actors/actor/", "actors/actor/?q=a", f"actors/actor/?q={actor.name}")
    yield from ("actors/actor/?kind__exact=person", "actors/actor/?p=20", "actors/actor/?o=2")
    names = ("term=ar", "app_label=timeline", "model_name=claim")
    yield f"autocomplete/?{'&'.join(names)}&field_name=event"
    yield f"autocomplete/?{'&'.join(names)}&field_name=source"
    yield f"autocomplete/?{'&'.join(names)}&field_name=passage"
    yield f"autocomplete/?{'&'.join(names)}&field_name=attributed_to"
    yield f"{events}{event.pk}/change/"
    yield f"{events}{event.pk}/preview/"


if __name__ == "__main__":
    main()
