"""Where a quote may begin and end: at the borders of words, numbers and signs.

So '194' is not found in '1948', nor 'ban' in 'urban'. There is no border

- within a sign: a letter and its marks, a Korean syllable, signs tied by a joiner (U+200C, U+200D);
- between two letters, or a letter and a digit, of a script that is written with spaces;
- between two numerals of any script ('一九|四八' is none), nor at the point or comma of '1,200'.

Everywhere else there is one, so also at an apostrophe, at a hyphen and at a space, whatever stands
beside it. In the scripts written
without spaces (Chinese, Japanese, Thai, Tibetan and the like) and in Korean, whose particles are
written onto the word, every letter has a border on either side.
"""

import re
import unicodedata

JOINERS = "\u200c\u200d"
# Joiners, the vowels and finals of a Korean syllable, the skin tones of emoji.
CONTINUES = re.compile(f"[{JOINERS}\u1160-\u11ff\ud7b0-\ud7ff\U0001f3fb-\U0001f3ff]")
UNSPACED = re.compile(
    "[\u0e00-\u0fff"  # Thai, Lao, Tibetan
    "\u1000-\u109f\u1100-\u11ff\u1780-\u17ff"  # Myanmar, Korean, Khmer
    "\u1950-\u19ff\u1a20-\u1aaf\u1b00-\u1b7f"  # Tai Le, New Tai Lue, Tai Tham, Balinese
    "\u2e80-\ua4cf\ua960-\ua9ff\uaa60-\uaadf"  # Chinese, Japanese, Yi, Javanese, Tai Viet
    "\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc"  # Korean, compatible forms
    "\U00016fe0-\U0001b2ff\U00020000-\U0003ffff]"  # Tangut, Nushu, rarer Chinese and Japanese
)
POINT_IN_NUMBER = re.compile(r"\d[.,\u066b\u066c]\d")


def is_border(text: str, at: int) -> bool:
    """Whether no word, number or sign of ``text`` goes on across ``at``; the ends are borders."""
    if at <= 0 or at >= len(text):
        return True
    before, after = text[at - 1], text[at]
    if " " in (before, after):  # nothing goes on across a space, be it a mark that stands on it
        return True
    if before in JOINERS or CONTINUES.match(after) or is_mark(after):
        return False
    if before.isnumeric() and after.isnumeric():
        return False
    if POINT_IN_NUMBER.match(text, at - 1) or POINT_IN_NUMBER.match(text, max(0, at - 2)):
        return False
    return not (is_spaced_letter(before) and is_spaced_letter(after))


def is_mark(sign: str) -> bool:
    """Whether ``sign`` belongs to the letter before it."""
    return unicodedata.category(sign).startswith("M")


def is_spaced_letter(sign: str) -> bool:
    """Whether ``sign`` is a letter, mark or digit of a script that puts spaces between words."""
    return (sign.isalnum() or is_mark(sign)) and not UNSPACED.match(sign)
