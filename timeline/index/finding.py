"""From a query to what the full-text indexes are asked.

The name of an actor finds the actor's entries, by any of its aliases, also where the words are not
in the entry: words of the query that stand in a row and are such a name may each be replaced by
the sign of the actor.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from timeline.index import documents, sql
from timeline.index.facts import Facet
from timeline.search import Clause, Phrase, Query

LONGEST_NAME = 8  # words
MOST_NAMESAKES = 50  # actors that one name may mean


@dataclass(frozen=True, slots=True)
class Sought:
    """A query, by clause the values of actors that its words name, and these actors."""

    query: Query
    named: tuple[frozenset[int], ...]
    actors: frozenset[int]


def sought(query: Query) -> Sought:
    """``query`` with the actors that it names."""
    runs = list(_runs(query.clauses))
    known = _known({name for name, _ in runs})
    named: list[set[int]] = [set() for _ in query.clauses]
    actors = set()
    for name, clauses in runs:
        for value, actor in known[name]:
            actors.add(actor)
            for clause in clauses:
                named[clause].add(value)
    return Sought(query, tuple(map(frozenset, named)), frozenset(actors))


def _runs(clauses: Sequence[Clause]) -> Iterable[tuple[str, tuple[int, ...]]]:
    """What may be a name: every phrase, and single words in a row; with the clauses it is from."""
    for number, clause in enumerate(clauses):
        for phrase in clause.phrases:
            yield " ".join(phrase), (number,)
    for first in range(len(clauses)):
        words: Phrase = ()
        for last in range(first, min(first + LONGEST_NAME, len(clauses))):
            clause = clauses[last]
            if clause.negated or len(clause.phrases) > 1:
                break
            words += clause.phrases[0]
            if last > first:
                yield " ".join(words), tuple(range(first, last + 1))


def _known(names: set[str]) -> dict[str, list[tuple[int, int]]]:
    """By name the values of the actors that have it and some entry, and their primary keys."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for name, value, actor in sql.rows(
        # SQLite takes a CROSS JOIN in this order, and leaves alone an index where a plus stands.
        "SELECT n.stems, v.id, n.actor FROM index_name n CROSS JOIN index_value v "
        f"WHERE n.stems IN ({', '.join(['%s'] * len(names))}) AND v.facet = {Facet.ACTOR:d} "
        "AND v.ref = n.actor AND +v.entries > 0 ORDER BY +v.entries DESC, v.id",
        sorted(names),
    ):
        if len(found[name]) < MOST_NAMESAKES:
            found[name].append((value, actor))
    return found


def match(
    found: Sought | None, *, values: Iterable[Iterable[int]] = (), span: int | None = None
) -> str:
    """What index_words is asked: ``found``, one value of each of ``values``, and the span."""
    conditions: list[str] = []
    but: list[str] = []
    if span is not None:
        conditions.append(documents.any_of([(documents.span_sign(span),)]))
    conditions += [documents.any_of((documents.value_sign(v),) for v in some) for some in values]
    for clause, actors in zip(found.query.clauses, found.named, strict=True) if found else ():
        signs = [(documents.value_sign(value),) for value in sorted(actors)]
        (but if clause.negated else conditions).append(documents.any_of([*clause.phrases, *signs]))
    everything = documents.any_of([(documents.value_sign(0),)])
    return documents.all_of(conditions or [everything], but)


def match_passages(query: Query) -> str:
    """What index_passage is asked for ``query``."""
    conditions = [documents.any_of(one.phrases) for one in query.clauses if not one.negated]
    but = [documents.any_of(one.phrases) for one in query.clauses if one.negated]
    return documents.all_of(conditions or [documents.any_of([(documents.STOP,)])], but)
