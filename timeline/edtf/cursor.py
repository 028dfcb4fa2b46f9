"""A place in a text that is being read, which knows how to complain about it."""

import re
from functools import cache
from typing import NoReturn

from timeline.edtf.model import EdtfError

MAX_LENGTH = 200
FOREIGN = re.compile(r"[^0-9XYESTZ/.,:?~%+\[\]{}-]")
DASH = "write - within a date and / between two dates"
ADVICE = (
    ("unknown|open", "this word is of an earlier draft of EDTF", "write nothing, or .. for open"),
    (r"\s", "a space has no place in EDTF", DASH),
    (r"[‐-―−]", "this dash is not the hyphen of EDTF", DASH),
    ("x|u", "an unspecified digit is a capital X", "write X"),
    ("[yestz]", "the letters of EDTF are capitals", "write it as a capital"),
    (r"[()]", "parentheses are of an earlier draft of EDTF", "put ?, ~ or % beside the part"),
    (r"\d", "only the digits 0 to 9 are digits of EDTF", "write it with 0 to 9"),
    ("", "this character means nothing in EDTF", "write something like 1948-10-15 or 1953/.."),
)


class Cursor:
    """Reads ``text`` from left to right; raises EdtfError at once for what EDTF never contains."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self._check_alphabet()

    def take(self, pattern: str) -> str:
        """The text here that matches ``pattern``, which is passed over; or an empty string."""
        found = compiled(pattern).match(self.text, self.at)
        if found is None:
            return ""
        self.at = found.end()
        return found.group()

    def at_end(self, stops: str = "") -> bool:
        """Whether nothing more comes, or one of the characters ``stops``."""
        return self.at == len(self.text) or self.text[self.at] in stops

    def here(self) -> str:
        """What stands here, in words for a message."""
        return "the end of the text" if self.at_end() else f"“{self.text[self.at]}”"

    def fail(self, problem: str, advice: str, at: int | None = None) -> NoReturn:
        """Raise EdtfError for the character at ``at``, by default the one here."""
        raise EdtfError(self.text, self.at if at is None else at, problem, advice)

    def _check_alphabet(self) -> None:
        if not self.text:
            self.fail("the text is empty", "write a date such as 1948-10-15 or 194X")
        if len(self.text) > MAX_LENGTH:
            self.fail(
                f"the text is longer than {MAX_LENGTH} characters", "shorten it", at=MAX_LENGTH
            )
        if foreign := FOREIGN.search(self.text):
            self._explain(foreign.start())

    def _explain(self, at: int) -> None:
        for pattern, problem, advice in ADVICE:
            if compiled(pattern).match(self.text, at):
                self.fail(problem, advice, at)


@cache  # the cache of ``re`` is slower, and emptied when others fill it
def compiled(pattern: str) -> re.Pattern[str]:
    """``pattern``, compiled once."""
    return re.compile(pattern)
