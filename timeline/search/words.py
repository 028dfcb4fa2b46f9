"""The words of a text and the stems by which they are found.

A word is a run of letters and digits of any script, with the accents and apostrophes inside it.
Neither of these counts, nor case ('P’yŏngyang' is 'pyongyang'), nor English endings ('treaties' is
'treaty', "Mongolia's" is 'Mongolia').
"""

import re
import threading
import unicodedata
from functools import lru_cache

import snowballstemmer

# Combining marks of the scripts in use, and what is invisible inside a word: soft hyphen, joiners.
INSIDE = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a"
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09d7\u0a01-\u0a51"
    "\u0b82\u0bbe-\u0bd7\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200d"
    "\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
)
APOSTROPHES = "'’‘ʼʻ`´"
WORD = re.compile(rf"[^\W_](?:[^\W_]|[{INSIDE}]|[{APOSTROPHES}](?=[^\W_]))*")
POSSESSIVE = re.compile(rf"[{APOSTROPHES}]s$", re.IGNORECASE)
# Letters that Unicode does not take apart, but readers do.
UNACCENTED = str.maketrans(
    {
        "ø": "o",
        "đ": "d",
        "ł": "l",
        "ħ": "h",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ð": "d",
        "ʼ": "",
        "ʻ": "",
    }
)
LONGEST_WORD = 64  # letters of a stem that count; what is longer is no word

Phrase = tuple[str, ...]  # the stems of words that stand in a row

_stemmer = snowballstemmer.stemmer("english")
_stemming = threading.Lock()  # the stemmer keeps its word in itself


def stems(text: str) -> Phrase:
    """The stems of the words of ``text`` in their order."""
    return tuple(map(stem, WORD.findall(text)))


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """What ``word`` is found by: without case, accents and English endings; letters and digits."""
    # Taken apart first: '𝕄' has no small letter of its own, 'M' has.
    folded = unicodedata.normalize("NFKD", POSSESSIVE.sub("", word)).casefold()
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", folded)
        if letter.isalnum()  # leaves out the accents that have been taken off
    ).translate(UNACCENTED)
    composed = unicodedata.normalize("NFC", plain)[:LONGEST_WORD]  # Hangul is whole again
    if not composed.isascii():
        return composed or "0"  # nothing but marks: some word all the same
    with _stemming:
        return str(_stemmer.stemWord(composed)) or "0"
