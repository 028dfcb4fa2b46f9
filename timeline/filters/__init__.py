"""The one reader of query strings: what a reader asks for, in SQL, in words and as an address."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from timeline.chronology import Count, Cursor, Page, Selection, read
from timeline.filters import labels
from timeline.filters.addresses import query_string
from timeline.filters.parameters import (
    CERTAIN,
    EARLIEST_FIRST,
    LATEST_FIRST,
    POSSIBLE,
    ActorFilter,
    AfterFilter,
    BasisFilter,
    ContestedFilter,
    KindFilter,
    OrderFilter,
    QueryFilter,
    SourceFilter,
    WhenFilter,
    YearFilter,
)
from timeline.filters.years import shortened
from timeline.index.finding import Sought
from timeline.index.values import Named
from timeline.localised import number, year_words
from timeline.models import Event
from timeline.search import Phrase

__all__ = ["Chip", "EventFilter", "GivenOnceForm"]

ONE_VALUE = ("q", "from", "to", "when", "order", "after")
MANY_VALUES = ("actor", "kind", "source", "basis", "contested")
SENTENCE = ("when", "basis", "contested", "actor", "kind", "source", "q")


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on: ``label`` 'from 1945', and the query string that takes it off.

    ``language`` is that of the label where it is the title of a source.
    """

    parameter: str
    value: str
    label: str
    query_without: str
    language: str = ""


class GivenOnceForm(forms.Form):
    """Parameters of which those of ``one_value`` have no other value besides."""

    one_value: Sequence[str] = ()

    def clean(self) -> dict[str, Any]:
        for name in self.one_value:
            if isinstance(self.data, QueryDict) and len(set(self.data.getlist(name))) > 1:
                self.add_error(name, _("This is given more than once. Give one value."))
        return self.cleaned_data


class FilterForm(GivenOnceForm):
    """What holds between the parameters."""

    one_value = ONE_VALUE

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = data.get("from"), data.get("to")
        if first is not None and last is not None and first > last:
            self.add_error(
                "to",
                ValidationError(
                    _("%(last)s is before %(first)s. Give a later year, or change the two."),
                    params={"first": year_words(first), "last": year_words(last)},
                ),
            )
        return data


class EventFilter(django_filters.FilterSet):
    """The published events that a query string asks for: none where it makes no sense.

    ``errors`` then says beside each field what to write instead.
    """

    q = QueryFilter(label=_("Search"))
    from_ = YearFilter(label=_("From year"))
    to = YearFilter(label=_("To year"))
    when = WhenFilter(
        label=_("In these years"),
        choices=[(POSSIBLE, _("possibly")), (CERTAIN, _("certainly"))],
        error_messages={"invalid_choice": _("Choose “possible” or “certain”.")},
    )
    actor = ActorFilter(label=_("Involving"))
    kind = KindFilter(label=_("Kind"))
    source = SourceFilter(label=_("Quoting"))
    basis = BasisFilter(label=_("Date"))
    contested = ContestedFilter(label=_("Agreement"))
    order = OrderFilter(
        choices=[(EARLIEST_FIRST, _("earliest first")), (LATEST_FIRST, _("latest first"))],
        error_messages={"invalid_choice": _("Choose the order “date” or “-date”.")},
    )
    after = AfterFilter()

    filters: OrderedDict[str, Any]

    class Meta:
        model = Event
        fields: list[str] = []
        form = FilterForm

    def __init__(self, data: QueryDict, also: Sequence[tuple[str, str]] = ()) -> None:
        """``also`` are parameters of the page that its links are to keep."""
        super().__init__(data, Event.objects.none())
        self.is_bound = True
        self.also = also

    @classmethod
    def get_filters(cls) -> OrderedDict[str, Any]:
        """The filters by parameter; ``from`` is a keyword of Python."""
        return OrderedDict((name.rstrip("_"), one) for name, one in super().get_filters().items())

    def get_form_class(self) -> type[forms.Form]:
        """The one class of the form, which django-filter would make anew for each request."""
        return _form_class()

    @cached_property
    def selection(self) -> Selection:
        """What is asked for; the query has to make sense."""
        selection = Selection()
        for name, one in self.filters.items():
            selection = one.narrow(selection, self._chosen[name])
        return selection

    @cached_property
    def count(self) -> Count:
        """The numbers of what is asked for."""
        return Count(self.selection)

    @property
    def sought(self) -> Sought | None:
        """The words asked for."""
        sought: Sought | None = self._chosen.get("q")
        return sought

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """The words to be marked."""
        return self.sought.query.sought if self.sought else ()

    @property
    def years(self) -> tuple[int | None, int | None]:
        """The first and the last year asked for."""
        return self._chosen["from"], self._chosen["to"]

    @property
    def certain(self) -> bool:
        """Whether what only may lie in the years is left out."""
        return bool(self._chosen["when"] == CERTAIN)

    @property
    def latest_first(self) -> bool:
        """Whether the list runs backwards."""
        return bool(self._chosen["order"] == LATEST_FIRST)

    @property
    def cursor(self) -> Cursor | None:
        """Where the page begins."""
        after: Cursor | None = self._chosen["after"]
        return after

    @property
    def active(self) -> bool:
        """Whether anything is filtered."""
        return any(self._phrases(0).values())

    def page(self, size: int) -> Page:
        """At most ``size`` of the entries asked for; no entries where the query makes no sense."""
        if not self.is_valid():
            return Page(())
        return read(
            self.selection,
            size=size,
            after=self.cursor,
            latest_first=self.latest_first,
            known=self.count.places,
        )

    def chosen(self, name: str) -> tuple[Named, ...]:
        """What is chosen for ``name``."""
        return self._chosen.get(name) or ()

    @property
    def words(self) -> str:
        """What stands in the search field."""
        return self.text or shortened(self.form.data.get("q", ""), 200)

    def typed(self, name: str) -> str:
        """The year as it stands in its field: in words, or as typed where it is none."""
        year = self._chosen.get(name)
        return shortened(self.form.data.get(name, "")) if year is None else year_words(year)

    def picked(self, name: str, value: str, default: str) -> bool:
        """Whether ``value`` is picked of a choice whose ``default`` goes without saying."""
        return (self.form.data.get(name) or default) == value

    def sentence(self) -> str:
        """What is shown: '12 entries possibly between 1945 and 1955 that involve Mongolia'."""
        count = self.count.total
        words = {"count": number(count)}
        start = ngettext("%(count)s entry", "%(count)s entries", count) % words
        if not self.count.exact:
            start = gettext("More than %(count)s entries") % words
        elif not count:
            start = gettext("No entry")
        parts = {"entries": start, **self._phrases(count or 1)}
        # Translators: the parts of a sentence, in the order in which it has them; some are empty.
        order = gettext(
            "%(entries)s %(when)s %(basis)s %(contested)s %(actor)s %(kind)s %(source)s %(q)s"
        )
        return " ".join((order % parts).split())

    def _phrases(self, count: int) -> dict[str, str]:
        """The sentence's parts after its number, as each filter words its own; empty for none."""
        return {name: self.filters[name].phrase(self._chosen[name], count) for name in SENTENCE}

    @property
    def chips(self) -> list[Chip]:
        """The filters that are on."""
        first, last = self.years
        chips = []
        if text := self.text:
            chips.append(self._chip("q", text, gettext("“%(words)s”") % {"words": text}))
        if first is not None:
            words = gettext("from %(year)s") % {"year": year_words(first)}
            chips.append(self._chip("from", str(first), words))
        if last is not None:
            words = gettext("to %(year)s") % {"year": year_words(last)}
            chips.append(self._chip("to", str(last), words))
        if self.certain and chips:
            chips.append(self._chip("when", CERTAIN, gettext("certainly")))
        return chips + [
            self._chip(name, one.slug, labels.alone(one), one.language)
            for name in MANY_VALUES
            for one in self.chosen(name)
        ]

    @property
    def text(self) -> str:
        """The words searched for, as their reader wrote them."""
        return self.sought.query.text if self.sought else ""

    @cached_property
    def parameters(self) -> list[tuple[str, str]]:
        """The names and values of this selection as an address has them."""
        return list(self._parameters())

    @cached_property
    def selected(self) -> list[tuple[str, str]]:
        """Those of ``parameters`` that choose entries: nothing of their order or of a page."""
        kept = [*self.also, ("order", LATEST_FIRST)]
        return [pair for pair in self.parameters if pair not in kept]

    @property
    def selected_query(self) -> str:
        """The query string of the selection on another page."""
        return query_string(self.selected)

    @property
    def query(self) -> str:
        """The canonical query string of this page, empty or with a leading '?'."""
        after = [] if self.cursor is None else [("after", str(self.cursor))]
        return query_string([*self.parameters, *after])

    def query_with(self, *, after: Cursor | None = None, order: str | None = None) -> str:
        """The query string of another page of the same selection; without ``after``, its first."""
        parameters = [
            (name, value) for name, value in self.parameters if not (order and name == "order")
        ]
        if order == LATEST_FIRST:
            parameters.append(("order", order))
        if after is not None:
            parameters.append(("after", str(after)))
        return query_string(parameters)

    @cached_property
    def _chosen(self) -> dict[str, Any]:
        self.form.is_valid()  # reads them
        chosen: dict[str, Any] = self.form.cleaned_data
        return chosen

    def _chip(self, name: str, value: str, words: str, language: str = "") -> Chip:
        kept = [pair for pair in self.parameters if pair != (name, value)]
        if not {"from", "to"} & {key for key, _value in kept}:
            kept = [pair for pair in kept if pair[0] != "when"]
        return Chip(name, value, words, query_string(kept), language)

    def _parameters(self) -> Iterator[tuple[str, str]]:
        """Everything that differs from the default, in one order."""
        first, last = self.years
        if text := self.text:
            yield "q", text
        if first is not None:
            yield "from", str(first)
        if last is not None:
            yield "to", str(last)
        if self.certain and (first, last) != (None, None):
            yield "when", CERTAIN
        for name in MANY_VALUES:
            for one in self.chosen(name):
                yield name, one.slug
        if self.latest_first:
            yield "order", LATEST_FIRST
        yield from self.also


@cache
def _form_class() -> type[forms.Form]:
    fields = {name: one.field for name, one in EventFilter.base_filters.items()}
    return type("EventForm", (FilterForm,), fields)
