"""How many entries an act added, corrected and withdrew, where they are too many to look at."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from timeline.chronology.public_acts import DELETED, EVENT, HIDDEN, PUBLIC, SOURCE
from timeline.index import sql
from timeline.revisions.moments import ALONG, OF_ACT, bound, read

MOST_COUNTED = 5_000  # rows of an act
# By table what readers see of a row.
SEEN = {
    EVENT: ("title", "summary", "kind", "date", "date_basis", "date_note"),
    SOURCE: ("title", "author", "container_title", "issued", "publisher", "note"),
}
BEFORE = """(SELECT {what} FROM {table} AS p WHERE p.id = part.id AND p.history_date < wanted.moment
    ORDER BY p.history_date DESC, p.history_id DESC LIMIT 1)"""
SOME = """(
    SELECT {what} FROM {table} WHERE {where} AND {of_act} {along} LIMIT {most}
) AS part"""
STATUS = "CASE WHEN p.history_type = '-' THEN '' ELSE p.status END"


@dataclass(frozen=True, slots=True)
class Numbers:
    """Each number, and whether there are more than are counted."""

    added: tuple[int, bool]
    corrected: tuple[int, bool]
    withdrawn: tuple[int, bool]


def numbers_of(table: str, moments: Collection[datetime]) -> dict[datetime, Numbers]:
    """What the acts of ``moments`` did to rows of ``table``: one query."""
    if not moments:
        return {}
    marks = ", ".join(["(%s)"] * len(moments))
    columns = SEEN[table]
    was = f"COALESCE({BEFORE.format(what=STATUS, table=table)}, '')"
    differs = f"({', '.join(f'part.{one}' for one in columns)}) <> " + BEFORE.format(
        what=", ".join(f"p.{one}" for one in columns), table=table
    )
    seen = ", ".join(("id", *columns))
    counts = (
        _count("*", "1", table, PUBLIC, more=1),
        _count("DISTINCT id", "id", table, PUBLIC, f"{was} <> 'published'"),
        _count("DISTINCT id", seen, table, PUBLIC, f"{was} = 'published' AND {differs}"),
        _count("*", "1", table, HIDDEN, more=1),
        _count("DISTINCT id", "id", table, HIDDEN, f"{was} = 'published'"),
        _count("DISTINCT id", "id", table, DELETED, more=1),
    )
    found = sql.rows(
        f"WITH wanted(moment) AS (VALUES {marks}) SELECT moment, {', '.join(counts)} FROM wanted",  # noqa: S608
        [bound(one) for one in moments],
    )
    return {
        read(moment): Numbers(
            (added, public > MOST_COUNTED),
            (corrected, public > MOST_COUNTED),
            (hidden + deleted, looked > MOST_COUNTED or deleted > MOST_COUNTED),
        )
        for moment, public, added, corrected, looked, hidden, deleted in found
    }


def _count(
    what: str,
    columns: str,
    table: str,
    where: str,
    condition: str = "1 = 1",
    more: int = 0,
) -> str:
    some = SOME.format(
        what=columns,
        table=table,
        where=where,
        most=MOST_COUNTED + more,
        along=ALONG,
        of_act=OF_ACT.format("wanted.moment"),
    )
    return f"(SELECT COUNT({what}) FROM {some} WHERE {condition})"  # noqa: S608
