"""Lays seeds that were given out as folders, which is how they are read."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from timeline.seeds import files
from timeline.seeds.problems import Place, Problem, SeedError
from timeline.seeds.uploads import GivenFile


@contextmanager
def laid_out(given: Iterable[GivenFile]) -> Iterator[list[Path]]:
    """The folders of what was given, in one that is gone afterwards; problems do not name it."""
    with tempfile.TemporaryDirectory(prefix="seeds-") as top:
        root = Path(top).resolve()
        folders = {}
        for one in given:
            path = root / one.name
            if not path.resolve().is_relative_to(root):
                raise SeedError([Problem(Place(one.name), "It leads out of the seed's folder.")])
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(one.content)
            if path.name == files.CHRONOLOGY:
                folders[path.parent] = path.parent
        try:
            yield sorted(folders)
        except SeedError as error:
            raise SeedError(_without(f"{root}/", one) for one in error.problems) from None


def _without(folder: str, problem: Problem) -> Problem:
    place = replace(problem.place, file=problem.place.file.replace(folder, ""))
    return Problem(place, problem.message.replace(folder, ""))
