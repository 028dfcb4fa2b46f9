"""A form's field obeys the model's column: its length, its choices, its validators."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db.models import Field, Model
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import core_schema

from timeline.fields import EdtfField
from timeline.seeds.hints import among

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def plain(text: str) -> str:
    """``text``; raises ValueError where it holds control characters, which no database keeps."""
    if found := CONTROLS.search(text):
        raise ValueError(f"holds the control character U+{ord(found[0]):04X}; take it out")
    return text


@dataclass(frozen=True, slots=True)
class Column:
    """The rules of ``model``'s column ``name`` for a string that is not empty."""

    model: type[Model]
    name: str

    @property
    def field(self) -> "Field[Any, Any]":
        return self.model._meta.get_field(self.name)  # type: ignore[return-value]

    def check(self) -> Callable[[str], str]:
        """What gives a text back, or raises ValueError with what is wrong and what to do."""
        field = self.field
        choices = [str(value) for value, _ in field.flatchoices]
        most = 0 if isinstance(field, EdtfField) else field.max_length or 0
        others = [
            one for one in field.validators if not most or type(one) is not MaxLengthValidator
        ]

        def checked(text: str) -> str:
            plain(text)
            if choices and text not in choices:
                raise ValueError(f"is not one of its values{among(text, choices)}")
            if most and len(text) > most:
                raise ValueError(f"has {len(text)} characters; {most} are the most")
            try:
                for validate in others if text else ():
                    validate(text)
            except ValidationError as error:
                raise ValueError(" ".join(error.messages)) from None
            return text

        return checked

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(self.check(), handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**handler(schema), **described(self.field)}


def described(field: "Field[Any, Any]") -> dict[str, Any]:
    """What a JSON schema says of a column."""
    told: dict[str, Any] = {}
    if field.flatchoices:
        told["enum"] = [str(value) for value, _ in field.flatchoices]
    elif field.max_length:
        told["maxLength"] = field.max_length
    if not isinstance(field, EdtfField):
        for validator in field.validators:
            if type(validator) is RegexValidator:
                told["pattern"] = getattr(validator.regex, "pattern", validator.regex)
    if field.help_text:
        told["description"] = str(field.help_text)
    return told
