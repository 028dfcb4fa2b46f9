"""Texts as the full-text indexes hold them, and queries as they read them.

A document is the stems of its texts in order. Between two texts stands a stop, so that no phrase
reaches across; behind them stand signs, for the span and the values of an entry, which no query
can be mistaken for: they are letters of Unicode's private use. FTS5 compares the words as they
are, and PostgreSQL gets its tsvector and tsquery in their own notation, past its parsers.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from timeline.index import sql
from timeline.search import Phrase, stems
from timeline.search.words import LONGEST_WORD

STOP = "\ue000"
VALUE, SPAN = "\ue001", "\ue002"
# What a tsvector can hold: beyond, PostgreSQL finds words still, but phrases no more.
LAST_POSITION = 16_383
MOST_POSITIONS = 255
# The different words of a document, in bytes: 1 MiB is all that a tsvector holds, with the places.
MOST_BYTES = 900_000


def value_sign(value: int) -> str:
    """The sign of an entry that has this value; value 0 is that of every entry."""
    return f"{VALUE}{value}"


def span_sign(span: int) -> str:
    """The sign of an entry of this span."""
    return f"{SPAN}{span}"


def document(texts: Iterable[str], signs: Sequence[str] = ()) -> str:
    """What the present database stores for ``texts``."""
    words: list[str] = []
    for text in texts:
        words += stems(text)
        words.append(STOP)
    words = _held(words)
    return _tsvector(words, signs) if sql.postgresql() else " ".join([*words, *signs])


def _held(words: list[str]) -> list[str]:
    """As many of ``words`` as every database can hold: all but of the very longest texts."""
    if len(words) * 4 * LONGEST_WORD <= MOST_BYTES:
        return words
    seen: set[str] = set()
    room = MOST_BYTES
    for number, word in enumerate(words):
        if word not in seen:
            seen.add(word)
            room -= len(word.encode())
            if room < 0:
                return words[:number]
    return words


def _tsvector(words: Sequence[str], signs: Sequence[str]) -> str:
    places: dict[str, list[str]] = defaultdict(list)
    for place, word in enumerate(words, start=1):
        if place <= LAST_POSITION and len(places[word]) < MOST_POSITIONS:
            places[word].append(str(place))
        else:
            places[word]  # the word is there, its place is beyond what can be held
    there = [f"'{word}':{','.join(at)}" if at else f"'{word}'" for word, at in places.items()]
    return " ".join([*there, *(f"'{sign}'" for sign in signs)])


def key(column: str) -> str:
    """What the key of a full-text index, ``column``, is called in the present database."""
    return column if sql.postgresql() else "rowid"


def matches() -> str:
    """The condition that the words of a full-text index are as its parameter asks."""
    return "words @@ %s::tsquery" if sql.postgresql() else "words MATCH %s"


def any_of(phrases: Iterable[Phrase], begun: Iterable[str] = ()) -> str:
    """A condition of the present database: one of ``phrases`` is there, or a word ``begun`` so."""
    postgresql = sql.postgresql()
    quote, glue, either = ("'", " <-> ", " | ") if postgresql else ('"', " + ", " OR ")
    whole = [glue.join(f"{quote}{word}{quote}" for word in phrase) for phrase in phrases]
    beginnings = [f"'{word}':*" if postgresql else f'"{word}" *' for word in begun]
    return f"({either.join([*whole, *beginnings])})"


def all_of(conditions: Sequence[str], but: Sequence[str] = ()) -> str:
    """All of ``conditions``, of which there is at least one, and none of ``but``."""
    both, without = (" & ", " & !") if sql.postgresql() else (" AND ", " NOT ")
    return without.join([both.join(conditions), *but])
