"""Paragraphs of the published sources that have the words of a query."""

from collections.abc import Sequence
from typing import NamedTuple

from timeline.index import documents, finding, sql
from timeline.search import Query, first_hit

MATCHING = "SELECT {key} FROM index_passage WHERE {matches} AND {key} > %s"
PASSAGES = """
SELECT p.id, s.slug, s.title, s.language, p.ordinal, p.heading, p.text
FROM timeline_passage p JOIN timeline_source s ON s.id = p.source_id AND s.status = 'published'
WHERE p.{among} ORDER BY p.id"""
FEW = 1_000


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
    found: list[FoundPassage] = []
    while len(found) < most and (ids := _matching(query, after, most)):
        found += [
            FoundPassage._make((*row[:-1], first_hit(row[-1], query.sought)))
            for row in sql.rows_among(PASSAGES, "id", ids)
        ]
        after = ids[-1]  # some may be of sources that readers do not see
    return found[:most]


def _matching(query: Query, after: int, most: int) -> list[int]:
    """The next ``most`` passages that have the words, also those of drafts.

    Rare words are looked up and then sorted; of common ones the first are met soon in their order.
    PostgreSQL takes the second way for rare words too, and reads all passages, unless asked so.
    """
    statement = MATCHING.format(key=documents.key("passage"), matches=documents.matches())
    asked: list[str | int | list[int] | None] = [finding.match_passages(query), after]
    rows = sql.rows(f"{statement} LIMIT %s", [*asked, FEW + 1])
    if len(rows) > FEW:
        rows = sql.rows(f"{statement} ORDER BY 1 LIMIT %s", [*asked, most])
    return sorted(row[0] for row in rows)[:most]
