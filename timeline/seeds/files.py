"""The files of a seed's folder: never outside of it, never too large, always text."""

from pathlib import Path

CHRONOLOGY = "chronology.toml"
MOST_BYTES = {CHRONOLOGY: 64 * 2**20}
MOST_BYTES_OF_TEXT = 10 * 2**20


class FileError(ValueError):
    """A file that cannot be read; the message says why and what to do."""


def contents(folder: Path, name: str) -> bytes:
    """The bytes of the file ``name`` in ``folder``; raises FileError."""
    if name != Path(name).name or "\\" in name or name in {"", ".", ".."}:
        raise FileError("names a place outside of the seed's folder; name a file beside it")
    path = folder / name
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise FileError("is a link that leads out of the seed's folder; put the file there")
        if not path.is_file():
            raise FileError("is not there" if not path.exists() else "is no file")
        most = MOST_BYTES.get(name, MOST_BYTES_OF_TEXT)
        with path.open("rb") as file:
            content = file.read(most + 1)
    except (OSError, RuntimeError) as error:  # resolve() calls a circle of links a RuntimeError
        raise FileError(f"cannot be read: {getattr(error, 'strerror', error)}") from None
    if len(content) > most:
        raise FileError(f"is larger than {most // 2**20} MB; divide it")
    return content


def text_of(content: bytes) -> str:
    """The bytes as text, line ends as they are; raises FileError where they are no UTF-8."""
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FileError(
            f"is no text in UTF-8 (line {line}, byte {error.start}); save it as UTF-8"
        ) from None
