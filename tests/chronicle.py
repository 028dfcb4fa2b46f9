"""A small knowledge base with all kinds of dates, and what a selection of it has by the book."""

import random
from dataclasses import dataclass, field

from actors.models import Actor
from tests.builders import make_actor, make_source
from timeline import edtf, index
from timeline.chronology import Selection
from timeline.index import keys, values
from timeline.index.facts import Facet
from timeline.models import Claim, Event, Participation, Source, Status

# With spans that are just short enough for their class, and windows that only they reach.
DATES = (
    *("", "1948", "1948-10-15", "1948-10", "194X", "19XX", "1948~", "1950?", "1953/..", "1953/"),
    *("/1953", "../1953", "1948/2013", "1890/1914", "[1946..1949]", "[..2013]", "{1949,1951}"),
    *(
        "-0043-03-15",
        "-0100/0100",
        "-1XXX",
        "0000",
        "1600/1699",
        "16XX/17XX",
        "1949-11/1950-02",
        "1937-02-01/1948-01-20",
    ),
    *(
        "Y-3000000",
        "Y-3000900/Y-2999500",
        "Y-4000000",
        "Y30000000",
        "0950/2010",
        "1838-02-01/1948-01-20",
        "1700/1950",
        "../..",
    ),
)
WORDS = ("treaty", "treaties", "Pyŏngyang", "army", "republic", "trade", "border", "Gobi")
KINDS = ("diplomacy", "war", "trade", "culture")


@dataclass
class Chronicle:
    """What has been made, for tests to compare with."""

    actors: list[Actor] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    published: dict[Event, set[int]] = field(default_factory=dict)  # with the ids of their values

    def value(self, facet: Facet, slug: str) -> int:
        """The id by which entries with it are selected."""
        found = values.of_slugs(facet, [slug])
        return found[slug].id if found else -1

    def expected(self, selection: Selection) -> list[Event]:
        """The entries of ``selection``, one by one, in their order."""
        found = [one for one in self.published if self._has(one, selection)]
        return sorted(found, key=lambda one: keys.place(one.sort_date, one.pk))

    def _has(self, event: Event, selection: Selection) -> bool:
        if selection.dated:
            if not event.date:
                return False
            window = edtf.Window.years(selection.first, selection.last)
            within = edtf.certainly_in if selection.certain else edtf.possibly_in
            if not within(edtf.parse(event.date), window):
                return False
        return all(self.published[event] & set(group) for group in selection.groups)

    def _values_of(self, event: Event) -> set[int]:
        """The ids of all values that an entry has."""
        claims = event.claims.filter(lost=False, source__status=Status.PUBLISHED)
        return {
            self.value(Facet.KIND, event.kind),
            *(self.value(Facet.ACTOR, one.slug) for one in event.actors.all()),
            *(
                self.value(Facet.SOURCE, slug)
                for slug in claims.values_list("source__slug", flat=True)
            ),
        }


def make_chronicle(seed: int = 1, events: int = 90) -> Chronicle:
    """Some actors and sources, and events with all of DATES, by the random numbers of ``seed``."""
    chance = random.Random(seed)  # noqa: S311  # tests are to be the same each time
    made = Chronicle()
    made.actors = [make_actor(f"Actor {number}", slug=f"a{number}") for number in range(6)]
    made.sources = [
        make_source(f"Source {number} says so.\n\nIt says more.", slug=f"s{number}")
        for number in range(4)
    ]
    made.sources.append(
        make_source("A draft says so.\n\nAnd more.", slug="draft", status=Status.DRAFT)
    )
    for number in range(events):
        event = Event.objects.create(
            slug=f"e{number}",
            title=" ".join(chance.sample(WORDS, 2)),
            summary=chance.choice(("", " ".join(chance.sample(WORDS, 3)))),
            kind=chance.choice(KINDS),
            date=DATES[number % len(DATES)],
            status=Status.DRAFT if chance.random() < 0.1 else Status.PUBLISHED,
        )
        for actor in chance.sample(made.actors, chance.choice((0, 1, 1, 2, 3))):
            for role in chance.choice((("",), ("", "host"))):
                Participation.objects.create(event=event, actor=actor, role=role)
        for source in chance.sample(made.sources, chance.choice((1, 1, 2))):
            passage = source.passages.order_by("ordinal")[chance.randrange(2)]
            Claim.objects.create(
                slug=f"c{number}-{source.slug}",
                event=event,
                source=source,
                passage=passage,
                quote=passage.text,
                start=0,
                end=len(passage.text),
                lost=chance.random() < 0.1,
            )
    index.catch_up()
    made.published = {one: made._values_of(one) for one in Event.objects.published()}
    return made
