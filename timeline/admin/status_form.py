"""The form of what has a status: who may not publish is not offered to."""

from typing import Any

from timeline.admin import reviewing
from timeline.admin.editing import REASON
from timeline.admin.permissions import may_publish
from timeline.admin.slugs import SluggedForm
from timeline.models import Status

OF_NO_CONTENT = {"status", REASON}


class StatusForm(SluggedForm):
    """Draft, in review, published; ``user`` is whom the page is for (``EditorAdmin.get_form``).

    ``changes_need_review`` says whether a second person looks at changes of what is published, too.
    """

    changes_need_review = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        model = type(self.instance)
        if "status" in self.fields and not may_publish(self.user, model):
            self.fields["status"].choices = [
                (value, words) for value, words in Status.choices if value != Status.PUBLISHED
            ]

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
