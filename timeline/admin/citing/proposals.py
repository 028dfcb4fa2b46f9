"""What the words of a quote propose: its dates, who is named, which events it may be about.

Nothing here is taken by itself (ADR 66): an editor chooses.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import CharField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast, StrIndex
from django.utils.translation import gettext as _

from actors.models import Actor, Alias
from timeline import edtf, phrases
from timeline.admin.dates import DateInWords, in_words
from timeline.anchors import fold
from timeline.chronology import dating
from timeline.citing import Place
from timeline.models import Claim, Event, Participation, Source, Status

MOST_NAMES = 200
MOST_DATES = 8
MOST_READ = 4_000  # characters of a quote: a page of nothing but years takes a second
MOST_CONSIDERED = 50
MOST_EVENTS = 4
MOST_CLAIMS = 500
OVERLAPS, BESIDE = 2, 0


@dataclass(frozen=True, slots=True)
class Named:
    """An actor, and the words of the quote that name it."""

    actor: int
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A date as the quote gives it, and what it can mean."""

    words: str
    meanings: tuple[DateInWords, ...]


@dataclass(frozen=True, slots=True)
class Likely:
    """An event that a quote may be about, and ``why``."""

    event: int
    title: str
    when: str
    is_draft: bool
    why: str

    @property
    def key(self) -> str:
        """The event's key as a form posts it."""
        return str(self.event)


def dates_in(quote: str) -> list[Mention]:
    """The dates that the beginning of ``quote`` tells clearly, in its order, each meaning once."""
    mentions, told = [], set()
    for found in phrases.found(quote[:MOST_READ]):
        meanings = [
            replace(said, note=one.note) for one in found.choices if (said := in_words(one.edtf))
        ]
        new = tuple(one for one in meanings if one.text not in told)
        told |= {one.text for one in new}
        if new:
            mentions.append(Mention(found.text, new))
    return mentions[:MOST_DATES]


def actors_in(quote: str) -> list[Named]:
    """The actors whose name or other name stands in ``quote``, in its order.

    A name within a longer one does not count: “Korea” is not named by “North Korea”.
    """
    words = " ".join(quote.replace("\0", "").split())  # which PostgreSQL takes in no text
    known: dict[str, list[tuple[int, str]]] = {}
    for actor, name, called in _names_within(words):
        known.setdefault(called, []).append((actor, name))
    folded = fold(words)
    taken: list[tuple[int, int]] = []
    found: dict[int, tuple[int, Named]] = {}
    for called in sorted(known, key=lambda one: (-len(one), one)):
        sought = fold(called).text
        free = [
            at
            for at in folded.places(sought)
            if not any(at < end and start < at + len(sought) for start, end in taken)
        ]
        taken += [(at, at + len(sought)) for at in free]
        for actor, name in known[called] if free else ():
            found.setdefault(actor, (free[0], Named(actor, name, called)))
    return [named for _at, named in sorted(found.values(), key=lambda one: one[0])]


def _names_within(words: str) -> Iterable[tuple[int, str, str]]:
    """Actor, its name and what it is called, for each name that the database finds in ``words``."""
    said = Cast(Value(words), TextField())
    for rows, fields in (
        (Actor.objects.order_by("pk"), ("pk", "name", "name")),
        (Alias.objects.order_by("pk"), ("actor", "actor__name", "name")),
    ):
        called = Cast(F("name"), CharField())
        within = rows.alias(at=StrIndex(said, called)).filter(at__gt=0)
        yield from within.values_list(*fields)[:MOST_NAMES]


def likely_events(
    source: Source,
    place: Place | None,
    dates: Sequence[str],
    actors: Sequence[int],
    *,
    drafts_only: bool,
) -> list[Likely]:
    """Events that quote these words or others of the paragraph, and those of these dates.

    Those with these actors come first. ``drafts_only`` leaves out what is published.
    """
    status = [one for one in Status.values if not drafts_only or one != Status.PUBLISHED]
    events = Event.objects.filter(status__in=status)
    near = _nearness(source, place)
    found = {event.pk: event for event in _dated(events, dates, actors)}
    dated = set(found)
    found |= {event.pk: event for event in events.filter(pk__in=near)}
    shared = _shared(found, actors)

    def likeness(event: Event) -> int:
        return 3 * (event.pk in dated) + 2 * near.get(event.pk, 0) + len(shared.get(event.pk, ()))

    return [
        Likely(
            event.pk,
            event.title,
            dating(event.date).words,
            event.status != Status.PUBLISHED,
            ", ".join(
                [_("same time")] * (event.pk in dated)
                + [_("quotes these words")] * (near.get(event.pk) == OVERLAPS)
                + shared.get(event.pk, [])
            ),
        )
        for event in sorted(found.values(), key=lambda one: (-likeness(one), one.pk))[:MOST_EVENTS]
        if event.pk in dated or near.get(event.pk) == OVERLAPS or shared.get(event.pk)
    ]


def _nearness(source: Source, place: Place | None) -> dict[int, int]:
    """The events that quote the paragraph of ``place``, and whether they quote words of it."""
    if place is None:
        return {}
    claims = Claim.objects.filter(source=source, passage__ordinal=place.ordinal, lost=False)
    near: dict[int, int] = {}
    for event, start, end in claims.values_list("event", "start", "end")[:MOST_CLAIMS]:
        overlaps = OVERLAPS if start < place.end and place.start < end else BESIDE
        near[event] = max(near.get(event, BESIDE), overlaps)
    return near


def _dated(events: QuerySet[Event], dates: Sequence[str], actors: Sequence[int]) -> list[Event]:
    found: list[Event] = []
    for date in dates:
        said = edtf.parse(date)
        if said.earliest_start is None or said.latest_end is None:
            continue
        bounds = (said.earliest_start, said.latest_end)
        then = events.filter(sort_date__range=bounds).order_by("sort_date", "id")
        theirs = Participation.objects.filter(actor__in=actors)
        found += then.filter(pk__in=theirs.values("event"))[:MOST_CONSIDERED] if actors else []
        found += then[:MOST_EVENTS]
    return found


def _shared(events: Iterable[int], actors: Sequence[int]) -> dict[int, list[str]]:
    """The names of those of ``actors`` who take part, by event."""
    parts = Participation.objects.filter(event__in=list(events), actor__in=actors)
    shared: dict[int, list[str]] = {}
    for event, name in parts.order_by("actor__name").values_list("event", "actor__name").distinct():
        shared.setdefault(event, []).append(name)
    return shared
