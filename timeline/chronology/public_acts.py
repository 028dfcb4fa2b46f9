"""The acts of which readers see something, found without reading what drafts went through.

Tables of history are walked from one moment to the next along indexes that have only the rows that
count: what was public after an act, what may have been hidden by it, what was deleted while public
(migration 0012). Quotes and actors have no status of their own, so of those each act is asked
whether it touched something public.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from timeline.index import sql
from timeline.models import Claim, Event, Participation, Source, SourceText
from timeline.revisions.moments import ALONG, LATEST, OF_ACT, bound, read

FEW, MANY = 60, 1_000  # acts that are walked, the second time if the first finds too little
MOST_LOOKED = 30  # rows of an act and a table that are looked at one by one
MOST_ASKED = 100  # rows of an act that are asked whether they are of something public

EVENT, SOURCE = (model.history.model._meta.db_table for model in (Event, Source))
PUBLIC = "status = 'published' AND history_type <> '-'"
HIDDEN = "status <> 'published' AND history_type = '~'"
DELETED = "history_type = '-' AND status = 'published'"

WALK = """
WITH RECURSIVE found(moment, number) AS (
    SELECT MAX(history_date), 1 FROM {table} WHERE {where} AND history_date < %s
    UNION ALL SELECT (
        SELECT MAX(history_date) FROM {table} WHERE {where} AND history_date < found.moment
    ), number + 1 FROM found WHERE found.moment IS NOT NULL AND number < {most}
) SELECT moment, {asked} FROM found WHERE moment IS NOT NULL"""
ASKED = """EXISTS (
    SELECT 1 FROM (
        SELECT {link} AS thing FROM {table}
        WHERE {where} AND {of_act} {along} LIMIT {most}
    ) AS part WHERE (
        SELECT CASE WHEN h.history_type = '-' THEN '' ELSE h.status END FROM {of} AS h
        WHERE h.id = part.thing AND h.history_date {when} moment
        ORDER BY h.history_date DESC, h.history_id DESC LIMIT 1
    ) = 'published')"""
SOME = """SELECT * FROM (
    SELECT history_date, {link} FROM {table} WHERE {where} AND {of_act} {along} LIMIT {most}
) AS part"""


@dataclass(frozen=True, slots=True)
class Way:
    """A way along a table of history: which rows count, and of what they must be to be public.

    ``link`` names the thing whose status is asked, in the table ``of``; no link: no question.
    """

    table: str
    where: str
    link: str = ""
    of: str = ""
    when: str = "<="

    def walk(self, before: datetime, most: int) -> list[tuple[datetime, bool]]:
        """Moments before another, the latest first, and whether readers may see something of it."""
        asked = "1"
        if self.link:
            asked = ASKED.format(
                link=self.link, table=self.table, where=self.where, of=self.of, when=self.when,
                most=MOST_ASKED, of_act=OF_ACT.format("moment"), along=ALONG,
            )  # fmt: skip
        query = WALK.format(table=self.table, where=self.where, asked=asked, most=most)
        return [(read(moment), bool(public)) for moment, public in sql.rows(query, [bound(before)])]


def _table(model: type) -> str:
    return str(model.history.model._meta.db_table)  # type: ignore[attr-defined]


WAYS = (
    *(Way(table, PUBLIC) for table in (EVENT, SOURCE)),
    *(Way(table, DELETED) for table in (EVENT, SOURCE)),
    *(Way(table, HIDDEN, "id", table, "<") for table in (EVENT, SOURCE)),
    *(Way(_table(model), "1 = 1", "event_id", EVENT) for model in (Claim, Participation)),
    Way(_table(SourceText), "1 = 1", "source_id", SOURCE),
)


def moments(before: datetime | None, most: int) -> tuple[list[datetime], datetime | None]:
    """At most ``most`` moments before another, the latest first, and where the next ones begin."""
    for walked in (max(FEW, most + 1), MANY):
        found, horizon = _walk(before or LATEST, walked)
        if len(found) > most:
            return found[:most], found[most - 1]
        if horizon is None:
            break
    return found, horizon


def _walk(before: datetime, most: int) -> tuple[list[datetime], datetime | None]:
    """All moments back to the second value, before which there may be more; None: to the end."""
    found: set[datetime] = set()
    horizon = None
    for way in WAYS:
        walked = way.walk(before, most)
        found.update(moment for moment, public in walked if public)
        if len(walked) == most:
            horizon = max(horizon or walked[-1][0], walked[-1][0])
    return sorted((one for one in found if not horizon or one >= horizon), reverse=True), horizon


@dataclass(frozen=True, slots=True)
class Touched:
    """The things that acts touched, the first few of each, by their primary keys.

    ``large`` are the acts that touched more, ``unseen`` those of them that did by parts of things.
    """

    by_moment: dict[datetime, list[int]]
    large: set[datetime]
    unseen: set[datetime]

    @property
    def keys(self) -> set[int]:
        """All of them."""
        return {key for keys in self.by_moment.values() for key in keys}


def touched(table: str, moments: list[datetime]) -> Touched:
    """What the acts of ``moments`` touched of the things of ``table``, EVENT or SOURCE."""
    found = Touched({moment: [] for moment in moments}, set(), set())
    for way in WAYS:
        if table not in (way.table, way.of):
            continue
        some = SOME.format(
            link=way.link or "id",
            table=way.table,
            where=way.where,
            most=MOST_LOOKED + 1,
            along=ALONG,
            of_act=OF_ACT.format("%s"),
        )
        query = " UNION ALL ".join([some] * len(moments))
        numbers: Counter[datetime] = Counter()
        for value, key in sql.rows(query, [bound(one) for one in moments for _ in range(2)]):
            moment = read(value)
            numbers[moment] += 1
            if key not in found.by_moment[moment]:
                found.by_moment[moment].append(key)
        large = {moment for moment, number in numbers.items() if number > MOST_LOOKED}
        found.large.update(large)
        if way.table != table:
            found.unseen.update(large)
    return found
