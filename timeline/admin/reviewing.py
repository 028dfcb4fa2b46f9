"""A second pair of eyes: with FOUR_EYES, nobody publishes what he was the last to change.

An entry is then published as it stands. To change it, it is taken back into review, and somebody
else publishes it again (ADR 63).
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from timeline.admin.typed import InlineFormSet
from timeline.models import Status
from timeline.revisions import last_author

AS_IT_STANDS = _(
    "Here a second person publishes, and publishes what is stored. "
    "Save this as “in review”; then somebody else can publish it."
)
OWN_CHANGE = _(
    "You made the last change here. Somebody else has to look at it and publish it; "
    "leave it “in review”."
)


def refusal(user: Any, thing: Model, *, changed: bool) -> Any:
    """Why ``user`` may not publish ``thing``, or leave it published, now; empty if he may.

    ``changed`` says that what it says is about to change, too.
    """
    if not settings.FOUR_EYES:
        return ""
    if changed or thing.pk is None:
        return AS_IT_STANDS
    return OWN_CHANGE if last_author(thing) == user.pk else ""


class ReviewedFormSet(InlineFormSet):
    """Parts of an event, which do not change while it stays published."""

    def clean(self) -> None:
        """Refuse changes that a second person has not seen."""
        super().clean()
        published = self.instance.status == Status.PUBLISHED
        if settings.FOUR_EYES and published and self.has_changed():
            raise ValidationError(AS_IT_STANDS)
