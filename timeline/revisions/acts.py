"""The acts of everybody, on whatever they were, the newest first.

An act is found by its moment alone: tables of history are walked from one moment to the next along
the index, which takes as long for an act of a million rows as for one of a single row.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db.models import Model

from actors.models import Actor
from timeline.index import sql
from timeline.models import Event, Source
from timeline.revisions.moments import ALONG, LATEST, OF_ACT, bound, of_act, read
from timeline.revisions.written import KEEPING

MOST_ROWS = 1_000  # that are counted of an act and a model
MOST_WALKED = 1_000  # acts that one page looks through for those of one person
NAMED = 3  # of a model
TITLES: dict[type[Model], str] = {Source: "title", Actor: "name", Event: "title"}

WALK = """
WITH RECURSIVE found(moment) AS (
    SELECT MAX(history_date) FROM {table} WHERE history_date < %s
    UNION ALL SELECT (SELECT MAX(history_date) FROM {table} WHERE history_date < found.moment)
    FROM found WHERE found.moment IS NOT NULL
) SELECT moment,
    (SELECT history_user_id FROM {table} WHERE {of_act} {along} LIMIT 1),
    (SELECT history_change_reason FROM {table} WHERE {of_act} {along} LIMIT 1)
FROM found WHERE moment IS NOT NULL LIMIT {most}"""
COUNT = """
WITH wanted(moment) AS (VALUES {marks})
SELECT moment, (SELECT COUNT(*) FROM (
    SELECT 1 FROM {table} WHERE {of_act} {along} LIMIT {most}
) AS counted) FROM wanted"""
NAMES = """SELECT * FROM (
    SELECT history_date, {title} FROM {table} WHERE {of_act} {along} LIMIT {n}
) AS named"""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many rows of a model an act wrote; ``more`` than are counted."""

    model: type[Model]
    number: int
    more: bool


@dataclass(frozen=True, slots=True)
class Act:
    """When, who (empty for a program), why, and how many of what; some of it by name."""

    moment: datetime
    user: str
    reason: str
    numbers: tuple[Counted, ...]
    names: tuple[str, ...]

    @property
    def rows(self) -> int:
        """How many rows it wrote, as far as they are counted."""
        return sum(one.number for one in self.numbers)


@dataclass(frozen=True, slots=True)
class Acts:
    """Some acts; older ones, if there are, came before the moment ``older``."""

    acts: tuple[Act, ...]
    older: datetime | None


Head = tuple[datetime, int | None, str]  # moment, user, reason


def recent(before: datetime | None = None, *, most: int = 50, user: int | None = None) -> Acts:
    """At most ``most`` acts before a moment, the newest first; of one ``user`` by primary key.

    For those of one user no more than MOST_WALKED acts are looked through, so that there may be
    older ones though fewer than ``most`` have been found.
    """
    heads, horizon = _heads(before or LATEST, most + 1 if user is None else MOST_WALKED)
    wanted = [one for one in heads if user is None or one[1] == user]
    if len(wanted) > most:
        return Acts(_told(wanted[:most]), wanted[most - 1][0])
    return Acts(_told(wanted), horizon)


def act_at(moment: datetime, most: int = MOST_ROWS) -> Act | None:
    """The act of ``moment``, counted up to ``most`` rows of a model; None where there is none."""
    for model in KEEPING:
        history = model.history.model.objects  # type: ignore[attr-defined]
        facts = ("history_user_id", "history_change_reason")
        if head := history.filter(of_act(moment)).order_by().values_list(*facts).first():
            return _told([(moment, *head)], most)[0]
    return None


def _heads(before: datetime, most: int) -> tuple[list[Head], datetime | None]:
    """Acts before a moment, and the last moment up to which they are all there, if not to the end.

    A table that was not walked to its end says nothing of what came before its last moment.
    """
    found: dict[datetime, Head] = {}
    horizon = None
    for table in map(_table, KEEPING):
        rows = sql.rows(
            WALK.format(table=table, most=most, of_act=OF_ACT.format("moment"), along=ALONG),
            [bound(before)],
        )
        walked = [(read(moment), user, reason) for moment, user, reason in rows]
        for head in walked:
            found.setdefault(head[0], head)
        if len(walked) == most:
            horizon = max(horizon or walked[-1][0], walked[-1][0])
    heads = sorted((one for one in found.values() if horizon is None or one[0] >= horizon),
                   key=lambda one: one[0], reverse=True)  # fmt: skip
    return heads, horizon


def _told(heads: Iterable[Head], most: int = MOST_ROWS) -> tuple[Act, ...]:
    heads = list(heads)
    moments = [moment for moment, _, _ in heads]
    numbers = _numbers(moments, most)
    names = _names(moments)
    users = get_user_model()._default_manager.in_bulk({user for _, user, _ in heads if user})
    return tuple(
        Act(
            moment,
            users[user].get_username() if user in users else "",
            reason or "",
            tuple(numbers.get(moment, ())),
            tuple(names.get(moment, ())),
        )
        for moment, user, reason in heads
    )


def _numbers(moments: list[datetime], most: int) -> dict[datetime, list[Counted]]:
    found: dict[datetime, list[Counted]] = {}
    for model in KEEPING if moments else ():
        marks = ", ".join(["(%s)"] * len(moments))
        query = COUNT.format(
            marks=marks,
            table=_table(model),
            most=most + 1,
            along=ALONG,
            of_act=OF_ACT.format("wanted.moment"),
        )
        for moment, number in sql.rows(query, [bound(one) for one in moments]):
            if number:
                counted = Counted(model, min(number, most), number > most)
                found.setdefault(read(moment), []).append(counted)
    return found


def _names(moments: list[datetime]) -> dict[datetime, list[str]]:
    """What some of the sources, actors and events are called that were written at these moments."""
    found: dict[datetime, list[str]] = {}
    for model, title in TITLES.items() if moments else ():
        one = NAMES.format(
            title=title, table=_table(model), n=NAMED, of_act=OF_ACT.format("%s"), along=ALONG
        )
        query = " UNION ALL ".join([one] * len(moments))
        for moment, name in sql.rows(query, [bound(one) for one in moments for _ in range(2)]):
            names = found.setdefault(read(moment), [])
            if name not in names:
                names.append(name)
    return found


def _table(model: type[Model]) -> str:
    return str(model.history.model._meta.db_table)  # type: ignore[attr-defined]
