"""Lists that answer at once however much there is: counted to a limit, sorted along an index.

A list counts up to MOST rows and has as many pages; beyond, one narrows it by a filter. It is
sorted by any column while there are no more rows than that. What a row shows of other tables is
fetched for the rows of the page, together (ADR 69).
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

from timeline.admin.typed import ModelAdmin
from timeline.models import Claim

MOST = 10_000


def counted(rows: "QuerySet[Any]") -> int:
    """How many ``rows`` there are; MOST + 1 for more than MOST."""
    return rows.order_by().values("pk")[: MOST + 1].count()


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """Pages of at most MOST rows."""

    @cached_property
    def reached(self) -> int:
        """The number of rows, MOST + 1 for more."""
        return counted(self.object_list)  # type: ignore[arg-type]  # a queryset, of a list

    @cached_property
    def count(self) -> int:
        """The number of rows that have a page."""
        return min(self.reached, MOST)


class CappedList(ChangeList):
    """Django's list, which says where there is more than it counts.

    ``more`` is whether there are rows beyond MOST, ``unsorted`` whether it was therefore not sorted
    as asked.
    """

    more = False
    unsorted = False
    most = MOST
    model_admin: "Listing"  # whose list it is

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> Any:
        """The rows, in an order that an index has where they are many."""
        found = super().get_queryset(request, exclude_parameters)
        if ORDER_VAR not in self.params or self._along_an_index() or counted(found) <= MOST:
            return found
        self.unsorted = True
        del self.params[ORDER_VAR]
        del self.filter_params[ORDER_VAR]
        return super().get_queryset(request, exclude_parameters)

    def get_results(self, request: HttpRequest) -> None:
        """The rows of the page, with what they show of other tables."""
        super().get_results(request)
        self.more = self.paginator.reached > MOST
        rows = list(self.result_list)
        self.model_admin.complete(rows)
        self.result_list = rows

    def _along_an_index(self) -> bool:
        columns = [one.lstrip("-") for one in self.params[ORDER_VAR].split(".")]
        names = [
            self.list_display[int(one)]
            for one in columns
            if one.isascii() and one.isdigit() and int(one) < len(self.list_display)
        ]
        return len(names) == 1 and names[0] in self.model_admin.sorted_by_index


class Listing(ModelAdmin):
    """An admin with such a list. ``sorted_by_index`` are the columns that are always sorted by."""

    paginator = CappedPaginator
    show_full_result_count = False
    list_per_page = 50
    sorted_by_index: tuple[str, ...] = ()

    def get_changelist(self, *_args: Any, **_kwargs: Any) -> type[ChangeList]:
        """The class of the list."""
        return CappedList

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        """Django's, and what the filters of the list are called."""
        own = (getattr(one, "parameter_name", None) for one in self.get_list_filter(request))
        return lookup in own or super().lookup_allowed(lookup, value, request)

    def complete(self, rows: list[Any]) -> None:
        """Give the ``rows`` of a page what they show of other tables."""


def count_quotes(rows: Iterable[Any], field: str) -> None:
    """Tell each of ``rows`` in ``quote_count`` how many claims name it in ``field``: one query."""
    by_key = {row.pk: row for row in rows}
    claims = Claim.objects.filter(**{f"{field}__in": list(by_key)}).order_by()
    numbers = dict(claims.values_list(field).annotate(number=Count("pk")))
    for key, row in by_key.items():
        row.quote_count = numbers.get(key, 0)
