"""The knowledge base itself, in rows: actors, sources with their texts, events with their quotes.

Everything follows from the seed. Source 1, its text and the titles, dates and quotes of the events
that quote it are the same at any size, so that pages of different sizes can be compared.
"""

import hashlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Any

from actors.models import Actor, Alias
from benchmarks.generating import dates, words
from benchmarks.generating.chance import LongTail
from benchmarks.generating.tables import Tables
from timeline.models import Claim, Event, Participation, Passage, Source, SourceText, Status

COLUMNS: dict[Any, tuple[str, ...]] = {
    Actor: ("id", "slug", "name", "kind", "description"),
    Alias: ("actor", "name", "kind", "period", "note"),
    Source: (
        *("id", "slug", "status", "type", "title", "author", "container_title", "issued"),
        *("publisher", "volume", "issue", "page", "genre", "language", "doi", "url", "note"),
    ),
    SourceText: (
        *("source", "raw", "raw_sha256", "file", "begins", "ends", "headings", "paragraphs"),
        *("reading", "reading_sha256"),
    ),
    Passage: ("id", "source", "ordinal", "heading", "heading_start", "start", "text"),
    Event: (
        *("id", "slug", "status", "title", "summary", "kind", "date", "date_basis", "date_note"),
        *("earliest_start", "latest_start", "earliest_end", "latest_end", "qualified"),
        "sort_date",
    ),
    Participation: ("event", "actor", "role"),
    Claim: (
        *("slug", "event", "ordinal", "source", "passage", "quote", "start", "end", "lost"),
        *("stance", "date", "attributed_to", "note"),
    ),
}
KINDS = (
    "diplomacy war treaty trade visit election revolt reform battle founding birth death law "
    "exploration migration famine earthquake invention building publication exhibition strike "
    "coronation trial mission"
)
ROLES = ("", "", "", "", "", "host", "guest", "initiator", "signatory", "opponent")
FIVE_HUNDRED = "five-hundred"
FIVE_HUNDRED_CLAIMS = 1000
FEWEST_ACTORS, MOST_ACTORS = 100, 20_000
TOP_ACTOR = 0.055  # of all participations: in an eighth of the events
# How many actors take part in an event, and how often: 2.4 on average.
PARTS = ((0, 2), (1, 25), (2, 32), (3, 22), (4, 12), (5, 5), (6, 2))


@dataclass(frozen=True, slots=True)
class Text:
    """A source that can be quoted: its passages as primary key and words."""

    source: int
    passages: list[tuple[int, list[str]]]


class World:
    """A knowledge base of ``events`` events."""

    def __init__(self, events: int, seed: int, tables: Tables) -> None:
        self.events = events
        self._tables = tables
        self._chance = Random(seed)  # noqa: S311 -- the same at every run
        self._words = words.vocabulary()
        self._kinds = LongTail.of(KINDS.split(), 0.2)
        number = min(MOST_ACTORS, max(FEWEST_ACTORS, events // 50))
        self._actors = LongTail.of(range(1, number + 1), TOP_ACTOR)
        self._sources = self._passages = self._done = self._claims = 0

    def fill(self) -> Iterator[int]:
        """Write everything; yields the number of events so far, time and again."""
        self._add_actors(Random(self.events))  # noqa: S311
        shelf = deque([self._text(FIVE_HUNDRED, 500)], maxlen=3)
        while self._done < self.events and self._claims < FIVE_HUNDRED_CLAIMS:
            self._event(shelf, most=FIVE_HUNDRED_CLAIMS - self._claims)
        shelf.clear()
        while self._done < self.events:
            mean = min(500, max(50, self.events // 10))
            quoting = min(self.events - self._done, 20 + int(self._chance.expovariate(1 / mean)))
            shelf.append(self._text(f"source-{self._sources + 1}", 3 + quoting * 6 // 10))
            for _ in range(quoting):
                self._event(shelf, most=3)
            self._tables.write_if_many()
            yield self._done
        self._tables.write()
        yield self._done

    def _add_actors(self, chance: Random) -> None:
        """Each has a name of one or two words; four of ten have aliases, some with diacritics."""
        for rank in self._actors.items:
            name = " ".join(
                words.invented(chance, 3).capitalize() for _ in range(chance.choice((1, 2)))
            )
            kind = chance.choice(Actor.Kind.values)
            self._tables.add(Actor, (rank, f"actor-{rank}", name, kind, ""))
            if rank % 5 < 2:
                accented = name.translate(str.maketrans("aou", "ăŏü"))
                for alias in dict.fromkeys((accented, name.upper()[:4] + "K")):
                    self._tables.add(Alias, (rank, alias, Alias.Kind.NAME, "", ""))

    def _text(self, slug: str, number: int) -> Text:
        """Add a source of ``number`` passages."""
        self._sources += 1
        source, chance = self._sources, self._chance
        title = " ".join(self._words.pick(chance, 6)).capitalize()
        author = f'[{{"literal": "{words.invented(chance, 3).capitalize()}"}}]'
        kind, issued = chance.choice(Source.Type.values), str(chance.randint(1900, 2020))
        data = (kind, title, author, "", issued, "", "", "", "", "", "en", "", "", "")
        self._tables.add(Source, (source, slug, Status.PUBLISHED, *data))
        passages, texts, start = [], [], 0
        for ordinal in range(1, number + 1):
            self._passages += 1
            said = words.sentence(self._words.pick(chance, chance.randint(25, 55)))
            text = " ".join(said)
            self._tables.add(Passage, (self._passages, source, ordinal, "", None, start, text))
            passages.append((self._passages, said))
            texts.append(text)
            start += len(text) + 2
        whole = "\n\n".join(texts)
        digest = hashlib.sha256(whole.encode()).hexdigest()
        values = (whole, digest, "article.txt", "", "", "[]", "blank-line", whole, digest)
        self._tables.add(SourceText, (source, *values))
        return Text(source, passages)

    def _event(self, shelf: deque[Text], most: int) -> None:
        """Add an event with its actors and one to three, at most ``most``, claims."""
        self._done += 1
        number, chance = self._done, self._chance
        title = self._words.pick(chance, chance.randint(3, 8))
        if number <= words.RARE_EVENTS:
            title.append(words.RARE)
        date = dates.date(chance)
        summary = " ".join(words.sentence(self._words.pick(chance, 16)))
        inferred = date and chance.random() < 0.06
        row = (
            number,
            f"event-{number}",
            Status.DRAFT if chance.random() < 0.02 else Status.PUBLISHED,
            " ".join(title).capitalize(),
            summary if chance.random() < 0.3 else "",
            self._kinds.pick(chance, 1)[0],
            date,
            Event.DateBasis.INFERRED if inferred else Event.DateBasis.STATED,
            "The letter before it is dated a week earlier." if inferred else "",
            *bounds(date),
        )
        self._tables.add(Event, row)
        self._add_parts(number)
        claims = chance.choices((1, 2, 3), (30, 40, 30))[0]
        for ordinal in range(1, min(most, claims) + 1):
            self._add_claim(number, ordinal, date, shelf)

    def _add_parts(self, event: int) -> None:
        """Different actors, each with a role or none."""
        chance = self._chance
        wanted = chance.choices([part for part, _ in PARTS], [often for _, often in PARTS])[0]
        picker = Random(chance.random())  # noqa: S311 -- as many draws from `chance` at any size
        found: dict[int, None] = {}
        while len(found) < wanted:
            found.update(dict.fromkeys(self._actors.pick(picker, wanted - len(found))))
        self._tables.add(Participation, *((event, actor, picker.choice(ROLES)) for actor in found))

    def _add_claim(self, event: int, ordinal: int, date: str, shelf: deque[Text]) -> None:
        """A quote of some words of a passage, the first one of the newest source."""
        chance = self._chance
        self._claims += 1
        text = shelf[-1] if ordinal == 1 else chance.choice(shelf)
        passage, said = chance.choice(text.passages)
        first = chance.randint(0, len(said) - 6)
        before = "".join(f"{word} " for word in said[:first])
        quote = " ".join(said[first : first + chance.randint(6, 16)])
        speaker = self._actors.items[0] if chance.random() < 0.03 else None
        disputes = ordinal > 1 and chance.random() < 0.04
        row = (
            *(f"event-{event}-{ordinal}", event, ordinal, text.source, passage, quote),
            *(len(before), len(before) + len(quote), False),
            Claim.Stance.DISPUTES if disputes else Claim.Stance.SUPPORTS,
            *(date if chance.random() < 0.6 else "", speaker, ""),
        )
        self._tables.add(Claim, row)


@lru_cache(maxsize=50_000)
def bounds(date: str) -> tuple[int | bool | None, ...]:
    """What the model derives from a date, in the order of COLUMNS."""
    event = Event(date=date)
    event.derive_bounds()
    return tuple(getattr(event, name) for name in COLUMNS[Event][-6:])
