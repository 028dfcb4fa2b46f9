"""Brings the derived tables up to date with what has been written: the only writer of them.

Triggers take down what changes, whoever writes; ``catch_up`` takes these changes off the queue and
derives anew what they touch, in the caller's transaction. The tables are thus always as the base
tables of the same transaction, or the queue says that they are not.
"""

import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from timeline import bulk
from timeline.chunking import chunks
from timeline.index import documents, facts, sql, work
from timeline.index.facts import Facet, Facts, Standing, Value
from timeline.index.schema import EVERYTHING, FACETS

BATCH = 2_000
MOST_TALLIES = 100_000  # held back before they are written; some 20 MB
LOCK = 4_930_217_751  # of PostgreSQL, so that one transaction at a time writes here

Progress = Callable[[int], None]


def catch_up(progress: Progress = lambda _done: None, *, wait: bool = True) -> bool:
    """Derive what has changed since the last time; returns whether it is all derived now.

    ``progress`` is told the number of entries that are done. Without ``wait`` nothing is done
    while somebody else writes.
    """
    with sql.writing(LOCK, wait=wait) as alone:
        if not alone:
            return False
        changed = False
        update = _Update(progress)
        while queue := _taken():
            changed = True
            update.take(queue)
        if changed:
            update.finish()
            if update.done > BATCH:
                sql.tidy("index_words_words", "index_passage_words")
            sql.execute("UPDATE index_version SET number = %s", [secrets.randbits(62)])
    return True


def _taken() -> dict[str, set[int]]:
    """Some of the queue by scope, taken off it; empty when nothing is left.

    All that is there of sources comes with the first of it: once some entries are counted again it
    cannot be told any more that a source has been published or hidden.
    """
    taken: dict[str, set[int]] = {}
    for scope, ref in sql.rows(
        "DELETE FROM index_change WHERE id IN (SELECT id FROM index_change WHERE scope = 'source' "
        f"UNION SELECT id FROM (SELECT id FROM index_change ORDER BY id LIMIT {10 * BATCH}) first) "
        "RETURNING scope, ref"
    ):
        taken.setdefault(scope, set()).add(ref)
    return taken


class _Update:
    """One catching up: what it has written already, and the tallies that it still holds."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.done = 0
        self.values: dict[Value, int] = {}
        self.starts: facts.Tally = Counter()
        self.ends: facts.Tally = Counter()
        self.entries: Counter[int] = Counter()

    def take(self, queue: Mapping[str, set[int]]) -> None:
        """Derive what these changes touch."""
        if EVERYTHING in queue:
            self.take_everything()
            return
        if "source" in queue:
            self.finish()  # so that the entries of sources are counted
        events = queue.get("event", set()) | _events_of_shown_or_hidden(queue.get("source", set()))
        for some in chunks(sorted(events), BATCH):
            self.take_events(some)
        for some in chunks(sorted(queue.get("passage", ())), BATCH):
            _write_passages(some)
        for some in chunks(sorted(queue.get("actor", ())), BATCH):
            _write_names(some)

    def take_everything(self) -> None:
        """Derive all of it anew."""
        sql.execute("DELETE FROM index_change")
        derived = ("entry", "posting", "tally", "words", "passage", "name", "alike", "work")
        for table in derived:
            sql.execute(f"DELETE FROM index_{table}")
        if not sql.postgresql():
            for table in ("index_words", "index_passage"):  # also of what they have lost track of
                sql.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
        sql.execute("UPDATE index_value SET entries = 0")
        for some in ids_of("timeline_event", BATCH):
            self.take_events(some)
        for some in ids_of("timeline_passage", BATCH):
            _write_passages(some)
        for some in ids_of("actors_actor", BATCH):
            _write_names(some)

    def take_events(self, events: Iterable[int]) -> None:
        """Derive ``events`` (primary keys), no more than a batch."""
        events = list(events)
        before = {one.event: one for one in standings(events)}
        now = facts.of_events(events)
        self._learn({value for one in now.values() for value in one.values})
        after = {event: self._standing(one) for event, one in now.items()}
        gone = [one for event, one in before.items() if after.get(event) != one]
        come = [one for event, one in after.items() if before.get(event) != one]
        _remove(gone)
        _add(come)
        for one in gone:
            self._count(one, -1)
        for one in come:
            self._count(one, 1)
        _write_words(before.values(), after, now)
        work.write(events)
        if len(self.starts) + len(self.ends) > MOST_TALLIES:
            self.finish()
        self.done += len(events)
        self.progress(self.done)

    def finish(self) -> None:
        """Write the tallies that were held back."""
        sql.execute_many(
            "UPDATE index_value SET entries = entries + %s WHERE id = %s",
            [(number, value) for value, number in sorted(self.entries.items()) if number],
        )
        both = sorted(self.starts.keys() | self.ends.keys())
        sql.add(
            "index_tally",
            ("value", "level", "bucket"),
            ("starts", "ends"),
            [(*key, self.starts[key], self.ends[key]) for key in both],
        )
        self.starts.clear()
        self.ends.clear()
        self.entries.clear()

    def _learn(self, values: set[Value]) -> None:
        """Give each of ``values`` its id."""
        unknown = sorted(values - self.values.keys())
        for facet in Facet:
            mine = [one for one in unknown if one.facet == facet]
            if not mine:
                continue
            refs = sql.listed({one.ref for one in mine})
            for number, *value in sql.rows(
                "SELECT id, facet, ref, name FROM index_value "
                f"WHERE facet = {facet:d} AND ref IN ({refs})"
            ):
                self.values[Value(*value)] = number
            self._create(facet, [one for one in mine if one not in self.values])

    def _create(self, facet: Facet, values: list[Value]) -> None:
        if values:
            ((last,),) = sql.rows(
                f"SELECT COALESCE(MAX(id), {facet:d}) FROM index_value WHERE facet = {facet:d}"
            )
            numbers = [last + FACETS * step for step in range(1, len(values) + 1)]
            self.values.update(zip(values, numbers, strict=True))
            bulk.insert(
                "index_value",
                ("id", *Value._fields, "entries"),
                [(number, *value, 0) for number, value in zip(numbers, values, strict=True)],
            )

    def _standing(self, one: Facts) -> Standing:
        return one.standing._replace(vals=tuple(sorted(self.values[v] for v in one.values)))

    def _count(self, one: Standing, sign: int) -> None:
        years = list(facts.years_of(one))
        for value, number in facts.totals_of(one).items():
            self.entries[value] += sign * number
        for value in one.vals:
            self.entries[value] += sign
        for value in (0, *one.vals):
            for level, bucket, start, end in years:
                if start:
                    self.starts[value, level, bucket] += sign
                if end:
                    self.ends[value, level, bucket] += sign


def ids_of(table: str, size: int) -> Iterator[list[int]]:
    """The primary keys of a table in their order, ``size`` at a time."""
    last = 0
    while found := sql.rows(
        f"SELECT id FROM {table} WHERE id > %s ORDER BY id LIMIT %s", [last, size]
    ):
        last = found[-1][0]
        yield [row[0] for row in found]


def standings(events: Iterable[int]) -> list[Standing]:
    """The rows of index_entry of these events (primary keys)."""
    columns = ", ".join(Standing._fields)
    return [
        Standing._make((*row[:-1], tuple(map(int, row[-1].split()))))
        for row in sql.rows(
            f"SELECT {columns} FROM index_entry WHERE event IN ({sql.listed(events)})"
        )
    ]


def _events_of_shown_or_hidden(sources: set[int]) -> set[int]:
    """Events that quote those of ``sources`` that have been published or hidden meanwhile.

    A source of lost quotes only is not counted, so of these nobody knows whether they were hidden.
    """
    if not sources:
        return set()
    states = [
        (source, bool(published), bool(counted))
        for source, published, counted in sql.rows(
            "SELECT s.id, s.status = 'published', COALESCE(v.entries, 0) > 0 "
            "FROM timeline_source s "
            f"LEFT JOIN index_value v ON v.facet = {Facet.SOURCE:d} AND v.ref = s.id "
            f"WHERE s.id IN ({sql.listed(sources)})"
        )
    ]
    shown_or_hidden = [source for source, published, counted in states if published != counted]
    hidden = [source for source, published, counted in states if not (published or counted)]
    found = sql.rows(
        "SELECT DISTINCT event_id FROM timeline_claim "
        f"WHERE source_id IN ({sql.listed(shown_or_hidden)}) "
        f"OR source_id IN ({sql.listed(hidden)}) AND lost"
    )
    return {row[0] for row in found}


def _remove(gone: Iterable[Standing]) -> None:
    gone = list(gone)
    sql.execute_many("DELETE FROM index_entry WHERE place = %s", [(one.place,) for one in gone])
    sql.execute_many(
        "DELETE FROM index_posting WHERE value = %s AND span = %s AND place = %s",
        sorted((value, one.span, one.place) for one in gone for value in one.vals),
    )


def _add(come: Iterable[Standing]) -> None:
    come = list(come)
    bulk.insert(
        "index_entry",
        Standing._fields,
        sorted((*one[:-1], " ".join(map(str, one.vals))) for one in come),
    )
    bulk.insert(
        "index_posting",
        ("value", "span", "place", "latest_end"),
        sorted((value, one.span, one.place, one.latest_end) for one in come for value in one.vals),
    )


def _write_words(
    before: Iterable[Standing], after: Mapping[int, Standing], now: Mapping[int, Facts]
) -> None:
    _write_documents(
        ("index_words", "place"),
        sorted(one.place for one in before),
        sorted((one.place, entry_document(one, now[event].texts)) for event, one in after.items()),
    )


def entry_document(one: Standing, texts: Iterable[str]) -> str:
    """What is stored for an entry to be found by."""
    signs = [documents.value_sign(value) for value in (0, *one.vals)]
    return documents.document(texts, [*signs, documents.span_sign(one.span)])


def _write_passages(passages: Iterable[int]) -> None:
    passages = list(passages)
    texts = sorted(facts.of_passages(passages).items())
    _write_documents(
        ("index_passage", "passage"),
        passages,
        [(passage, documents.document([text])) for passage, text in texts],
    )


def _write_documents(table: tuple[str, str], before: list[int], now: list[tuple[int, str]]) -> None:
    name, key = table[0], documents.key(table[1])
    sql.execute_many(f"DELETE FROM {name} WHERE {key} = %s", [(one,) for one in before])
    bulk.insert(name, (key, "words"), now)


def _write_names(actors: Iterable[int]) -> None:
    actors = list(actors)
    sql.execute(f"DELETE FROM index_name WHERE actor IN ({sql.listed(actors)})")
    bulk.insert("index_name", ("actor", "stems"), sorted(facts.of_names(actors)))
    sql.execute(f"DELETE FROM index_alike WHERE actor IN ({sql.listed(actors)})")
    bulk.insert("index_alike", ("key", "actor"), sorted(facts.of_likenesses(actors)))
