"""Fields whose values are ids of what the chronology holds, each with the name readers know."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from timeline.filters.years import shortened

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MOST_OPTIONS = 100
MOST_CHOSEN = 20


@dataclass(frozen=True, slots=True)
class Option:
    """A value that can be chosen, its name and how many entries have it."""

    value: str
    name: str
    entries: int


class ChoicesField(forms.Field):
    """Any number of ids; ``clean`` returns their options in order of id.

    ``known`` gives those options that there are among some ids.
    """

    widget = forms.SelectMultiple

    def __init__(
        self, known: Callable[[list[str]], dict[str, Option]], unknown: "StrPromise", label: str
    ) -> None:
        super().__init__(required=False, label=label)
        self._known, self._unknown = known, unknown

    def clean(self, value: Iterable[str] | None) -> tuple[Option, ...]:
        """Raises ValidationError with one message for each id that is not known."""
        wanted = sorted({text for text in value or () if text})
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
