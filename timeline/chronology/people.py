"""The actors that readers may see, and what they have to do with each other."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from actors.models import Actor, Relation
from timeline.chronology.counting import MOST_COUNTED, Count
from timeline.index.facts import Facet
from timeline.index.values import with_entries
from timeline.models import Claim, Participation, Status


class Companion(NamedTuple):
    """An actor with whom another appears in ``entries`` of those that were ``counted``."""

    slug: str
    name: str
    entries: int
    counted: int

    @property
    def share(self) -> float:
        """Per cent of the entries that were counted."""
        return round(100 * self.entries / self.counted, 1)


def companions_of(slug: str, count: Count) -> list[Companion]:
    """Who appears most often with the actor of whom ``count`` is, in whatever role."""
    counted = count.total if count.values_exact else MOST_COUNTED
    return [
        Companion(one.slug, one.name, one.entries, counted)
        for one in count.by_value[Facet.ACTOR]
        if one.slug != slug
    ]


def visible_actors() -> QuerySet[Actor]:
    """Actors of published entries, those whose words are quoted there, and those related to them.

    One that appears in drafts only is not shown, even if it is related to one that is.
    """
    actor = OuterRef("pk")
    takes_part = Participation.objects.filter(actor=actor)
    speaks = Claim.objects.filter(attributed_to=actor)
    in_public = Q(pk__in=with_entries(Facet.ACTOR)) | Exists(speaks.published())
    anywhere = Exists(takes_part) | Exists(speaks)
    return Actor.objects.filter(in_public | ~anywhere & Exists(_related_in_public()))


def _related_in_public() -> QuerySet[Relation]:
    """Relations of an outer actor, in either direction, to an actor of a published entry."""
    published = Status.PUBLISHED
    as_actor = Q(other=OuterRef("pk")) & (
        Q(actor__participations__event__status=published)
        | Q(
            actor__attributed_claims__event__status=published,
            actor__attributed_claims__source__status=published,
        )
    )
    as_other = Q(actor=OuterRef("pk")) & (
        Q(other__participations__event__status=published)
        | Q(
            other__attributed_claims__event__status=published,
            other__attributed_claims__source__status=published,
        )
    )
    return Relation.objects.filter(as_actor | as_other)
