"""Imports seeds: reads, checks, compares, writes and tells, in one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from timeline import history
from timeline.models import Event
from timeline.seeds import files, pruning, storing
from timeline.seeds.checking import checked
from timeline.seeds.planning import Plan, Wishes, plan
from timeline.seeds.problems import Place, Problem, SeedError
from timeline.seeds.progress import Progress, no_progress
from timeline.seeds.reading import Seed, read_seed


@dataclass
class Import:
    """What an import did, or would do."""

    plan: Plan
    left_out: list[Path] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)  # claims whose words stand elsewhere now
    lost: list[str] = field(default_factory=list)  # claims whose words are gone


def import_seeds(
    paths: Sequence[Path],
    wishes: Wishes = Wishes(),  # noqa: B008  # frozen
    *,
    dry_run: bool = False,
    progress: Progress = no_progress,
) -> Import:
    """Import the seeds in ``paths``. Raises SeedError, with nothing written.

    A dry run does the same and takes it back, so it tells exactly what an import would.
    """
    folders, left_out, problems = found(paths)
    seeds = []
    for number, folder in enumerate(folders, start=1):
        seeds.append(read_seed(folder))
        progress("seeds read", number, len(folders))
    with transaction.atomic():
        try:
            entries = checked(seeds)
        except SeedError as error:
            raise SeedError([*problems, *error.problems]) from None
        if problems:
            raise SeedError(problems)
        uncited = set(Event.objects.uncited().values_list("slug", flat=True))
        done = Import(plan(entries, wishes), left_out)
        with history.act(_reason(seeds)):
            for one in storing.store(done.plan, progress):
                done.moved += one.moved
                done.lost += one.lost
            pruning.prune(done.plan)
        _refuse_uncited(seeds, uncited)
        if dry_run:
            transaction.set_rollback(True)
    return done


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


def _reason(seeds: Sequence[Seed]) -> str:
    """Readers see it with each entry, so no other seed, which may be a draft, is named."""
    if len(seeds) == 1 and seeds[0].home:
        return f"Imported from {seeds[0].home}"
    return f"Imported from {len(seeds)} seeds"


def _refuse_uncited(seeds: Sequence[Seed], before: set[str]) -> None:
    """Nothing published may be left without a quote, be it by a conflict or a corrected text."""
    left = set(Event.objects.uncited().values_list("slug", flat=True)) - before
    where = {event.form.id: event.place for seed in seeds for event in seed.events}
    if left:
        raise SeedError(
            Problem(
                where.get(slug, Place("database", 0, f"event {slug}")),
                "After this import no published source would be quoted for it, since its claims "
                "are kept as the database has them or are lost in a corrected text. Repair them, "
                "or make the event a draft.",
            )
            for slug in left
        )
