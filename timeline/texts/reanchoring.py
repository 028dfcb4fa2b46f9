"""Following the claims of a source from its old text to the new one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from timeline.anchors import Following
from timeline.citing import CitableText, Place
from timeline.models import Claim, Source
from timeline.texts.outcomes import Became, Outcome
from timeline.texts.past import Stood, stood


class RepairError(ValueError):
    """A repair that is none: the place does not have the words, or the claim is not lost."""


def outcomes(
    source: Source,
    claims: Sequence[Claim],
    old: CitableText,
    new: CitableText,
    repairs: Mapping[int, Place],
) -> tuple[Outcome, ...]:
    """What becomes of ``claims`` in the ``new`` text, in the order of the ``old`` one.

    ``repairs`` has places in the new text for claims, by their keys, that are lost otherwise.
    Raises RepairError for one that is no such place, or of a claim that is not lost.
    """
    ordinals = dict(source.passages.values_list("pk", "ordinal"))
    past = stood(claims)
    ways: dict[int, Following] = {}
    unused = set(repairs)
    found = []
    for claim in claims:
        ordinal = ordinals[claim.passage_id]
        was = Place(ordinal, claim.start, claim.end, claim.quote)
        before = past.get(claim.pk) if claim.lost else Stood(old, was)
        outcome = _outcome(claim, was, before, new, ways)
        if outcome.became == Became.LOST and claim.pk in repairs:
            unused.discard(claim.pk)
            outcome = _repaired(outcome, repairs[claim.pk], new)
        found.append(outcome)
    if unused:
        slugs = sorted(one.slug for one in found if one.claim in unused) or sorted(map(str, unused))
        raise RepairError(f"Not lost, so there is nothing to repair: {', '.join(slugs)}.")
    return tuple(sorted(found, key=lambda one: (one.was.ordinal, one.was.start, one.slug)))


def _outcome(
    claim: Claim, was: Place, before: Stood | None, new: CitableText, ways: dict[int, Following]
) -> Outcome:
    if before is None:  # brought in as lost: it is back only where it is said to have stood
        now = new.standing_at(was.ordinal, was.start, was.quote)
        around = beside = ("", "")
        expected = new.offset(was.ordinal, was.start)
    else:
        way = ways.get(id(before.text))
        if way is None:
            way = ways[id(before.text)] = Following(before.text.version, new.version)
        span = before.text.span(before.place)
        went = way.follow(span)
        now = new.place_at(went) if went else None
        around, beside = before.around, before.beside
        expected = way.expected(span)
    return Outcome(
        claim=claim.pk,
        slug=claim.slug,
        became=_became(claim, was, now),
        was=was,
        now=now,
        around=around,
        beside=beside,
        expected=expected,
        was_lost=claim.lost,
    )


def _became(claim: Claim, was: Place, now: Place | None) -> Became:
    if now is None:
        return Became.LOST
    if claim.lost:
        return Became.FOUND
    if now == was:
        return Became.STAYS
    return Became.MOVED if now.quote == was.quote else Became.REWORDED


def _repaired(outcome: Outcome, place: Place, new: CitableText) -> Outcome:
    if not new.is_place(place):
        raise RepairError(
            f"{outcome.slug}: “{place.quote}” is not in paragraph {place.ordinal} of the new text "
            "there; choose again."
        )
    return replace(outcome, became=Became.REPAIRED, now=place)
