"""Any list as CSV, with its filters, its search and its order: all rows, a few in memory.

A cell that a spreadsheet would read as a formula gets an apostrophe before it.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from timeline.admin.dates import in_words
from timeline.admin.typed import ModelAdmin

CHUNK = 500
BOM = "\ufeff"  # or a spreadsheet takes the file for another encoding
FORMULA = ("=", "+", "-", "@", "\t", "\r")

# The head of a column, and what stands in it for a row.
Column = tuple[str, Callable[[Any], Any]]


class Echo:
    """A file that gives back what is written to it."""

    def write(self, line: str) -> str:
        """``line``."""
        return line


class CsvExport(ModelAdmin):
    """An admin whose list can be downloaded.

    ``csv_columns`` are its columns, ``csv_related`` what they need of other tables.
    """

    csv_columns: tuple[Column, ...] = ()
    csv_related: tuple[str, ...] = ()
    change_list_template = "admin/editor_change_list.html"

    def get_urls(self) -> list[URLPattern]:
        """Django's, and the file."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_csv"
        view = self.admin_site.admin_view(self.csv_view)
        return [path("csv/", view, name=name), *super().get_urls()]

    def csv_view(self, request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        """The rows of the list that the query string describes; for those who may look at it."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if request.method != "GET":
            return HttpResponseNotAllowed(["GET"])
        try:
            rows: Any = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"
            return HttpResponseRedirect(f"{reverse(name)}?e=1")
        return StreamingHttpResponse(
            self._lines(rows),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{self._file_name()}"'},
        )

    def _lines(self, changelist: ChangeList) -> Iterator[str]:
        writer = csv.writer(Echo())
        yield BOM + writer.writerow([head for head, _value in self.csv_columns])
        rows = changelist.queryset.prefetch_related(*self.csv_related)
        for row in rows.iterator(chunk_size=CHUNK):
            yield writer.writerow([defused(value(row)) for _head, value in self.csv_columns])

    def _file_name(self) -> str:
        plain = re.sub(r"[^a-z0-9]+", "-", str(self.opts.model_name))
        return f"{plain}s-{timezone.localdate():%Y-%m-%d}.csv"


def defused(value: Any) -> str:
    """``value`` as a cell that no spreadsheet runs."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def words(date: str) -> str:
    """A date (EDTF) in words; empty for none, and for what is no date."""
    said = in_words(date) if date else None
    return said.words if said else ""


def joined(parts: Iterable[Any]) -> str:
    """Several values in one cell."""
    return "; ".join(map(str, parts))
