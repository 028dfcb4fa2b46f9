"""Filters of the lists: each an address to keep, and quick however much there is."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.views.main import ChangeList
from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from timeline import index
from timeline.admin.in_use import words_in_use
from timeline.admin.listing import MOST
from timeline.index.work import Work, number
from timeline.models import Claim, Event, Source, Status

MOST_OFFERED = 20
REF = "SELECT w.ref FROM index_work w WHERE w.list = %s"


def listed(rows: "QuerySet[Any]", work: Work, column: str) -> "QuerySet[Any]":
    """Those of ``rows`` whose ``column`` (of their table) is in a work list.

    A short list is looked up row by row of it, a long one row by row of the table. The lists are
    brought up to date first.
    """
    index.version()
    if number(work, MOST + 1) <= MOST:
        found = RawSQL(REF, [work])  # noqa: S611  # a number of ours
        short: QuerySet[Any] = rows.filter(**{f"{column}__in": found})
        return short
    table = rows.model._meta.db_table
    is_listed = RawSQL(  # noqa: S611  # names of ours
        f"EXISTS ({REF} AND w.ref = {table}.{column})", [work], output_field=BooleanField()
    )
    long: QuerySet[Any] = rows.alias(is_listed=is_listed).filter(is_listed=True)
    return long


class WorkFilter(SimpleListFilter):
    """What is in one of the work lists."""

    lists: ClassVar[dict[str, tuple[Work, Any]]] = {}
    column = "id"

    def lookups(self, *_args: Any) -> list[tuple[str, Any]]:
        """The choices."""
        return [(name, words) for name, (_work, words) in self.lists.items()]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows chosen."""
        chosen = self.lists.get(self.value() or "")
        return listed(queryset, chosen[0], self.column) if chosen else queryset


class ContestedFilter(WorkFilter):
    """Events that are contested, by drafts and by sources that are none yet too."""

    title = _("agreement")
    parameter_name = "contested"
    lists: ClassVar = {"yes": (Work.CONTESTED, _("contested"))}


class SourcesFilter(WorkFilter):
    """Events by how many sources are quoted for them."""

    title = _("number of sources")
    parameter_name = "sources"
    lists: ClassVar = {
        "none": (Work.UNQUOTED, _("no claim at all")),
        "one": (Work.ONE_SOURCE, _("all claims from one source")),
    }


class NoteFilter(WorkFilter):
    """Claims that should say more."""

    title = _("note")
    parameter_name = "note"
    lists: ClassVar = {"due": (Work.NOTE_DUE, _("due, and not there"))}


class KindFilter(SimpleListFilter):
    """The kinds that are in use."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, *_args: Any) -> list[tuple[str, Any]]:
        """The choices."""
        return [(kind, kind) for kind in words_in_use("timeline_event", "kind")]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The events chosen."""
        return queryset.filter(kind=self.value()) if self.value() else queryset


class EventStatusFilter(SimpleListFilter):
    """Claims by the status of their event."""

    title = _("status of the event")
    parameter_name = "event__status__exact"

    def lookups(self, *_args: Any) -> list[tuple[str, Any]]:
        """The choices."""
        return list(Status.choices)

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The claims chosen: of the few events that are hidden, or not of these."""
        if self.value() == Status.PUBLISHED:
            hidden = Event.objects.exclude(status=Status.PUBLISHED).order_by()
            return queryset.exclude(event__in=hidden.values("pk"))
        if not self.value():
            return queryset
        events = Event.objects.filter(status=self.value()).order_by()
        return queryset.filter(event__in=events.values("pk"))


class EventBasisFilter(SimpleListFilter):
    """Claims by what the date of their event rests on."""

    title = _("date of the event")
    parameter_name = "event__date_basis__exact"

    def lookups(self, *_args: Any) -> list[tuple[str, Any]]:
        """The choices."""
        return list(Event.DateBasis.choices)

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The claims chosen; a date that is not there rests on nothing."""
        if self.value() == Event.DateBasis.INFERRED:
            return listed(queryset, Work.INFERRED, "event_id")
        if self.value() == Event.DateBasis.STATED:
            inferred = Event.objects.filter(date_basis=Event.DateBasis.INFERRED).order_by()
            return queryset.exclude(event__in=inferred.values("pk"))
        return queryset


class ClaimedFilter(SimpleListFilter):
    """Passages by whether a claim quotes them."""

    title = _("claims")
    parameter_name = "claimed"

    def lookups(self, *_args: Any) -> list[tuple[str, Any]]:
        """The choices."""
        return [("no", _("without claims")), ("yes", _("with claims"))]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The passages chosen."""
        quoting = Exists(Claim.objects.filter(passage=OuterRef("pk"), lost=False))
        if self.value() in ("yes", "no"):
            return queryset.filter(quoting if self.value() == "yes" else ~quoting)
        return queryset


class SourceFilter(SimpleListFilter):
    """One source, found by words of its title or its id; at most MOST_OFFERED are offered."""

    title = _("source")
    parameter_name = "source__id__exact"
    template = "admin/source_filter.html"
    asked = "source_like"

    def __init__(self, request: HttpRequest, params: Any, *args: Any) -> None:
        self.words = (params.pop(self.asked, None) or [""])[-1].replace("\0", "").strip()
        super().__init__(request, params, *args)

    def expected_parameters(self) -> list[str | None]:
        """What the address says of this filter."""
        return [self.parameter_name, self.asked]

    def lookups(self, *_args: Any) -> list[tuple[str, Any]]:
        """The choices are made when they are shown; one must be named for the filter to be."""
        return [("", "")]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """What the template needs: what is chosen, what was asked for, what is offered."""
        own = (self.parameter_name, self.asked)
        chosen = self._number()
        yield {
            "asked": self.asked,
            "words": self.words,
            "chosen": Source.objects.filter(pk=chosen).first() if chosen else None,
            "offered": [
                (
                    source,
                    changelist.get_query_string({self.parameter_name: source.pk}, [self.asked]),
                )
                for source in self._offered()
            ],
            "others": [
                (name, value)
                for name, values in changelist.filter_params.items()
                if name not in own
                for value in (values if isinstance(values, list) else [values])
            ],
            "clear": changelist.get_query_string(remove=list(own)),
        }

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows of the source; none where the address names none."""
        if not self.value():
            return queryset
        source = self._number()
        return queryset.none() if source is None else self.of_source(queryset, source)

    def of_source(self, queryset: QuerySet[Any], source: int) -> QuerySet[Any]:
        """The rows of ``source``."""
        return queryset.filter(source=source)

    def _offered(self) -> list[Source]:
        found = Source.objects.only("title", "slug").order_by("title", "slug")
        for word in self.words.split():
            found = found.filter(Q(title__icontains=word) | Q(slug__icontains=word))
        return list(found[:MOST_OFFERED]) if self.words or not self.value() else []

    def _number(self) -> int | None:
        text = str(self.value() or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


class QuotedSourceFilter(SourceFilter):
    """Events for which a source is quoted."""

    parameter_name = "claims__source__id__exact"

    def of_source(self, queryset: QuerySet[Any], source: int) -> QuerySet[Any]:
        """The events that quote ``source``."""
        claims = Claim.objects.filter(source=source).order_by()
        return queryset.filter(pk__in=claims.values("event"))
