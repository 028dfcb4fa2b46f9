"""Paragraphs of the published sources that have the words of a query."""

from collections.abc import Sequence
from typing import NamedTuple

from timeline.index import finding, sql
from timeline.search import Query, first_hit

FOUND = """
SELECT p.id, s.slug, s.title, s.language, p.ordinal, p.heading, p.text
FROM index_passage w JOIN timeline_passage p ON p.id = w.{key}
JOIN timeline_source s ON s.id = p.source_id AND s.status = 'published'
WHERE w.words {matches} AND w.{key} > %s ORDER BY w.{key} LIMIT %s"""


class FoundPassage(NamedTuple):
    """A paragraph, ``words`` being the part of it around the first hit."""

    id: int
    source: str
    title: str
    language: str
    ordinal: int
    heading: str
    words: str


def passages_with(query: Query, *, most: int, after: int = 0) -> Sequence[FoundPassage]:
    """At most ``most`` paragraphs that have the words, in the order in which they were stored.

    ``after`` is the id of the last one that is known already.
    """
    postgresql = sql.postgresql()
    statement = FOUND.format(
        key="passage" if postgresql else "rowid",
        matches="@@ %s::tsquery" if postgresql else "MATCH %s",
    )
    return [
        FoundPassage._make((*row[:-1], first_hit(row[-1], query.sought)))
        for row in sql.rows(statement, [finding.match_passages(query), after, most])
    ]
