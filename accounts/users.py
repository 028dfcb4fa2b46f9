"""Users, as an administrator manages them who is no superuser, and their lost second factors."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import codes
from accounts.powers import groups_within, is_within, person

if TYPE_CHECKING:
    DjangosAdmin = UserAdmin[User]
else:
    DjangosAdmin = UserAdmin

# django-otp shows the secrets themselves.
admin.site.unregister([User, TOTPDevice, StaticDevice])

FOR_SUPERUSERS = {"is_superuser", "user_permissions"}


@admin.register(User)
class GuardedUserAdmin(DjangosAdmin):
    """Django's; but nobody makes, changes or deletes somebody who may do more than oneself."""

    change_form_template = "admin/user_change_form.html"
    list_display = ["username", "first_name", "last_name", "is_active", "is_staff", "has_app"]
    list_filter = ["is_staff", "is_superuser", "is_active", "groups"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Users, and whether each has a second factor."""
        apps = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        users: QuerySet[User] = super().get_queryset(request).annotate(app_is_set_up=Exists(apps))
        return users

    @admin.display(description=_("second factor"), boolean=True)
    def has_app(self, user: Any) -> bool:
        """Whether a second factor is set up."""
        return bool(user.app_is_set_up)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Without what only a superuser gives."""
        shown = super().get_fieldsets(request, obj)
        if person(request).is_superuser:
            return shown
        return [
            (
                title,
                {**options, "fields": [x for x in options["fields"] if x not in FOR_SUPERUSERS]},
            )
            for title, options in shown
        ]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Not for somebody who may do more than who asks."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or is_within(person(request), obj))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Not for somebody who may do more than who asks."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or is_within(person(request), obj))

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Only groups that give nothing that one has not oneself."""
        if db_field.remote_field.model is Group:
            options["queryset"] = groups_within(person(request))
        return super().formfield_for_manytomany(db_field, request, **options)

    def get_urls(self) -> list[URLPattern]:
        """Django's, and the page that takes away a lost second factor."""
        view = self.admin_site.admin_view(self.reset_second_factor)
        name = "auth_user_reset_second_factor"
        return [path("<id>/second-factor/", view, name=name), *super().get_urls()]

    def reset_second_factor(self, request: HttpRequest, id: str) -> HttpResponse:  # noqa: A002
        """Ask, then take away; the history of the user says who did it."""
        user = self.get_object(request, unquote(id))
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        if user is None:
            raise Http404
        there = reverse("admin:auth_user_change", args=[user.pk])
        if request.method == "POST":
            if codes.remove(user):
                self.log_change(request, user, "Reset the second factor.")
                messages.success(request, gettext("The second factor is removed."))
            return HttpResponseRedirect(there)
        shown = {
            **self.admin_site.each_context(request),
            "title": gettext("Reset the second factor"),
            "opts": self.opts,
            "original": user,
            "app": codes.app_of(user),
        }
        return TemplateResponse(request, "admin/user_second_factor.html", shown)
