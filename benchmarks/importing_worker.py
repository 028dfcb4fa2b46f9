"""One turn of ``benchmarks.importing``: imports seeds, or saves what they hold row by row.

    python -m benchmarks.importing_worker import|save FOLDER

Works in a database of its own, made anew and deleted; prints one line of JSON.
"""

import json
import resource
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
from django.db import connection, transaction

if TYPE_CHECKING:
    from actors.models import Actor
    from timeline.models import Passage
    from timeline.seeds.reading import Seed


@dataclass(frozen=True, slots=True)
class Measured:
    """How long it took in seconds, and the most memory in MB, before it began and at all.

    ``whole`` counts what ``seconds`` leaves out of a loop: sources, texts, passages and actors.
    ``processor`` is the time in ``seconds`` that this process worked and did not wait.
    """

    events: int
    seconds: float
    whole: float
    processor: float
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
    from timeline.models import Event
    from timeline.seeds.importing import import_seeds
    from timeline.seeds.ledger import Ledger
    from timeline.seeds.reporting import report

    before, start, work = peak(), time.perf_counter(), time.process_time()
    with closing(Ledger()) as ledger:
        import_seeds(ledger, folders)
        for _ in report(ledger):
            continue
    seconds, processor = time.perf_counter() - start, time.process_time() - work
    return Measured(Event.objects.count(), seconds, seconds, processor, before, peak())


def saved(folders: Sequence[Path]) -> Measured:
    """Save all that the folders hold in a loop."""
    from timeline import history, index
    from timeline.seeds.reading import read_seed

    seeds = [read_seed(folder) for folder in folders]
    before, start = peak(), time.perf_counter()
    with transaction.atomic(), history.act("Saved one by one"):
        actors: dict[str, Any] = {}
        passages = [save_source(seed, actors) for seed in seeds]
        half, work = time.perf_counter(), time.process_time()
        for seed, rows in zip(seeds, passages, strict=True):
            save_events(seed, actors, rows)
        index.catch_up()
    end, processor = time.perf_counter(), time.process_time() - work
    events = sum(len(seed.events) for seed in seeds)
    return Measured(events, end - half, end - start, processor, before, peak())


def save_source(seed: "Seed", actors: "dict[str, Actor]") -> "list[Passage]":
    """Save the source, its text and its actors; returns the passages."""
    from actors.models import Actor
    from timeline.models import Passage, Source, SourceText
    from timeline.readings import sha256

    assert seed.source is not None and seed.reading is not None  # noqa: S101, PT018
    source = Source(slug=seed.home, title=seed.source.form.title, status="published")
    source.save()
    text = seed.reading.text
    SourceText(
        source=source,
        raw=seed.raw,
        raw_sha256=sha256(seed.raw),
        reading=text,
        reading_sha256=sha256(text),
        paragraphs="line",
    ).save()
    passages = [
        Passage(source=source, ordinal=one.ordinal, start=one.start, text=one.text)
        for one in seed.reading.passages
    ]
    for passage in passages:
        passage.save()
    for item in seed.actors:
        form = item.form
        actors[form.id] = Actor(slug=form.id, name=form.name, kind=form.kind)
        actors[form.id].save()
    return passages


def save_events(seed: "Seed", actors: "dict[str, Actor]", passages: "list[Passage]") -> None:
    """Save the events, the parts of actors in them, and their claims."""
    from timeline.models import Claim, Event, Participation, claim_slug

    for item, claim, passage in zip(seed.events, seed.claims, passages, strict=True):
        form, quote = item.form, claim.form.quote
        event = Event(
            slug=form.id, status=form.status, title=form.title, kind=form.kind, date=form.date
        )
        event.save()
        for part in form.actors:
            Participation(event=event, actor=actors[part.id], role=part.role).save()
        Claim(
            slug=claim_slug(form.id, quote),
            event=event,
            source=passage.source,
            passage=passage,
            quote=quote,
            start=0,
            end=len(quote),
        ).save()


def peak() -> float:
    """The most memory that this process has had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
