"""A FilterSet as django-filter's documentation teaches it."""

from typing import Any

import django_filters
from django.db.models import Q

from actors.models import Actor
from timeline.edtf import to_int
from timeline.models import Event, Source


class EventFilter(django_filters.FilterSet):
    """Select boxes of all actors and sources, two years, and words."""

    actors = django_filters.ModelMultipleChoiceFilter(queryset=Actor.objects.all())
    source = django_filters.ModelMultipleChoiceFilter(
        field_name="claims__source", queryset=Source.objects.published()
    )
    kind = django_filters.AllValuesMultipleFilter()
    first = django_filters.NumberFilter(method="since")
    last = django_filters.NumberFilter(method="until")
    q = django_filters.CharFilter(method="search")

    class Meta:
        model = Event
        fields = ["actors", "source", "kind"]

    def since(self, events: Any, _name: str, year: Any) -> Any:
        """Events that end in the year or later."""
        return events.filter(latest_end__gte=to_int(int(year), 1, 1))

    def until(self, events: Any, _name: str, year: Any) -> Any:
        """Events that begin in the year or earlier."""
        return events.filter(earliest_start__lte=to_int(int(year), 12, 31))

    def search(self, events: Any, _name: str, words: str) -> Any:
        """Events that have the words in their title, summary or quotes."""
        return events.filter(
            Q(title__icontains=words)
            | Q(summary__icontains=words)
            | Q(claims__quote__icontains=words)
        ).distinct()
