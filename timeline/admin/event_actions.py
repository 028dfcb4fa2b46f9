"""Drafts, reviews and publication from the list of events, by the rules of the form.

What is refused is reported event by event.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from timeline.admin import reviewing
from timeline.admin.permissions import may_change
from timeline.admin.publishing import UNQUOTED, is_quoted
from timeline.models import Event, Status

NOT_YOURS = _("It is published; an editor has to do this.")


@admin.action(description=_("Submit for review"), permissions=["change"])
def submit(_admin: Any, request: HttpRequest, events: Iterable[Event]) -> None:
    """Say that a second person may look at it."""
    _set(request, events, Status.REVIEW, str(_("In review: %s.")))


@admin.action(description=_("Publish"), permissions=["publish"])
def publish(_admin: Any, request: HttpRequest, events: Iterable[Event]) -> None:
    """Publish what may be published."""
    _set(request, events, Status.PUBLISHED, str(_("Published: %s.")))


@admin.action(description=_("Return to draft"), permissions=["change"])
def return_to_draft(_admin: Any, request: HttpRequest, events: QuerySet[Event]) -> None:
    """Hide from readers."""
    _set(request, events, Status.DRAFT, str(_("Drafts again: %s.")))


def _set(request: HttpRequest, events: Iterable[Event], status: Status, message: str) -> None:
    done = []
    for event in events:
        if event.status == status:
            continue
        try:
            _change(request.user, event, status)
        except ValidationError as error:
            messages.error(request, f"“{event}”: {' '.join(error.messages)}")
        else:
            done.append(f"“{event}”")
    if done:
        messages.success(request, message % ", ".join(done))


def _change(user: Any, event: Event, status: Status) -> None:
    """Save ``event`` with ``status``; raises ValidationError where that must not be."""
    if not may_change(user, event):
        raise ValidationError(NOT_YOURS)
    event.status = status
    event.full_clean()
    if status == Status.PUBLISHED:
        if not is_quoted(event):
            raise ValidationError(UNQUOTED)
        if why := reviewing.refusal(user, event, changed=False):
            raise ValidationError(why)
    event.save()
