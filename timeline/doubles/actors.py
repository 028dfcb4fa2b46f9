"""Likely double actors: of one, and all of them, by the keys that their names share."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Q

from actors.models import Actor, Relation
from timeline.doubles.looks import actor_looks
from timeline.doubles.pairs import Found, Keys, Pair, likeliest, not_distinct, ordered
from timeline.index import facts, sql
from timeline.likeness import ActorLook, actors_alike
from timeline.models import Twofold

MOST = 5  # that are shown of one actor
SHARING = 200  # actors that one is compared with
NAMESAKES = 30  # of one key that are compared with each other
ROWS = 100_000  # keys that are looked through for one page
ENOUGH = 25  # keys of a page that several share

OF_ONE = "SELECT DISTINCT actor FROM index_alike WHERE key IN ({marks}) AND actor <> %s LIMIT %s"
SHARED = """
SELECT key FROM (SELECT key, actor FROM index_alike WHERE key > %s ORDER BY key LIMIT %s) part
GROUP BY key HAVING COUNT(*) > 1 ORDER BY key LIMIT %s"""
LAST = "SELECT MAX(key) FROM (SELECT key FROM index_alike WHERE key > %s ORDER BY key LIMIT %s) k"
MEMBERS = "SELECT key, actor FROM index_alike WHERE key IN ({marks}) ORDER BY key, actor"


def actors_like(actor: Actor) -> list[Pair]:
    """The likeliest doubles of a stored actor, at most MOST, by a constant number of queries."""
    keys = sorted(key for key, _ in facts.of_likenesses([actor.pk]))  # it may not be indexed yet
    if not keys:
        return []
    marks = ", ".join(["%s"] * len(keys))
    others = [row[0] for row in sql.rows(OF_ONE.format(marks=marks), [*keys, actor.pk, SHARING])]
    pairs = _compared(ordered(actor.pk, other) for other in others)
    return not_distinct(Twofold.ACTOR, likeliest(pairs))[:MOST]


def actor_pairs(after: str = "") -> Found:
    """Some likely doubles of all actors behind the key ``after``: same names first, then others."""
    keys = [row[0] for row in sql.rows(SHARED, [after, ROWS, ENOUGH])]
    behind = keys[-1] if len(keys) == ENOUGH else sql.rows(LAST, [after, ROWS])[0][0]
    pairs = not_distinct(Twofold.ACTOR, _compared(_sharing(keys)))
    more = behind and sql.rows("SELECT 1 FROM index_alike WHERE key > %s LIMIT 1", [behind])
    return Found(tuple(likeliest(pairs)), str(behind) if more else "")


def _sharing(keys: Collection[str]) -> set[Keys]:
    """The pairs that share one of ``keys``, and none before it, which has shown them already."""
    if not keys:
        return set()
    members: dict[str, list[int]] = defaultdict(list)
    marks = ", ".join(["%s"] * len(keys))
    for key, actor in sql.rows(MEMBERS.format(marks=marks), list(keys)):
        if len(members[key]) < NAMESAKES:
            members[key].append(actor)
    first: dict[Keys, str] = {}
    for key in keys:
        some = members[key]
        for number, one in enumerate(some):
            for other in some[:number]:
                first.setdefault(ordered(one, other), key)
    return _not_before(first)


def _not_before(first: dict[Keys, str]) -> set[Keys]:
    """Those that share no key before the one they are found by."""
    all_keys: dict[int, set[str]] = defaultdict(set)
    among = sorted({actor for pair in first for actor in pair})
    for key, actor in sql.rows_among(
        "SELECT key, actor FROM index_alike WHERE {among}", "actor", among
    ):
        all_keys[actor].add(key)
    return {
        (one, other)
        for (one, other), key in first.items()
        if min(all_keys[one] & all_keys[other], default=key) >= key
    }


def _compared(keys: Iterable[Keys]) -> list[Pair]:
    pairs = sorted(keys)
    looks = actor_looks({actor for pair in pairs for actor in pair})
    related = _related(looks)
    return [
        Pair(one, other, alike)
        for one, other in pairs
        if one in looks and other in looks
        if (alike := actors_alike(looks[one], looks[other], related.get((one, other), ""))).likely
    ]


def _related(looks: dict[int, ActorLook]) -> dict[Keys, str]:
    """What those of ``looks`` are to each other, in words, as far as it is recorded."""
    found = Relation.objects.filter(Q(actor__in=looks, other__in=looks))
    return {
        ordered(relation.actor_id, relation.other_id): str(relation.get_kind_display())
        for relation in found
    }
