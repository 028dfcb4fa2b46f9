"""What can only be seen from all seeds together, and with the database in view."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import Model

from actors.models import Actor
from timeline.anchors import Quote
from timeline.citing import CitationError
from timeline.models import Claim, Event, SeedItem, Status, claim_slug
from timeline.seeds import entries
from timeline.seeds.entries import Entry, Key, Kind
from timeline.seeds.hints import did_you_mean, shown
from timeline.seeds.problems import Place, Problem, SeedError
from timeline.seeds.reading import ClaimItem, Seed

CHUNK = 500
MODELS: dict[str, type[Model]] = {Kind.ACTOR: Actor, Kind.EVENT: Event}


def checked(seeds: list[Seed]) -> list[Entry]:
    """All entries of ``seeds``; raises SeedError with everything that is wrong."""
    problems = [problem for seed in seeds for problem in seed.problems]
    found = list(entries.of_seeds(seeds))
    for seed in seeds:
        found += _placed_claims(seed, problems)
    problems += _given_twice(found)
    problems += _seeds_without_source(seeds)
    problems += _faults_within(found)
    problems += _unknown_references(found)
    problems += _at_home_elsewhere(found)
    problems += _unquoted(found, seeds)
    if problems:
        raise SeedError(problems)
    return found


def chunks(slugs: Iterable[str]) -> Iterator[list[str]]:
    """The slugs by as many as one query asks for."""
    rest = iter(slugs)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _placed_claims(seed: Seed, problems: list[Problem]) -> list[Entry]:
    if seed.text is None and seed.claims:
        why = "There is no [text] to quote" if seed.source else "There is no [source] to quote"
        problems.append(Problem(seed.claims[0].place, f"{why}; add it, or leave the claims out."))
    if seed.citable is None:
        return []
    found = []
    for item in seed.claims:
        try:
            found.append(_placed_claim(seed, item))
        except CitationError as error:
            problems.append(Problem(item.place, str(error)))
    return found


def _placed_claim(seed: Seed, item: ClaimItem) -> Entry:
    assert seed.citable is not None and seed.reading is not None  # noqa: S101, PT018
    form, event = item.form, item.event
    slug = form.id or claim_slug(event, form.quote, form.prefix, form.suffix)
    if form.lost is not None:
        if form.lost.paragraph > len(seed.reading.passages):
            raise CitationError(
                f"lost: There is no paragraph {form.lost.paragraph}; "
                f"the last is {len(seed.reading.passages)}."
            )
        kept = form.model_copy(update={"id": slug, "prefix": "", "suffix": ""})
        data = entries.of_claim(kept, event, seed.home)
        return Entry(Kind.CLAIM, slug, seed.home, item.place, kept, data, seed, event)
    place = seed.citable.place(Quote(form.quote, form.prefix, form.suffix))
    if form.prefix or form.suffix:
        kept = entries.as_in_source(form, slug, place, seed.citable)
    else:  # that it could be placed says that it needs none
        kept = form.model_copy(update={"id": slug, "quote": place.quote})
    data = entries.of_claim(kept, event, seed.home)
    return Entry(Kind.CLAIM, slug, seed.home, item.place, kept, data, seed, event, place)


def _given_twice(found: Iterable[Entry]) -> Iterator[Problem]:
    first: dict[Key, Entry] = {}
    for entry in found:
        other = first.setdefault(entry.key, entry)
        if other is entry or not entry.slug:
            continue
        if entry.kind == Kind.CLAIM:
            advice = (
                "these words are quoted for this event already; leave one out, or give it an “id” "
                "of its own"
            )
        else:
            advice = "leave one out, or give it another id"
        yield Problem(entry.where, f"“{entry.slug}” is there already, at {other.where}: {advice}.")


def _seeds_without_source(seeds: Iterable[Seed]) -> Iterator[Problem]:
    without = [seed for seed in seeds if seed.source is None and not seed.problems]
    for seed in without[1:]:
        yield Problem(
            Place(seed.file),
            f"There is no [source] here, nor in {without[0].file}; put what no source has into "
            "one folder.",
        )


def _faults_within(found: Iterable[Entry]) -> Iterator[Problem]:
    for entry in found:
        for message in _faults(entry):
            yield Problem(entry.where, message)


def _faults(entry: Entry) -> Iterator[str]:
    form = entry.form
    if entry.kind == Kind.EVENT:
        if form.date_basis == Event.DateBasis.INFERRED and not form.date_note:
            yield "“date_note” is missing: say why the date is inferred."
        for part in _repeated((part.id, part.role) for part in form.actors):
            yield f"actors: “{part[0]}” is there twice in the same role; leave one out."
    elif entry.kind == Kind.ACTOR:
        for name in _repeated(alias.name for alias in form.alias):
            yield f"alias: The name {shown(name)} is there twice; leave one out."
        for kind, to in _repeated((relation.kind, relation.to) for relation in form.relation):
            yield f"relation: “{kind}” to “{to}” is there twice; leave one out."
        if form.id and any(relation.to == form.id for relation in form.relation):
            yield f"relation: to: “{form.id}” is this actor itself; name another."


def _repeated(values: Iterable[Any]) -> list[Any]:
    return [value for value, times in Counter(values).items() if times > 1 and value]


def _unknown_references(found: Collection[Entry]) -> Iterator[Problem]:
    given = {entry.key for entry in found}
    wanted = {key for entry in found for key in entry.refers_to() if key[1]} - given
    unknown = wanted - _in_database(wanted)
    if not unknown:
        return
    known = {kind: _known(kind, given) for kind in MODELS}
    for entry in found:
        for kind, slug in dict.fromkeys(entry.refers_to()):
            if (kind, slug) in unknown:
                yield Problem(
                    entry.where,
                    f"There is no {kind} “{slug}”, neither in these seeds nor in the database."
                    f"{did_you_mean(slug, known[kind]) or ' Correct the id, or add it.'}",
                )


def _in_database(keys: Iterable[Key]) -> set[Key]:
    keys = list(keys)
    return {
        (kind, slug)
        for kind, model in MODELS.items()
        for chunk in chunks(slug for one, slug in keys if one == kind)
        for slug in model._default_manager.filter(slug__in=chunk).values_list("slug", flat=True)
    }


def _known(kind: str, given: Iterable[Key]) -> set[str]:
    stored = MODELS[kind]._default_manager.values_list("slug", flat=True)
    return {slug for one, slug in given if one == kind} | set(stored)


def _at_home_elsewhere(found: Collection[Entry]) -> Iterator[Problem]:
    """An item is defined in one seed only, also where the other one is not given this time."""
    given = {entry.home for entry in found}
    by_key = {entry.key: entry for entry in found if entry.kind != Kind.SOURCE}
    for kind in (Kind.ACTOR, Kind.EVENT, Kind.CLAIM):
        for chunk in chunks(slug for one, slug in by_key if one == kind):
            rows = SeedItem.objects.filter(kind=kind, slug__in=chunk).values_list(
                "slug", "source__slug"
            )
            for slug, home in rows:
                entry = by_key[kind, slug]
                if (home or "") != entry.home and (home or "") not in given:
                    whose = f"the seed of source “{home}”" if home else "the seed without a source"
                    yield Problem(
                        entry.where,
                        f"“{slug}” is defined in {whose} already. Refer to it by its id here, or "
                        "import that seed without it together with this one.",
                    )


def _unquoted(found: Collection[Entry], seeds: Iterable[Seed]) -> Iterator[Problem]:
    """Published events that no claim would quote; silent where claims could not be read."""
    published = {
        seed.home: seed.source.form.status == Status.PUBLISHED for seed in seeds if seed.source
    }
    given = {
        item.event
        for seed in seeds
        for item in seed.claims
        if item.form.lost is None and published.get(seed.home, False)
    }
    bare = {
        entry.slug: entry
        for entry in found
        if entry.kind == Kind.EVENT
        and entry.form.status == Status.PUBLISHED
        and entry.slug not in given
    }
    for chunk in chunks(bare):
        quoted = Claim.objects.filter(
            event__slug__in=chunk, lost=False, source__status=Status.PUBLISHED
        ).exclude(source__slug__in=[home for home, shown in published.items() if not shown])
        for slug in set(chunk) - set(quoted.values_list("event__slug", flat=True)):
            yield Problem(
                bare[slug].where,
                "It is published, but no published source is quoted for it; add an "
                '[[event.claim]] with a quote, or status = "draft".',
            )
