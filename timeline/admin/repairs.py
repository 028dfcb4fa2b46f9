"""Repairing lost claims: each gets one of its likeliest places, other words, or stays lost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from timeline.admin.quotes import choices as places_with_contexts
from timeline.anchors import Near, Quote
from timeline.citing import CitableText, CitationError, Place
from timeline.models import Claim, Status
from timeline.texts import Outcome, Reanchoring

LEAVE, BY_HAND = "", "words"
NOT_IN_PUBLISHED = _("Its entry is published, and you may not change it.")


@dataclass(frozen=True, slots=True)
class Offer:
    """One of the likeliest places, with the words around it now."""

    value: str
    place: Place
    near: Near
    before: str
    after: str
    prefix: str
    suffix: str


def offers(text: CitableText, found: Iterable[tuple[Place, Near]]) -> list[Offer]:
    """What a person may choose from."""
    return [
        Offer(
            f"{place.ordinal}:{place.start}:{place.end}",
            place,
            near,
            *text.beside(place),
            *text.context(place.ordinal, place.start, place.end),
        )
        for place, near in found
    ]


def may_repair(request: HttpRequest, claim: Claim) -> bool:
    """Whether the editor may give this claim other words by hand."""
    if settings.FOUR_EYES and claim.event.status == Status.PUBLISHED:
        return False
    model_admin: Any = admin.site.get_model_admin(Claim)
    return bool(model_admin.has_change_permission(request, claim))


class RepairForm(forms.Form):
    """What to do with one lost claim; ``place`` is what was chosen, None to leave it lost."""

    choice = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Words of the text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
    )
    before = forms.CharField(label=_("Words before"), required=False)
    after = forms.CharField(label=_("Words after"), required=False)

    def __init__(
        self, claim: Claim, outcome: Outcome, became: Reanchoring, data: Any = None
    ) -> None:
        super().__init__(data, prefix=f"claim-{claim.pk}")
        self.claim, self.outcome, self.text = claim, outcome, became.text
        self.offers = offers(became.text, became.likeliest(outcome))
        self.place: Place | None = None
        field: Any = self.fields["choice"]
        field.choices = [(LEAVE, ""), (BY_HAND, ""), *((one.value, "") for one in self.offers)]

    @property
    def chosen(self) -> str:
        """The value of the choice, to be shown as chosen."""
        value = self["choice"].value() or LEAVE
        return str(value)

    @cached_property
    def others(self) -> list[Any]:
        """The places of words that stand several times, with what tells them apart."""
        return places_with_contexts(self.text, self._ambiguous) if self.is_bound else []

    _ambiguous: tuple[Place, ...] = ()

    def clean(self) -> dict[str, Any]:
        """Find the place that was chosen in the text; refuse what is not there."""
        given = super().clean() or self.cleaned_data
        choice = given.get("choice", LEAVE)
        if choice == BY_HAND:
            quote = Quote(given.get("words", ""), given.get("before", ""), given.get("after", ""))
            try:
                self.place = self.text.place(quote)
            except CitationError as error:
                self._ambiguous = error.places
                self.add_error("words", str(error))
        elif choice != LEAVE:
            self.place = next(one.place for one in self.offers if one.value == choice)
        return given


def repair_forms(
    request: HttpRequest, became: Reanchoring, outcomes: Sequence[Outcome]
) -> tuple[list[RepairForm], list[Claim]]:
    """A form for each of the lost ``outcomes``, and the claims that others have to repair.

    The forms are bound where the request posts.
    """
    wanted = {one.claim: one for one in outcomes}
    claims = Claim.objects.filter(pk__in=wanted).select_related("event", "source")
    by_key = {claim.pk: claim for claim in claims}
    data = request.POST if request.method == "POST" else None
    forms_, others = [], []
    for key, outcome in wanted.items():
        if may_repair(request, by_key[key]):
            forms_.append(RepairForm(by_key[key], outcome, became, data))
        else:
            others.append(by_key[key])
    return forms_, others


def chosen(repair_forms: Iterable[RepairForm]) -> dict[int, Place]:
    """The places chosen, by the keys of the claims."""
    return {form.claim.pk: form.place for form in repair_forms if form.place}
