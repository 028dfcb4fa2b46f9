"""What became of a source's quotes in acts of the past, from the history of its claims."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery

from timeline.anchors import fold
from timeline.models import Claim, Emendation, Source, SourceText
from timeline.texts.outcomes import Became


@dataclass(frozen=True, slots=True)
class Told:
    """How many quotes moved, were lost and the like in the act of ``moment``."""

    moment: datetime
    moved: int
    found: int
    repaired: int
    lost: int


def told(source: Source, moments: Collection[datetime]) -> list[Told]:
    """Of those acts that wrote the text of ``source`` and changed quotes: what became of these."""
    wrote: set[datetime] = set()
    for model in (SourceText, Emendation):
        rows = model.history.filter(source_id=source.pk, history_date__in=moments)
        wrote |= set(rows.values_list("history_date", flat=True))
    before = Claim.history.filter(
        id=OuterRef("id"), history_date__lt=OuterRef("history_date")
    ).order_by("-history_date", "-history_id")
    rows = Claim.history.filter(
        source_id=source.pk, history_date__in=wrote, history_type="~"
    ).annotate(
        was_lost=Subquery(before.values("lost")[:1]), was=Subquery(before.values("quote")[:1])
    )
    counts: dict[datetime, Counter[Became]] = {}
    for moment, lost, quote, was_lost, was in rows.values_list(
        "history_date", "lost", "quote", "was_lost", "was"
    ):
        became = _became(is_lost=lost, was_lost=bool(was_lost), same=_are_same(quote, was))
        if became:
            counts.setdefault(moment, Counter())[became] += 1
    return [
        Told(
            moment,
            counts[moment][Became.MOVED],
            counts[moment][Became.FOUND],
            counts[moment][Became.REPAIRED],
            counts[moment][Became.LOST],
        )
        for moment in sorted(counts, reverse=True)
    ]


def _became(*, is_lost: bool, was_lost: bool, same: bool) -> Became | None:
    if is_lost:
        return None if was_lost else Became.LOST
    if not same:
        return Became.REPAIRED
    return Became.FOUND if was_lost else Became.MOVED


def _are_same(quote: str, was: str | None) -> bool:
    return quote == was or was is None or fold(quote) == fold(was)
