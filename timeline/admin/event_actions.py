"""Publishing from the list of events, by the rules of the form, reported event by event."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from timeline.admin.publishing import UNQUOTED, is_quoted
from timeline.models import Event, Status


@admin.action(description=_("Publish"), permissions=["change"])
def publish(_admin: Any, request: HttpRequest, events: QuerySet[Event]) -> None:
    """Publish what may be published."""
    _set(request, events, Status.PUBLISHED, str(_("Published: %s.")))


@admin.action(description=_("Return to draft"), permissions=["change"])
def return_to_draft(_admin: Any, request: HttpRequest, events: QuerySet[Event]) -> None:
    """Hide from readers."""
    _set(request, events, Status.DRAFT, str(_("Drafts again: %s.")))


def _set(request: HttpRequest, events: QuerySet[Event], status: Status, message: str) -> None:
    done = []
    for event in events:
        if event.status == status:
            continue
        event.status = status
        try:
            event.full_clean()
            if status == Status.PUBLISHED and not is_quoted(event):
                raise ValidationError(UNQUOTED)
        except ValidationError as error:
            messages.error(request, f"“{event}”: {' '.join(error.messages)}")
        else:
            event.save()
            done.append(f"“{event}”")
    if done:
        messages.success(request, message % ", ".join(done))
