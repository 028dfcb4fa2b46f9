"""What a browser would post from the editors' forms, and what it would read in the answer."""

import html
import re
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from actors.models import Actor
from timeline.models import Event, Source


def editor(client: Client) -> User:
    """Log in somebody who may do everything."""
    user = User.objects.create_superuser("editor", "", "words")
    client.force_login(user)
    return user


def staff(client: Client, *permissions: str) -> User:
    """Log in somebody who may do only what ``permissions``, such as ``view_event``, say."""
    user = User.objects.create_user("staff", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)
    return user


def member(client: Client, group: str, name: str = "") -> User:
    """Log in somebody of one of the groups that come with the program."""
    user, _ = User.objects.get_or_create(username=name or group, defaults={"is_staff": True})
    user.groups.set([Group.objects.get(name=group)])
    client.force_login(user)
    return user


def page(client: Client, name: str, *args: Any) -> str:
    """The HTML of an admin page by its URL name, such as ``timeline_event_add``."""
    response = client.get(reverse(f"admin:{name}", args=args))
    assert response.status_code == 200
    return response.content.decode()


def filled(client: Client, path: str) -> dict[str, str]:
    """What the form at ``path`` posts when nothing is changed."""
    response = client.get(path)
    assert response.status_code == 200
    context = response.context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data: dict[str, str] = {}
    for form in forms:
        for bound in form:
            if type(bound.field).__name__ == "FileField":
                continue
            value = bound.field.prepare_value(bound.value())
            data[bound.html_name] = "" if value is None or value is False else str(value)
    return data


def add_path(model: str) -> str:
    return reverse(f"admin:{model}_add")


def change_path(obj: Any) -> str:
    """The address of an object's form."""
    return reverse(f"admin:{obj._meta.label_lower.replace('.', '_')}_change", args=[obj.pk])


def event_data(client: Client, **changes: Any) -> dict[str, str]:
    """A complete new event without actors and claims, but for ``changes``."""
    data = filled(client, add_path("timeline_event"))
    return data | {"title": "An armistice", "kind": "war", "date": "1953"} | changes


def claim_data(source: Source, quote: str, number: int = 0, **more: Any) -> dict[str, str]:
    """A claim in the ``number``-th form of the page."""
    data = {"source": source.pk, "quote": quote, **more}
    return {f"claims-{number}-{name}": str(value) for name, value in data.items()}


def actor_data(actor: Actor, role: str = "", number: int = 0) -> dict[str, str]:
    """An actor in the ``number``-th row of the page."""
    prefix = f"participations-{number}"
    return {f"{prefix}-actor": str(actor.pk), f"{prefix}-role": role}


def text_of(response: Any) -> str:
    """What a person reads of a page: no tags, white space folded."""
    page = re.sub(r"(?s)<(script|style|template).*?</\1>", " ", response.content.decode())
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def errors_beside(response: Any, formset: str = "", number: int = 0) -> dict[str, list[str]]:
    """The errors of the form, or of one form of the inline ``formset``, by field."""
    if not formset:
        return dict(response.context["adminform"].form.errors)
    found = next(
        inline.formset
        for inline in response.context["inline_admin_formsets"]
        if inline.formset.prefix == formset
    )
    return dict(found.forms[number].errors)


def the_event() -> Event:
    """The only event there is."""
    return Event.objects.get()
