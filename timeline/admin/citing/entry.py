"""An entry in the making: what was typed beside a source, and what is proposed for it."""

from functools import cached_property
from typing import Any

from django.contrib import admin
from django.forms import Media
from django.http import HttpRequest, QueryDict

from timeline import texts
from timeline.admin.citing.forms import CLAIM_FIELDS, EVENT_FIELDS, NewEventForm, SelectedForm
from timeline.admin.citing.marked import digest_of
from timeline.admin.citing.people import PREFIX, People, key_of, people_of
from timeline.admin.citing.proposals import (
    Likely,
    Mention,
    Named,
    actors_in,
    dates_in,
    likely_events,
)
from timeline.admin.event import ParticipationInline
from timeline.admin.permissions import may_publish
from timeline.citing import Place
from timeline.models import Claim, Event, Source

NEW, OTHER = "new", "other"


class Entry:
    """What ``request`` says of a quote in ``source``: the forms, for the template and for saving.

    ``data`` is what was posted; it is None where nothing was.
    """

    def __init__(self, request: HttpRequest, site: admin.AdminSite, source: Source) -> None:
        self.request, self.source = request, source
        self.data: QueryDict | None = request.POST.copy() if request.method == "POST" else None
        self.events: Any = site.get_model_admin(Event)
        self.claims: Any = site.get_model_admin(Claim)
        self.is_checked = False

    @cached_property
    def may_cite(self) -> bool:
        """Whether this user may add a claim to anything."""
        seen = self.may_add_event or self.events.has_view_or_change_permission(self.request)
        return bool(self.claims.has_add_permission(self.request) and seen)

    @cached_property
    def may_add_event(self) -> bool:
        """Whether this user may add an event."""
        return bool(self.events.has_add_permission(self.request))

    def typed(self, name: str) -> str:
        """What was posted as ``name``; empty if nothing was."""
        return str(self.data.get(name, "")) if self.data is not None else ""

    @cached_property
    def target(self) -> str:
        """NEW, OTHER, or the key of the event that the quote is for."""
        said = self.typed("target")
        if said == OTHER or (said.isascii() and said.isdigit()):
            return said
        return NEW if self.may_add_event else OTHER

    @cached_property
    def claim(self) -> SelectedForm:
        """The form of the claim."""
        made: Any = self.claims.get_form(self.request, None, form=SelectedForm, fields=CLAIM_FIELDS)
        made.source = self.source
        event = made.base_fields["event"].widget
        event.can_add_related = event.can_change_related = event.can_view_related = False
        form: SelectedForm = made(self._bound(), prefix="claim", initial=self._start)
        return form

    @cached_property
    def event(self) -> NewEventForm:
        """The form of a new event."""
        made: Any = self.events.get_form(self.request, None, form=NewEventForm, fields=EVENT_FIELDS)
        form: NewEventForm = made(self._bound(), prefix="event")
        return form

    @cached_property
    def formset(self) -> Any:
        """The actors as posted; None if this user may not say who took part."""
        if self._formset_class is None:
            return None
        return self._formset_class(self.data, instance=Event(), prefix=PREFIX)

    @cached_property
    def people(self) -> People | None:
        """The rows of actors; None if this user may not say who took part."""
        if self._formset_class is None:
            return None
        checked = self.formset if self.is_checked and self.target == NEW else None
        return people_of(self._formset_class, self.data or {}, self.named, checked)

    @cached_property
    def quote(self) -> str:
        """The words, as typed or as looked up."""
        return self.typed("claim-quote") or self._start.get("quote", "")

    @property
    def place(self) -> Place | None:
        """Where they stand, if that is known."""
        return self.claim.place

    @cached_property
    def around(self) -> tuple[str, str]:
        """The words that tell this place from others of the same words; empty if there are none."""
        if self.place is None:
            return "", ""
        spot = (self.place.ordinal, self.place.start, self.place.end)
        return texts.citable(self.source).context(*spot)

    @cached_property
    def named(self) -> list[Named]:
        """The actors that the quote names."""
        return actors_in(self.quote)

    @cached_property
    def mentions(self) -> list[Mention]:
        """The dates in the quote."""
        return dates_in(self.quote)

    @property
    def dates(self) -> set[str]:
        """The date of the event and that of the claim, as typed."""
        return {self.typed("event-date"), self.typed("claim-date")}

    @cached_property
    def likely(self) -> list[Likely]:
        """Events that the quote may be about, and that this user may add it to."""
        actors = [one.actor for one in self.named]
        drafts_only = not may_publish(self.request.user, Event)
        dates = [said.text for one in self.mentions for said in one.meanings]
        return likely_events(self.source, self.place, dates, actors, drafts_only=drafts_only)

    @property
    def first(self) -> int:
        """The first character of the place as people count."""
        return self.place.start + 1 if self.place else 0

    @property
    def is_other(self) -> bool:
        """Whether the event is chosen by its name: it is none of those that are offered."""
        return self.target not in {NEW, *(one.key for one in self.likely)}

    @property
    def has_event_details(self) -> bool:
        """Whether something in the folded part of the event has to be seen."""
        return _is_used(self.event, "slug", "date_basis", "date_note", "summary")

    @property
    def has_claim_details(self) -> bool:
        """Whether something in the folded part of the claim has to be seen."""
        return _is_used(self.claim, "stance", "date", "attributed_to", "note")

    @property
    def media(self) -> Any:
        """The sheets and scripts of all fields."""
        of_rows = self.people.rows[0].form.media if self.people else Media()
        return self.claim.media + self.event.media + of_rows

    def say(self, said: dict[str, str]) -> None:
        """As if this had been posted; what depends on it is made anew."""
        self.data = self.data or QueryDict(mutable=True)
        for name, value in said.items():
            self.data[name] = value
        for name in ("claim", "event", "quote", "target", "named", "mentions"):
            self.__dict__.pop(name, None)

    def _bound(self) -> QueryDict | None:
        """What the forms are bound to: an event that is offered is the one that was chosen."""
        if self.data is None:
            return None
        data = self.data.copy()
        if self.target != OTHER:
            data["claim-event"] = "" if self.target == NEW else self.target
        for name in ("claim-event", "claim-attributed_to"):
            # Django's field looks for whatever was posted, also for what cannot be a key.
            if data.get(name) and key_of(str(data[name])) is None:
                data[name] = "0"
        return data

    @cached_property
    def _start(self) -> dict[str, str]:
        """What an empty form begins with: the paragraph that was asked for, to be shortened."""
        start = {"digest": digest_of(self.source)}
        asked = self.request.GET.get("passage", "")
        if asked.isascii() and asked.isdigit() and len(asked) < 10:
            passages = self.source.passages.filter(ordinal=int(asked))
            start["quote"] = passages.values_list("text", flat=True).first() or ""
        return start

    @cached_property
    def _formset_class(self) -> Any:
        for inline in self.events.get_inline_instances(self.request, None):
            if isinstance(inline, ParticipationInline):
                made: Any = inline.get_formset(self.request)
                actor = made.form.base_fields["actor"].widget
                actor.can_change_related = actor.can_delete_related = False
                actor.can_view_related = False
                return made
        return None


def _is_used(form: Any, *names: str) -> bool:
    """Whether one of these fields of ``form`` has an error or was filled in."""
    return form.is_bound and any(
        form[name].errors or form[name].value() not in (form[name].initial, "", None)
        for name in names
    )
