"""What makes reading fast: tables derived from the knowledge base, and their upkeep.

``timeline.index.schema`` says which tables there are, docs/performance.md what each is good for.
"""

from timeline.index import sql
from timeline.index.schema import EVERYTHING
from timeline.index.updating import Progress, catch_up
from timeline.index.verifying import differences

__all__ = ["Progress", "catch_up", "differences", "rebuild", "version"]


def version() -> int | None:
    """The number of what readers can see now: another one after every change.

    Chance gives it, so that it does not come again, not even from a backup.

    Takes up first what has been written and is not derived yet, so nothing that is read after it
    is older than what the base tables say. None where it cannot, since somebody writes just now
    (a long import, say): then lists may lack what was written past the program meanwhile.
    """
    number, waiting = sql.rows(
        "SELECT number, EXISTS (SELECT 1 FROM index_change) FROM index_version"
    )[0]
    if not waiting:
        return int(number)
    if not catch_up(wait=False):
        return None
    return int(sql.rows("SELECT number FROM index_version")[0][0])


def rebuild(progress: Progress = lambda _done: None) -> None:
    """Make all of it anew from the base tables; readers see the old tables until it is done."""
    sql.execute("INSERT INTO index_change (scope, ref) VALUES (%s, 0)", [EVERYTHING])
    with sql.much_memory():
        catch_up(progress)
    if sql.postgresql():
        tables = ("entry", "value", "posting", "tally", "words", "passage", "alike", "work")
        for table in tables:
            sql.execute(f"ANALYZE index_{table}")
    else:
        for table in ("index_words", "index_passage"):
            sql.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
