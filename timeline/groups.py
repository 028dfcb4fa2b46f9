"""The groups that come with the program, made by ``migrate`` where they are missing.

A group that is there keeps what an administrator has made of it.
"""

from collections.abc import Iterator
from typing import Any

DRAFTED = ("timeline.event", "timeline.claim", "timeline.participation", "timeline.source")
NAMED = ("actors.actor", "actors.alias", "actors.relation")
PARTS = ("timeline.claim", "timeline.participation", "actors.alias", "actors.relation")
READ_ONLY = ("timeline.passage", "timeline.seedimport")
WHOLE = ("timeline.event", "timeline.source", "actors.actor")


def _each(verbs: tuple[str, ...], models: tuple[str, ...]) -> Iterator[str]:
    for model in models:
        app, name = model.split(".")
        yield from (f"{app}.{verb}_{name}" for verb in verbs)


CONTRIBUTOR = frozenset(
    {
        *_each(("view", "add", "change"), DRAFTED + NAMED),
        *_each(("delete",), PARTS),
        *_each(("view",), READ_ONLY),
        "timeline.add_seedimport",
    }
)
EDITOR = CONTRIBUTOR | {
    *_each(("publish", "delete"), WHOLE),
    *_each(("change", "apply"), ("timeline.seedimport",)),
}
ADMINISTRATOR = EDITOR | {
    *_each(("view", "add", "change", "delete"), ("auth.user",)),
    *_each(("view",), ("auth.group",)),
    *_each(("view", "delete"), ("axes.accessattempt",)),  # failed log-ins: deleting unlocks
}
GROUPS = {"contributor": CONTRIBUTOR, "editor": EDITOR, "administrator": ADMINISTRATOR}


def make_groups(using: str, **_: Any) -> None:
    """Make the groups that are missing; after all permissions have been made (post_migrate)."""
    from django.contrib.auth.models import Group, Permission

    missing = set(GROUPS) - set(Group.objects.using(using).values_list("name", flat=True))
    for name in sorted(missing):
        group = Group.objects.using(using).create(name=name)
        wanted = GROUPS[name]
        permissions = Permission.objects.using(using).select_related("content_type")
        group.permissions.set(
            one for one in permissions if f"{one.content_type.app_label}.{one.codename}" in wanted
        )
