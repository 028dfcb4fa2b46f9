"""One turn of ``benchmarks.importing``: imports seeds, or saves what they hold row by row.

    python -m benchmarks.importing_worker import|save FOLDER

Works in a database of its own, made anew and deleted; prints one line of JSON.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import django
from django.db import connection, transaction


@dataclass(frozen=True, slots=True)
class Measured:
    """How long it took in seconds; memory in MB, at most until it began and at most at all."""

    events: int
    seconds: float
    before: float
    peak: float


def main() -> None:
    """Take one turn."""
    way, folder = sys.argv[1], Path(sys.argv[2])
    django.setup()
    folders = sorted(folder.iterdir())
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        measured = imported(folders) if way == "import" else saved(folders)
        print(json.dumps(asdict(measured)))
    finally:
        connection.creation.destroy_test_db("", verbosity=0)


def imported(folders: Sequence[Path]) -> Measured:
    """Import the folders."""
    from timeline.seeds.importing import import_seeds
    from timeline.seeds.ledger import Ledger
    from timeline.seeds.reporting import report

    with watched() as measured, Ledger() as ledger:
        import_seeds(ledger, folders)
        for _ in report(ledger):
            continue
    return measured()


def saved(folders: Sequence[Path]) -> Measured:
    """Save the events of the folders, with their parts and claims, in a loop."""
    from timeline import history, index
    from timeline.models import Claim, Event, Participation

    events = [one for folder in folders for one in prepared(folder)]
    with watched() as measured, transaction.atomic(), history.act("Saved one by one"):
        for values, parts, claims in events:
            event = Event(**values)
            event.save()
            for part in parts:
                Participation(event=event, **part).save()
            for claim in claims:
                Claim(event=event, **claim).save()
        index.catch_up()
    return measured()


Saved = tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]


def prepared(folder: Path) -> Iterator[Saved]:
    """The values of events, parts and claims; stores the source, its passages and the actors."""
    from actors.models import Actor
    from timeline import texts
    from timeline.models import Passage, Source, claim_slug
    from timeline.seeds.reading import read_seed, spec_of

    seed = read_seed(folder)
    assert seed.source is not None and seed.text is not None  # noqa: S101, PT018
    source = Source.objects.create(slug=seed.home, title=seed.source.form.title, status="published")
    texts.store_text(source, seed.raw, spec_of(seed.text.form))
    for actor in seed.actors:
        form = actor.form
        Actor.objects.create(slug=form.id, name=form.name, kind=form.kind)
    actors = dict(Actor.objects.values_list("slug", "pk"))
    passages = Passage.objects.filter(source=source).order_by("ordinal")
    for item, claim, passage in zip(seed.events, seed.claims, passages, strict=True):
        event, quote = item.form, claim.form.quote
        yield (
            event.model_dump(exclude={"id", "actors", "claim"}) | {"slug": event.id},
            [{"actor_id": actors[part.id]} for part in event.actors],
            [
                {
                    "slug": claim_slug(event.id, quote),
                    "source": source,
                    "passage": passage,
                    "quote": quote,
                    "start": 0,
                    "end": len(quote),
                }
            ],
        )


@contextmanager
def watched() -> Iterator[Callable[[], Measured]]:
    """What is measured of the block, once it is done."""
    from timeline.models import Event

    before, start = peak(), time.perf_counter()
    seconds = 0.0
    yield lambda: Measured(Event.objects.count(), seconds, before, peak())
    seconds = time.perf_counter() - start


def peak() -> float:
    """The most memory that this process has had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
