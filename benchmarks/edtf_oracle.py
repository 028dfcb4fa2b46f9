"""Generated dates, read by us and by the package ``edtf``: for edtf_conformance.py --oracle.

Only what that package reads well is generated: no single unspecified digit of a month or day, no
significant digits, no season, nothing beyond year 9999. It checks no day before year 1 (it has
-0001-02-29), and reads some open intervals as unknown ones, so those are left out too.
"""

import contextlib
import io
import multiprocessing
import random
from collections import Counter
from collections.abc import Callable
from multiprocessing.pool import Pool

from timeline import edtf

TEXTS = 1500
PATIENCE = 2.0  # seconds for one text: the package can take for ever
SHOWN = 10
KINDS = ("the same", "read by us only", "read by it only", "of other bounds", "without answer")

Days = tuple[int | None, int | None]
Random = random.Random


def year(chance: Random) -> str:
    """A year of four digits, of which those at the right may be unspecified."""
    digits = f"{chance.randrange(1, 10_000):04}"
    hidden = chance.choice([0, 0, 0, 0, 1, 2])
    return digits[: 4 - hidden] + "X" * hidden


def date(chance: Random) -> str:
    """A date that may not exist, such as 1949-02-29."""
    month = chance.choice(["XX", f"{chance.randrange(0, 14):02}", f"{chance.randrange(1, 13):02}"])
    day = "XX" if month == "XX" else chance.choice(["XX", "28", "29", "30", "31", "00", "32", "07"])
    plain = f"{chance.randrange(1, 10_000):04}"
    shape = chance.choice([year(chance), f"{plain}-{month}", f"{plain}-{month}-{day}"])
    return shape + chance.choice(["", "", "", "?", "~", "%"])


def interval(chance: Random) -> str:
    """Two dates in any order, or one that has no end."""
    return f"{date(chance)}/{chance.choice([date(chance), date(chance), '..'])}"


def one_of(chance: Random) -> str:
    """Two years or months."""
    years = [f"{chance.randrange(1, 10_000):04}" for _ in range(2)]
    return chance.choice(["[{},{}]", "{{{},{}}}", "[{}-05,{}-11]"]).format(*sorted(years))


SHAPES: tuple[Callable[[Random], str], ...] = (date, date, interval, one_of)


def their_days(text: str) -> Days | str:
    """The first and the last day as the package has them, or why it has none."""
    from edtf import parse_edtf

    try:
        with contextlib.redirect_stdout(io.StringIO()):  # it prints what it tries
            found = parse_edtf(text)
            first, last = found.lower_strict(), found.upper_strict()
    except Exception as error:  # whatever it raises, it has no answer
        return "refused" if "Parse" in type(error).__name__ else "failed"
    return whole(first), whole(last)


def whole(day: object) -> int | None:
    """A struct_time as an integer, an infinity as None."""
    return edtf.to_int(*day[:3]) if isinstance(day, tuple) else None


def our_days(text: str) -> Days | str:
    """The same as we have them."""
    try:
        parsed = edtf.parse(text)
    except edtf.EdtfError:
        return "refused"
    return parsed.earliest_start, parsed.latest_end


def asked(pool: Pool, text: str) -> Days | str | None:
    """What the package says; None when it takes longer than PATIENCE."""
    try:
        return pool.apply_async(their_days, (text,)).get(PATIENCE)
    except multiprocessing.TimeoutError:
        return None


def tell_oracle() -> bool:
    """Print how many answers are the same and how the others differ, for a person to judge.

    False when the package could not be asked at all.
    """
    chance = random.Random(8601)  # noqa: S311 -- the same dates at every run
    texts = [chance.choice(SHAPES)(chance) for _ in range(TEXTS)]
    kinds: Counter[str] = Counter()
    examples = []
    pool = multiprocessing.Pool(1)
    for text in texts:
        theirs, ours = asked(pool, text), our_days(text)
        if theirs is None:
            pool.terminate()
            pool = multiprocessing.Pool(1)
        kind = kind_of(ours, theirs)
        kinds[kind] += 1
        if kind not in ("the same", "without answer"):
            examples.append(f"  {text}: {kind}: ours {ours}, theirs {theirs}")
    pool.terminate()
    counts = ", ".join(f"{kinds[kind]} {kind}" for kind in KINDS)
    print(
        f"{TEXTS} generated dates, compared with the package edtf: {counts}; of those that differ:"
    )
    print("\n".join(examples[:SHOWN]))
    return kinds["the same"] > 0


def kind_of(ours: Days | str, theirs: Days | str | None) -> str:
    """How two answers compare."""
    if theirs is None or theirs == "failed":
        return "without answer"
    if ours == theirs:
        return "the same"
    if theirs == "refused":
        return "read by us only"
    return "read by it only" if ours == "refused" else "of other bounds"
