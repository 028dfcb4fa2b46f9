"""The query language: words, "phrases", OR, and a minus before what must not be there.

All words have to be there, in any order: ``treaty 1948``. ``treaty OR agreement`` takes either and
binds its neighbours only: ``Mongolia treaty OR agreement`` has Mongolia and one of the two. Words
that are written together (``Sino-Soviet``) stand together. Any text is a query or a QueryError.
"""

import re
from dataclasses import dataclass

from timeline.search.words import Phrase, stems

MOST_LETTERS = 200
MOST_WORDS = 20
INVISIBLE = "\u00ad\u200b\u200c\u200d"
QUOTES = '"“”„«»'
PART = re.compile(
    rf"(?P<minus>[-−])?(?:[{QUOTES}](?P<phrase>[^{QUOTES}]*)[{QUOTES}]?|(?P<word>[^\s{QUOTES}]+))"
)


class QueryError(ValueError):
    """A text that is no query."""


class EmptyQueryError(QueryError):
    """There is no word in it."""


class LongQueryError(QueryError):
    """It has more than MOST_LETTERS letters or MOST_WORDS words."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One of ``phrases`` has to be there, or, where ``negated``, none may be."""

    phrases: tuple[Phrase, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What has to hold of a text: every clause. ``text`` is the query as its reader wrote it."""

    text: str
    clauses: tuple[Clause, ...]

    @property
    def sought(self) -> tuple[Phrase, ...]:
        """The phrases that may be found and are to be marked."""
        return tuple(p for clause in self.clauses if not clause.negated for p in clause.phrases)


def parse(text: str) -> Query:
    """The query that ``text`` is; raises QueryError."""
    clean = " ".join(letter_by_letter(text).split())
    if len(clean) > MOST_LETTERS:
        raise LongQueryError(f"More than {MOST_LETTERS} letters.")
    clauses: list[Clause] = []
    joins = False
    for part in PART.finditer(clean):
        if part["word"] == "OR" and not part["minus"]:
            joins = bool(clauses) and not clauses[-1].negated
            continue
        phrase = stems(part["phrase"] or part["word"] or "")
        if not phrase:
            continue
        negated = bool(part["minus"])
        if joins and not negated:
            clauses[-1] = Clause((*clauses[-1].phrases, phrase))
        else:
            clauses.append(Clause((phrase,), negated))
        joins = False
    if not clauses:
        raise EmptyQueryError("There is no word in it.")
    if sum(len(phrase) for clause in clauses for phrase in clause.phrases) > MOST_WORDS:
        raise LongQueryError(f"More than {MOST_WORDS} words.")
    return Query(clean, tuple(clauses))


def letter_by_letter(text: str) -> str:
    """``text`` with blanks for what cannot be printed, such as NUL or half a surrogate pair.

    What is invisible inside a word, such as a soft hyphen, is left out and parts nothing.
    """
    seen = "".join(letter for letter in text if letter not in INVISIBLE)
    return "".join(letter if letter.isprintable() else " " for letter in seen)
