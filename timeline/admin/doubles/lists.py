"""Likely doubles, pair by pair with the reasons; those that somebody has said are not the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from timeline import doubles, edtf, index, localised
from timeline.admin.doubles.faces import Face, faces
from timeline.admin.doubles.pages import LIST, number_in, page, user_of
from timeline.admin.doubles.rights import MODELS, may_merge, may_set_apart, may_view
from timeline.models import Distinct, Twofold

MOST = 200  # pairs of a page
APART = "apart"
BACK = "back"
METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A pair as the page has it."""

    one: Face
    other: Face
    reasons: str
    percent: int | None = None


@require_http_methods(METHODS)
def events(request: HttpRequest) -> HttpResponse:
    """Likely double entries in the order of time; ``?after=`` goes on, ``?from=`` is a year."""
    return _listed(request, Twofold.EVENT.value)


@require_http_methods(METHODS)
def actors(request: HttpRequest) -> HttpResponse:
    """Likely double actors: of the same name first, of one in two spellings then."""
    return _listed(request, Twofold.ACTOR.value)


def _listed(request: HttpRequest, kind: str) -> HttpResponse:
    if not may_view(request, kind):
        raise PermissionDenied
    if request.method == "POST":
        return _said(request, kind)
    if APART in request.GET:
        return _apart(request, kind)
    index.version()  # names that were written past the program count, too
    try:
        found = _found(request, kind)
    except ValueError:
        raise Http404 from None
    year = found.reached // 10_000 if found.reached is not None else None
    return page(
        request,
        "pairs.html",
        title=_("Likely double events") if kind == Twofold.EVENT else _("Likely double actors"),
        kind=kind,
        pairs=_shown(kind, found.pairs[:MOST]),
        after=urlencode({"after": found.after}) if found.after else "",
        begun=bool(request.GET.get("after")),
        reached=localised.year_words(year) if year is not None else "",
        year=request.GET.get("from", ""),
        may_merge=may_merge(request, kind),
        query=request.GET.urlencode(),
    )


def _found(request: HttpRequest, kind: str) -> doubles.Found:
    after = request.GET.get("after", "")
    if kind == Twofold.ACTOR:
        return doubles.actor_pairs(after)
    year = request.GET.get("from", "").strip()
    if year and not after:
        day = edtf.to_int(int(year), 1, 1)
        if not edtf.FIRST_DAY < day < edtf.LAST_DAY:
            raise ValueError(year)
        after = f"{day - 1}_0"
    return doubles.event_pairs(after)


def _shown(kind: str, pairs: Sequence[doubles.Pair]) -> list[Shown]:
    there = faces(kind, (key for pair in pairs for key in (pair.first, pair.second)))
    return [
        Shown(
            there[pair.first],
            there[pair.second],
            doubles.in_words(pair.alike),
            round(100 * pair.alike.score),
        )
        for pair in pairs
        if pair.first in there and pair.second in there
    ]


def _apart(request: HttpRequest, kind: str) -> HttpResponse:
    """Those of which somebody has said that they are not the same, the newest first."""
    said = Distinct.objects.filter(kind=kind).select_related("user").order_by("-id")
    last = number_in(request.GET.get("before"))
    found = list(said.filter(pk__lt=last)[: MOST + 1] if last else said[: MOST + 1])
    more = found[MOST - 1].pk if len(found) > MOST else None
    return page(
        request,
        "apart.html",
        title=_("Not the same"),
        kind=kind,
        list=reverse(LIST[kind]),
        pairs=list(_told(kind, found[:MOST])),
        more=more,
        query=request.GET.urlencode(),
    )


def _told(kind: str, said: Sequence[Distinct]) -> Iterable[Shown]:
    there = faces(kind, (key for one in said for key in (one.first, one.second)))
    for one in said:
        if one.first in there and one.second in there:
            who = one.user.get_username() if one.user else _("a program")
            when = localised.day(one.moment)
            words = _("%(who)s said so on %(when)s.") % {"who": who, "when": when}
            yield Shown(there[one.first], there[one.second], words)


def _said(request: HttpRequest, kind: str) -> HttpResponse:
    """Take down, or take back, that two are not the same."""
    keys = [number_in(request.POST.get(name)) for name in ("one", "other")]
    found: dict[int, Any] = MODELS[kind]._default_manager.in_bulk([key for key in keys if key])
    if len(found) == 2:
        if not may_set_apart(request, kind, *found.values()):
            raise PermissionDenied
        one, other = found
        if request.POST.get("say") == BACK:
            doubles.take_back(kind, one, other)
            messages.success(request, _("They are compared again."))
        else:
            doubles.set_apart(kind, one, other, user_of(request))
            messages.success(
                request, _("Taken down: “%(one)s” and “%(other)s” are not the same.") % {
                    "one": found[one], "other": found[other],
                }
            )  # fmt: skip
    else:
        messages.error(request, _("One of the two has been deleted meanwhile."))
    query = request.GET.urlencode()
    return HttpResponseRedirect(reverse(LIST[kind]) + (f"?{query}" if query else ""))
