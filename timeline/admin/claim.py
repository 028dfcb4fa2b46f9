"""Claims by themselves: to find and to repair one; most are edited on their event's page."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from timeline.admin import csv_tables, reviewing
from timeline.admin.bulk_edits import OF_CLAIMS
from timeline.admin.claim_form import ClaimForm
from timeline.admin.claim_inline import CLAIM_FIELDS
from timeline.admin.editing import EditorAdmin, ReasonedForm
from timeline.admin.likely import LikelyPlaces, likely_places
from timeline.admin.links import change_link
from timeline.admin.list_filters import (
    EventBasisFilter,
    EventStatusFilter,
    NoteFilter,
    SourceFilter,
)
from timeline.admin.passage_choice import PassageChoice
from timeline.admin.permissions import may_change
from timeline.admin.publishing import UNQUOTED, counts, would_be_unquoted
from timeline.admin.searching import claims_with
from timeline.models import Claim, Event, Status


class LoneClaimForm(ReasonedForm, ClaimForm):
    """A claim on a page of its own; its event is chosen here when it is new."""

    class Meta(ClaimForm.Meta):
        fields = ["event", *ClaimForm.Meta.fields]

    def clean(self) -> dict[str, Any]:
        """Refuse what others have to do, and what leaves a published event without a quote."""
        given = super().clean()
        event = given.get("event") if "event" in self.fields else self.instance.event
        if event is not None and (why := self._refusal(event)):
            raise ValidationError(why)
        source = given.get("source")
        draft = source is not None and source.status != Status.PUBLISHED
        if self.instance.pk and draft and would_be_unquoted([self.instance]):
            self.add_error("source", ValidationError(UNQUOTED))
        return given

    def _refusal(self, event: Event) -> Any:
        if not may_change(self.user, event):
            return _("This event is published; an editor has to add or change its quotes.")
        published = event.status == Status.PUBLISHED
        return reviewing.AS_IT_STANDS if published and settings.FOUR_EYES else ""


@admin.register(Claim)
class ClaimAdmin(LikelyPlaces, PassageChoice, EditorAdmin):  # type: ignore[misc]  # Django joins both Media
    """Editing claims."""

    form = LoneClaimForm
    autocomplete_fields = ["event", "source", "passage", "attributed_to"]
    list_display = ["beginning", "event_link", "source", "paragraph", "stance", "lost"]
    list_filter = [
        "lost",
        NoteFilter,
        "stance",
        EventBasisFilter,
        EventStatusFilter,
        SourceFilter,
    ]
    ordering = ["-id"]
    actions = [*OF_CLAIMS]
    list_select_related = ["event", "source", "passage"]
    search_fields = ["quote", "slug", "event__title"]
    csv_columns = csv_tables.CLAIM
    csv_related = csv_tables.CLAIM_RELATED
    search_help_text = _("Words of the event and its quotes, or the id of the claim.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        """With what a claim is shown by."""
        claims: QuerySet[Claim] = super().get_queryset(request)
        return claims.select_related("event", "source", "passage")

    def get_search_results(
        self, _request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """What the words find."""
        return claims_with(queryset, search_term) if search_term.strip() else queryset, False

    def get_fields(self, _request: HttpRequest, obj: Any = None) -> Any:
        """A claim stays with its event; its place is shown once there is one."""
        return ["event_link", *CLAIM_FIELDS, "place"] if obj else ["event", *CLAIM_FIELDS]

    def get_readonly_fields(self, *_args: Any) -> Any:
        """What is shown and not asked."""
        return ["event_link", "place"]

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """The last quote of a published event is protected; every one where two have to look."""
        deleted, numbers, lacking, protected = super().get_deleted_objects(objs, request)
        events = would_be_unquoted(list(objs))
        if settings.FOUR_EYES:
            published = {one.event for one in objs if one.event.status == Status.PUBLISHED}
            events = sorted(published, key=lambda event: event.pk)
        return deleted, numbers, lacking, [*protected, *map(change_link, events)]

    @admin.display(description=_("quote"), ordering="quote")
    def beginning(self, claim: Claim) -> str:
        return claim.quote if len(claim.quote) <= 100 else f"{claim.quote[:100]}…"

    @admin.display(description=_("event"), ordering="event__title")
    def event_link(self, claim: Claim) -> SafeString:
        return change_link(claim.event)

    @admin.display(description=_("¶"), ordering="passage__ordinal")
    def paragraph(self, claim: Claim) -> int:
        return claim.passage.ordinal

    @admin.display(description=_("place"))
    def place(self, claim: Claim) -> str:
        """Where the quote stands, found on saving; where it may stand, if it is lost."""
        if claim.lost:
            return likely_places(claim)
        return str(_("Paragraph %(ordinal)s, characters %(start)s to %(end)s, as “%(slug)s”")) % {
            "ordinal": claim.passage.ordinal,
            "start": claim.start + 1,
            "end": claim.end,
            "slug": claim.slug,
        }

    def is_public(self, obj: Any) -> bool:
        """Readers see what both the event and the source are published for."""
        return counts(obj) and super().is_public(obj)
