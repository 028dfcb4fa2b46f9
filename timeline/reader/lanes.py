"""Lines under a text on which overlapping quotes can be told apart, and letters that name notes.

Pure. Positions are code points; spans are half-open.
"""

from collections.abc import Iterable
from string import ascii_lowercase


def lanes(spans: Iterable[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """For each span the lowest line, from 1, on which none that starts before it still runs.

    They need no more lines than the most that overlap at one place.
    """
    taken: list[int] = []  # up to where each line is taken
    given: dict[tuple[int, int], int] = {}
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        lane = next((one for one, until in enumerate(taken) if until <= start), len(taken))
        taken[lane : lane + 1] = [end]
        given[start, end] = lane + 1
    return given


def letter(number: int) -> str:
    """The letter of the note ``number``, from 1: a to z, then aa, ab and so on."""
    word = ""
    while number:
        number, place = divmod(number - 1, len(ascii_lowercase))
        word = ascii_lowercase[place] + word
    return word


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What ``spans`` cover, as spans in order that neither overlap nor touch."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        elif start < end:
            joined.append((start, end))
    return joined
