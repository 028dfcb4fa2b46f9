"""Fields whose values are ids of what the chronology holds, each with the name readers know."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from timeline.filters.years import shortened
from timeline.index.values import Named

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MOST_CHOSEN = 20


class ChoicesField(forms.Field):
    """Any number of ids; ``clean`` returns what they stand for in order of id.

    ``known`` gives those that there are among some ids.
    """

    widget = forms.SelectMultiple

    def __init__(
        self,
        known: Callable[[list[str]], dict[str, Named]],
        unknown: "StrPromise",
        label: "StrPromise | str | None",
    ) -> None:
        super().__init__(required=False, label=label)
        self._known, self._unknown = known, unknown

    def clean(self, value: Iterable[str] | None) -> tuple[Named, ...]:
        """Raises ValidationError with one message for each id that is not known."""
        wanted = sorted({text for text in value or () if text})
        if not wanted:
            return ()
        if len(wanted) > MOST_CHOSEN:
            raise ValidationError(_("Choose at most %(most)d."), params={"most": MOST_CHOSEN})
        known = self._known(wanted)
        if missing := [text for text in wanted if text not in known]:
            raise ValidationError(
                [
                    ValidationError(self._unknown, params={"value": shortened(text)})
                    for text in missing
                ]
            )
        return tuple(known[text] for text in wanted)
