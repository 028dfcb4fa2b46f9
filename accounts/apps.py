import axes.apps
import django.contrib.admin.apps
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """How editors log in."""

    name = "accounts"
    verbose_name = _("Accounts")


class EditorsConfig(django.contrib.admin.apps.AdminConfig):
    """Django's admin, with a site that asks for the second factor."""

    default = False
    default_site = "accounts.site.EditorsSite"


class ThrottleConfig(axes.apps.AppConfig):  # type: ignore[misc]  # axes has no types
    """The failed log-ins, under a heading that says what they are."""

    default = False
    verbose_name = _("Log-ins")
