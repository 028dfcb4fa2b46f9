"""Imports seeds: reads, checks, compares, writes and tells, in one transaction."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from timeline import history, index
from timeline.models import Event
from timeline.seeds import files, former, pruning, storing
from timeline.seeds.checking import checked, place_of
from timeline.seeds.entries import Kind
from timeline.seeds.gathering import gathered
from timeline.seeds.ledger import Ledger
from timeline.seeds.planning import Wishes, plan
from timeline.seeds.problems import Place, Problem, SeedError
from timeline.seeds.progress import Progress, no_progress
from timeline.seeds.reading import read_seed

LEFT_OUT = "left out"


def import_seeds(
    ledger: Ledger,
    paths: Sequence[Path],
    wishes: Wishes = Wishes(),  # noqa: B008  # frozen
    *,
    dry_run: bool = False,
    progress: Progress = no_progress,
) -> None:
    """Import the seeds in ``paths``; what becomes of each item is in ``ledger``, an empty one.

    Raises SeedError, with nothing written. A dry run does the same and takes it back, so it tells
    exactly what an import would.
    """
    problems = read(ledger, paths, progress)
    with transaction.atomic():
        check(ledger, problems)
        plan(ledger, wishes)
        store(ledger, progress=progress)
        if dry_run:
            transaction.set_rollback(True)
        else:
            index.catch_up()


def read(
    ledger: Ledger, paths: Sequence[Path], progress: Progress = no_progress
) -> tuple[Problem, ...]:
    """Take down what the seeds in ``paths`` give; returns what is wrong in each alone."""
    folders, left_out, problems = found(paths)
    ledger.tell(LEFT_OUT, map(str, left_out))
    return (*problems, *_read(ledger, folders, progress))


def check(ledger: Ledger, problems: Iterable[Problem]) -> None:
    """Raises SeedError with ``problems`` and all that is wrong between seeds and database."""
    former.follow(ledger)
    if found := [*problems, *checked(ledger)]:
        raise SeedError(found)


def store(
    ledger: Ledger,
    user: AbstractBaseUser | None = None,
    reason: str = "",
    progress: Progress = no_progress,
) -> datetime:
    """Write what was planned, as one act; returns its moment.

    The caller holds the transaction. Raises SeedError where it is to be taken back.
    """
    uncited = set(Event.objects.uncited().values_list("slug", flat=True))
    with history.act(reason or _reason(ledger), user) as act:
        storing.store(ledger, progress)
        pruning.prune(ledger)
    _refuse_uncited(ledger, uncited)
    return act.moment


def _read(ledger: Ledger, folders: Sequence[Path], progress: Progress) -> Iterator[Problem]:
    """Take down what the folders give, one after the other; what is wrong in each alone."""
    without = ""  # the first seed without a source
    for number, folder in enumerate(folders, start=1):
        seed = read_seed(folder)
        entries, problems = gathered(seed)
        ledger.add(seed, entries)
        yield from problems
        if seed.source is None and not seed.problems:
            if without:
                yield Problem(
                    Place(seed.file),
                    f"There is no [source] here, nor in {without}; put what no source has into "
                    "one folder.",
                )
            without = without or seed.file
        progress("seeds read", number, len(folders))
    ledger.complete()


def found(paths: Iterable[Path]) -> tuple[list[Path], list[Path], list[Problem]]:
    """The folders that ``paths`` name, the files among them that are no seeds, and problems."""
    folders: dict[Path, Path] = {}
    left_out, problems = [], []
    for path in paths:
        try:
            if path.name == files.CHRONOLOGY and path.is_file():
                folders.setdefault(path.parent.resolve(), path.parent)
            elif path.is_dir():
                folders.setdefault(path.resolve(), path)
            elif path.is_file():
                left_out.append(path)
            else:
                problems.append(Problem(Place(str(path)), "There is no such folder."))
        except OSError as error:
            problems.append(Problem(Place(str(path)), f"It cannot be read: {error.strerror}."))
    if left_out and not folders and not problems:
        problems = [
            Problem(Place(str(path)), f"This is no folder with a {files.CHRONOLOGY}.")
            for path in left_out
        ]
    return list(folders.values()), left_out, problems


def _reason(ledger: Ledger) -> str:
    """Readers see it with each entry, so no other seed, which may be a draft, is named."""
    sources = list(islice(ledger.rows("SELECT slug FROM item WHERE kind = ?", Kind.SOURCE), 2))
    ((seeds,),) = ledger.rows("SELECT count(*) FROM seed")
    if seeds == len(sources) == 1:
        return f"Imported from {sources[0][0]}"
    return f"Imported from {seeds} seeds"


def _refuse_uncited(ledger: Ledger, before: set[str]) -> None:
    """Nothing published may be left without a quote, be it by a conflict or a corrected text."""
    uncited = Event.objects.uncited().values_list("slug", "title")
    left = {slug: title for slug, title in uncited if slug not in before}
    if left:
        raise SeedError(
            Problem(
                place_of(ledger, Kind.EVENT, slug) or Place("database", 0, f"event {slug}"),
                f"After this import no published source would be quoted for “{title}”, since its "
                "claims are kept as the database has them, are left out or are lost in a corrected "
                "text. Repair or take one of them, leave the event out, too, or make it a draft.",
            )
            for slug, title in left.items()
        )
