"""From a table of TOML to a form, with all that is wrong in words for a person."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from functools import cache
from typing import Annotated, Any, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from timeline.seeds.forms import Form
from timeline.seeds.hints import among, nearest, shown
from timeline.seeds.problems import Key

Some = TypeVar("Some", bound=Form)
Fault = tuple[tuple[Key, ...], str]

KINDS = {
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a table",
    datetime: "a date of TOML",
    date: "a date of TOML",
    time: "a time of TOML",
}


def parsed(form: type[Some], table: Mapping[str, Any]) -> tuple[Some, list[Fault]]:
    """The form and its faults, each with the path to it; what is faulty is left empty."""
    try:
        return form.model_validate(table), []
    except ValidationError as error:
        found = error.errors(include_url=False)
        misspelt = {_meant(form, one) for one in found if one["type"] == "extra_forbidden"}
        faults = [
            (one["loc"], _message(form, one))
            for one in found
            if one["type"] != "missing" or one["loc"] not in misspelt
        ]
        return _salvaged(form, table), faults


def _meant(form: type[Some], error: ErrorDetails) -> tuple[Key, ...]:
    """Where the key would stand that an unknown key is most like; it is not missing, too."""
    *parent, key = error["loc"]
    return (*parent, nearest(str(key), list(_keys(form, error["loc"]))) or "")


def _salvaged(form: type[Some], table: Mapping[str, Any]) -> Some:
    """What is sound, so that the checks that follow find all else that is wrong."""
    sound: dict[str, Any] = {}
    for name, field in form.model_fields.items():
        sound[name] = "" if field.is_required() else field.default
        key = field.alias or name
        if key in table:
            try:
                sound[name] = _reader(form, name).validate_python(table[key])
            except ValidationError:
                continue
    return form.model_construct(**sound)


@cache
def _reader(form: type[Form], name: str) -> TypeAdapter[Any]:
    field = form.model_fields[name]
    wanted: Any = field.annotation
    if field.metadata:
        wanted = Annotated[(wanted, *field.metadata)]
    try:
        return TypeAdapter(wanted, config=ConfigDict(strict=True))
    except TypeError:  # a form brings its own configuration
        return TypeAdapter(wanted)


def _message(form: type[Form], error: ErrorDetails) -> str:
    key = next((one for one in reversed(error["loc"]) if isinstance(one, str)), "")
    value = error["input"]
    match error["type"]:
        case "missing":
            return f"“{key}” is missing; add it."
        case "extra_forbidden":
            return f"“{key}” is no key here{among(key, list(_keys(form, error['loc'])))}"
        case "string_type":
            return f"{key}: {_not_text(value)}"
        case "string_too_short":
            return f"{key}: It is empty; fill it in or leave the item out."
        case "tuple_type":
            return f"{key}: {shown(value)} is no list; put it in square brackets."
        case "model_type" | "dict_type" | "model_attributes_type":
            return f'{key}: {shown(value)} is no table; write {{ key = "value" }}.'
        case "value_error":
            return f"{key}: {_sentence(value, str(error['ctx']['error']))}"
    return f"{key}: {shown(value)} – {error['msg']}."


def _not_text(value: object) -> str:
    kind = KINDS.get(type(value), type(value).__name__)
    said = value.isoformat() if isinstance(value, date | time) else value
    if isinstance(value, list | dict):
        return f"{shown(value)} is {kind}, not text; write one string in quotation marks."
    return f"{shown(said)} is {kind}, not text; put it in quotation marks."


def _sentence(value: object, words: str) -> str:
    if words.startswith("“"):
        return words
    end = "" if words.endswith((".", "?")) else "."
    joint = " " if words[0].islower() else ". "
    return f"{shown(value)}{joint}{words}{end}"


def _keys(form: type[Form], path: tuple[Key, ...]) -> Iterator[str]:
    """The keys that the table at ``path`` may have, its last one left out."""
    for step in path[:-1]:
        if isinstance(step, str):
            form = next(
                inner
                for name, field in form.model_fields.items()
                if (field.alias or name) == step
                for inner in _forms_in(field.annotation)
            )
    for name, field in form.model_fields.items():
        yield field.alias or name


def _forms_in(annotation: Any) -> Iterator[type[Form]]:
    if isinstance(annotation, type) and issubclass(annotation, Form):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _forms_in(inner)
