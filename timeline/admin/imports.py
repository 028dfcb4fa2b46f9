"""Imports in the admin: give a seed, look at its plan, choose, see what would happen, carry out."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from timeline.admin import import_choices, import_looks, import_rights, import_rows, import_words
from timeline.admin.import_form import GiveForm
from timeline.admin.import_looks import Looked, looked_at
from timeline.admin.import_pages import ImportPages, Interrupted
from timeline.admin.import_rights import Approval, may_apply, may_choose
from timeline.models import SeedImport
from timeline.seeds import proposing
from timeline.seeds.problems import SeedError
from timeline.seeds.proposing import Order

MOST_LINES = 500  # of a report, and of what changed
MOST_REASON = 500


@admin.register(SeedImport)
class SeedImportAdmin(ImportPages):
    """Imports: each stays as a record of what was given and what became of it."""

    list_display = ["name", "state", "told_counts", "given_by", "given_at", "applied_by"]
    list_filter = ["state"]
    list_select_related = ["given_by", "applied_by"]
    search_fields = ["name"]
    show_full_result_count = False
    list_per_page = 50

    @admin.display(description=_("what it does"))
    def told_counts(self, proposal: SeedImport) -> str:
        """How many items are created, updated and so on."""
        return ", ".join(
            f"{one.number} {one.label}" for one in import_looks.filters(proposal, Looked(""))[1:]
        )

    def get_urls(self) -> list[URLPattern]:
        """Django's, and the pages on the way from a plan to what it does."""
        site = self.admin_site
        steps = [("preview", self.preview_view), ("apply", self.apply_view)]
        return [
            *(
                path(
                    f"<int:pk>/{name}/",
                    site.admin_view(view),
                    name=f"timeline_seedimport_{name}",
                )
                for name, view in steps
            ),
            *super().get_urls(),
        ]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may choose; what was carried out or discarded stays as it is."""
        if obj is None:
            return super().has_change_permission(request)
        return may_choose(request.user, obj)

    def has_delete_permission(self, *_args: Any) -> bool:
        """Nobody deletes the record of an import."""
        return False

    def add_view(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Give a seed; what is wrong with it is told at once, and nothing is kept of it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = GiveForm(request.POST, request.FILES) if request.method == "POST" else GiveForm()
        problems: tuple[Any, ...] = ()
        if form.is_valid():
            try:
                with self.telling(request):
                    proposal = proposing.propose(form.given(), request.user)
                return self.to("change", proposal)
            except SeedError as error:
                problems = error.problems
            except Interrupted:
                pass
        context = {"title": _("Import seeds"), "form": form, "problems": problems}
        return self.page(request, None, "admin/import_give.html", context)

    def change_view(self, request: HttpRequest, object_id: str, *_args: Any, **_kwargs: Any) -> Any:
        """The plan; what is posted are choices, and where to go with them."""
        proposal = self._proposal(request, object_id)
        if proposal is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
        if request.method == "POST":
            return self._choose(request, proposal)
        return self._plan(request, proposal)

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What would happen with what was chosen: a dry run."""
        proposal = self._proposal(request, str(pk))
        if proposal is None or proposal.state != SeedImport.State.PLANNED:
            return self.elsewhere(request, proposal)
        approval = Approval(request.user, insist=False)
        problems: tuple[Any, ...] = ()
        lines: list[str] = []
        try:
            with self.telling(request):
                carried = proposing.foresee(proposal, approval)
        except SeedError as error:
            problems = error.problems
        except Interrupted:
            return self.to("change", proposal)
        else:
            if carried.changed:
                return self._plan(request, proposal, carried.changed)
            lines = list(carried.report)
        context = {
            "title": _("What the import would do"),
            "problems": problems,
            "lines": lines[:MOST_LINES],
            "more": max(len(lines) - MOST_LINES, 0),
            "lacking": sorted(approval.lacking),
            "may_apply": may_apply(request.user, proposal),
            "needs_another": import_rights.needs_another(request.user, proposal),
            "seen": proposing.fingerprint(proposal),
            "most_reason": MOST_REASON,
        }
        return self.page(request, proposal, "admin/import_preview.html", context)

    @method_decorator(require_POST)
    def apply_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Carry the import out, as it was looked at, or do nothing."""
        proposal = self._proposal(request, str(pk))
        if proposal is None or proposal.state != SeedImport.State.PLANNED:
            return self.elsewhere(request, proposal)
        if not may_apply(request.user, proposal):
            raise PermissionDenied
        reason = request.POST.get("change_reason", "").strip()[:MOST_REASON]
        order = Order(request.user, reason, request.POST.get("seen", ""))
        try:
            with self.telling(request):
                carried = proposing.carry_out(proposal, Approval(request.user, insist=True), order)
        except (SeedError, Interrupted):  # the preview tells what is wrong
            return self.to("preview", proposal)
        if carried.changed:
            return self._plan(request, proposal, carried.changed)
        messages.success(request, _("The import was carried out. Its report is kept here."))
        return self.to("change", proposal)

    def _proposal(self, request: HttpRequest, object_id: str) -> SeedImport | None:
        proposal: SeedImport | None = self.get_object(request, object_id)
        if proposal is not None and not (
            self.has_view_permission(request, proposal) or may_choose(request.user, proposal)
        ):
            raise PermissionDenied
        return proposal

    def _choose(self, request: HttpRequest, proposal: SeedImport) -> HttpResponse:
        if not may_choose(request.user, proposal):
            raise PermissionDenied
        go, _colon, rest = request.POST.get("go", "").partition(":")
        try:
            with self.telling(request):
                if go == "discard":
                    proposing.discard(proposal)
                    messages.success(request, _("The import was discarded; its files are gone."))
                    return self.to("changelist")
                choices = import_choices.chosen(proposal, request.POST.dict())
                if go == "all":
                    outcome, _colon, choice = rest.rpartition(":")
                    choices |= import_choices.chosen_for_all(proposal, outcome, choice)
                proposing.choose(proposal, choices)
        except Interrupted:
            return self.to("change", proposal)
        if go == "preview":
            return self.to("preview", proposal)
        looked = import_looks.looked_at_in(rest) if go == "look" else looked_at(request.GET.dict())
        return self.to("change", proposal, looked.query)

    def _plan(self, request: HttpRequest, proposal: SeedImport, changed: Any = ()) -> HttpResponse:
        """The plan as it is kept, with what has ``changed`` of it just now."""
        proposal.refresh_from_db()
        looked = looked_at(request.GET.dict())
        page = import_looks.page_of(proposal, looked)
        choosing = may_choose(request.user, proposal)
        context = {
            "title": _("Import of %s") % proposal,
            "filters": import_looks.filters(proposal, looked),
            "page": page,
            "pages": import_looks.pages(page, looked),
            "rows": import_rows.rows(proposal, list(page), choosing=choosing),
            "choosing": choosing,
            "for_all": import_looks.for_all(proposal, looked) if choosing else [],
            "looked": looked,
            "changed": [import_words.changed(one) for one in changed[:MOST_LINES]],
            "act_url": import_words.act_url(proposal),
        }
        return self.page(request, proposal, "admin/import_plan.html", context)
