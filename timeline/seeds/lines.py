"""On which line of a TOML file a table or a key stands; ``tomllib`` does not tell."""

import re
from collections import Counter

from timeline.seeds.problems import Key

HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]\]?")
KEY = re.compile(r"""\s*["']?([\w-]+)["']?\s*=""")
LONG_STRINGS = ('"""', "'''")
Path = tuple[Key, ...]


class Lines:
    """The lines of a text in TOML, by paths such as ``("event", 0, "claim", 1, "quote")``."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {}
        counts: Counter[Path] = Counter()
        table: Path = ()
        within = ""  # the quotes that end the string of several lines that a line lies in
        for number, line in enumerate(text.split("\n"), start=1):
            if not within:
                if header := HEADER.match(line):
                    table = self._path(header[2].split("."), header[1] == "[[", counts)
                    self._lines[table] = number
                elif key := KEY.match(line):
                    self._lines.setdefault((*table, key[1]), number)
            within = _still_within(line, within)

    def of(self, path: Path) -> int:
        """The line of ``path`` or of the nearest around it that has one; 0 where none has."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 0)

    @staticmethod
    def _path(names: list[str], is_list: bool, counts: "Counter[Path]") -> Path:  # noqa: FBT001
        path: Path = ()
        for name in names[:-1]:
            path = (*path, name)
            if counts[path]:
                path = (*path, counts[path] - 1)
        path = (*path, names[-1])
        if not is_list:
            return path
        counts[path] += 1
        return (*path, counts[path] - 1)


def _still_within(line: str, within: str) -> str:
    for quotes in [within] if within else LONG_STRINGS:
        if line.count(quotes) % 2:
            return "" if within else quotes
    return within
