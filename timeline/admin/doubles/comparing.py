"""Two side by side: the editor chooses field by field, sees what will be, and merges."""

from collections.abc import Iterable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from timeline import doubles
from timeline.admin.doubles import rights
from timeline.admin.doubles.form import MergeForm, has_date
from timeline.admin.doubles.pages import LIST, number_in, page, user_of
from timeline.admin.doubles.sides import Side, rows, side
from timeline.chronology.past import Moved, past_of
from timeline.doubles import Asked, MergeError, actor_merge, event_merge
from timeline.models import Event

MOST_IN_A_ROW = 10
PREVIEW, MERGE = "preview", "merge"
SUGGEST = "suggest"  # in an address: let the program say which is kept


def address(kind: str, kept: int, gone: int, more: list[int]) -> str:
    """The address of a comparison; ``more`` are to be merged next."""
    path = reverse("admin:doubles_merge", args=[kind, kept, gone])
    return path + (f"?{urlencode({'more': ','.join(map(str, more))})}" if more else "")


def in_rank(things: Iterable[Any]) -> list[Any]:
    """Things of one kind, what is rather kept first."""
    several = list(things)
    merging: Any = event_merge if isinstance(several[0], Event) else actor_merge
    return sorted(several, key=merging.rank, reverse=True)


@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest, kind: str, kept: int, gone: int) -> HttpResponse:
    """The comparison of two, what a merge makes of them, and the merge."""
    if kind not in LIST or max(kept, gone) >= 2**63:
        raise Http404
    if not rights.may_view(request, kind):
        raise PermissionDenied
    if kept == gone:
        messages.error(request, _("Choose two different ones: nothing is merged with itself."))
        return HttpResponseRedirect(reverse(LIST[kind]))
    found: Any = rights.MODELS[kind]._default_manager.in_bulk([kept, gone])
    if len(found) < 2:
        messages.error(request, _("One of the two is not there any more. Nothing was merged."))
        return HttpResponseRedirect(reverse(LIST[kind]))
    if SUGGEST in request.GET:
        first, second = in_rank(found.values())
        return HttpResponseRedirect(address(kind, first.pk, second.pk, []))
    return _Comparison(request, kind, found[kept], found[gone]).answer()


class _Comparison:
    """One request for a comparison."""

    def __init__(self, request: HttpRequest, kind: str, kept: Any, gone: Any) -> None:
        self.request, self.kind, self.kept, self.gone = request, kind, kept, gone
        self.problems = rights.obstacles(request, kind, kept, gone)
        self.more = _more(request, {kept.pk, gone.pk})
        self.step = request.POST.get("step", "") if request.method == "POST" else ""

    def answer(self) -> HttpResponse:
        """The page that is asked for."""
        if self.request.method != "POST":
            return self._compared(MergeForm(self.kind, self.kept, self.gone))
        if self.problems:
            raise PermissionDenied
        form = MergeForm(self.kind, self.kept, self.gone, self.request.POST)
        if self.step not in (PREVIEW, MERGE) or not form.is_valid():
            return self._compared(form)
        try:
            if self.step == MERGE:
                return self._merged(form)
            plan = doubles.planned(self.kind, self.kept, self.gone, form.choices())
            rights.check(self.request, self.kind, self.kept, self.gone, plan)
        except MergeError as error:
            self.problems = list(error.problems)
            return self._compared(form)
        return self._page("result.html", form, plan=plan, hidden=form.hidden())

    def _compared(self, form: MergeForm) -> HttpResponse:
        sides: list[Side] = [side(self.kind, one) for one in (self.kept, self.gone)]
        return self._page(
            "compare.html",
            form,
            rows=rows(form, self.kept, self.gone),
            sides=sides,
            two_dates=has_date(self.kept, self.gone),
            swapped=address(self.kind, self.gone.pk, self.kept.pk, self.more),
            problems=self.problems,
        )

    def _merged(self, form: MergeForm) -> HttpResponse:
        asked = Asked(
            self.kind,
            self.kept.pk,
            self.gone.pk,
            form.choices(),
            form.cleaned_data["seen"] or "not seen",
        )
        name, slug = str(self.gone), self.gone.slug
        may = partial(rights.check, self.request, self.kind)
        doubles.merge(asked, user_of(self.request), form.cleaned_data["change_reason"], may)
        self.kept.refresh_from_db()
        merged = _("Merged: “%(gone)s” is part of “%(kept)s” now.")
        said = [merged % {"gone": name, "kept": self.kept}]
        if isinstance(past_of(type(self.kept), slug), Moved):
            said.append(_("Its address leads there."))
        said.append(_("The list of merges can take it back."))
        messages.success(self.request, " ".join(said))
        if self.more:
            following = address(self.kind, self.kept.pk, self.more[0], self.more[1:])
            return HttpResponseRedirect(following)
        meta = self.kept._meta
        change = f"admin:{meta.app_label}_{meta.model_name}_change"
        return HttpResponseRedirect(reverse(change, args=[self.kept.pk]))

    def _page(self, template: str, form: MergeForm, **context: Any) -> HttpResponse:
        return page(
            self.request,
            template,
            title=_("Compare and merge"),
            kind=self.kind,
            list=reverse(LIST[self.kind]),
            form=form,
            kept=self.kept,
            gone=self.gone,
            more=len(self.more),
            seen=doubles.state(self.kind, self.kept.pk, self.gone.pk),
            **context,
        )


def _more(request: HttpRequest, but: set[int]) -> list[int]:
    keys = map(number_in, request.GET.get("more", "").split(",")[:MOST_IN_A_ROW])
    return [key for key in dict.fromkeys(keys) if key is not None and key not in but]
