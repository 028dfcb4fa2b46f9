"""Filters of the list of events: by years, and by whether there is a date."""

import re
from collections.abc import Iterator
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from timeline import edtf
from timeline.models import Event

YEAR = re.compile(r"-?[0-9]{1,12}", re.ASCII)


class DatedFilter(SimpleListFilter):
    """Dated or undated."""

    title = _("date")
    parameter_name = "dated"

    def lookups(self, *_args: Any) -> list[tuple[str, Any]]:
        """The choices."""
        return [("yes", _("dated")), ("no", _("undated"))]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The events chosen."""
        lacking = {"yes": False, "no": True}.get(self.value() or "")
        return queryset if lacking is None else queryset.filter(sort_date__isnull=lacking)


class YearsFilter(SimpleListFilter):
    """Possibly between two years; ``years`` is “1948..1953”, either end may be left out."""

    title = _("years, possibly between")
    parameter_name = "years"
    template = "admin/years_filter.html"

    def lookups(self, *_args: Any) -> list[tuple[str, Any]]:
        """None to click; the template asks. One must be named for the filter to be shown."""
        return [("", "")]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """What the template's form needs: the years, what is wrong, and what else is chosen."""
        yield {
            "value": self.value() or "",
            "problem": self.value() and self._window() is None,
            "others": [
                (name, value)
                for name, values in changelist.params.items()
                if name != self.parameter_name
                for value in (values if isinstance(values, list) else [values])
            ],
            "clear": changelist.get_query_string(remove=[self.parameter_name]),
        }

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Events that may have happened then; none where the years make no sense."""
        if not self.value():
            return queryset
        window = self._window()
        found = Event.objects.possibly_in(window) if window else Event.objects.none()
        return queryset.filter(pk__in=found.values("pk"))

    def _window(self) -> edtf.Window | None:
        first, dots, last = (self.value() or "").replace(" ", "").partition("..")
        ends = [first, last if dots else first]
        if not any(ends) or not all(YEAR.fullmatch(end) for end in ends if end):
            return None
        try:
            return edtf.Window.years(*(int(end) if end else None for end in ends))
        except ValueError:
            return None
