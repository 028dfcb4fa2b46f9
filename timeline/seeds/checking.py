"""What can only be seen from all seeds together, and with the database in view."""

from collections.abc import Iterator

from timeline.models import Claim, SeedItem, Status
from timeline.seeds.entries import MODELS, Kind
from timeline.seeds.hints import did_you_mean
from timeline.seeds.ledger import STORED_FIRST, Ledger, numbers
from timeline.seeds.problems import Place, Problem


def checked(ledger: Ledger) -> Iterator[Problem]:
    """All that is wrong between seeds, and between them and the database."""
    _remember(ledger)
    yield from _given_twice(ledger)
    yield from _unknown_references(ledger)
    yield from _at_home_elsewhere(ledger)
    yield from _unquoted(ledger)


def place_of(ledger: Ledger, kind: str, slug: str) -> Place | None:
    """Where a seed gives the item, if one does."""
    found = ledger.rows(
        "SELECT file, line, name FROM given WHERE slug = ? AND kind = ?", slug, kind
    )
    return next((Place(*where) for where in found), None)


def _remember(ledger: Ledger) -> None:
    """Take down where each item was at home at its last import, and what it was then."""
    for kind in STORED_FIRST:
        for chunk in ledger.chunks(
            "SELECT slug, number FROM item WHERE number BETWEEN ? AND ? AND slug <> ''",
            *numbers(kind),
        ):
            given: dict[str, int] = dict(chunk)
            known = SeedItem.objects.filter(kind=kind, slug__in=given)
            ledger.write(
                "INSERT OR IGNORE INTO remembered VALUES (?, ?, ?)",
                (
                    (given[slug], home or "", digest)
                    for slug, home, digest in known.values_list("slug", "source__slug", "digest")
                ),
            )


def _given_twice(ledger: Ledger) -> Iterator[Problem]:
    for number, kind, slug, *where in ledger.rows(
        "SELECT (SELECT min(number) FROM item WHERE item.slug = given.slug AND "
        "item.kind = given.kind) first, kind, slug, file, line, name "
        "FROM given WHERE slug <> '' AND first < number ORDER BY number"
    ):
        advice = "leave one out, or give it another id"
        if kind == Kind.CLAIM:
            advice = (
                "these words are quoted for this event already; leave one out, or give it an “id” "
                "of its own"
            )
        (first,) = ledger.rows("SELECT file, line, name FROM given WHERE number = ?", number)
        message = f"“{slug}” is there already, at {Place(*first)}: {advice}."
        yield Problem(Place(*where), message)


def _unknown_references(ledger: Ledger) -> Iterator[Problem]:
    for kind in (Kind.ACTOR, Kind.EVENT):
        unknown = _unknown(ledger, kind)
        if not unknown:
            continue
        known = _known(ledger, kind)
        for slug, *where in ledger.rows(
            "SELECT reference.slug, file, line, name FROM reference JOIN given "
            "ON given.number = reference.item WHERE reference.kind = ? ORDER BY number",
            kind,
        ):
            if slug in unknown:
                hint = did_you_mean(slug, known) or " Correct the id, or add it."
                yield Problem(
                    Place(*where),
                    f"There is no {kind} “{slug}”, neither in these seeds nor in the database."
                    f"{hint}",
                )


def _unknown(ledger: Ledger, kind: str) -> set[str]:
    """The ids that are referred to and that nobody knows."""
    unknown: set[str] = set()
    for chunk in ledger.chunks(
        "SELECT DISTINCT slug FROM reference WHERE kind = ?1 AND NOT EXISTS (SELECT 1 FROM item "
        "WHERE item.slug = reference.slug AND item.kind = ?1)",
        kind,
    ):
        wanted = {slug for (slug,) in chunk}
        stored = MODELS[kind]._default_manager.filter(slug__in=wanted)
        unknown |= wanted.difference(stored.values_list("slug", flat=True))
    return unknown


def _known(ledger: Ledger, kind: str) -> set[str]:
    given = ledger.rows("SELECT slug FROM item WHERE kind = ? AND slug <> ''", kind)
    stored = MODELS[kind]._default_manager.values_list("slug", flat=True)
    return {slug for (slug,) in given} | set(stored)


def _at_home_elsewhere(ledger: Ledger) -> Iterator[Problem]:
    """An item is defined in one seed only, also where the other one is not given this time."""
    for slug, home, *where in ledger.rows(
        "SELECT slug, remembered.home, file, line, name FROM remembered JOIN given USING (number) "
        "WHERE kind <> ? AND remembered.home <> given.home "
        "AND remembered.home NOT IN (SELECT home FROM item) ORDER BY number",
        Kind.SOURCE,
    ):
        whose = f"the seed of source “{home}”" if home else "the seed without a source"
        yield Problem(
            Place(*where),
            f"“{slug}” is defined in {whose} already. Refer to it by its id here, or import that "
            "seed without it together with this one.",
        )


def _unquoted(ledger: Ledger) -> Iterator[Problem]:
    """Published events that no claim would quote; silent where claims could not be read."""
    for chunk in ledger.chunks(
        "SELECT slug, file, line, name FROM given WHERE kind = ? AND shown AND NOT EXISTS "
        "(SELECT 1 FROM item WHERE item.event = given.slug AND item.kind = ? AND item.shown) "
        "ORDER BY number",
        *(Kind.EVENT, Kind.CLAIM),
    ):
        stored = Claim.objects.filter(
            event__slug__in=[slug for slug, *_ in chunk],
            lost=False,
            source__status=Status.PUBLISHED,
        ).values_list("event__slug", "source__slug")
        quoted = {event for event, source in stored if not _is_draft(ledger, source)}
        for slug, *where in chunk:
            if slug not in quoted:
                yield Problem(
                    Place(*where),
                    "It is published, but no published source is quoted for it; add an "
                    '[[event.claim]] with a quote, or status = "draft".',
                )


def _is_draft(ledger: Ledger, source: str) -> bool:
    """Whether a seed makes the source a draft."""
    query = "SELECT 1 FROM item WHERE slug = ? AND kind = ? AND NOT shown"
    return any(ledger.rows(query, source, Kind.SOURCE))
