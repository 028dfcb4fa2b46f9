"""The changes that editors make to many events, claims or sources at once."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from timeline.admin.bulk_actions import BulkEdit, BulkForm, Difference
from timeline.admin.event_form import kinds, roles
from timeline.admin.suggestions import SuggestingInput
from timeline.models import Event, Participation, Source

WIDE = {"class": "vLargeTextField"}
MOST_SUGGESTED = 5


def set_fields(thing: Any, **values: Any) -> list[Difference]:
    """Give ``thing`` these values and save it, if they are others; what is different now."""
    changes = []
    for name, value in values.items():
        field = thing._meta.get_field(name)
        if getattr(thing, name) != value:
            choices = dict(field.flatchoices or ())
            old, new = (str(choices.get(one, one)) for one in (getattr(thing, name), value))
            changes.append(Difference(str(field.verbose_name), old, new))
            setattr(thing, name, value)
    if changes:
        thing.full_clean()
        thing.save()
    return changes


class KindForm(BulkForm):
    """A kind."""

    kind = forms.CharField(
        label=_("Kind"), max_length=50, widget=SuggestingInput(kinds, {"class": "vTextField"})
    )
    field_order = ("kind",)


class SetKind(BulkEdit):
    """The kind of events."""

    name = "set_kind"
    short_description = _("Set the kind …")
    form = KindForm

    def change(self, thing: Event, given: dict[str, Any]) -> list[Difference]:
        """Another kind."""
        return set_fields(thing, kind=given["kind"])


class ActorField(forms.CharField):
    """An actor by its id or one of its names, as it is written."""

    def to_python(self, value: Any) -> Any:
        """The actor; raises ValidationError where there is none, or more than one."""
        text = (super().to_python(value) or "").strip()
        if not text:
            return None
        named = Q(name__iexact=text) | Q(aliases__name__iexact=text)
        found = list(Actor.objects.filter(slug=text)) or list(
            Actor.objects.filter(named).distinct()[:MOST_SUGGESTED]
        )
        if len(found) == 1:
            return found[0]
        like = found or list(Actor.objects.filter(name__icontains=text)[:MOST_SUGGESTED])
        offered = ", ".join(f"{actor.name} ({actor.slug})" for actor in like)
        if found:
            raise ValidationError(_("Several have this name; give the id: %s.") % offered)
        if like:
            raise ValidationError(_("Nobody has this name. Do you mean one of these? %s") % offered)
        raise ValidationError(_("Nobody has this name. Give an id, a name or another name."))


class ActorForm(BulkForm):
    """An actor and a role."""

    actor = ActorField(
        label=_("Actor"),
        widget=forms.TextInput(WIDE),
        help_text=_("The id, or a name exactly as it is written."),
    )
    role = forms.CharField(
        label=_("Role"),
        max_length=100,
        required=False,
        widget=SuggestingInput(roles, {"class": "vTextField"}),
    )
    field_order: tuple[str, ...] = ("actor", "role")


class AddActor(BulkEdit):
    """One more actor of events."""

    name = "add_actor"
    short_description = _("Add an actor …")
    form = ActorForm

    def change(self, thing: Event, given: dict[str, Any]) -> list[Difference]:
        """The actor in that role, unless it is there."""
        part = Participation(event=thing, actor=given["actor"], role=given["role"])
        if thing.participations.filter(actor=part.actor, role=part.role).exists():
            return []
        part.full_clean()
        part.save()
        return [Difference(str(_("actor")), "", str(part))]


class RemoveActorForm(ActorForm):
    """An actor, in one role or in all."""

    every_role = forms.BooleanField(label=_("In every role"), required=False, initial=True)
    field_order = ("actor", "every_role", "role")


class RemoveActor(BulkEdit):
    """One actor less."""

    name = "remove_actor"
    short_description = _("Remove an actor …")
    form = RemoveActorForm

    def change(self, thing: Event, given: dict[str, Any]) -> list[Difference]:
        """Without the actor in that role, or in any."""
        parts = thing.participations.filter(actor=given["actor"])
        if not given["every_role"]:
            parts = parts.filter(role=given["role"])
        gone = [(part, str(part)) for part in parts.select_related("actor")]
        for part, _words in gone:
            part.delete()
        return [Difference(str(_("actor")), words, "") for _part, words in gone]


class BasisForm(BulkForm):
    """What the date rests on, and why."""

    date_basis = forms.ChoiceField(
        label=_("Basis of the date"), choices=Event.DateBasis.choices, required=True
    )
    date_note = forms.CharField(
        label=_("Note on the date"),
        required=False,
        widget=forms.Textarea({"rows": 2, **WIDE}),
        help_text=_("Due when inferred. Empty leaves each note as it is."),
    )
    field_order = ("date_basis", "date_note")


class SetBasis(BulkEdit):
    """What the dates of events rest on."""

    name = "set_basis"
    short_description = _("Set what the date rests on …")
    form = BasisForm

    def change(self, thing: Event, given: dict[str, Any]) -> list[Difference]:
        """Another basis, and its note."""
        if not thing.date:
            raise ValidationError(_("It has no date."))
        note = given["date_note"] or thing.date_note
        return set_fields(thing, date_basis=given["date_basis"], date_note=note)


class NoteForm(BulkForm):
    """A note."""

    note = forms.CharField(label=_("Note"), widget=forms.Textarea({"rows": 2, **WIDE}))
    field_order = ("note",)


class AddNote(BulkEdit):
    """A note on claims that have none."""

    name = "add_note"
    short_description = _("Add a note where there is none …")
    form = NoteForm

    def change(self, thing: Any, given: dict[str, Any]) -> list[Difference]:
        """The note; one that is there stays."""
        if thing.note.strip() and thing.note != given["note"]:
            raise ValidationError(_("It has a note already."))
        return set_fields(thing, note=given["note"])


class TypeForm(BulkForm):
    """A type of sources."""

    type = forms.ChoiceField(label=_("Type"), choices=Source.Type.choices)
    field_order = ("type",)


class SetType(BulkEdit):
    """The type of sources."""

    name = "set_type"
    short_description = _("Set the type …")
    form = TypeForm

    def change(self, thing: Source, given: dict[str, Any]) -> list[Difference]:
        """Another type."""
        return set_fields(thing, type=given["type"])


OF_EVENTS = (SetKind(), AddActor(), RemoveActor(), SetBasis())
OF_CLAIMS = (AddNote(),)
OF_SOURCES = (SetType(),)
