"""Proves that the derived tables say what the base tables say."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby

from django.db import DatabaseError, transaction

from timeline.index import documents, facts, sql, updating, work
from timeline.index.facts import Standing, Total, Value

MOST_DIFFERENCES = 20
# Values that count years though there are no entries of which these could be.
IDLE = (
    "SELECT DISTINCT t.value FROM index_tally t WHERE (t.starts <> 0 OR t.ends <> 0) AND "
    "NOT EXISTS (SELECT 1 FROM index_posting p WHERE p.value = t.value) AND "
    "(t.value <> 0 OR NOT EXISTS (SELECT 1 FROM index_entry)) ORDER BY t.value"
)


def differences() -> list[str]:
    """What is wrong, in words; at most MOST_DIFFERENCES, empty when all is right."""
    found = []
    with transaction.atomic():
        for one in _all():
            found.append(one)
            if len(found) == MOST_DIFFERENCES:
                break
    return found


def _all() -> Iterator[str]:
    if waiting := sql.rows("SELECT COUNT(*) FROM index_change")[0][0]:
        yield f"{waiting} changes wait to be taken up; the next page that is read does that."
    yield from _entries()
    yield from _tallies()
    yield from _passages()
    yield from _names()
    yield from _likenesses()
    yield from _work()
    if not sql.postgresql():
        yield from _fts()


def _entries() -> Iterator[str]:
    values = {
        Value(*row[1:]): row[0] for row in sql.rows("SELECT id, facet, ref, name FROM index_value")
    }
    entries = 0
    for events in updating.ids_of("timeline_event", updating.BATCH):
        there = {one.event: one for one in updating.standings(events)}
        words = _documents("index_words", "place", [one.place for one in there.values()])
        now = facts.of_events(events)
        entries += len(now)
        for event in events:
            if event not in now:
                if event in there:
                    yield f"Event {event} is indexed, but not published."
                continue
            vals = tuple(sorted(values.get(value, -1) for value in now[event].values))
            wanted = now[event].standing._replace(vals=vals)
            if there.get(event) != wanted:
                yield f"Event {event}: {there.get(event)} should be {wanted}."
            elif not _same(
                words.get(wanted.place), updating.entry_document(wanted, now[event].texts)
            ):
                yield f"Event {event} is not found by its words."
        yield from _postings(there)
    for table in ("entry", "words"):
        if (count := sql.rows(f"SELECT COUNT(*) FROM index_{table}")[0][0]) != entries:
            yield f"index_{table} has {count} rows for {entries} published events."


def _postings(there: Mapping[int, Standing]) -> Iterator[str]:
    wanted = {
        (value, one.span, one.place, one.latest_end) for one in there.values() for value in one.vals
    }
    keys = [f"({value}, {span}, {place})" for value, span, place, _ in wanted]
    found = set()
    for start in range(0, len(keys), 500):
        found |= set(
            sql.rows(
                f"WITH w (value, span, place) AS (VALUES {', '.join(keys[start : start + 500])}) "
                # Looked up one by one: SQLite takes a CROSS JOIN in this order.
                "SELECT p.value, p.span, p.place, p.latest_end FROM w CROSS JOIN index_posting p "
                "WHERE p.value = w.value AND p.span = w.span AND p.place = w.place"
            )
        )
    if found != wanted:
        yield f"{len(wanted - found)} postings are missing."


def _tallies() -> Iterator[str]:
    postings = 0
    everything = "SELECT 0, earliest_start, latest_end FROM index_entry"
    by_value = (
        "SELECT p.value, e.earliest_start, e.latest_end FROM index_posting p "
        "JOIN index_entry e ON e.place = p.place ORDER BY p.value"
    )
    entries: dict[int, int] = dict(sql.rows("SELECT id, entries FROM index_value"))
    yield from _totals(entries)
    for statement in (everything, by_value):
        for value, rows in groupby(sql.stream(statement), key=lambda row: row[0]):
            wanted: Counter[tuple[int, int, str]] = Counter()
            number = 0
            for _value, start, end in rows:
                number += 1
                standing = Standing(0, 0, 0, start, start, end, end, 0, 0, 0, ())
                for level, bucket, starts, ends in facts.years_of(standing):
                    wanted[level, bucket, "starts"] += starts
                    wanted[level, bucket, "ends"] += ends
            postings += number if value else 0
            if value and entries.pop(value, 0) != number:
                yield f"Value {value} counts another number of entries than the {number} there are."
            if _tally(value) != +wanted:
                yield f"Value {value} counts other years than its entries have."
    yield from (
        f"Value {value} counts {n} entries that are not there." for value, n in entries.items() if n
    )
    total = sql.rows("SELECT COALESCE(SUM(entries), 0) FROM index_value WHERE facet > 0")[0][0]
    if total != postings:
        yield f"{postings} postings stand for {total} values of entries."
    if (count := sql.rows("SELECT COUNT(*) FROM index_posting")[0][0]) != postings:
        yield f"{count - postings} postings are of no entry."
    yield from (f"Value {row[0]} counts years, but no entry has it." for row in sql.rows(IDLE))


def _totals(entries: dict[int, int]) -> Iterator[str]:
    """Compare the totals of all entries, and take them out of ``entries``."""
    ((number, quotes, lost, uncited),) = sql.rows(
        "SELECT COUNT(*), COALESCE(SUM(quotes), 0), COALESCE(SUM(lost), 0), "
        "COALESCE(SUM(CASE WHEN quotes = 0 THEN 1 ELSE 0 END), 0) FROM index_entry"
    )
    for total, wanted in zip(Total, (number, quotes, lost, uncited), strict=True):
        if (counted := entries.pop(total, 0)) != wanted:
            yield f"{counted} {total.name.lower()} are counted; there are {wanted}."


def _tally(value: int) -> Counter[tuple[int, int, str]]:
    found: Counter[tuple[int, int, str]] = Counter()
    for level, bucket, starts, ends in sql.rows(
        "SELECT level, bucket, starts, ends FROM index_tally WHERE value = %s", [value]
    ):
        found[level, bucket, "starts"] += starts
        found[level, bucket, "ends"] += ends
    return +found


def _passages() -> Iterator[str]:
    passages = 0
    for some in updating.ids_of("timeline_passage", updating.BATCH):
        passages += len(some)
        words = _documents("index_passage", "passage", some)
        for passage, text in facts.of_passages(some).items():
            if not _same(words.get(passage), documents.document([text])):
                yield f"Passage {passage} is not found by its words."
    if (count := sql.rows("SELECT COUNT(*) FROM index_passage")[0][0]) != passages:
        yield f"index_passage has {count} rows for {passages} passages."


def _names() -> Iterator[str]:
    names = 0
    for actors in updating.ids_of("actors_actor", updating.BATCH):
        wanted = facts.of_names(actors)
        found = set(
            sql.rows(f"SELECT actor, stems FROM index_name WHERE actor IN ({sql.listed(actors)})")
        )
        names += len(wanted)
        yield from (f"Actor {a} is not found by “{stems}”." for a, stems in sorted(wanted - found))
    if (count := sql.rows("SELECT COUNT(*) FROM index_name")[0][0]) != names:
        yield f"index_name has {count} rows for {names} names."


def _likenesses() -> Iterator[str]:
    number = 0
    for actors in updating.ids_of("actors_actor", updating.BATCH):
        wanted = facts.of_likenesses(actors)
        found = set(
            sql.rows(f"SELECT key, actor FROM index_alike WHERE actor IN ({sql.listed(actors)})")
        )
        number += len(wanted)
        yield from (f"Actor {a} has no key “{key}”." for key, a in sorted(wanted - found))
    if (count := sql.rows("SELECT COUNT(*) FROM index_alike")[0][0]) != number:
        yield f"index_alike has {count} rows for {number} keys."


def _work() -> Iterator[str]:
    rows = 0
    for events in updating.ids_of("timeline_event", updating.BATCH):
        wanted, found = work.of_events(events), work.rows_of(events)
        rows += len(wanted)
        for one in sorted(wanted ^ found):
            what = "not in" if one in wanted else "still in"
            yield f"{one.ref} of event {one.event} is {what} the list {work.Work(one.list).name}."
    if (count := sql.rows("SELECT COUNT(*) FROM index_work")[0][0]) != rows:
        yield f"index_work has {count} rows for {rows} things to do."


def _fts() -> Iterator[str]:
    """Whether SQLite finds words where the stored documents have them."""
    for table in ("index_words", "index_passage"):
        try:
            with transaction.atomic():
                sql.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
        except DatabaseError:
            yield f"{table} finds other words than it holds."


def _documents(table: str, key: str, among: list[int]) -> dict[int, str]:
    column = documents.key(key)
    return dict(
        sql.rows(f"SELECT {column}, words FROM {table} WHERE {column} IN ({sql.listed(among)})")
    )


def _same(stored: str | None, wanted: str) -> bool:
    """Whether a stored document is ``wanted``; PostgreSQL keeps the words of one sorted."""
    if stored is None or not sql.postgresql():
        return stored == wanted
    return sorted(stored.split(" ")) == sorted(wanted.split(" "))
