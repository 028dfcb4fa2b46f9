"""Writes the knowledge base back to seeds, without loss: what it exports imports to the same."""

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from timeline.models import Source, SourceText
from timeline.seeds import toml
from timeline.seeds.collecting import homes, seed_form
from timeline.seeds.files import CHRONOLOGY
from timeline.seeds.forms import schema
from timeline.seeds.hints import did_you_mean
from timeline.seeds.progress import Progress, no_progress

UNSOURCED = "_unsourced"  # no id of a source can be the same
SCHEMA = "chronology.schema.json"
COMMENT = f"#:schema ../{SCHEMA}"


class ExportError(ValueError):
    """Seeds that cannot be written; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A seed to be written: the name of its folder and its files by name."""

    name: str
    files: dict[str, bytes]


def export_seeds(
    output: Path, sources: Sequence[str] = (), progress: Progress = no_progress
) -> list[Path]:
    """Write the seeds of ``sources``, or all, into ``output``; returns their folders.

    Raises ExportError. A folder appears, and a file is replaced, at once or not at all.
    """
    names = _names(sources)
    for name in names:
        _refuse_what_is_no_seed(output / name)
    output.mkdir(parents=True, exist_ok=True)
    _replace(output / SCHEMA, schema_text().encode())
    written = []
    for number, folder in enumerate(_folders(names), start=1):
        if folder.files or (output / folder.name).exists():
            written.append(_write(output, folder))
        progress("seeds written", number, len(names))
    return written


def schema_text() -> str:
    """The JSON schema of a ``chronology.toml``, as it is kept beside the seeds."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _names(sources: Sequence[str]) -> list[str]:
    known = list(Source.objects.order_by("slug").values_list("slug", flat=True))
    for source in sources:
        if source not in known:
            raise ExportError(f"There is no source “{source}”.{did_you_mean(source, known)}")
    return list(dict.fromkeys(sources)) or [*known, UNSOURCED]


def _refuse_what_is_no_seed(target: Path) -> None:
    if target.is_dir() and not target.is_symlink():
        if not (target / CHRONOLOGY).is_file() and any(target.iterdir()):
            raise ExportError(f"{target} is there and is no seed; move it, or name another folder.")
    elif target.exists() or target.is_symlink():
        raise ExportError(f"{target} is there and is no folder; move it, or name another folder.")


def _folders(names: Iterable[str]) -> Iterator[Folder]:
    known = homes()
    for name in names:
        home = "" if name == UNSOURCED else name
        form = seed_form(home, known)
        files = {}
        text = SourceText.objects.filter(source__slug=home).values_list("file", "raw").first()
        if text:
            file, raw = text
            if file != Path(file).name or file in (CHRONOLOGY, ".", "..") or "\\" in file:
                raise ExportError(f"The text of “{name}” has no plain name of a file: “{file}”.")
            files[file] = raw.encode()
        if home or form.actor or form.event:
            files[CHRONOLOGY] = toml.written(form, COMMENT).encode()
        yield Folder(name, files)


def _write(output: Path, folder: Folder) -> Path:
    target = output / folder.name
    files = folder.files or {CHRONOLOGY: f"{COMMENT}\n".encode()}
    if target.exists():
        for name, content in files.items():
            _replace(target / name, content)
        return target
    with tempfile.TemporaryDirectory(dir=output, prefix=".") as temporary:
        made = Path(temporary) / folder.name
        made.mkdir()
        for name, content in files.items():
            (made / name).write_bytes(content)
        made.rename(target)
    return target


def _replace(path: Path, content: bytes) -> None:
    """Write the file at once or not at all, and leave alone what is the same already."""
    if path.is_file() and not path.is_symlink() and path.read_bytes() == content:
        return
    temporary = path.with_name(f".{path.name}.part")
    temporary.write_bytes(content)
    temporary.replace(path)
