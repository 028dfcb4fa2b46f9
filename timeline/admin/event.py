"""Events: one page for an event with its actors and claims."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from timeline.admin import csv_tables, slugs
from timeline.admin.bulk_edits import OF_EVENTS
from timeline.admin.claim_inline import ClaimInline
from timeline.admin.dates import in_words
from timeline.admin.doubles.suggesting import Doubled
from timeline.admin.editing import EditorAdmin
from timeline.admin.event_actions import publish, return_to_draft, submit
from timeline.admin.event_filters import DatedFilter, YearsFilter
from timeline.admin.event_form import EventForm, roles
from timeline.admin.list_filters import (
    ContestedFilter,
    KindFilter,
    QuotedSourceFilter,
    SourcesFilter,
)
from timeline.admin.listing import count_quotes
from timeline.admin.reviewing import ReviewedFormSet
from timeline.admin.rows import RowFormSet, RowInline
from timeline.admin.searching import events_with
from timeline.admin.status_form import ToldOfStatus
from timeline.admin.suggestions import SuggestingInput
from timeline.models import Event, Participation, Status


class ParticipationFormSet(RowFormSet, ReviewedFormSet):
    """All actors of one event."""


class ParticipationInline(RowInline):
    """An actor of an event, with a role."""

    model = Participation
    formset = ParticipationFormSet
    fields = ["actor", "role"]
    autocomplete_fields = ["actor"]
    extra = 1
    verbose_name = _("actor")
    verbose_name_plural = _("actors")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A role offers those in use."""
        if db_field.name == "role":
            kwargs["widget"] = SuggestingInput(roles, {"class": "vTextField"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Event)
class EventAdmin(Doubled, ToldOfStatus, EditorAdmin):  # type: ignore[misc]  # Django joins both Media
    """Editing events."""

    form = EventForm
    fieldsets = [
        (None, {"fields": ["title", "slug", "date", ("date_basis", "date_note")]}),
        (None, {"fields": ["summary", "kind", "status"]}),
    ]
    inlines = [ParticipationInline, ClaimInline]
    list_display = ["date_in_words", "title", "kind", "status", "basis", "quotes", "on_site"]
    list_display_links = ["date_in_words", "title"]
    search_fields = ["title", "summary", "slug", "claims__quote"]
    list_filter = [
        "status",
        KindFilter,
        "date_basis",
        YearsFilter,
        DatedFilter,
        "qualified",
        ContestedFilter,
        SourcesFilter,
        QuotedSourceFilter,
    ]
    actions = [submit, publish, return_to_draft, *OF_EVENTS]
    csv_columns = csv_tables.EVENT
    csv_related = csv_tables.EVENT_RELATED
    search_help_text = _("Words of title, summary and quotes, or the id; names find their entries.")
    sorted_by_index = ("date_in_words",)

    def complete(self, rows: list[Any]) -> None:
        """Count the quotes."""
        count_quotes(rows, "event")

    def get_search_results(
        self, _request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """What the words find."""
        return events_with(queryset, search_term) if search_term.strip() else queryset, False

    def get_form(
        self,
        request: HttpRequest,
        obj: Any = None,
        change: bool = False,  # noqa: FBT001, FBT002  Django's signature
        **kwargs: Any,
    ) -> Any:
        """The form, told whether this user's page has claims: the request cannot say so."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        inlines = self.get_inline_instances(request, obj)
        form.claims_on_page = any(isinstance(one, ClaimInline) for one in inlines)
        return form

    @admin.display(description=_("date"), ordering=F("sort_date").asc(nulls_last=True))
    def date_in_words(self, event: Event) -> str:
        said = in_words(event.date) if event.date else None
        return said.words if said else str(_("undated"))

    @admin.display(description=_("basis"), ordering="date_basis")
    def basis(self, event: Event) -> str:
        inferred = event.date_basis == Event.DateBasis.INFERRED
        return str(_("inferred") if inferred else _("stated")) if event.date else ""

    @admin.display(description=_("quotes"))
    def quotes(self, event: Any) -> int:
        return int(event.quote_count)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """Save, and warn when an address that readers know has changed."""
        old = form.old_slug()
        super().save_model(request, obj, form, change)
        if old and obj.status == Status.PUBLISHED:
            messages.warning(request, slugs.warning(old, obj.slug))
