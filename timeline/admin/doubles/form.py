"""What an editor chooses when two are merged, field by field."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from actors.models import Alias
from timeline.admin.dates import EDTF_WIDGETS
from timeline.doubles import GONE, KEPT, Choices, actor_merge, event_merge
from timeline.fields import EdtfField, validate_edtf
from timeline.likeness.keys import is_abbreviation
from timeline.models import Event, Twofold

TAKEN = "take_"
LONGEST_REASON = 500


class MergeForm(forms.Form):
    """From which of the two each field is taken; ``seen`` is what they were when looked at."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    change_reason = forms.CharField(
        label=_("Reason for this change"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
        help_text=_("Kept in the history, where readers see it too. May stay empty."),
    )

    def __init__(self, kind: str, kept: Any, gone: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        merging: Any = event_merge if kind == Twofold.EVENT else actor_merge
        self.names: tuple[str, ...] = merging.FIELDS
        for name, default in merging.defaults(kept, gone).items():
            self.fields[f"{TAKEN}{name}"] = forms.ChoiceField(
                choices=[(KEPT, KEPT), (GONE, GONE)],
                initial=default,
                label=capfirst(str(kept._meta.get_field(name).verbose_name)),
            )
        if kind == Twofold.EVENT:
            self.fields["keep_date"] = forms.BooleanField(
                required=False,
                initial=True,
                label=_("Keep the other date at the quotes of its event that give none"),
            )
        else:
            self.fields |= _alias_fields(kept.name, gone.name)

    def choices(self) -> Choices:
        """What was chosen; the form is valid."""
        given = self.cleaned_data
        return Choices(
            {name: given[f"{TAKEN}{name}"] for name in self.names},
            keep_date=given.get("keep_date", True),
            alias_kind=given.get("alias_kind") or Alias.Kind.NAME.value,
            alias_period=given.get("alias_period") or "",
        )

    def taken(self) -> Iterator[tuple[str, Any]]:
        """The fields that are chosen, with their names."""
        for name in self.names:
            yield name, self[f"{TAKEN}{name}"]

    def hidden(self) -> Iterator[tuple[str, str]]:
        """All that was chosen, to be given once more."""
        for bound in self:
            if bound.name == "change_reason":
                continue
            value = bound.value()
            if value not in (None, "", False):
                yield bound.html_name, "on" if value is True else str(value)


def _alias_fields(*names: str) -> dict[str, forms.Field]:
    short = any(map(is_abbreviation, names))
    kind = Alias.Kind.ABBREVIATION if short else Alias.Kind.NAME
    period: Any = Alias._meta.get_field("period").formfield(**EDTF_WIDGETS[EdtfField])
    period.label = _("That name held in")
    period.validators = [*period.validators, validate_edtf]
    return {
        "alias_kind": forms.ChoiceField(
            choices=Alias.Kind.choices,
            initial=kind.value,
            label=_("The name that is not taken is kept as"),
        ),
        "alias_period": period,
    }


def has_date(kept: Any, gone: Any) -> bool:
    """Whether there are two dates of which one is not taken."""
    return isinstance(kept, Event) and bool(kept.date and gone.date and kept.date != gone.date)
