"""The quote of a claim: a field that shows what may have been meant, or where the words stand."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from timeline.anchors import Near
from timeline.citing import CitableText, Place

MOST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several places of the same words, and the words around it that tell it apart."""

    place: Place
    before: str
    after: str
    prefix: str
    suffix: str


def choices(text: CitableText, places: tuple[Place, ...]) -> list[Choice]:
    """Each place with its surroundings, at most MOST_SHOWN of them."""
    return [
        Choice(place, *text.surroundings(*spot), *text.context(*spot))
        for place in places[:MOST_SHOWN]
        for spot in [(place.ordinal, place.start, place.end)]
    ]


class QuoteInput(forms.Textarea):
    """A text area that shows ``near``, a suggestion, and ``choices``, below what was typed."""

    near: Near | None = None
    choices: tuple[Choice, ...] | list[Choice] = ()

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The text area and what helps to correct it."""
        context = {
            "field": super().render(name, value, attrs, renderer),
            "field_id": (attrs or {}).get("id", ""),
            "near": self.near,
            "choices": self.choices,
        }
        return render_to_string("admin/widgets/quote.html", context)
