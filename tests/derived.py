"""What tests of the derived tables look at: all that is in them, and what readers get of it."""

from timeline import index
from timeline.chronology import Count, Selection, read
from timeline.index import sql

TABLES = ("entry", "posting", "value", "tally", "name", "alike", "work", "words", "passage")


def contents() -> dict[str, list[str]]:
    """All rows of the derived tables; a tally of nothing is as good as none."""
    rowid = {} if sql.postgresql() else {"words": "rowid, words", "passage": "rowid, words"}
    found = {
        table: sorted(map(str, sql.rows(f"SELECT {rowid.get(table, '*')} FROM index_{table}")))  # noqa: S608
        for table in TABLES
        if table != "tally"
    }
    tallies = sql.rows("SELECT * FROM index_tally WHERE starts <> 0 OR ends <> 0")
    return found | {"tally": sorted(map(str, tallies))}


def follows() -> None:
    """Catch up; then the tables say what the entries say, and making them anew changes nothing."""
    index.catch_up()
    assert index.differences() == []
    before = contents()
    index.rebuild()
    assert contents() == before
    assert index.differences() == []


def indexed() -> set[str]:
    """The titles of what the derived tables have."""
    index.catch_up()
    return {entry.title for entry in read(Selection(), size=500).entries}


def shown() -> object:
    """What readers get to see of the derived tables."""
    numbers = Count(Selection())
    found = {
        facet: [(one.slug, one.entries) for one in values]
        for facet, values in numbers.by_value.items()
    }
    return indexed(), numbers.total, numbers.bins, found


def words_indexed() -> str:
    """All words by which entries are found."""
    index.catch_up()
    return " ".join(str(row[0]) for row in sql.rows("SELECT words FROM index_words"))
