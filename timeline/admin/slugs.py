"""Stable ids: proposed from the title, and a warning when a known address is about to change."""

import re
import unicodedata
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from timeline.admin.editing import ReasonedForm

LONGEST = 100


def proposed(title: str) -> str:
    """An id made of a title's words in plain lower-case letters; empty if it has none."""
    parts = unicodedata.normalize("NFKD", title.lower())
    plain = "".join(sign for sign in parts if not unicodedata.combining(sign) and sign not in "'’")
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return slug if len(slug) <= LONGEST else slug[: LONGEST + 1].rsplit("-", 1)[0]


def free(model: type[Model], wanted: str) -> str:
    """``wanted``, with a number if another object of ``model`` has it."""
    number, slug = 1, wanted
    while model._default_manager.filter(slug=slug).exists():
        number += 1
        slug = f"{wanted[: LONGEST - 1 - len(str(number))]}-{number}"
    return slug


class SluggedForm(ReasonedForm):
    """A form whose slug may be left empty; ``named_by`` is the field that it is then made of."""

    named_by = "title"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if slug := self.fields.get("slug"):
            slug.required = False
            slug.widget.attrs["data-made-of"] = self.add_prefix(self.named_by)
            slug.widget.attrs["class"] = "vLargeTextField"
            slug.help_text = (
                _(
                    "Part of the permanent address. Leave it empty to have it made from the %s; "
                    "when it changes later, the old address leads to the new one."
                )
                % self.named_by
            )

    def clean(self) -> dict[str, Any]:
        """Propose a slug where none is given."""
        given = super().clean() or self.cleaned_data
        if given.get("slug") == "" and (name := given.get(self.named_by)):
            if self.instance.pk:
                given["slug"] = type(self.instance).objects.get(pk=self.instance.pk).slug
            elif slug := proposed(name):
                given["slug"] = free(type(self.instance), slug)
            else:
                self.add_error("slug", _("Give an id in letters a–z and digits."))
        return given

    def old_slug(self) -> str:
        """The id that readers know and that this form changes, else an empty text."""
        changed = self.instance.pk and "slug" in self.changed_data
        before = self.initial.get("slug", "")
        return before if changed and before != self.cleaned_data.get("slug") else ""


def warning(old: str, new: str) -> str:
    """What to tell an editor who changed the address of something published."""
    return str(
        _(
            "The address changed from “%(old)s” to “%(new)s”. Links to the old one lead to the new "
            "one, as long as nothing else is published under the old id."
        )
        % {"old": old, "new": new}
    )
