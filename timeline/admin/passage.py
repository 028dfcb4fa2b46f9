"""Passages: only for choosing one; their text is written with the source's."""

import re
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from timeline.admin import csv_tables
from timeline.admin.csv_export import CsvExport
from timeline.admin.list_filters import ClaimedFilter, SourceFilter
from timeline.admin.listing import Listing
from timeline.admin.searching import passages_with
from timeline.models import Passage


@admin.register(Passage)
class PassageAdmin(Listing, CsvExport):
    """Passages can be searched and read, not edited."""

    list_display = ["source", "ordinal", "heading", "beginning"]
    list_display_links = ["ordinal", "beginning"]
    list_filter = [ClaimedFilter, SourceFilter]
    ordering = ["source_id", "ordinal"]
    list_select_related = ["source"]
    search_fields = ["text", "heading", "=ordinal"]
    csv_columns = csv_tables.PASSAGE
    csv_related = csv_tables.PASSAGE_RELATED
    search_help_text = _("Words of a paragraph; of one source also its heading or its number.")
    fields = ["source", "ordinal", "heading", "text"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Passage]:
        """With the source that a passage is shown by."""
        return super().get_queryset(request).select_related("source")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Those of one source only, where the page that asks has named one.

        Within it, a number, a heading and any part of a word are found, too.
        """
        source = request.GET.get("source", "") or request.GET.get("source__id__exact", "")
        if not re.fullmatch("[0-9]{1,18}", source):
            return passages_with(queryset, search_term) if search_term.strip() else queryset, False
        queryset = queryset.filter(source=int(source))
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description=_("beginning"))
    def beginning(self, passage: Passage) -> str:
        return passage.text if len(passage.text) <= 80 else f"{passage.text[:80]}…"

    def has_add_permission(self, *_: Any) -> bool:
        """Nobody adds a passage by hand."""
        return False

    def has_change_permission(self, *_: Any) -> bool:
        """Nobody edits a passage by hand."""
        return False

    def has_delete_permission(self, *_: Any) -> bool:
        """Nobody deletes a passage by hand."""
        return False
