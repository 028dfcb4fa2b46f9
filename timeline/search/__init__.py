"""Full text, the same on every database: words and their stems, the query language, the marks.

What is a word and which words are the same is decided here and nowhere else. The databases store
what ``stems`` makes of a text and compare it letter by letter (ADR 51).
"""

from timeline.search.marking import Piece, first_hit, marked, occurrences
from timeline.search.query import (
    MOST_LETTERS,
    MOST_WORDS,
    Clause,
    EmptyQueryError,
    LongQueryError,
    Query,
    QueryError,
    parse,
)
from timeline.search.words import Phrase, stems

__all__ = [
    "MOST_LETTERS",
    "MOST_WORDS",
    "Clause",
    "EmptyQueryError",
    "LongQueryError",
    "Phrase",
    "Piece",
    "Query",
    "QueryError",
    "first_hit",
    "marked",
    "occurrences",
    "parse",
    "stems",
]
