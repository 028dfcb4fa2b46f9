"""Two that are the same, and what the pages on which they are merged post."""

from typing import Any

from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from tests.builders import make_actor, make_event
from timeline import doubles
from timeline.admin.doubles.rights import PARTS
from timeline.models import Event, Twofold

EVENTS, ACTORS = "/admin/doubles/events/", "/admin/doubles/actors/"
MERGES = "/admin/doubles/merges/"
EVENT_RIGHTS = {"view_event", "change_event", "delete_event", "publish_event"} | {
    one.split(".")[1] for one in PARTS[Twofold.EVENT]
}
ACTOR_RIGHTS = {"view_actor", "change_actor", "delete_actor", "publish_actor"} | {
    one.split(".")[1] for one in PARTS[Twofold.ACTOR]
}


def make_double(
    date: str = "1948-10-15", other: str = "1948-10-15", **fields: Any
) -> tuple[Event, Event]:
    """Two entries that are the same, in other words."""
    mongolia, dprk = make_actor("Mongolia"), make_actor("North Korea")
    told = {"kind": "diplomacy", "actors": [mongolia, dprk]} | fields
    one = make_event("Diplomatic relations established", date=date, **told)
    return one, make_event("Mongolia establishes diplomatic relations", date=other, **told)


def path_of(kept: Any, gone: Any) -> str:
    kind = "event" if isinstance(kept, Event) else "actor"
    return reverse("admin:doubles_merge", args=[kind, kept.pk, gone.pk])


def chosen(
    client: Client, kept: Any, gone: Any, step: str = "merge", **more: str
) -> dict[str, str]:
    """What the page of the comparison posts."""
    form = client.get(path_of(kept, gone)).context["form"]
    kind = "event" if isinstance(kept, Event) else "actor"
    data = {name: str(field.value()) for name, field in form.taken() for name in [field.html_name]}
    data |= {"seen": doubles.state(kind, kept.pk, gone.pk), "step": step, "change_reason": "Same"}
    extra = {"keep_date": "on"} if kind == "event" else {"alias_kind": "name", "alias_period": ""}
    return data | extra | more


def allowed(client: Client, names: set[str]) -> User:
    user = User.objects.create_user(f"staff{User.objects.count()}", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return user
