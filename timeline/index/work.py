"""What is still to be done: the lists that editors work through, drafts included.

Other derived tables hold what readers see; these rows are of all entries and claims, as editors
see them. ``of_events`` is the one place that says what is due.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from typing import NamedTuple

from timeline import bulk, edtf
from timeline.index import sql
from timeline.models import Claim, Event

EVENTS = "SELECT id, date, date_basis FROM timeline_event WHERE {among}"
CLAIMS = (
    "SELECT id, event_id, source_id, lost, stance, date, note FROM timeline_claim WHERE {among}"
)


class Work(IntEnum):
    """A list; the last two are of claims, the others of events."""

    INFERRED = 1
    UNDATED = 2
    CONTESTED = 3
    ONE_SOURCE = 4
    UNQUOTED = 5
    NOTE_DUE = 6
    LOST = 7


class _Claim(NamedTuple):
    """A row of CLAIMS."""

    id: int
    event: int
    source: int
    lost: bool
    stance: str
    date: str
    note: str


class Due(NamedTuple):
    """A row of index_work: the event or claim ``ref`` is in a list; ``event`` is what it is of."""

    list: int
    ref: int
    event: int


def of_events(events: Sequence[int]) -> set[Due]:
    """All that is due of ``events`` (primary keys) and of their claims."""
    claims: dict[int, list[_Claim]] = defaultdict(list)
    for row in map(_Claim._make, sql.rows_among(CLAIMS, "event_id", events)):
        claims[row.event].append(row)
    rows = sql.rows_among(EVENTS, "id", events)
    return {due for event, date, basis in rows for due in _due(event, date, basis, claims[event])}


def _due(event: int, date: str, basis: str, claims: Sequence[_Claim]) -> Iterator[Due]:
    there = [one for one in claims if not one.lost]
    yield from (Due(Work.LOST, one.id, event) for one in claims if one.lost)
    yield from (Due(Work.NOTE_DUE, one.id, event) for one in there if _lacks_note(one, date))
    if not date:
        yield Due(Work.UNDATED, event, event)
    elif basis == Event.DateBasis.INFERRED:
        yield Due(Work.INFERRED, event, event)
    if not claims:
        yield Due(Work.UNQUOTED, event, event)
    if len({one.source for one in there}) == 1:
        yield Due(Work.ONE_SOURCE, event, event)
    if any(map(_disputes, there)) or edtf.disagree({date, *(one.date for one in there)}):
        yield Due(Work.CONTESTED, event, event)


def _lacks_note(claim: _Claim, date: str) -> bool:
    """Whether a note is due that is not there: a reader has to be told why the two differ."""
    return not claim.note.strip() and (_disputes(claim) or edtf.disagree({date, claim.date}))


def _disputes(claim: _Claim) -> bool:
    return claim.stance == Claim.Stance.DISPUTES


def rows_of(events: Iterable[int]) -> set[Due]:
    """The rows of index_work that are of ``events``."""
    columns = ", ".join(Due._fields)
    found = sql.rows(f"SELECT {columns} FROM index_work WHERE event IN ({sql.listed(events)})")
    return {Due._make(row) for row in found}


def write(events: Sequence[int]) -> None:
    """Bring the rows of ``events`` up to date."""
    before, now = rows_of(events), of_events(events)
    gone = sorted(before - now)
    sql.execute_many(
        "DELETE FROM index_work WHERE list = %s AND ref = %s", [one[:2] for one in gone]
    )
    bulk.insert("index_work", Due._fields, sorted(now - before))


def number(work: Work, most: int) -> int:
    """How many there are in a list, at most ``most``: no more is counted."""
    statement = (
        f"SELECT COUNT(*) FROM (SELECT 1 FROM index_work WHERE list = {work:d} LIMIT {most:d}) w"
    )
    return int(sql.rows(statement)[0][0])
