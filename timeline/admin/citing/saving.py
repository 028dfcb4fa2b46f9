"""Saving an entry that was made beside its source: event, actors and claim, all as one act."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from timeline import history, index
from timeline.admin.citing.entry import NEW, Entry
from timeline.admin.citing.placing import leave_unasked
from timeline.admin.permissions import is_public
from timeline.admin.reasons import REASON
from timeline.models import Claim, Event, Source


@dataclass(frozen=True, slots=True)
class Saved:
    """The claim that is there now; ``is_new`` unless it was there already.

    ``is_replaced`` says that the text is another one than the editor has read.
    """

    claim: Claim
    is_new: bool
    is_replaced: bool


def save(entry: Entry) -> Saved | None:
    """Write what is typed; None where something is wrong, which the forms then say.

    What is there already is not written again: a form that is sent twice makes one entry.
    """
    user = entry.request.user if entry.request.user.is_authenticated else None
    with history.act(entry.typed(f"claim-{REASON}").strip(), user), transaction.atomic():
        Source.objects.select_for_update().get(pk=entry.source.pk)  # one after the other
        saved = _write(entry) if _is_valid(entry) else None
    if saved and saved.is_new:
        index.catch_up()
    return saved


def _is_valid(entry: Entry) -> bool:
    entry.is_checked = True
    if entry.target != NEW:
        leave_unasked(entry.event)
        _check_event(entry)
        return entry.claim.is_valid()
    forms: list[Any] = [entry.claim, entry.event]
    forms += [] if entry.formset is None else [entry.formset]
    wrong = [form for form in forms if not form.is_valid()]  # each says what it is
    return not wrong


def _check_event(entry: Entry) -> None:
    form = entry.claim
    form.full_clean()
    event: Event | None = form.cleaned_data.get("event")
    if event is None:
        if not form.has_error("event"):
            form.add_error("event", _("Choose the event, or make a new one."))
    elif is_public(event) and not entry.events.has_change_permission(entry.request, event):
        form.add_error("event", _("It is published; an editor has to add a quote to it."))


def _write(entry: Entry) -> Saved:
    is_replaced = entry.claim.is_replaced
    if there := _there_already(entry):
        return Saved(there, is_new=False, is_replaced=is_replaced)
    if entry.target == NEW:
        entry.claim.instance.event = _write_event(entry)
    claim = entry.claim.save(commit=False)
    entry.claims.save_model(entry.request, claim, entry.claim, change=False)
    entry.claims.log_addition(entry.request, claim, [{"added": {}}])
    return Saved(claim, is_new=True, is_replaced=is_replaced)


def _write_event(entry: Entry) -> Event:
    event: Event = entry.event.save(commit=False)
    entry.events.save_model(entry.request, event, entry.event, change=False)
    entry.events.log_addition(entry.request, event, [{"added": {}}])
    if entry.formset is not None:
        entry.formset.instance = event
        entry.formset.save()
    return event


def _there_already(entry: Entry) -> Claim | None:
    """The claim of the same words for the same event, or for one of the same title."""
    claim = entry.claim.instance
    same = Claim.objects.filter(
        passage=claim.passage, start=claim.start, end=claim.end, stance=claim.stance, lost=False
    )
    if entry.target == NEW:
        return same.filter(event__title=entry.event.cleaned_data["title"]).first()
    return same.filter(event=claim.event_id).first()
