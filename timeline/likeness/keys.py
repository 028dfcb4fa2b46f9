"""By what the names of actors are looked up, so that not every two have to be compared.

Two actors that share a key may be the same. A key begins with what it means: ``1`` the same words
in any order, written together or apart; ``2`` the same consonants (or sounds, where these are
few); ``3`` the same initials.
"""

from collections.abc import Iterable

from timeline.likeness.letters import SMALL_WORDS, initials, skeleton, sounded, untitled, words

LONGEST = 80  # letters of a key
FEWEST_SOUNDS = 4  # consonants that say something: 'China' and 'Sin' have the same two
ABBREVIATION = range(2, 8)  # letters


def keys(names: Iterable[str], *, person: bool = False) -> set[str]:
    """The keys of an actor who has ``names``; a person's titles do not count."""
    return {key for name in names for key in _keys(name, person=person)}


def _keys(name: str, *, person: bool) -> Iterable[str]:
    parts = words(name)
    if not parts:
        return
    if person:
        parts = untitled(parts)
    said = tuple(part for part in parts if part not in SMALL_WORDS) or parts
    yield f"1{_sorted(''.join(said))}"[:LONGEST]
    sounds = "".join(map(skeleton, said))
    if len(sounds) < FEWEST_SOUNDS:
        sounds = "".join(map(sounded, said))
    yield f"2{_sorted(sounds)}"[:LONGEST]
    if person:
        return
    if short := initials(parts):
        yield f"3{short}"[:LONGEST]
    elif is_abbreviation(name):
        yield f"3{parts[0]}"


def is_abbreviation(name: str) -> bool:
    """Whether a name is letters of others: “DPRK”, “D.P.R.K.”."""
    letters = name.replace(".", "").replace(" ", "")
    return len(letters) in ABBREVIATION and letters.isupper() and letters.isalpha()


def _sorted(text: str) -> str:
    # The letters by themselves: Kim Ilsung, Kim Il-sung and Il Sung Kim have one key.
    return "".join(sorted(text))
