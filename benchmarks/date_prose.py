"""How well ``timeline.phrases.found`` finds the dates of prose.

    python -m benchmarks.date_prose PATH

PATH is a folder with ``wikiwars/wikiwars_en.timex.jsonl`` (``text``, and ``timex`` with ``start``,
``end``, ``surface``, ``edtf``, and ``explicit`` where the words tell the date by themselves) and
``dates/tei_date_pairs.json`` (``text``, a date, and ``context``, prose that holds it).

Only what is explicit should be found, and nothing that nobody marked; all of that is listed.
"""

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from timeline.phrases import Found, found, read

AROUND = 30


def overlap(one: Found, marked: dict[str, Any]) -> bool:
    """Whether what was found and what was marked share a character."""
    return bool(marked["start"] < one.end and one.start < marked["end"])


def excerpt(text: str, start: int, end: int) -> str:
    """A place with the words around it, on one line."""
    return " ".join(text[max(0, start - AROUND) : end + AROUND].split())


def tell_wars(path: Path) -> None:
    """Print precision and recall, and all that is missed or found in vain."""
    counts: Counter[str] = Counter()
    missed, vain, characters, seconds = [], [], 0, 0.0
    for line in path.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        text, marks = document["text"], document["timex"]
        start = time.perf_counter()
        ours = found(text)
        seconds, characters = seconds + time.perf_counter() - start, characters + len(text)
        counts["found"] += len(ours)
        vain += [
            excerpt(text, one.start, one.end)
            for one in ours
            if not any(overlap(one, mark) for mark in marks)
        ]
        for mark in filter(lambda mark: mark.get("explicit"), marks):
            hits = [one for one in ours if overlap(one, mark)]
            counts["explicit"] += 1
            if not hits:
                missed.append(excerpt(text, mark["start"], mark["end"]))
            elif any(mark["edtf"] in one.edtf for one in hits):
                counts["the same date"] += 1
            elif any(mark["edtf"] in _of_surface(mark) for _ in hits):
                counts["the same date, in words around it"] += 1
            else:
                counts["another form of it (early, late, end of)"] += 1
    print(f"wikiwars: {dict(counts)}, in vain {len(vain)}, missed {len(missed)}")
    print(f"{characters:,} characters in {seconds:.2f} s")
    for name, excerpts in (("in vain", vain), ("missed", missed)):
        print("\n".join(f"  {name}: {one}" for one in excerpts))


def _of_surface(mark: dict[str, Any]) -> list[str]:
    return [choice.edtf for choice in read(mark["surface"]).choices]


def tell_articles(path: Path) -> None:
    """Print how many of the dates that stand in a context are found there."""
    counts: Counter[str] = Counter()
    missed = []
    for row in json.loads(path.read_text(encoding="utf-8")):
        text, context = row["text"].strip(" ,()"), row["context"]
        at = context.find(text)
        if at < 0:
            counts["not in its context"] += 1
            continue
        hit = any(one.start < at + len(text) and at < one.end for one in found(context))
        counts["found" if hit else "missed"] += 1
        if not hit:
            missed.append(excerpt(context, at, at + len(text)))
    print(f"tei: {dict(counts)}")
    print("\n".join(f"  missed: {one}" for one in missed))


def main() -> int:
    """Tell all figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("path", type=Path, help="the folder with wikiwars/ and dates/")
    path = parser.parse_args().path
    tell_wars(path / "wikiwars/wikiwars_en.timex.jsonl")
    tell_articles(path / "dates/tei_date_pairs.json")
    return 0


if __name__ == "__main__":
    sys.exit(main())
