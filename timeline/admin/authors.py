"""Authors as lines that a person can read and write, kept as the names of CSL JSON."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LITERAL = "literal:"


def lines(names: list[dict[str, str]]) -> str:
    """CSL names, one a line: “Family, Given”, or “literal: …” for a name in one piece."""
    return "\n".join(_line(name) for name in names)


def _line(name: dict[str, str]) -> str:
    if "literal" in name:
        return f"{LITERAL} {name['literal']}"
    return ", ".join(part for key in ("family", "given") if (part := name.get(key)))


def names(text: str) -> list[dict[str, str]]:
    """The CSL names of ``lines``; raises ValidationError naming the line that is none."""
    return [_name(line.strip()) for line in text.splitlines() if line.strip()]


def _name(line: str) -> dict[str, str]:
    if line.lower().startswith(LITERAL):
        literal = line[len(LITERAL) :].strip()
        if literal:
            return {"literal": literal}
    family, comma, given = (part.strip() for part in line.partition(","))
    if not family or family.lower() == LITERAL or (comma and not given) or "," in given:
        raise ValidationError(
            _("“%s” is no name: write “Family, Given”, or “literal: ” and the name in one piece.")
            % line
        )
    return {"family": family, "given": given} if given else {"family": family}


class AuthorsField(forms.CharField):
    """A text area of names, one a line."""

    widget = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})

    def prepare_value(self, value: Any) -> Any:
        """The lines of stored names; what was typed stays as it is."""
        return lines(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """The names of what was typed."""
        return value if isinstance(value, list) else names(super().to_python(value) or "")

    def validate(self, value: Any) -> None:
        """A source may have no author."""

    def run_validators(self, value: Any) -> None:
        """Those of text do not fit a list."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other names were typed."""
        try:
            return bool((initial or []) != names(data or ""))
        except ValidationError:
            return True
