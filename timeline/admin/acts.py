"""The acts of everybody in the admin: the latest, each with what it changed, and their undo."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.site import EditorsSite
from timeline.admin.moments import moment_in, moment_text
from timeline.admin.permissions import may_see_acts, may_undo_acts
from timeline.admin.reasons import reason_in
from timeline.localised import number
from timeline.revisions import Undone, foresee_undo, undo
from timeline.revisions.acts import Act, act_at, recent
from timeline.revisions.contents import Contents, contents

MOST_FOR_A_PAGE = 50_000  # rows: an act that wrote more is undone by the command
MOST_TOLD = 200  # entries that an undo keeps
MOST_PEOPLE = 200


@require_safe
def acts(request: HttpRequest) -> HttpResponse:
    """The latest acts; ``?before=`` continues, ``?user=`` is by whom."""
    if not may_see_acts(request.user):
        raise PermissionDenied
    before, user = request.GET.get("before", ""), request.GET.get("user", "")
    people = get_user_model()._default_manager.filter(is_staff=True).order_by("username")
    if user and not (user.isascii() and user.isdigit() and len(user) < 10):
        raise Http404
    found = recent(moment_in(before) if before else None, user=int(user) if user else None)
    return _page(
        request,
        "admin/acts.html",
        title=_("Latest acts"),
        acts=[(act, moment_text(act.moment), list(_numbers(act))) for act in found.acts],
        older=moment_text(found.older) if found.older else "",
        continued=bool(before),
        people=people[:MOST_PEOPLE],
        user_key=user,
    )


@require_safe
def one_act(request: HttpRequest, moment: str) -> HttpResponse:
    """What an act changed, entry by entry; ``?after=`` continues."""
    if not may_see_acts(request.user):
        raise PermissionDenied
    act = _act(moment)
    found = contents(act.moment, _position(request.GET.get("after", "")))
    return _page(
        request,
        "admin/act.html",
        title=_("Act of %(moment)s") % {"moment": _said(act.moment)},
        act=act,
        moment=moment,
        numbers=list(_numbers(act)),
        entries=found.entries,
        after=_after(found),
        may_undo=may_undo_acts(request.user),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def undo_act(request: HttpRequest, moment: str) -> HttpResponse:
    """What undoing an act would do, and a button, which does it."""
    if not may_undo_acts(request.user):
        raise PermissionDenied
    act = _act(moment)
    shown: dict[str, Any] = {"act": act, "moment": moment, "numbers": list(_numbers(act))}
    if act.rows > MOST_FOR_A_PAGE:
        shown["too_large"] = act.moment.isoformat()
    elif request.method == "POST":
        undone = undo(act.moment, _user(request), reason_in(request))
        return _done(request, moment, undone)
    else:
        foreseen = foresee_undo(act.moment)
        shown |= {
            "foreseen": foreseen,
            "lines": list(lines(foreseen)),
            "kept": foreseen.kept[:MOST_TOLD],
            "kept_more": max(0, len(foreseen.kept) - MOST_TOLD),
        }
    return _page(request, "admin/undo_act.html", title=_("Undo this act"), **shown)


def lines(undone: Undone) -> Iterable[str]:
    """What an undo does, in words, a line for each kind of entry and what becomes of it."""
    for one in undone.numbers:
        for count, words in (
            (one.removed, _("%(entries)s removed")),
            (one.changed, _("%(entries)s changed back")),
            (one.brought_back, _("%(entries)s brought back")),
        ):
            if count:
                yield words % {"entries": _counted(one.model, count)}


def _done(request: HttpRequest, moment: str, undone: Undone) -> HttpResponse:
    """Tell what was done on the page of the act that did it."""
    if undone.entries:
        messages.success(request, _("Undone: %s.") % ", ".join(lines(undone)))
        moment = moment_text(undone.moment)
    for kept in undone.kept[:MOST_TOLD]:
        messages.warning(request, _("“%(name)s” stays: %(why)s") % {
            "name": kept.name, "why": kept.why,
        })  # fmt: skip
    if not undone.entries:
        messages.warning(request, _("Nothing was changed."))
    return HttpResponseRedirect(reverse("admin:timeline_act", args=[moment]))


def _numbers(act: Act) -> Iterable[str]:
    """How many rows of what an act wrote."""
    for one in act.numbers:
        said = _counted(one.model, one.number)
        yield _("more than %s") % said if one.more else said


def _counted(model: Any, count: int) -> str:
    meta = model._meta
    name = meta.verbose_name if count == 1 else meta.verbose_name_plural
    return f"{number(count)} {name}"


def _act(moment: str) -> Act:
    act = act_at(moment_in(moment), MOST_FOR_A_PAGE)
    if act is None:
        raise Http404
    return act


def _position(text: str) -> tuple[int, int]:
    """Where a page of an act begins: a table and a row, as ``_after`` writes them."""
    if not text:
        return 0, 0
    table, _point, row = text.partition(".")
    if not all(one.isascii() and one.isdigit() and len(one) < 19 for one in (table, row)):
        raise Http404
    return int(table), int(row)


def _after(found: Contents) -> str:
    return "{}.{}".format(*found.after) if found.after else ""


def _said(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"


def _user(request: HttpRequest) -> Any:
    return request.user if request.user.is_authenticated else None


def _page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    request.current_app = admin.site.name
    return TemplateResponse(request, template, {**admin.site.each_context(request), **context})


site = cast("EditorsSite", admin.site)
site.add_page("acts/", acts, "acts")
site.add_page("acts/<str:moment>/", one_act, "timeline_act")
site.add_page("acts/<str:moment>/undo/", undo_act, "timeline_act_undo")
