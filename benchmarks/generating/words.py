"""A language of a few thousand words: some in nearly every text, most in hardly any."""

from random import Random
from typing import Final

from benchmarks.generating.chance import LongTail

NUMBER: Final = 4000
TOP_SHARE = 0.06  # of the most frequent word, as of English "the"
SMALL = "the of and to in a was by for on at with from his that"
KNOWN = (
    "government army city year peace king war river trade agreement general people northern "
    "minister border capital first court letter visit union country council eastern station "
    "treaty harbour embassy delegation railway"
)
COMMON = "treaty"  # in about a tenth of the events
RARE = "quagga"  # in the titles of the first RARE_EVENTS events and nowhere else, at any size
RARE_EVENTS = 60
STARTS = "b d f g h k l m n p r s t v z br dr gr kh sh st tr"
VOWELS = "a e i o u a e i o ŏ ü é"


def vocabulary() -> LongTail[str]:
    """The words, the most frequent first: always the same ones."""
    words = dict.fromkeys([*SMALL.split(), *KNOWN.split()])
    chance = Random(4000)  # noqa: S311 -- the same words at every run
    while len(words) < NUMBER:
        words.setdefault(invented(chance, chance.choice((2, 2, 3, 3, 4))))
    return LongTail.of(list(words), TOP_SHARE)


def invented(chance: Random, syllables: int) -> str:
    """A word that can be pronounced."""
    parts = (
        chance.choice(STARTS.split()) + chance.choice(VOWELS.split()) for _ in range(syllables)
    )
    return "".join(parts) + chance.choice(("", "n", "r", "s"))


def sentence(words: list[str]) -> list[str]:
    """``words`` with a capital at the beginning and a full stop at the end."""
    return [words[0].capitalize(), *words[1:-1], f"{words[-1]}."]
