"""Model fields of the field's own vocabulary: an EDTF expression, a stable slug."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from timeline import edtf

if TYPE_CHECKING:
    StringField = models.CharField[str, str]
else:
    StringField = models.CharField

Deconstructed = tuple[str, str, Sequence[Any], dict[str, Any]]

SLUG_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
validate_slug = RegexValidator(
    SLUG_PATTERN,
    "Use lower-case letters a–z, digits and single hyphens, such as “treaty-of-1948”.",
)


def validate_edtf(text: str) -> None:
    """Raise ValidationError with EDTF's own explanation where ``text`` is no EDTF expression."""
    try:
        edtf.parse(text)
    except edtf.EdtfError as error:
        raise ValidationError(str(error), code="edtf") from error


class EdtfField(StringField):
    """A date as EDTF text (ISO 8601-2); empty means that no date is given."""

    default_validators = [validate_edtf]
    description = "EDTF date"

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("max_length", edtf.MAX_LENGTH)
        options.setdefault("blank", True)
        options.setdefault("default", "")
        super().__init__(*args, **options)

    def deconstruct(self) -> Deconstructed:
        # Django leaves out what is its own default, which is not ours.
        name, path, args, options = super().deconstruct()
        return name, path, args, {"blank": self.blank, **options}


class StableSlugField(StringField):
    """An id that permalinks and seeds are built on; it should never change once published."""

    default_validators = [validate_slug]
    description = "Stable id"

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("max_length", 100)
        options.setdefault("unique", True)
        options.setdefault("help_text", "Part of the permanent address; never change it later.")
        super().__init__(*args, **options)

    def deconstruct(self) -> Deconstructed:
        name, path, args, options = super().deconstruct()
        return name, path, args, {"unique": self.unique, **options}
