"""What is given to be imported: files that are sent, or seeds that lie on the server."""

from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from timeline.seeds import files, uploads
from timeline.seeds.problems import Problem, SeedError
from timeline.seeds.uploads import GivenFile, Upload

MOST_OFFERED = 500


def seeds_here() -> dict[str, Path]:
    """The folders of SEEDS_DIR that are seeds, by their names."""
    found = sorted(Path(settings.SEEDS_DIR).glob(f"*/{files.CHRONOLOGY}"))
    return {file.parent.name: file.parent for file in found[:MOST_OFFERED]}


class FilesInput(forms.ClearableFileInput):
    """A field for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; a list of them, which may be empty."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each file for itself, as Django does it."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given if one]


class GiveForm(forms.Form):
    """Files or seeds; what they hold is read by ``given``."""

    sent = FilesField(
        label=_("Files"),
        required=False,
        help_text=_(
            "A chronology.toml and its text, or a folder of seeds as one .zip. Up to 10 MB for a "
            "text and 50 MB together."
        ),
    )
    seeds = forms.MultipleChoiceField(
        label=_("Or seeds on the server"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.here = seeds_here()
        self.fields["seeds"].choices = [(name, name) for name in self.here]  # type: ignore[attr-defined]
        if not self.here:
            del self.fields["seeds"]

    def clean(self) -> dict[str, Any]:
        """One of both."""
        given = super().clean() or {}
        if not self.errors and bool(given.get("sent")) == bool(given.get("seeds")):
            raise ValidationError(_("Give files, or choose seeds that lie on the server."))
        return given

    def given(self) -> list[GivenFile]:
        """The files of the seeds; raises SeedError with all that is wrong."""
        sent: list[Any] = self.cleaned_data["sent"]
        if sent:
            return uploads.taken([Upload(one.name or "", one.file) for one in sent])
        found: list[GivenFile] = []
        problems: list[Problem] = []
        for name in self.cleaned_data["seeds"]:
            try:
                found += uploads.of_folder(self.here[name])
            except SeedError as error:
                problems += error.problems
        if problems:
            raise SeedError(problems)
        return found
