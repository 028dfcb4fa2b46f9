"""The list of merges, and the way back from each."""

from datetime import UTC
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from timeline.admin.doubles.pages import number_in, page, user_of
from timeline.admin.doubles.rights import MODELS, may_undo, may_view
from timeline.doubles import MOST_FOR_A_PAGE, rows_written
from timeline.models import Merge
from timeline.revisions import NoActError, Undone, foresee_undo, undo
from timeline.revisions.words import Names

MOST = 50
MOST_KEPT = 100


@require_safe
def merges(request: HttpRequest) -> HttpResponse:
    """The merges, the newest first; ``?before=`` goes on."""
    kinds = [kind for kind in MODELS if may_view(request, kind)]
    if not kinds:
        raise PermissionDenied
    found = Merge.objects.filter(kind__in=kinds).select_related("user").order_by("-id")
    last = number_in(request.GET.get("before"))
    shown = list(found.filter(pk__lt=last)[: MOST + 1] if last else found[: MOST + 1])
    more = shown[MOST - 1].pk if len(shown) > MOST else None
    told = _told(shown[:MOST], request)
    return page(request, "merges.html", title=_("Merges"), merges=told, more=more)


def _told(shown: list[Merge], request: HttpRequest) -> list[dict[str, Any]]:
    names = Names((MODELS[one.kind], key) for one in shown for key in (one.gone, one.kept))
    return [
        {
            "merge": one,
            "gone": names.of(MODELS[one.kind], one.gone),
            "kept": names.of(MODELS[one.kind], one.kept),
            "may_undo": one.undone is None and may_undo(request, one.kind),
        }
        for one in shown
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def undo_merge(request: HttpRequest, number: int) -> HttpResponse:
    """What taking a merge back would do, and a button, which does it."""
    if number >= 2**63:
        raise Http404
    found = Merge.objects.filter(pk=number).select_related("user").first()
    if found is None:
        raise Http404
    if not may_undo(request, found.kind):
        raise PermissionDenied
    shown: dict[str, Any] = {"problem": _problem(found)}
    if not shown["problem"]:
        if rows_written(found) > MOST_FOR_A_PAGE:
            shown["too_large"] = found.moment.astimezone(UTC).isoformat()
        else:
            try:
                if request.method == "POST":
                    return _undone(request, found)
                shown["foreseen"] = foresee_undo(found.moment)
                shown["brings_back"] = not _stays(found, shown["foreseen"])
            except NoActError:
                shown["problem"] = _("The history of this merge is not there any more.")
    names = Names((MODELS[found.kind], key) for key in (found.gone, found.kept))
    return page(
        request,
        "undo.html",
        title=_("Undo this merge"),
        merge=found,
        gone=names.of(MODELS[found.kind], found.gone),
        kept=names.of(MODELS[found.kind], found.kept),
        **shown,
    )


def _problem(merge: Merge) -> str:
    """Why a merge cannot be taken back now; empty if it can."""
    if merge.undone is not None:
        return _("This merge has been undone already.")
    since = Merge.objects.filter(kind=merge.kind, undone=None, gone=merge.kept)
    if since.exists():
        return _("What was kept has been merged into another since: undo that merge first.")
    return ""


def _stays(merge: Merge, undone: Undone) -> bool:
    """Whether what had gone does not come back."""
    model = MODELS[merge.kind]
    return any(one.model is model and one.pk == merge.gone for one in undone.kept)


def _undone(request: HttpRequest, merge: Merge) -> HttpResponse:
    done = undo(merge.moment, user_of(request), request.POST.get("change_reason", "").strip()[:500])
    for kept in done.kept[:MOST_KEPT]:
        told = {"name": kept.name, "why": kept.why}
        messages.warning(request, _("“%(name)s” stays as it is: %(why)s") % told)
    merge.refresh_from_db()
    if merge.undone is None:
        messages.error(request, _("The merge holds: what had gone could not be brought back."))
        return HttpResponseRedirect(reverse("admin:doubles_merges"))
    thing = MODELS[merge.kind]._default_manager.get(pk=merge.gone)
    messages.success(request, _("The merge is undone: “%s” is there again.") % thing)
    meta = thing._meta
    change = f"admin:{meta.app_label}_{meta.model_name}_change"
    return HttpResponseRedirect(reverse(change, args=[thing.pk]))
