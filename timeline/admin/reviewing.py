"""A second pair of eyes: with FOUR_EYES, nobody publishes what he was the last to change.

An entry is then published as it stands. To change it, it is taken back into review, and somebody
else publishes it again (ADR 63).
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from timeline.admin.typed import InlineFormSet
from timeline.models import Claim, Source, Status
from timeline.revisions import RestoreError, last_author, would_be_public

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


def may_restore_published(thing: Model) -> bool:
    """Whether ``thing`` may be what readers see at once, when it is as it was; else in review.

    A source that is published stays so, as it does when it is corrected.
    """
    kept = isinstance(thing, Source) and Source.objects.filter(pk=thing.pk, status=Status.PUBLISHED)
    return not settings.FOUR_EYES or bool(kept)


def check_restoring(thing: Model, moment: datetime) -> None:
    """Raise RestoreError where readers would see a ``thing`` that has no review of its own."""
    if settings.FOUR_EYES and isinstance(thing, Claim) and would_be_public(thing, moment):
        raise RestoreError([str(AS_IT_STANDS)])


class ReviewedFormSet(InlineFormSet):
    """Parts of an event, which do not change while it stays published."""

    def clean(self) -> None:
        """Refuse changes that a second person has not seen."""
        super().clean()
        published = self.instance.status == Status.PUBLISHED
        if settings.FOUR_EYES and published and self.has_changed():
            raise ValidationError(AS_IT_STANDS)
