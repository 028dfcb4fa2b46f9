"""The form of an event itself, without its actors and claims."""

from collections.abc import Iterable
from typing import Any

from django import forms

from timeline.admin.in_use import words_in_use
from timeline.admin.publishing import UNQUOTED, is_quoted
from timeline.admin.status_form import StatusForm
from timeline.admin.suggestions import SuggestingInput
from timeline.models import Event, Status


def kinds() -> Iterable[str]:
    """Every kind that an event has now."""
    return words_in_use("timeline_event", "kind")


def roles() -> Iterable[str]:
    """Every role that an actor has now."""
    return words_in_use("timeline_participation", "role")


class EventForm(StatusForm):
    """Title, date and the rest; the quotes are in forms of their own.

    ``claims_on_page`` says whether they are there for this user; then they are checked there.
    """

    claims_on_page = True
    changes_need_review = True

    class Meta:
        model = Event
        fields = [
            "title",
            "slug",
            "date",
            "date_basis",
            "date_note",
            "summary",
            "kind",
            "status",
        ]
        widgets = {
            "kind": SuggestingInput(kinds, {"class": "vTextField"}),
            "title": forms.TextInput({"class": "vLargeTextField"}),
            "date_note": forms.Textarea({"rows": 2, "class": "vLargeTextField"}),
            "summary": forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
        }

    def clean(self) -> dict[str, Any]:
        """Refuse to publish without a quote where this page has no claims to check."""
        given = super().clean()
        published = given.get("status") == Status.PUBLISHED
        if published and not self.claims_on_page and not self._is_quoted():
            self.add_error("status", UNQUOTED)
        return given

    def _is_quoted(self) -> bool:
        return bool(self.instance.pk) and is_quoted(self.instance)
