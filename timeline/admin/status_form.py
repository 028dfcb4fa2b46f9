"""The form of what has a status: who may not publish is not offered to."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from timeline.admin import reviewing
from timeline.admin.permissions import may_publish
from timeline.admin.reasons import REASON
from timeline.admin.slugs import SluggedForm
from timeline.admin.typed import ModelAdmin
from timeline.models import Status

OF_NO_CONTENT = {"status", REASON}
# Buttons beside “Save”, which choose the status in the same step: names, what they set and say.
BUTTONS: dict[str, tuple[Status, Any]] = {
    "_publish": (Status.PUBLISHED, _("Save and publish")),
    "_submit": (Status.REVIEW, _("Save and submit for review")),
    "_withdraw": (Status.DRAFT, _("Save and withdraw")),
}
# What is said after a button has done it, beside Django's own message.
DONE: dict[str, Any] = {
    "_publish": _("Readers see it now."),
    "_submit": _("It is in review now: an editor finds it on the first page, and may publish it."),
    "_withdraw": _("It is a draft now: readers no longer see it."),
}


class ToldOfStatus(ModelAdmin):
    """Says after a save with one of the buttons what has become of the thing."""

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """Django's answer to a save that leads back to the list."""
        _tell(request)
        return super().response_post_save_change(request, obj)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """The same of what is new."""
        _tell(request)
        return super().response_post_save_add(request, obj)


def _tell(request: HttpRequest) -> None:
    for name in BUTTONS:
        if name in request.POST:
            messages.success(request, DONE[name])


def _with_status(data: Any) -> Any:
    """What was posted, with the status that a button chose."""
    chosen = [status for name, (status, _label) in BUTTONS.items() if data and name in data]
    if not chosen:
        return data
    typed = data.copy()
    typed["status"] = chosen[0].value
    return typed


class StatusForm(SluggedForm):
    """Draft, in review, published; ``user`` is whom the page is for (``EditorAdmin.get_form``).

    ``changes_need_review`` says whether a second person looks at changes of what is published, too.
    """

    changes_need_review = False

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(_with_status(data), *args, **kwargs)
        model = type(self.instance)
        status: Any = self.fields.get("status")
        if status and not may_publish(self.user, model):
            status.choices = [
                (value, words) for value, words in Status.choices if value != Status.PUBLISHED
            ]

    @property
    def buttons(self) -> list[tuple[str, Any]]:
        """Names and labels of the buttons that lead on from the stored status."""
        now = self.instance.status if self.instance.pk else Status.DRAFT
        wanted = {
            Status.DRAFT: ("_submit", "_publish"),
            Status.REVIEW: ("_publish",),
            Status.PUBLISHED: ("_withdraw",),
        }[Status(now)]
        return [
            (name, BUTTONS[name][1])
            for name in wanted
            if name != "_publish" or self._may_publish_now()
        ]

    def _may_publish_now(self) -> bool:
        refused = reviewing.refusal(self.user, self.instance, changed=False)
        return may_publish(self.user, type(self.instance)) and not refused

    def clean(self) -> dict[str, Any]:
        """Refuse to publish where a second person has to."""
        given = super().clean()
        if given.get("status") == Status.PUBLISHED and self._needs_review():
            changed = bool(set(self.changed_data) - OF_NO_CONTENT)
            if why := reviewing.refusal(self.user, self.instance, changed=changed):
                self.add_error("status", why)
        return given

    def _needs_review(self) -> bool:
        if self.initial.get("status") == Status.PUBLISHED and self.instance.pk:
            return self.changes_need_review and bool(set(self.changed_data) - OF_NO_CONTENT)
        return True
