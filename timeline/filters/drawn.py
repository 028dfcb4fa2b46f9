"""What the drawn timeline is asked for besides a selection: lanes, a view, to be embedded."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from timeline.chronology import Cursor
from timeline.drawing.view import View
from timeline.filters import EventFilter, GivenOnceForm
from timeline.filters.addresses import query_string
from timeline.filters.years import shortened
from timeline.index.facts import Facet

LANES = {"kind": Facet.KIND, "actor": Facet.ACTOR, "none": None}
DEFAULT_LANES = "kind"
CHOICES = [("kind", _("by kind")), ("actor", _("by actor")), ("none", _("in one lane"))]


class ViewField(forms.CharField):
    """A View, or None for all there is."""

    def clean(self, value: str | None) -> Any:
        """Raises ValidationError with what to write instead."""
        if not value:
            return None
        try:
            return View.read(value)
        except ValueError as error:
            raise ValidationError(
                _("“%(value)s” is no stretch of time. Write it like 1948/1953 or 1948-10."),
                params={"value": shortened(value)},
            ) from error


class DrawnForm(GivenOnceForm):
    """The parameters."""

    one_value = ("lanes", "view", "embed")
    lanes = forms.ChoiceField(
        required=False,
        choices=CHOICES,
        error_messages={"invalid_choice": _("Choose the lanes “kind”, “actor” or “none”.")},
    )
    view = ViewField(required=False)
    embed = forms.ChoiceField(
        required=False,
        choices=[("1", "1")],
        error_messages={"invalid_choice": _("Write “embed=1” or leave it out.")},
    )


class DrawnFilter:
    """The selection that a query string asks for, and how it is to be drawn."""

    def __init__(self, data: QueryDict) -> None:
        self.form = DrawnForm(data)
        self.form.is_valid()
        kept = self.form.cleaned_data
        also = [("view", str(kept["view"]))] if kept.get("view") else []
        if kept.get("lanes") and kept["lanes"] != DEFAULT_LANES:
            also.append(("lanes", kept["lanes"]))
        self.events = EventFilter(data, also=also)

    def is_valid(self) -> bool:
        """Whether all of it makes sense."""
        return self.form.is_valid() and self.events.is_valid()

    @property
    def errors(self) -> list[str]:
        """What does not make sense of what is asked for here only."""
        return [str(one) for messages in self.form.errors.values() for one in messages]

    @property
    def lanes(self) -> str:
        """The chosen lanes."""
        return self.form.cleaned_data.get("lanes") or DEFAULT_LANES

    @property
    def facet(self) -> Facet | None:
        """What the lanes stand for."""
        return LANES[self.lanes]

    @property
    def view(self) -> View | None:
        """The part to be drawn; None: the whole."""
        view: View | None = self.form.cleaned_data.get("view")
        return view

    @property
    def embedded(self) -> bool:
        """Whether it is to stand in the page of another site."""
        return bool(self.form.cleaned_data.get("embed"))

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The lanes to choose from, with their words."""
        return [(value, str(words)) for value, words in CHOICES]

    def at(self, view: View) -> str:
        """The address of ``view``: ``query_with`` for drawings that have hundreds of them."""
        before, after = self._around
        return f"{before}{str(view).replace('/', '%2F')}{after}"

    @cached_property
    def _around(self) -> list[str]:
        """What stands before and behind the view in an address."""
        return (reverse("timeline") + self.query_with(view="-VIEW-")).rsplit("-VIEW-", 1)

    @property
    def undated_query(self) -> str:
        """The query string of its entries without a date."""
        return query_string([*self.events.selected, ("basis", "undated")])

    def opened(self, part: View, view: View) -> str:
        """The address that a bar opens: its ``part`` drawn, or the list from there on.

        The list where a closer drawing would show no less than ``view``.
        """
        if (closer := part.snapped()).days < view.days:
            return self.at(closer)
        after = Cursor(part.bounds[0], 0)
        return reverse("chronology") + query_string([*self.events.selected, ("after", str(after))])

    @property
    def query(self) -> str:
        """The canonical query string of this drawing."""
        return self.query_with(view=self.view)

    def query_with(
        self, *, view: View | str | None, lanes: str | None = None, embedded: bool | None = None
    ) -> str:
        """The query string of another drawing of the selection; without ``view`` all of it."""
        lanes = lanes or self.lanes
        pairs = list(self.events.selected)
        if lanes != DEFAULT_LANES:
            pairs.append(("lanes", lanes))
        if view is not None:
            pairs.append(("view", str(view)))
        if self.embedded if embedded is None else embedded:
            pairs.append(("embed", "1"))
        return query_string(pairs)
