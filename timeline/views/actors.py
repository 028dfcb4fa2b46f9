"""Actors: who they are, what they took part in, with whom, and where the record is silent."""

from itertools import groupby
from operator import attrgetter

from django.conf import settings
from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actors.models import Actor
from timeline.chronology import Count, Selection, grouped, read
from timeline.chronology.entries import reported_words
from timeline.chronology.people import companions_of, visible_actors
from timeline.drawing.lifelines import Held, lifelines
from timeline.filters.grid import MostRecorded, grid_of
from timeline.index import tallies, values
from timeline.index.facts import Facet
from timeline.views.keeping import kept
from timeline.views.numbered import page_of
from timeline.views.withdrawn import gone

REPORTED_SHOWN = 20
ACTORS_A_PAGE, ROWS_A_PAGE = 400, 40
BY_KIND = Case(*(When(kind=kind, then=rank) for rank, kind in enumerate(Actor.Kind.values)))


@require_safe
@kept
def actors(request: HttpRequest) -> HttpResponse:
    """The actors that readers may see, by kind; ``?by=decade`` says how much is recorded when."""
    match request.GET.get("by"):
        case None:
            return _by_kind(request)
        case "decade":
            return _by_decade(request)
    return render(request, "actors_unknown.html", status=400)


def _by_kind(request: HttpRequest) -> HttpResponse:
    found = visible_actors().order_by(BY_KIND, "name", "slug")
    page = page_of(request, found, ACTORS_A_PAGE)
    entries = values.entries_of(Facet.ACTOR, (one.pk for one in page.object_list))
    kinds = [
        (Actor.Kind(kind).label, [(one, entries.get(one.pk, 0)) for one in members])
        for kind, members in groupby(page.object_list, key=attrgetter("kind"))
    ]
    return render(request, "actors.html", {"kinds": kinds, "page": page})


def _by_decade(request: HttpRequest) -> HttpResponse:
    page = page_of(request, MostRecorded(), ROWS_A_PAGE)
    return render(request, "actors_by_decade.html", {"page": page, "grid": grid_of(list(page))})


@require_safe
@kept
def actor(request: HttpRequest, slug: str) -> HttpResponse:
    """Names and relations over time, the actor's chronology, and who appears in it too."""
    found = visible_actors().filter(slug=slug).first()
    if found is None:
        return gone(request, "actor", Actor, slug)
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
            "lines": lifelines(
                _names(found), _relations(found), tallies.extent(value.id) if value else None
            ),
            "grid": grid_of([value]) if value else None,
            "page": page,
            "periods": grouped(page.entries),
            "total": value.entries if value else 0,
            "companions": companions_of(slug, count),
            "companions_exact": count.values_exact,
            "reported": reported[:REPORTED_SHOWN],
            "reported_more": len(reported) > REPORTED_SHOWN,
        },
    )


def _names(found: Actor) -> list[Held]:
    """Other names; what kind of name is said of those that are none in the full sense."""
    return [
        Held.of(
            "" if one.kind == one.Kind.NAME else one.get_kind_display(),
            one.name,
            one.note,
            one.period,
        )
        for one in found.aliases.all()
    ]


def _relations(found: Actor) -> list[Held]:
    """What the actor is to others and others to it, of those that readers may see."""
    visible = visible_actors().values("pk")
    mine = found.relations.filter(other__in=visible).select_related("other")
    theirs = found.inverse_relations.filter(actor__in=visible).select_related("actor")
    both = [
        *((one.get_kind_display(), one.other, one) for one in mine.order_by("id")),
        *((one.inverse, one.actor, one) for one in theirs.order_by("id")),
    ]
    return [
        Held.of(words, other.name, one.note, one.period, other.slug) for words, other, one in both
    ]
