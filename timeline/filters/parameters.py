"""The filters of the chronology: each owns what it selects and its part of the sentence."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from timeline.chronology import Cursor, Selection
from timeline.chronology.people import visible_actors
from timeline.fields import SLUG_PATTERN
from timeline.filters.choices import ChoicesField
from timeline.filters.labels import LABELS
from timeline.filters.sentence import listed
from timeline.filters.words import WordsField
from timeline.filters.years import YearField
from timeline.index import finding, values
from timeline.index.facts import Basis, Facet
from timeline.index.finding import Sought
from timeline.index.values import Named
from timeline.localised import year_words
from timeline.models import Source

POSSIBLE, CERTAIN = "possible", "certain"
EARLIEST_FIRST, LATEST_FIRST = "date", "-date"


class SelectionFilter(django_filters.Filter):
    """A filter of a Selection rather than of a queryset; by default it leaves it as it is."""

    def narrow(self, selection: Selection, value: Any) -> Selection:  # noqa: ARG002
        """``selection`` narrowed by ``value``, which the field has cleaned."""
        return selection


class YearFilter(SelectionFilter):
    """An end of the window of years; both ends are one condition, which is WhenFilter's."""

    field_class = YearField


class WhenFilter(SelectionFilter, django_filters.ChoiceFilter):
    """Whether entries lie possibly or certainly in the years from ``from`` to ``to``."""

    parent: Any  # the EventFilter, which knows the years

    def narrow(self, selection: Selection, value: str) -> Selection:
        first, last = self.parent.years
        certain = value == CERTAIN and (first, last) != (None, None)
        return replace(selection, first=first, last=last, certain=certain)

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


class ChoicesFilter(SelectionFilter):
    """A filter by ids; subclasses say which entries they select and how that is said."""

    facet: Facet
    unknown = _("There is no “%(value)s” here.")
    none = Named(-1, Facet.KIND, "", "", 0)  # a value that no entry has

    @property
    def field(self) -> ChoicesField:
        """A field that asks this instance what is known."""
        return ChoicesField(known=self.known, unknown=self.unknown, label=self.label)

    def known(self, slugs: list[str]) -> dict[str, Named]:
        """Those of ``slugs`` that readers may choose: that entries have, or that they may see."""
        asked = [slug for slug in slugs if re.fullmatch(SLUG_PATTERN, slug)]
        known = values.of_slugs(self.facet, asked)
        rare = [slug for slug in asked if slug not in known]
        if rare:
            for slug, name in self.without_entries(rare):
                known[slug] = self.none._replace(facet=self.facet, slug=slug, name=name)
        return known

    def without_entries(self, slugs: list[str]) -> Iterable[tuple[str, str]]:  # noqa: ARG002
        """Slug and name of those of ``slugs`` that readers may see though no entry has them."""
        return ()


class ActorFilter(ChoicesFilter):
    """Entries in which all of these actors took part."""

    facet = Facet.ACTOR
    unknown = _("There is no actor “%(value)s” in this chronology. Choose one from the list.")

    def without_entries(self, slugs: list[str]) -> Iterable[tuple[str, str]]:
        return visible_actors().filter(slug__in=slugs).values_list("slug", "name")

    def narrow(self, selection: Selection, value: tuple[Named, ...]) -> Selection:
        rarest_first = sorted(value, key=lambda one: one.entries)
        return replace(selection, actors=tuple(one.id for one in rarest_first))

    def phrase(self, value: tuple[Named, ...], count: int) -> str:
        """'that involve Mongolia and the DPRK'."""
        names = listed([one.name for one in value], gettext("and"))
        return (
            ngettext("that involves %(actors)s", "that involve %(actors)s", count)
            % {"actors": names}
            if names
            else ""
        )


class KindFilter(ChoicesFilter):
    """Entries of any of these kinds."""

    facet = Facet.KIND
    unknown = _("There is no entry of the kind “%(value)s”. Choose one from the list.")

    def narrow(self, selection: Selection, value: tuple[Named, ...]) -> Selection:
        return replace(selection, kinds=tuple(one.id for one in value))

    def phrase(self, value: tuple[Named, ...], count: int) -> str:  # noqa: ARG002
        """'of the kind diplomacy or war'."""
        names = listed([one.name for one in value], gettext("or"))
        return gettext("of the kind %(kinds)s") % {"kinds": names} if names else ""


class SourceFilter(ChoicesFilter):
    """Entries that quote any of these sources."""

    facet = Facet.SOURCE
    unknown = _("There is no source “%(value)s” in this chronology. Choose one from the list.")

    def without_entries(self, slugs: list[str]) -> Iterable[tuple[str, str]]:
        return Source.objects.published().filter(slug__in=slugs).values_list("slug", "title")

    def narrow(self, selection: Selection, value: tuple[Named, ...]) -> Selection:
        return replace(selection, sources=tuple(one.id for one in value))

    def phrase(self, value: tuple[Named, ...], count: int) -> str:
        """'and quote “…” or “…”'."""
        titles = listed([f"“{one.name}”" for one in value], gettext("or"))
        return (
            ngettext("quoting %(sources)s", "quoting %(sources)s", count) % {"sources": titles}
            if titles
            else ""
        )


class FixedFilter(ChoicesFilter):
    """A filter whose values are the same in every chronology, whether an entry has them or not."""

    def without_entries(self, slugs: list[str]) -> Iterable[tuple[str, str]]:
        return [(slug, "") for slug in slugs if slug in LABELS[self.facet]]


class BasisFilter(FixedFilter):
    """Entries whose date rests on any of these."""

    facet = Facet.BASIS
    unknown = _("A date is not “%(value)s”. Choose “stated”, “inferred” or “undated”.")

    def narrow(self, selection: Selection, value: tuple[Named, ...]) -> Selection:
        return replace(selection, bases=tuple(one.id for one in value))

    def phrase(self, value: tuple[Named, ...], count: int) -> str:
        """'whose date is inferred or not given'."""
        said = {
            Basis.STATED: gettext("stated"),
            Basis.INFERRED: gettext("inferred"),
            Basis.UNDATED: gettext("not given"),
        }
        bases = [words for basis, words in said.items() if basis in {one.slug for one in value}]
        return (
            ngettext("whose date is %(bases)s", "whose date is %(bases)s", count)
            % {"bases": listed(bases, gettext("or"))}
            if bases
            else ""
        )


class ContestedFilter(FixedFilter):
    """Entries that a source disputes or dates otherwise."""

    facet = Facet.CONTESTED
    unknown = _("“%(value)s” is no choice here. Choose “yes”, or leave it out.")

    def narrow(self, selection: Selection, value: tuple[Named, ...]) -> Selection:
        return replace(selection, contested=tuple(one.id for one in value))

    def phrase(self, value: tuple[Named, ...], count: int) -> str:
        """'that sources dispute or date differently'."""
        return (
            ngettext(
                "that sources dispute or date differently",
                "that sources dispute or date differently",
                count,
            )
            if value
            else ""
        )


class SoughtField(WordsField):
    """A full-text query with the actors that it names, or None."""

    def clean(self, value: str | None) -> Any:
        """A Sought or None; raises ValidationError with what to write instead."""
        query = super().clean(value)
        return finding.sought(query) if query else None


class QueryFilter(SelectionFilter):
    """Entries whose title, summary, quotes or actors have these words."""

    field_class = SoughtField

    def narrow(self, selection: Selection, value: Sought | None) -> Selection:
        return replace(selection, sought=value)

    def phrase(self, value: Sought | None, count: int) -> str:
        """'with the words “treaty 1948”'."""
        if value is None:
            return ""
        return ngettext("with the words “%(words)s”", "with the words “%(words)s”", count) % {
            "words": value.query.text
        }


class OrderFilter(SelectionFilter, django_filters.ChoiceFilter):
    """The order of the page; ``timeline.chronology.read`` sorts."""

    def narrow(self, selection: Selection, value: str) -> Selection:  # noqa: ARG002
        return selection


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


class AfterFilter(SelectionFilter):
    """Where the page begins; ``timeline.chronology.read`` cuts it."""

    field_class = CursorField
