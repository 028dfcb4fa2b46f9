"""A small knowledge base with all kinds of dates, and what a selection of it has by the book."""

import random
from dataclasses import dataclass, field
from itertools import combinations

from hypothesis import strategies as st

from actors.models import Actor, Alias
from tests.builders import make_actor, make_source
from timeline import edtf, index
from timeline.chronology import Selection
from timeline.index import keys, values
from timeline.index.facts import Facet
from timeline.models import Claim, Event, Participation, Source, Status
from timeline.search import Clause, Phrase, Query, stems

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
# Names of actors; a person is found by each word of a name, others by a name as a whole.
ALIASES = {"a0": ("MPR", "Outer Mongolia"), "a1": ("Gobi Army",), "a2": ("Kim Il Sung", "Trade")}
PEOPLE = ("a2", "a3")

_word = st.sampled_from(
    (*WORDS, "actor", "2", "3", "mpr", "outer", "Mongolia", "Kim", "IL", "sung", "source", "says")
)
_words = st.lists(_word, min_size=1, max_size=3)
_part = st.one_of(
    _word,
    _word,
    _word.map("-{}".format),
    st.just("OR"),
    _words.map(" ".join).map('"{}"'.format),
    _words.map(" ".join).map("-“{}”".format),
    _words.map("-".join),
    st.sampled_from(("Outer Mongolia", "Kim Il Sung", "gobi army", "Actor 3")),
)
# What readers may search for: all operators, words that are there, and names of actors.
queries = st.lists(_part, min_size=1, max_size=5).map(" ".join)


@dataclass(repr=False)
class Chronicle:
    """What has been made, for tests to compare with."""

    actors: list[Actor] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    published: dict[Event, set[int]] = field(default_factory=dict)  # with the ids of their values
    texts: dict[Event, list[Phrase]] = field(default_factory=dict)
    parts: dict[Event, set[int]] = field(default_factory=dict)  # primary keys of actors
    names: dict[int, set[Phrase]] = field(default_factory=dict)  # of actors by primary key

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
        if selection.sought and not self.finds(event, selection.sought.query):
            return False
        others = (selection.kinds, selection.sources, selection.bases, selection.contested)
        return self.published[event] >= set(selection.actors) and all(
            self.published[event] & set(some) for some in others if some
        )

    def finds(self, event: Event, query: Query) -> bool:
        """Whether ``event`` has what ``query`` asks for, or actors whom it names instead."""
        return all(
            clause.negated
            != (
                any(_has_words(text, one) for text in self.texts[event] for one in clause.phrases)
                or bool(self.parts[event] & self._named(query.clauses, number))
            )
            for number, clause in enumerate(query.clauses)
        )

    def _named(self, clauses: tuple[Clause, ...], number: int) -> set[int]:
        """The actors whom one of the clauses names, alone or with its neighbours."""
        said = set(clauses[number].phrases)
        for first, behind in combinations(range(len(clauses) + 1), 2):
            row = clauses[first:behind]
            if first <= number < behind <= first + 8 and not any(
                one.negated or len(one.phrases) > 1 for one in row
            ):
                said.add(sum((one.phrases[0] for one in row), ()))
        return {actor for actor, names in self.names.items() if names & said}

    def know_words(self) -> None:
        """Take down the words of the entries and of the names."""
        for event in self.published:
            claims = event.claims.filter(lost=False, source__status=Status.PUBLISHED)
            quotes = claims.values_list("quote", flat=True)
            self.texts[event] = [stems(text) for text in (event.title, event.summary, *quotes)]
            self.parts[event] = set(event.actors.values_list("pk", flat=True))
        for actor in Actor.objects.all():
            names = {stems(actor.name), *(stems(one.name) for one in actor.aliases.all())}
            words = {(word,) for name in names for word in name}
            self.names[actor.pk] = names | (words if actor.kind == "person" else set())

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
            self.value(Facet.BASIS, event.date_basis if event.date else "undated"),
            *([self.value(Facet.CONTESTED, "yes")] if _contested(event, list(claims)) else ()),
        }


def _contested(event: Event, claims: list[Claim]) -> bool:
    if any(claim.stance == Claim.Stance.DISPUTES for claim in claims):
        return True
    dates = [edtf.parse(date) for date in (event.date, *(claim.date for claim in claims)) if date]
    return any(
        not edtf.possibly_in(one, edtf.Window(other.earliest_start, other.latest_end))
        for one, other in combinations(dates, 2)
    )


def _has_words(text: Phrase, phrase: Phrase) -> bool:
    return any(text[at : at + len(phrase)] == phrase for at in range(len(text)))


def make_chronicle(seed: int = 1, events: int = 64) -> Chronicle:
    """Some actors and sources, and events with all of DATES, by the random numbers of ``seed``."""
    chance = random.Random(seed)  # noqa: S311  # tests are to be the same each time
    made = Chronicle()
    made.actors = [
        make_actor(f"Actor {n}", slug=f"a{n}", kind="person" if f"a{n}" in PEOPLE else "state")
        for n in range(6)
    ]
    for actor in made.actors:
        for name in ALIASES.get(actor.slug, ()):
            Alias.objects.create(actor=actor, name=name)
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
            date_basis=(basis := chance.choice(Event.DateBasis.values)),
            date_note="A guess." if basis == Event.DateBasis.INFERRED else "",
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
                stance=chance.choice((*["supports"] * 9, "disputes")),
                date=chance.choice((*[""] * 9, event.date, "1948-10-15", "1949~/..")),
            )
    index.catch_up()
    made.published = {one: made._values_of(one) for one in Event.objects.published()}
    made.know_words()
    return made
