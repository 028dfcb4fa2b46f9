"""What each derived table is good for: the same question asked of the base tables and of it.

    DATABASE_URL=… python -m benchmarks.derived_tables [--repeat 5]

Prints milliseconds (medians) and their ratio, on any knowledge base that is large enough to tell,
such as one of ``benchmarks.generate``. Both must give the same answer, or it fails.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

import django

FIRST, LAST = 1890, 1914
DEEP = 50_000  # entries before a page in the depths


def main() -> None:
    """Ask every question both ways."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeat", type=int, default=5)
    repeat = parser.parse_args().repeat
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    print("| question | table | from the base tables, ms | from it, ms | ratio |")
    print("| --- | --- | --- | --- | --- |")
    for question, table, plain, derived in questions():
        slow, fast = taken(plain, repeat), taken(derived, repeat)
        assert plain() == derived(), question  # noqa: S101  # or the figures say nothing
        print(
            f"| {question} | {table} | {slow:,.2f} | {fast:,.2f} | {slow / fast:,.0f}× |",
            flush=True,
        )


def taken(ask: Callable[[], Any], repeat: int) -> float:
    """Milliseconds, the median of ``repeat``; the first time does not count."""
    times = []
    for _ in range(repeat + 1):
        started = time.perf_counter()
        ask()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times[1:])


Question = tuple[str, str, Callable[[], Any], Callable[[], Any]]


def questions() -> Iterator[Question]:
    """A question in words, the table that answers it, and both ways to ask."""
    from django.db.models import Count as Number

    from timeline import edtf
    from timeline.chronology import Cursor, Selection, scanning
    from timeline.chronology.scanning import Stretch
    from timeline.index import keys, sql, tallies, values
    from timeline.index.facts import Facet
    from timeline.models import Event, Participation, Status

    window = edtf.Window.years(FIRST, LAST)
    dated = Event.objects.published().filter(sort_date__isnull=False).order_by("sort_date", "id")
    in_years = Event.objects.published().possibly_in(window)
    years = Selection(first=FIRST, last=LAST)
    frequent = values.most_frequent({Facet.ACTOR: 1})[0]
    actor = sql.rows("SELECT ref FROM index_value WHERE id = %s", [frequent.id])[0][0]
    involved = Participation.objects.filter(event__status=Status.PUBLISHED)

    def read(selection: Selection, **stretch: Any) -> list[int]:
        rows = scanning.read(scanning.PLACES, selection, Stretch(most=50, **stretch))
        return [keys.event_at(place) for (place,) in rows]

    def ids(events: Any) -> list[int]:
        return list(events.values_list("id", flat=True)[:50])

    before = dated.values_list("sort_date", "id")[DEEP - 1]
    yield (
        f"the 50 entries behind the first {DEEP:,}",
        "index_entry: a place for each, instead of OFFSET",
        lambda: list(dated.values_list("id", flat=True)[DEEP : DEEP + 50]),
        lambda: read(Selection(), first=Cursor(*before).place + 1),
    )
    yield (
        f"the first 50 that touch {FIRST}–{LAST}",
        "index_entry: spans",
        lambda: ids(in_years.order_by("sort_date", "id")),
        lambda: read(years),
    )
    yield (
        "the same, of the most frequent actor",
        "index_posting",
        lambda: ids(
            in_years.filter(participations__actor=actor).distinct().order_by("sort_date", "id")
        ),
        lambda: read(Selection(first=FIRST, last=LAST, actors=(frequent.id,))),
    )
    yield (
        f"how many touch {FIRST}–{LAST}",
        "index_tally",
        in_years.count,
        lambda: tallies.touching([0], FIRST, LAST)[0],
    )
    yield (
        "the numbers of the eight most frequent actors",
        "index_value",
        lambda: [
            number
            for _actor, number in involved.values_list("actor")
            .annotate(number=Number("event", distinct=True))
            .order_by("-number")[:8]
        ],
        lambda: [one.entries for one in values.most_frequent({Facet.ACTOR: 8})],
    )


if __name__ == "__main__":
    main()
