"""The claims of an event on the event's page."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from timeline.admin.claim_form import ClaimForm, Texts
from timeline.admin.dates import EDTF_WIDGETS
from timeline.admin.passage_choice import PassageChoice
from timeline.admin.publishing import QUOTES_DRAFTS, UNQUOTED, counts
from timeline.admin.reviewing import ReviewedFormSet
from timeline.admin.typed import StackedInline
from timeline.models import Claim, Status

CLAIM_FIELDS: list[str | tuple[str, ...]] = [
    ("source", "passage"),
    "quote",
    ("prefix_words", "suffix_words"),
    ("stance", "date"),
    "attributed_to",
    "note",
]


class ClaimFormSet(ReviewedFormSet):
    """All claims of one event; a published event keeps a quote of a published source."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.texts = Texts()
        super().__init__(*args, **kwargs)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Each form reads the same texts."""
        return {**super().get_form_kwargs(index), "texts": self.texts}

    def clean(self) -> None:
        """Refuse a published event that no published source is quoted for."""
        super().clean()
        if self.instance.status != Status.PUBLISHED or any(self.errors):
            return
        claims = [
            form.instance
            for form in self.forms
            if form not in self.deleted_forms and (form.instance.pk or form.has_changed())
        ]
        if not any(counts(claim) for claim in claims):
            raise ValidationError(QUOTES_DRAFTS if claims else UNQUOTED)


class ClaimInline(PassageChoice, StackedInline):
    """A claim below its event."""

    model = Claim
    form = ClaimForm
    formset = ClaimFormSet
    fields = [*CLAIM_FIELDS]
    autocomplete_fields = ["source", "passage", "attributed_to"]
    formfield_overrides = EDTF_WIDGETS
    extra = 1
    show_change_link = True
    classes = ["claims"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        """With what a claim is shown by."""
        return super().get_queryset(request).select_related("source", "passage", "event")
