"""Files that somebody gives over the web: never a name that leads elsewhere, never too much.

Nothing is written to a disk here: what is taken of an archive is read into memory, within limits
that count what really comes out of it, whatever it declares.
"""

import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from timeline.seeds import files
from timeline.seeds.hints import shown
from timeline.seeds.problems import Place, Problem, SeedError

MOST_FILES = 200
MOST_ENTRIES = 2_000  # of an archive, folders and what is passed over included
MOST_BYTES_IN_ALL = 128 * 2**20
MOST_CHARACTERS = 90  # of the name of a file or folder
ARCHIVE = ".zip"
PASSED_OVER = {"__MACOSX"}
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError)


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file of a seed: its name is ``name`` or ``folder/name``."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent."""

    name: str
    file: IO[bytes]


class _RefusedError(ValueError):
    """The message says what is wrong with one file and what to do."""


def taken(uploads: Sequence[Upload]) -> list[GivenFile]:
    """The files of the seeds among ``uploads``: one archive, or the files of one seed.

    Raises SeedError with all that is wrong.
    """
    archives = [one for one in uploads if one.name.lower().endswith(ARCHIVE)]
    if archives and len(uploads) > 1:
        raise SeedError([Problem(Place(archives[0].name), "Give an archive by itself.")])
    return _of_seeds(list(_unpacked(archives[0])) if archives else list(_plain(uploads)))


def of_folder(folder: Path) -> list[GivenFile]:
    """The files of a seed that is a folder of this machine; raises SeedError."""
    names = sorted(one.name for one in folder.iterdir() if one.is_file())
    found, problems = [], []
    for name in names:
        if not name.startswith("."):
            try:
                content = files.contents(folder, _checked(name))
                found.append(GivenFile(f"{folder.name}/{name}", content))
            except (files.FileError, _RefusedError) as error:
                problems.append(Problem(Place(f"{folder.name}/{name}"), f"It {error}."))
    if problems:
        raise SeedError(problems)
    return found


def _plain(uploads: Sequence[Upload]) -> Iterator[tuple[PurePosixPath, bytes]]:
    """The files of one seed, which were sent one by one."""
    if len(uploads) > MOST_FILES:
        raise SeedError([Problem(Place("files"), f"These are more than {MOST_FILES} files.")])
    left, problems = MOST_BYTES_IN_ALL, []
    for one in uploads:
        try:
            content = _content(_checked(one.name), one.file, left)
        except _RefusedError as refused:
            problems.append(Problem(Place(_safe(one.name)), f"It {refused}."))
        else:
            left -= len(content)
            yield PurePosixPath(one.name), content
    if problems:
        raise SeedError(problems)


def _unpacked(archive: Upload) -> Iterator[tuple[PurePosixPath, bytes]]:
    """The files in an archive, those that only some systems add passed over."""
    try:
        with zipfile.ZipFile(archive.file) as packed:
            yield from _members(packed)
    except BROKEN as error:
        if isinstance(error, SeedError):
            raise
        message = "It is no .zip file, or a broken one; make it anew."
        raise SeedError([Problem(Place(_safe(archive.name)), message)]) from None


def _members(packed: zipfile.ZipFile) -> Iterator[tuple[PurePosixPath, bytes]]:
    left = MOST_BYTES_IN_ALL
    for path, member in _wanted(packed.infolist()):
        try:
            with packed.open(member) as file:
                content = _content(path.name, file, left)
        except _RefusedError as refused:
            raise SeedError([Problem(Place(str(path)), f"It {refused}.")]) from None
        left -= len(content)
        yield path, content


def _wanted(members: Sequence[zipfile.ZipInfo]) -> list[tuple[PurePosixPath, zipfile.ZipInfo]]:
    """What is to be unpacked, and where it stands. Raises SeedError with what is declared wrong."""
    if len(members) > MOST_ENTRIES:
        raise SeedError([Problem(Place("the archive"), f"It has more than {MOST_ENTRIES} files.")])
    wanted, problems = [], []
    for member in members:
        try:
            path = _path(member)
        except _RefusedError as refused:
            problems.append(Problem(Place(_safe(member.filename)), f"It {refused}."))
        else:
            wanted += [(path, member)] if path is not None else []
    if len(wanted) > MOST_FILES:
        problems.append(Problem(Place("the archive"), f"It has more than {MOST_FILES} files."))
    if sum(member.file_size for _, member in wanted) > MOST_BYTES_IN_ALL:
        problems.append(Problem(Place("the archive"), f"{_too_much()}."))
    if problems:
        raise SeedError(problems)
    return wanted


def _path(member: zipfile.ZipInfo) -> PurePosixPath | None:
    """Where in the archive the file stands; None for what is no file of a seed."""
    # What the archive says, not what zipfile makes of it: it cuts names at a NUL.
    name = member.orig_filename
    if "\\" in name or name.startswith("/") or ":" in name:
        raise _RefusedError("has a name that leads out of the archive; pack the folder anew")
    parts = name.rstrip("/").split("/")
    if any(part in {"", ".", ".."} for part in parts):
        raise _RefusedError("has a name that leads out of the archive; pack the folder anew")
    if member.is_dir() or any(part in PASSED_OVER or part.startswith(".") for part in parts):
        return None
    if stat.S_ISLNK(member.external_attr >> 16):
        raise _RefusedError("is a link; put the file itself there")
    if member.flag_bits & 1:
        raise _RefusedError("is encrypted; pack it without a password")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _RefusedError("is packed in an unusual way; make a plain .zip")
    for part in parts:
        _checked(part)
    if member.file_size > _most(parts[-1]):
        raise _RefusedError(_too_large(parts[-1]))
    return PurePosixPath(*parts)


def _checked(name: str) -> str:
    if name != PurePosixPath(name).name or "\\" in name or name in {"", ".", ".."}:
        raise _RefusedError("names a place outside of the seed's folder; give a file of the folder")
    if not name.isprintable():
        raise _RefusedError("has signs in its name that cannot be shown; give it another name")
    if len(name) > MOST_CHARACTERS:
        raise _RefusedError(f"has a name of more than {MOST_CHARACTERS} characters; shorten it")
    return name


def _content(name: str, file: IO[bytes], left: int) -> bytes:
    """What is in a file, not one byte more than is allowed being read."""
    most = min(_most(name), left)
    content = file.read(most + 1)
    if len(content) > most:
        raise _RefusedError(_too_large(name) if most < left else f"is too much. {_too_much()}")
    return content


def _most(name: str) -> int:
    return files.MOST_BYTES.get(name, files.MOST_BYTES_OF_TEXT)


def _too_large(name: str) -> str:
    return f"is larger than {_most(name) // 2**20} MB; divide it, or leave it out"


def _too_much() -> str:
    return f"All files together are larger than {MOST_BYTES_IN_ALL // 2**20} MB; give fewer seeds"


def _of_seeds(found: Iterable[tuple[PurePosixPath, bytes]]) -> list[GivenFile]:
    """Those beside a chronology.toml, each under the name of its folder alone."""
    there = list(found)
    folders = {path.parent for path, _ in there if path.name == files.CHRONOLOGY}
    if not folders:
        message = f"There is no {files.CHRONOLOGY} among the files; give it with its text."
        raise SeedError([Problem(Place("files"), message)])
    given: dict[str, bytes] = {}
    for path, content in there:
        if path.parent in folders:
            name = str(PurePosixPath(path.parent.name, path.name))
            if name in given:
                message = "There are two files of this name; give the folders different names."
                raise SeedError([Problem(Place(name), message)])
            given[name] = content
    return [GivenFile(*one) for one in given.items()]


def _safe(name: str) -> str:
    """A name that may hold anything, so that it can be shown."""
    return shown(name.encode(errors="backslashreplace").decode())
