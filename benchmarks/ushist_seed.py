"""Turn the US Department of State's visits, trips and postings into seeds, to import at scale.

    python -m benchmarks.ushist_seed EVENTS.jsonl.gz FOLDER [--per-seed 1000] [--as-found]

EVENTS has one JSON object a line (id, kind, edtf, title, text, actors, source, source_url). Each
becomes a passage, its first sentence the quote. Ids that come twice are told apart by a number,
unless ``--as-found``, which leaves them for the importer to report.
"""

import argparse
import gzip
import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def main() -> None:
    """Write the seeds and say how many events and actors they hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("events", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--per-seed", type=int, default=1000)
    parser.add_argument("--as-found", action="store_true")
    options = parser.parse_args()
    with gzip.open(options.events, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    named = identified(rows, distinct=not options.as_found)
    seeds, actors = write_seeds(options.folder, named, options.per_seed)
    print(f"{len(rows)} events, {actors} actors, {seeds} seeds in {options.folder}")


def identified(rows: Iterable[Row], *, distinct: bool = True) -> Iterator[Row]:
    """The rows with ids as seeds have them."""
    ids = _Ids(distinct=distinct)
    for row in rows:
        yield {**row, "id": ids.of(row["id"])}


def write_seeds(folder: Path, rows: Iterable[Row], per_seed: int) -> tuple[int, int]:
    """Seeds of ``per_seed`` rows each; returns how many there are, and how many actors."""
    actors: dict[str, str] = {}
    left = iter(rows)
    number = 0
    while chunk := list(islice(left, per_seed)):
        number += 1
        write_seed(folder / f"us-history-{number:04}", chunk, actors)
    return number, len(set(actors.values()))


class _Ids:
    """Ids in the form that seeds want."""

    def __init__(self, *, distinct: bool) -> None:
        self._distinct = distinct
        self._seen: Counter[str] = Counter()

    def of(self, text: str) -> str:
        slug = slugged(text)
        self._seen[slug] += 1
        again = self._distinct and self._seen[slug] > 1
        return f"{slug}-{self._seen[slug]}" if again else slug


def slugged(text: str) -> str:
    """Lower-case letters, digits and single hyphens, at most 90 characters."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:90].strip("-") or "unnamed"


def write_seed(folder: Path, rows: list[Row], actors: dict[str, str]) -> None:
    """One seed of ``rows``; defines the actors that no earlier one of ``actors`` has defined."""
    folder.mkdir(parents=True, exist_ok=True)
    text = "\n".join(paragraph(row) for row in rows) + "\n"
    (folder / "article.txt").write_text(text, encoding="utf-8", newline="")
    lines = [*source_lines(folder.name, rows, text), *actor_lines(rows, actors)]
    for row in rows:
        lines += event_lines(row, actors)
    (folder / "chronology.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def paragraph(row: Row) -> str:
    """The passage of an event."""
    return " ".join(f"{quote(row)} {row['text']}".split())


def quote(row: Row) -> str:
    """The first sentence of the passage, unique by the id in it."""
    return " ".join(f"[{row['id']}] {row['title']}.".split())


def source_lines(name: str, rows: list[Row], text: str) -> Iterator[str]:
    """``[source]`` and ``[text]``."""
    yield "[source]"
    yield from pairs(id=name, type="webpage", title=f"{rows[0]['source']}, {name}", language="en")
    yield from pairs(URL=rows[0]["source_url"])
    yield "\n[text]"
    digest = hashlib.sha256(text.encode()).hexdigest()
    yield from pairs(file="article.txt", sha256=digest, paragraphs="line")


def actor_lines(rows: list[Row], actors: dict[str, str]) -> Iterator[str]:
    """``[[actor]]`` of the names that are new; names that make the same id are one actor."""
    known = set(actors.values())
    for name in (name for row in rows for name in row["actors"] if name.strip()):
        slug = actors.setdefault(name, slugged(name))
        if slug not in known:
            known.add(slug)
            yield "\n[[actor]]"
            yield from pairs(id=slug, name=name[:200], kind="person" if " " in name else "place")


def event_lines(row: Row, actors: dict[str, str]) -> Iterator[str]:
    """``[[event]]`` and its claim."""
    yield "\n[[event]]"
    yield from pairs(id=row["id"], title=row["title"][:300], kind=slugged(row["kind"]))
    if row["edtf"]:
        yield from pairs(date=row["edtf"])
    slugs = list(dict.fromkeys(actors[name] for name in row["actors"] if name.strip()))
    yield f"actors = {json.dumps(slugs)}"
    yield "[[event.claim]]"
    yield from pairs(quote=quote(row))


def pairs(**values: str) -> Iterator[str]:
    """Keys and strings; a JSON string is a TOML string, but for U+007F."""
    for key, value in values.items():
        yield f"{key} = {json.dumps(value, ensure_ascii=False)}".replace("\x7f", "\\u007f")


if __name__ == "__main__":
    main()
