"""A ListView with filters, facets by annotation and everything an entry shows prefetched."""

from typing import Any

from django.db.models import Count
from django.views.generic import ListView

from benchmarks.plain.filters import EventFilter
from timeline.models import Event

FACET = 10


class Chronology(ListView):  # type: ignore[type-arg]  # cannot be told at run time
    """Published events by date, fifty a page."""

    paginate_by = 50
    template_name = "plain.html"

    def get_queryset(self) -> Any:
        """The filtered events with what their lines show."""
        published = Event.objects.filter(status="published")
        self.filter = EventFilter(self.request.GET, published)
        return self.filter.qs.prefetch_related("participations__actor", "claims__source")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page, and the ten most frequent kinds, actors and sources of what is found."""
        found = self.filter.qs.order_by()
        facets = {
            name: found.values(name)
            .annotate(entries=Count("pk", distinct=True))
            .order_by("-entries")
            for name in ("kind", "actors__name", "claims__source__title")
        }
        return super().get_context_data(
            filter=self.filter,
            facets={name: rows[:FACET] for name, rows in facets.items()},
            **kwargs,
        )
