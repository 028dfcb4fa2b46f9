"""The forms on the page of a source: those of the admin, with the place that was selected.

The place is told by its paragraph and its position in the text that the editor saw. Where that text
has been replaced meanwhile, and where the quote was changed by hand, only its words decide.
"""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from timeline.admin.citing.marked import digest_of
from timeline.admin.claim import LoneClaimForm
from timeline.admin.event_form import EventForm
from timeline.admin.reasons import REASON
from timeline.anchors import fold
from timeline.citing import CitationError, Place
from timeline.models import Passage, Source

EVENT_FIELDS = ["title", "slug", "kind", "date", "date_basis", "date_note", "summary"]
CLAIM_FIELDS = ["event", "source", "quote", "stance", "date", "attributed_to", "note"]
REPLACED = _(
    "The text was replaced since you opened this page, so these words were looked up anew."
)


class SelectedForm(LoneClaimForm):
    """A claim of words that were selected in ``source``; its event may be a new one."""

    source: Source

    digest = forms.CharField(required=False, widget=forms.HiddenInput)
    ordinal = forms.IntegerField(required=False, widget=forms.HiddenInput)
    start = forms.IntegerField(required=False, widget=forms.HiddenInput)
    placed = forms.CharField(required=False, widget=forms.HiddenInput)
    placed_before = forms.CharField(required=False, widget=forms.HiddenInput)
    placed_after = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["source"] = self.source.pk
        self.fields["source"].disabled = True
        self.fields["source"].widget = forms.HiddenInput()
        self.fields["event"].required = False
        self.instance.source = self.source
        self.place: Place | None = None

    @cached_property
    def is_replaced(self) -> bool:
        """Whether the text is another one than the editor saw."""
        seen = self.cleaned_data.get("digest")
        return bool(seen) and seen != digest_of(self.source)

    def _hint(self, _passage: Passage | None) -> tuple[int | None, int | None]:
        if self.is_replaced or not self._is_as_placed():
            return None, None
        return self.cleaned_data.get("ordinal"), self.cleaned_data.get("start")

    def _around(self, name: str) -> str:
        """The words that the editor gave; else those that told the place apart when it was seen."""
        given = super()._around(name)
        if given or not self.is_replaced or not self._is_as_placed():
            return given
        seen = {"prefix_words": "placed_before", "suffix_words": "placed_after"}
        return str(self.cleaned_data.get(seen[name], ""))

    def _is_as_placed(self) -> bool:
        placed = self.cleaned_data.get("placed", "")
        return bool(placed) and fold(placed) == fold(self.cleaned_data["quote"])

    def _keep(self, place: Place, given: dict[str, Any]) -> None:
        super()._keep(place, given)
        self.instance.passage = given["passage"]
        self.place = place

    def _explain(self, error: CitationError, source: Source) -> None:
        super()._explain(error, source)
        if self.is_replaced:
            self.add_error("quote", REPLACED)


class NewEventForm(EventForm):
    """An event that a quote is for, always a draft; the reason is asked for with the claim."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields[REASON]
