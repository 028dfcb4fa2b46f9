"""Offers to a person: what may have been meant, and words cut to a length that can be shown."""

from collections.abc import Iterable

from rapidfuzz import process

MOST_SHOWN = 80
ALIKE = 70.0  # of 100: one slip in a short word, two in a long one


def shown(value: object) -> str:
    """The value in quotation marks, on one line and cut to a length that can be shown."""
    try:
        words = value if isinstance(value, str) else repr(value)
    except ValueError:  # Python writes no whole number of more than 4300 digits
        words = "a very long number"
    line = " ".join(words[: 4 * MOST_SHOWN].split())
    return f"“{line}”" if len(line) <= MOST_SHOWN else f"“{line[:MOST_SHOWN]}…”"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The one of ``known`` that is most like ``word``, or None where none is like it."""
    best = process.extractOne(word[:200], known, score_cutoff=ALIKE)
    return best[0] if best else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`` Did you mean “…”?`` or nothing."""
    near = nearest(word, known)
    return f" Did you mean “{near}”?" if near else ""


def among(word: str, known: list[str]) -> str:
    """What may have been meant, else all that there is."""
    near = nearest(word, known)
    return f"; did you mean “{near}”?" if near else f": {', '.join(known)}"
