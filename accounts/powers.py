"""Nobody manages or makes somebody who may do more than oneself."""

from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.db.models import QuerySet


def own_permissions(user: User) -> QuerySet[Permission]:
    """The permissions of ``user``, given directly or by groups; all, of a superuser."""
    if user.is_superuser:
        return Permission.objects.all()
    own = Permission.objects.filter(user=user) | Permission.objects.filter(group__user=user)
    return own.distinct()


def groups_within(user: User) -> QuerySet[Group]:
    """The groups that give nothing that ``user`` has not."""
    if user.is_superuser:
        return Group.objects.all()
    beyond = Permission.objects.exclude(pk__in=own_permissions(user).values("pk"))
    return Group.objects.exclude(permissions__in=beyond)


def is_within(user: User, other: User) -> bool:
    """Whether ``other`` may do nothing that ``user`` may not."""
    if user.is_superuser:
        return True
    if other.is_superuser:
        return False
    return other.pk == user.pk or not (
        own_permissions(other).exclude(pk__in=own_permissions(user).values("pk")).exists()
    )


def person(request: Any) -> User:
    """Who asks, in an admin that nobody else enters."""
    found: User = request.user
    return found
