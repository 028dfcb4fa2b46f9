"""Groups, of which nobody but a superuser gives away more than one has."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group, Permission
from django.http import HttpRequest

from accounts.powers import groups_within, own_permissions, person

admin.site.unregister(Group)


@admin.register(Group)
class GuardedGroupAdmin(GroupAdmin):
    """Django's, but with what one has oneself only."""

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        """Not for a group that may do more than who asks."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or self._is_within(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        """Not for a group that may do more than who asks."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or self._is_within(request, obj))

    def formfield_for_manytomany(
        self, db_field: Any, request: HttpRequest | None = None, **options: Any
    ) -> Any:
        """The permissions that one has oneself."""
        if request is not None and db_field.remote_field.model is Permission:
            options["queryset"] = own_permissions(person(request))
        return super().formfield_for_manytomany(db_field, request, **options)

    def _is_within(self, request: HttpRequest, group: Group) -> bool:
        return groups_within(person(request)).filter(pk=group.pk).exists()
