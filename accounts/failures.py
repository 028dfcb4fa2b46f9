"""Failed log-ins, as administrators see them; to unlock somebody is to forget theirs."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from axes.models import AccessAttempt
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.limits import WAIT

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin


@admin.register(AccessAttempt)
class FailedLoginAdmin(ModelAdmin):
    """Which names were tried from where; nothing of it is changed, only forgotten."""

    list_display = [
        "username",
        "ip_address",
        "failures_since_start",
        "attempt_time",
        "counts_until",
    ]
    list_display_links = None
    search_fields = ["username", "ip_address"]
    ordering = ["-attempt_time"]
    actions = ["unlock"]
    show_full_result_count = False

    @admin.display(description=_("counts until"))
    def counts_until(self, attempt: AccessAttempt) -> datetime | str:
        """When these failures no longer count; empty if they do not already."""
        until: datetime = attempt.attempt_time + WAIT
        return until if until > timezone.now() else ""

    @admin.action(description=_("Unlock: forget these failures"), permissions=["delete"])
    def unlock(self, request: HttpRequest, attempts: QuerySet[AccessAttempt]) -> None:
        """Forget the failures, so that these names may be tried again from there at once."""
        number = attempts.count()
        self.log_deletions(request, attempts)
        attempts.delete()
        messages.success(
            request, ngettext("%s entry forgotten.", "%s entries forgotten.", number) % number
        )

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list, under what it is."""
        shown = {"title": gettext("Failed log-ins"), **(extra_context or {})}
        return super().changelist_view(request, shown)

    def get_actions(self, request: HttpRequest) -> Any:
        """Only to unlock, which deletes them."""
        return {
            name: action
            for name, action in super().get_actions(request).items()
            if name != "delete_selected"
        }

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        """Nobody."""
        return False
