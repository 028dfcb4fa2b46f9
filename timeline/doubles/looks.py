"""What entries and actors look like, read in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from actors.models import Actor, Alias
from timeline.index import sql
from timeline.likeness import ActorLook, EventLook
from timeline.likeness.dates import Dates

EVENTS = """
SELECT id, sort_date, earliest_start, latest_end, date, title, kind, summary
FROM timeline_event WHERE {among}"""
PARTS = """
SELECT p.event_id, a.id, a.name FROM timeline_participation p
JOIN actors_actor a ON a.id = p.actor_id WHERE {among}"""
SAME_NAMES = "SELECT actor, key FROM index_alike WHERE {among} AND key >= '1' AND key < '2'"
QUOTES = 'SELECT event_id, passage_id, start, "end" FROM timeline_claim WHERE {among} AND NOT lost'


def event_looks(events: Sequence[int]) -> dict[int, EventLook]:
    """By primary key what those of ``events`` look like that are there."""
    rows = sql.rows_among(EVENTS, "id", events)
    ids = [row[0] for row in rows]
    who: dict[int, dict[int, str]] = defaultdict(dict)
    parts = sql.rows_among(PARTS, "p.event_id", ids)
    same = _of_one_name({actor for _, actor, _ in parts})
    for event, actor, name in parts:
        who[event].setdefault(same.get(int(actor), int(actor)), name)
    quotes: dict[int, set[tuple[int, int, int]]] = defaultdict(set)
    for event, *place in sql.rows_among(QUOTES, "event_id", ids):
        quotes[event].add((place[0], place[1], place[2]))
    return {
        event: EventLook(
            Dates(first, last, date) if date else None,
            title,
            kind,
            summary,
            who[event],
            frozenset(quotes[event]),
        )
        for event, _sort_date, first, last, date, title, kind, summary in rows
    }


def _of_one_name(actors: set[int]) -> dict[int, int]:
    """By actor the first one that has a name of it: who is there twice is no other in an entry."""
    found: dict[int, int] = {}
    first: dict[str, int] = {}
    actor: int
    key: str
    for actor, key in sorted(sql.rows_among(SAME_NAMES, "actor", sorted(actors))):
        found[actor] = min(found.get(actor, actor), first.setdefault(key, actor))
    return found


def actor_looks(actors: Iterable[int]) -> dict[int, ActorLook]:
    """By primary key what those of ``actors`` look like that are there."""
    ids = list(actors)
    others: dict[int, list[str]] = defaultdict(list)
    for actor, name in Alias.objects.filter(actor__in=ids).values_list("actor", "name"):
        others[actor].append(name)
    named = Actor.objects.filter(pk__in=ids).values_list("pk", "kind", "name")
    return {pk: ActorLook(kind, (name, *others[pk])) for pk, kind, name in named}
