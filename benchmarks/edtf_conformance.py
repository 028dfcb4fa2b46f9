"""How far ``timeline.edtf`` agrees with other readers of EDTF, and how fast it is.

    python -m benchmarks.edtf_conformance PATH [--oracle]

PATH is a JSON list of rows: ``edtf`` (the text), ``valid``, ``tier`` (``unanimous`` when every
reader and test suite that was asked says the same of its validity), and for a valid text ``lower``
and ``upper``, its first and last day (``-inf`` and ``inf`` for open), which count where
``bounds_agreed`` is true. ``--oracle`` also compares with the package ``edtf`` on generated dates.

Exit status 1 on a disagreement that is not listed in WRONG_ORACLES, or on a text that is slow.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from timeline import edtf

# Why each is wrong: docs/adr/0002-edtf-where-oracles-are-wrong.md.
SIGNIFICANT = "Level 2, Significant digits: an estimate spans all years that share those digits"
WRONG_ORACLES = {
    "-1234S2": SIGNIFICANT,
    "Y-157900S3": SIGNIFICANT,
    "Y1745E1S3": SIGNIFICANT,
    "1930-X0-10/1930-10-30": "Level 0, Date: a month is 01 to 12, so X0 is October",
}
# X is the digit that nobody knows (ISO 8601-2), not a mark of something left to do.
HOSTILE = {
    "39 years in a set": "[" + ",".join(["1948"] * 39) + "]",
    "dates with every part qualified": "[" + ",".join(["?1948~-?10~-?15~"] * 11) + "]",
    "dates without a digit": "{" + ",".join(["XXXX-XX-XX"] * 18) + "}",
    "leap days of a millennium": "[" + ",".join(["1XXX-02-29"] * 18) + "]",
    "leap days of centuries": "[" + ",".join(["XX00-02-29"] * 18) + "]",
    "leap days that are none": "[" + ",".join(["XXX4-02-29"] * 17) + ",XXX1-02-29]",
    "patterns that all differ": "["
    + ",".join(f"-XXX{n % 10}-X{n % 3}-X{n % 10}" for n in range(16))
    + "]",
    "huge years in a set": "{" + ",".join(["Y1E399S9"] * 22) + "}",
    "199 digits": "Y" + "9" * 199,
    "a huge exponent": "Y9E" + "9" * 197,
    "a huge precision": "1950S" + "9" * 195,
    "brackets": "[" * 200,
    "slashes": "1948" + "/" * 196,
    "a long text": "1" * 1_000_000,
}
SLOW = 1500  # microseconds, for a machine that does other work as well
ROUNDS = 20

Days = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Row:
    """What others say of ``text``; ``days`` is None where they differ or say nothing."""

    text: str
    valid: bool
    tier: str
    days: Days | None


def rows_of(path: Path) -> list[Row]:
    """The rows of a conformance file."""
    return [
        Row(
            text=row["edtf"],
            valid=row["valid"],
            tier=row["tier"],
            days=(day(row["lower"]), day(row["upper"])) if row.get("bounds_agreed") else None,
        )
        for row in json.loads(path.read_text(encoding="utf-8"))
    ]


def day(text: str) -> int | None:
    """``-0043-03-15`` as an integer; None for an infinite one."""
    if text.endswith("inf"):
        return None
    year, month, number = text.rsplit("-", maxsplit=2)
    return edtf.to_int(int(year), int(month), int(number))


def read(text: str) -> edtf.Edtf | None:
    """``text`` as we read it, or None when we refuse it."""
    try:
        return edtf.parse(text)
    except edtf.EdtfError:
        return None


def shown(days: Days) -> str:
    """Two days to read, such as ``-1299-01-01 to -1200-12-31``."""
    parts = [edtf.from_int(number) if number is not None else None for number in days]
    return " to ".join("infinity" if p is None else f"{p[0]}-{p[1]:02}-{p[2]:02}" for p in parts)


def differences(rows: Iterable[Row]) -> Iterator[tuple[Row, str]]:
    """Each row that we see differently, and how."""
    for row in rows:
        ours = read(row.text)
        if (ours is not None) != row.valid:
            yield row, f"they say {'valid' if row.valid else 'invalid'}, we do not"
        elif ours and row.days and (ours.earliest_start, ours.latest_end) != row.days:
            our_days = (ours.earliest_start, ours.latest_end)
            yield row, f"they say {shown(row.days)}, we say {shown(our_days)}"


def microseconds(text: str) -> float:
    """The time that reading ``text`` takes, the best of ROUNDS."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter_ns()
        read(text)
        times.append(time.perf_counter_ns() - start)
    return min(times) / 1000


def tell_agreement(rows: list[Row]) -> bool:
    """Print how far we agree; whether every disagreement is a listed one or merely disputed."""
    for tier in dict.fromkeys(row.tier for row in rows):
        of_tier = [row for row in rows if row.tier == tier]
        agreed = sum((read(row.text) is not None) == row.valid for row in of_tier)
        print(f"validity, {tier}: {agreed} of {len(of_tier)} agree")
    differing = list(differences(rows))
    bounded = [row for row in rows if row.valid and row.days]
    out_of_bounds = [row for row, _ in differing if row in bounded and read(row.text)]
    agreed = len(bounded) - len(out_of_bounds)
    print(f"bounds, where they agree with each other: {agreed} of {len(bounded)} agree")
    unlisted = 0
    for row, what in differing:
        counts = row.tier == "unanimous" or row in out_of_bounds
        listed = WRONG_ORACLES.get(row.text)
        unlisted += counts and listed is None
        note = listed or ("UNLISTED" if counts else "they dispute it among themselves")
        print(f"  {row.tier:9} {row.text!r}: {what} ({note})")
    print(f"disagreements that count and are not listed: {unlisted}")
    return unlisted == 0


def tell_speed(rows: list[Row]) -> bool:
    """Print how long reading takes; whether none of it is slow."""
    usual = {row.text: microseconds(row.text) for row in rows}
    hostile = {name: microseconds(text) for name, text in HOSTILE.items()}
    worst, slowest = max(usual, key=usual.__getitem__), max(hostile, key=hostile.__getitem__)
    print(f"median {statistics.median(usual.values()):.0f} µs a text of the file")
    print(f"worst of the file: {usual[worst]:.0f} µs, {worst!r}")
    print(f"worst of {len(hostile)} hostile texts: {hostile[slowest]:.0f} µs, {slowest}")
    return max(usual[worst], hostile[slowest]) <= SLOW


def main() -> int:
    """Tell all figures; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("path", type=Path, help="edtf_conformance.json")
    parser.add_argument("--oracle", action="store_true", help="compare with the package edtf too")
    options = parser.parse_args()
    rows = rows_of(options.path)
    good = [tell_agreement(rows), tell_speed(rows)]
    if options.oracle:
        from benchmarks.edtf_oracle import tell_oracle

        good.append(tell_oracle())
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
