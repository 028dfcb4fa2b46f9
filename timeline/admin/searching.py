"""The search of the lists: by the words that readers search by, drafts and what is lost included.

What readers see is found by the full-text index, by whole words and by their beginnings. The rest
is not in it: drafts, claims of drafts, lost claims. These are few, and are looked through as they
are.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from timeline import index
from timeline.admin.listing import MOST
from timeline.index import documents, finding
from timeline.models import Claim, Event, Source, Status
from timeline.search import QueryError, parse
from timeline.search.query import letter_by_letter

PUBLISHED = (
    "SELECT e.event FROM (SELECT {key} AS found FROM index_words WHERE {matches} "
    "LIMIT {most}) w JOIN index_entry e ON e.place = w.found"
)
PASSAGES = "SELECT {key} FROM index_passage WHERE {matches} LIMIT {most}"
MARKS = '"“”„«»()[],.;:!?'


def events_with(events: "QuerySet[Any]", text: str) -> "QuerySet[Any]":
    """Those of ``events`` with all words of ``text``; MOST of the published ones are looked at."""
    match, words = _match(text), _words(text)
    if match is None:
        return events.none()
    quoted = Claim.objects.filter(event=OuterRef("pk"))
    drafts = Event.objects.exclude(status=Status.PUBLISHED).order_by()
    for word in words:
        drafts = drafts.filter(
            Q(title__icontains=word)
            | Q(summary__icontains=word)
            | Q(slug__icontains=word)
            | Exists(quoted.filter(quote__icontains=word))
        )
    return events.filter(
        pk__in=_union(
            (_statement(PUBLISHED, "place"), [match]),
            _compiled(drafts),
            _compiled(Event.objects.filter(slug=text.strip())),
        )
    )


def claims_with(claims: "QuerySet[Any]", text: str) -> "QuerySet[Any]":
    """Those of ``claims`` whose entry has all words of ``text``, or which have them themselves."""
    match, words = _match(text), _words(text)
    if match is None:
        return claims.none()
    drafts = Event.objects.exclude(status=Status.PUBLISHED).order_by().values("pk")
    hidden = Source.objects.exclude(status=Status.PUBLISHED).order_by().values("pk")
    unlisted = [
        Claim.objects.filter(lost=True),
        Claim.objects.filter(event__in=drafts),
        Claim.objects.filter(source__in=hidden),
    ]
    having = Q()
    for word in words:
        having &= Q(quote__icontains=word) | Q(event__title__icontains=word)
    of_entries = (
        "SELECT c.id FROM timeline_claim c WHERE c.event_id IN "  # noqa: S608  # no text is in it
        f"({_statement(PUBLISHED, 'place')})"
    )
    return claims.filter(
        pk__in=_union(
            (of_entries, [match]),
            *(_compiled(some.filter(having)) for some in unlisted),
            _compiled(Claim.objects.filter(slug=text.strip())),
        )
    )


def passages_with(passages: "QuerySet[Any]", text: str) -> "QuerySet[Any]":
    """Those of ``passages`` with all words of ``text``; MOST are looked at."""
    match = _match(text)
    if match is None:
        return passages.none()
    found = RawSQL(_statement(PASSAGES, "passage"), [match])  # noqa: S611  # a parameter
    return passages.filter(pk__in=found)


def _match(text: str) -> str | None:
    """What the full-text index is asked: each word as a whole or as a beginning; None for none.

    The index is brought up to date first.
    """
    index.version()
    try:
        query = parse(text)
    except QueryError:
        return None
    conditions, but = [], []
    for clause, actors in zip(query.clauses, finding.sought(query).named, strict=True):
        signs = [(documents.value_sign(value),) for value in sorted(actors)]
        begun = [phrase[0] for phrase in clause.phrases if len(phrase) == 1]
        if clause.negated:
            but.append(documents.any_of([*clause.phrases, *signs]))
        else:
            conditions.append(documents.any_of([*clause.phrases, *signs], begun))
    return documents.all_of(conditions, but) if conditions else None


def _words(text: str) -> list[str]:
    """The words as they are written, for what no index has."""
    parts = (part.strip(MARKS) for part in letter_by_letter(text).split())
    return [part for part in parts if part and part != "OR" and not part.startswith(("-", "−"))]


def _statement(statement: str, key: str) -> str:
    return statement.format(key=documents.key(key), matches=documents.matches(), most=MOST + 1)


def _compiled(rows: "QuerySet[Any]") -> tuple[str, list[Any]]:
    statement, parameters = rows.order_by().values("pk").query.sql_with_params()
    return statement, list(parameters)


def _union(*parts: tuple[str, list[Any]]) -> RawSQL:
    """Primary keys that one of ``parts`` (statements, parameters) finds."""
    statement = " UNION ".join(
        f"SELECT * FROM ({part}) u{number}"  # noqa: S608  # made here
        for number, (part, _) in enumerate(parts)
    )
    parameters = [one for _, some in parts for one in some]
    return RawSQL(statement, parameters)  # noqa: S611  # texts are parameters
