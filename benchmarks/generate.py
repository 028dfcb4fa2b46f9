"""Fill an empty database with a realistic knowledge base, to measure with.

    python -m benchmarks.generate EVENTS [--seed 1948] [--no-history]

The database is that of the settings (DATABASE_URL), migrated and without events; 1,000, 100,000 and
1,000,000 are the sizes that are compared. What it holds, at EVENTS events:

- EVENTS / 50 actors (100 to 20,000) with aliases; 2.4 take part in an event, the most frequent one
  in an eighth of all events, most in a few;
- 25 kinds; EVENTS / 500 sources of some 300 passages, and ``five-hundred`` with 500 passages and
  1,000 claims; texts of a vocabulary of 4,000 words with a long tail;
- 1 to 3 claims an event, whose quotes stand where they say: the database's triggers look at each;
- dates of all shapes (``benchmarks/generating/dates.py``), more of them the nearer the present is;
- 2 % drafts, 6 % inferred dates, 4 % of the further claims disputing;
- the record of its creation for every event, participation and claim; the index over all of it.

The same numbers make the same knowledge base. Memory stays flat: rows are written as they come.
"""

import argparse
import os
import sys
import time

import django


def generate(events: int, seed: int = 1948, *, history: bool = True) -> None:
    """Fill the database; raises ValueError where it has events already."""
    from benchmarks.generating import tables, world
    from timeline import index
    from timeline.models import Claim, Event, Participation

    if Event.objects.exists():
        raise ValueError("This database has events already: name an empty one in DATABASE_URL.")
    tables.prepare()
    made = world.World(events, seed, tables.Tables(world.COLUMNS))
    for number in made.fill():
        _tell(number, events)
    if history:
        for model in (Event, Participation, Claim):
            tables.write_history(model)
    tables.count_on(world.COLUMNS)
    tables.analyse()  # or the rebuilding of the index is planned blindly
    index.rebuild()
    tables.analyse()
    tables.close()


def _tell(number: int, events: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{number:,} of {events:,} events", end="", file=sys.stderr, flush=True)


def main() -> int:
    """Generate as the command line says; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("events", type=int)
    parser.add_argument("--seed", type=int, default=1948)
    parser.add_argument("--no-history", action="store_true")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    started = time.monotonic()
    try:
        generate(options.events, options.seed, history=not options.no_history)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{options.events:,} events in {time.monotonic() - started:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
