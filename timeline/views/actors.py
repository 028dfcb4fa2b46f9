"""Actors: who they are, what they took part in, and with whom."""

from itertools import groupby
from operator import attrgetter

from django.conf import settings
from django.db.models import Case, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from actors.models import Actor, Relation
from timeline.chronology import Count, Dating, Selection, dating, grouped, read
from timeline.chronology.entries import reported_words
from timeline.chronology.people import visible_actors
from timeline.index import values
from timeline.index.facts import Facet
from timeline.views.keeping import kept
from timeline.views.numbered import page_of

REPORTED_SHOWN = 20
ACTORS_A_PAGE = 400
BY_KIND = Case(*(When(kind=kind, then=rank) for rank, kind in enumerate(Actor.Kind.values)))


@require_safe
@kept
def actors(request: HttpRequest) -> HttpResponse:
    """The actors that readers may see, by kind, with the number of their entries."""
    found = visible_actors().order_by(BY_KIND, "name", "slug")
    page = page_of(request, found, ACTORS_A_PAGE)
    entries = values.entries_of(Facet.ACTOR, (one.pk for one in page.object_list))
    kinds = [
        (Actor.Kind(kind).label, [(one, entries.get(one.pk, 0)) for one in members])
        for kind, members in groupby(page.object_list, key=attrgetter("kind"))
    ]
    return render(request, "actors.html", {"kinds": kinds, "page": page})


@require_safe
@kept
def actor(request: HttpRequest, slug: str) -> HttpResponse:
    """Names and relations over time, the actor's chronology, and who appears in it too."""
    found = get_object_or_404(visible_actors(), slug=slug)
    value = values.of_slugs(Facet.ACTOR, [slug]).get(slug)
    selection = Selection(actors=(value.id if value else -1,))
    page = read(selection, size=settings.PAGE_SIZE)
    count = Count(selection)
    reported = reported_words(found, REPORTED_SHOWN + 1)
    return render(
        request,
        "actor.html",
        {
            "actor": found,
            "aliases": [(alias, dating(alias.period)) for alias in found.aliases.all()],
            "relations": _relations(found),
            "page": page,
            "periods": grouped(page.entries),
            "total": value.entries if value else 0,
            "companions": [one for one in count.by_value[Facet.ACTOR] if one.slug != slug],
            "companions_exact": count.values_exact,
            "reported": reported[:REPORTED_SHOWN],
            "reported_more": len(reported) > REPORTED_SHOWN,
        },
    )


def _relations(found: Actor) -> list[tuple[str, Actor, Relation, Dating]]:
    """What the actor is to others and others to it, of those that readers may see."""
    visible = visible_actors().values("pk")
    mine: QuerySet[Relation] = found.relations.filter(other__in=visible).select_related("other")
    theirs = found.inverse_relations.filter(actor__in=visible).select_related("actor")
    both = [
        *((one.get_kind_display(), one.other, one) for one in mine.order_by("id")),
        *((one.inverse, one.actor, one) for one in theirs.order_by("id")),
    ]
    return [(words, other, one, dating(one.period)) for words, other, one in both]
