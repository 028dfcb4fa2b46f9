"""The filters of the chronology: each owns its SQL, its options and its part of the sentence."""

import re
from abc import abstractmethod
from collections.abc import Iterable
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from timeline import edtf
from timeline.chronology.paging import Cursor
from timeline.chronology.people import visible_actors
from timeline.fields import SLUG_PATTERN
from timeline.filters.choices import MOST_OPTIONS, ChoicesField, Option
from timeline.filters.sentence import listed
from timeline.filters.years import YearField, year_words
from timeline.models import Claim, Event, Participation, Source, Status

Events = Any  # an EventQuerySet, where django-filter's types allow for a QuerySet only

POSSIBLE, CERTAIN = "possible", "certain"
EARLIEST_FIRST, LATEST_FIRST = "date", "-date"


class YearFilter(django_filters.Filter):
    """An end of the window of years; both ends are one condition, which is WhenFilter's."""

    field_class = YearField

    def filter(self, events: Events, value: int | None) -> Events:  # noqa: ARG002
        return events


class WhenFilter(django_filters.ChoiceFilter):
    """Whether entries lie possibly or certainly in the years from ``from`` to ``to``."""

    parent: Any  # the EventFilter, which knows the years

    def filter(self, events: Events, value: str) -> Events:
        first, last = self.parent.years
        if first is None and last is None:
            return events
        window = edtf.Window.years(first, last)
        return events.certainly_in(window) if value == CERTAIN else events.possibly_in(window)

    def phrase(self, value: str, count: int) -> str:  # noqa: ARG002
        """'possibly between 1945 and 1955'."""
        first, last = self.parent.years
        if first is None and last is None:
            return ""
        names = {
            "how": gettext("certainly") if value == CERTAIN else gettext("possibly"),
            "first": "" if first is None else year_words(first),
            "last": "" if last is None else year_words(last),
        }
        if first is None:
            return gettext("%(how)s in or before %(last)s") % names
        if last is None:
            return gettext("%(how)s in or after %(first)s") % names
        if first == last:
            return gettext("%(how)s in %(first)s") % names
        return gettext("%(how)s between %(first)s and %(last)s") % names


class ChoicesFilter(django_filters.Filter):
    """A filter by ids; subclasses say which there are and which entries they select."""

    unknown = _("There is no “%(value)s” here.")

    @property
    def field(self) -> ChoicesField:
        """A field that asks this instance what is known."""
        return ChoicesField(known=self.known, unknown=self.unknown, label=str(self.label))

    @cached_property
    def options(self) -> list[Option]:
        """The values that most entries have, at most MOST_OPTIONS of them."""
        return [Option(*row) for row in self.most_frequent()[:MOST_OPTIONS]]

    @abstractmethod
    def most_frequent(self) -> Any:
        """Rows of id, name and number of published entries, the most frequent first."""

    @abstractmethod
    def look_up(self, ids: list[str]) -> Iterable[tuple[str, str]]:
        """Id and name of those of ``ids`` that readers may see."""

    def known(self, ids: list[str]) -> dict[str, Option]:
        """Those of ``ids`` that there are; asks the database for rare ones only."""
        known = {option.value: option for option in self.options if option.value in ids}
        rare = [one for one in ids if one not in known and re.fullmatch(SLUG_PATTERN, one)]
        if rare:
            known |= {value: Option(value, name, 0) for value, name in self.look_up(rare)}
        return known


class ActorFilter(ChoicesFilter):
    """Entries in which all of these actors took part."""

    unknown = _("There is no actor “%(value)s” in this chronology. Choose one from the list.")

    def most_frequent(self) -> Any:
        return (
            Participation.objects.filter(event__status=Status.PUBLISHED)
            .values_list("actor__slug", "actor__name")
            .annotate(entries=Count("event", distinct=True))
            .order_by("-entries", "actor__name", "actor__slug")
        )

    def look_up(self, ids: list[str]) -> Iterable[tuple[str, str]]:
        return visible_actors().filter(slug__in=ids).values_list("slug", "name")

    def filter(self, events: Events, value: tuple[Option, ...]) -> Events:
        for option in value:
            takes_part = Participation.objects.filter(
                event=OuterRef("pk"), actor__slug=option.value
            )
            events = events.filter(Exists(takes_part))
        return events

    def phrase(self, value: tuple[Option, ...], count: int) -> str:
        """'that involve Mongolia and the DPRK'."""
        names = listed([option.name for option in value], gettext("and"))
        return (
            ngettext("that involves %(actors)s", "that involve %(actors)s", count)
            % {"actors": names}
            if names
            else ""
        )


class KindFilter(ChoicesFilter):
    """Entries of any of these kinds."""

    unknown = _("There is no entry of the kind “%(value)s”. Choose one from the list.")

    def most_frequent(self) -> Any:
        return (
            Event.objects.published()
            .values_list("kind", "kind")
            .annotate(entries=Count("pk"))
            .order_by("-entries", "kind")
        )

    def look_up(self, ids: list[str]) -> Iterable[tuple[str, str]]:
        kinds = Event.objects.published().filter(kind__in=ids).order_by("kind").distinct()
        return kinds.values_list("kind", "kind")

    def filter(self, events: Events, value: tuple[Option, ...]) -> Events:
        return events.filter(kind__in=[option.value for option in value]) if value else events

    def phrase(self, value: tuple[Option, ...], count: int) -> str:  # noqa: ARG002
        """'of the kind diplomacy or war'."""
        names = listed([option.name for option in value], gettext("or"))
        return gettext("of the kind %(kinds)s") % {"kinds": names} if names else ""


class SourceFilter(ChoicesFilter):
    """Entries that quote any of these sources."""

    unknown = _("There is no source “%(value)s” in this chronology. Choose one from the list.")

    def most_frequent(self) -> Any:
        return (
            Claim.objects.published()
            .filter(lost=False)
            .values_list("source__slug", "source__title")
            .annotate(entries=Count("event", distinct=True))
            .order_by("-entries", "source__title", "source__slug")
        )

    def look_up(self, ids: list[str]) -> Iterable[tuple[str, str]]:
        return Source.objects.published().filter(slug__in=ids).values_list("slug", "title")

    def filter(self, events: Events, value: tuple[Option, ...]) -> Events:
        if not value:
            return events
        quoted = Claim.objects.published().filter(
            event=OuterRef("pk"), lost=False, source__slug__in=[option.value for option in value]
        )
        return events.filter(Exists(quoted))

    def phrase(self, value: tuple[Option, ...], count: int) -> str:
        """'and quote “…” or “…”'."""
        titles = listed([f"“{option.name}”" for option in value], gettext("or"))
        return (
            ngettext("quoting %(sources)s", "quoting %(sources)s", count) % {"sources": titles}
            if titles
            else ""
        )


class OrderFilter(django_filters.ChoiceFilter):
    """The order of the page; ``timeline.chronology.read`` sorts."""

    def filter(self, events: Events, value: str) -> Events:  # noqa: ARG002
        return events


class CursorField(forms.CharField):
    """A place in the list, or None for its beginning."""

    def clean(self, value: str | None) -> Cursor | None:
        """Raises ValidationError with a way out."""
        if not value:
            return None
        try:
            return Cursor.read(value)
        except ValueError as error:
            raise ValidationError(
                _("This address points to no place in the list. Begin at its start.")
            ) from error


class AfterFilter(django_filters.Filter):
    """Where the page begins; ``timeline.chronology.read`` cuts it."""

    field_class = CursorField

    def filter(self, events: Events, value: Cursor | None) -> Events:  # noqa: ARG002
        return events
