"""Names as plain Latin words, and what is left of them when romanisations no longer differ."""

import re
import unicodedata
from functools import lru_cache

# Cyrillic as the Mongolian and Russian names of a chronology need it.
CYRILLIC = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh",
        "з": "z", "и": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o",
        "ө": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ү": "u", "ф": "f",
        "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "",
        "э": "e", "ю": "yu", "я": "ya", "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ј": "j",
    }
)  # fmt: skip
UNACCENTED = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)
APOSTROPHES = re.compile("['’‘ʼʻ`´ʹʺ·.]")  # '.' so that U.S. and D.P.R.K. are one word
WORD = re.compile(r"[^\W_]+")
# Said of a person, and no part of the name.
SAID = (
    "king queen prince princess emperor empress tsar czar sultan shah khan amir emir sheikh pope "
    "president vice prime foreign minister premier chancellor chairman secretary general marshal "
    "generalissimo field admiral colonel captain ambassador senator governor sir lord lady dame "
    "count baron duke dr prof professor mr mrs ms his her the excellency majesty highness royal "
    "comrade of state de facto acting"
)
TITLES = frozenset(SAID.split())
SMALL = "of the and for in on at to a an de du des la le von van der di el"
SMALL_WORDS = frozenset(SMALL.split())
# What romanisations write differently: sounds that are one here, in this order.
SOUNDS = tuple(
    (re.compile(written), sound)
    for written, sound in (
        ("shch|tsch|sch|tch|ch|sh|zh|ts|tz|dz|dj|hs|cz|ks", "s"),
        ("ck|kh|gh", "k"),
        ("[cq](?=[eiy])", "s"),
        ("[cqg]", "k"),
        ("[jzx]", "s"),
        ("ph|v", "f"),
        ("th|d", "t"),
        ("b", "p"),
        ("y|j", "i"),
        ("w", "u"),
        ("h", ""),
        (r"(.)\1+", r"\1"),
    )
)
VOWELS = str.maketrans("", "", "aeiou")


@lru_cache(maxsize=65_536)
def words(name: str) -> tuple[str, ...]:
    """The words of ``name`` without case, accents and punctuation, Cyrillic in Latin letters."""
    # Composed first: 'й' is a letter, not an 'и' with an accent.
    latin = unicodedata.normalize("NFKC", name).casefold().translate(CYRILLIC)
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", latin) if not unicodedata.combining(sign)
    )
    return tuple(WORD.findall(APOSTROPHES.sub("", plain.translate(UNACCENTED))))


def untitled(name: tuple[str, ...]) -> tuple[str, ...]:
    """A person's name without “King” or “Prime Minister”; all of it where nothing else is left."""
    return tuple(word for word in name if word not in TITLES) or name


@lru_cache(maxsize=65_536)
def sounded(word: str) -> str:
    """A word as it sounds, roughly: Tsedenbal and Cedenbal are “setenpal”."""
    for written, sound in SOUNDS:
        word = written.sub(sound, word)
    return word


def skeleton(word: str) -> str:
    """The consonants of a word as romanisations agree on them."""
    return sounded(word).translate(VOWELS)


def initials(name: tuple[str, ...]) -> str:
    """The first letters of the words that count: “dprk” of three words or more, else nothing."""
    counted = [word for word in name if word not in SMALL_WORDS]
    return "".join(word[0] for word in counted) if len(counted) >= 3 else ""
