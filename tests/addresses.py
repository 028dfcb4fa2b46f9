"""Every address of the program, from its URL patterns, with what stands for their variables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from html.parser import HTMLParser
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.urls import get_resolver

from actors.models import Actor
from tests.hostile import examples
from timeline.admin.histories import MOMENT
from timeline.models import Event
from timeline.revisions import revisions

Found = tuple[str, str]  # the name and the route of a pattern
ADMIN = "admin/"


def patterns(under: Any = None, before: str = "") -> Iterator[Found]:
    """The name and the whole route of every pattern."""
    for one in (under or get_resolver()).url_patterns:
        route = before + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from patterns(one, route)
        else:
            yield one.name or "", route


def addresses(*, admin: bool | None = None) -> list[str]:
    """A path for every pattern, of the admin's only or of the others only if told."""
    known = {one._meta.label_lower: one for one in examples()}
    found = [
        f"/{_filled(name, route, known)}"
        for name, route in patterns()
        if admin is None or route.startswith(ADMIN) is admin
    ]
    return list(dict.fromkeys(found))


def _filled(name: str, route: str, known: dict[str, Model]) -> str:
    """A route with a value for each of its variables."""
    route = re.sub(r"\^|\$", "", route)
    route = re.sub(r"\(\?P<app_label>([a-z_]+)[^)]*\)", r"\1", route)
    route = re.sub(r"\(\?P<url>\.\*\)", "no/such/page", route)
    parts = route.split("/")
    subject = known.get(".".join(parts[1:3])) if len(parts) > 3 else None
    return re.sub(r"<([^>]+)>", lambda match: _value(match[1], name, subject), route)


def _value(variable: str, name: str, subject: Model | None) -> str:
    """What stands for ``variable``, as ``int:pk``, in a route called ``name``."""
    of_public = {"event": "event", "actor": "state", "source": "source", "source-raw": "source"}
    match variable.rpartition(":")[2]:
        case "object_id" if name == "view_on_site":
            return str(_event().pk)
        case "id" | "pk" | "key" | "object_id":
            return str(subject.pk) if subject is not None else "1"
        case "content_type_id":
            return str(ContentType.objects.get_for_model(Event).pk)
        case "moment":
            known = subject if isinstance(subject, Event | Actor) else _event()
            return f"{revisions(known)[-1].moment.astimezone(UTC):{MOMENT}}"
        case "slug":
            return of_public.get(name, "event")
        case "kind":
            return "event"
        case _:
            return "1" if variable.startswith("int:") else "x"


def _event() -> Event:
    event: Event = Event.objects.published().earliest("pk")
    return event


@dataclass
class Form:
    """A form as a browser reads it: where it goes, how, and what it would send."""

    action: str
    method: str
    fields: dict[str, str]
    files: list[str]
    typed: list[str]  # the names of the fields that a person types into


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._choice = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            method = given.get("method", "get").lower()
            self.found.append(Form(given.get("action", ""), method, {}, [], []))
        elif not self.found:
            return
        elif tag == "option" and self._choice and "selected" in given:
            self.found[-1].fields[self._choice] = given.get("value", "")
        elif given.get("name") and "disabled" not in given:
            self._field(self.found[-1], tag, given)

    def _field(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name, kind = given["name"], given.get("type", "text")
        if tag == "select":
            self._choice = name
        elif tag == "textarea":
            form.fields.setdefault(name, "")
            form.typed.append(name)
        elif kind == "file":
            form.files.append(name)
        elif kind in {"checkbox", "radio"} and "checked" not in given:
            form.fields.setdefault(name, given.get("value", "on"))
        elif tag in {"input", "button"}:
            form.fields[name] = given.get("value", "")
            if kind in {"text", "url", "search", "email"}:
                form.typed.append(name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._choice = ""


def forms(page: str) -> list[Form]:
    """The forms of a page, every button and box of them pressed."""
    reader = _Forms()
    reader.feed(page)
    return reader.found
