"""The words that a column holds, each once, without reading the column.

``SELECT DISTINCT`` reads every row; this goes from word to word along the column's index.
"""

from timeline.index import sql

MOST_WORDS = 500

NEXT = """
WITH RECURSIVE found(word) AS (
    SELECT MIN({column}) FROM {table} WHERE {column} > ''
    UNION ALL SELECT (SELECT MIN({column}) FROM {table} WHERE {column} > found.word)
    FROM found WHERE found.word IS NOT NULL
) SELECT word FROM found WHERE word IS NOT NULL LIMIT {most}"""


def words_in_use(table: str, column: str) -> list[str]:
    """At most MOST_WORDS words of ``column``, which is the first of an index, in its order."""
    return [word for (word,) in sql.rows(NEXT.format(table=table, column=column, most=MOST_WORDS))]
