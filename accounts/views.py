"""Everybody's own second factor: set up, recovery codes, removed."""

from base64 import b32encode
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_otp import login as verify
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import codes
from accounts.forms import CodeForm, SetUpForm
from accounts.middleware import has_to_set_up


def second_factor(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """The page of whoever may enter the admin, or may once the second factor is set up."""
    user: Any = has_to_set_up(request)
    if user is None and site.has_permission(request):
        user = request.user
    if user is None or not (user.is_active and user.is_staff):
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    shown = {**site.each_context(request), "title": _("Second factor")}
    if codes.app_of(user):
        return _manage(request, user, shown)
    return _set_up(request, user, shown)


def _set_up(request: HttpRequest, user: User, shown: dict[str, Any]) -> HttpResponse:
    form = SetUpForm(request, user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        _confirm(request, user)
        _note(user, "Set up the second factor.")
        return _told_once(request, form.recovery, shown)
    shown |= {
        "form": form,
        "due": has_to_set_up(request) is not None,
        "key": _in_groups(form.secret),
        "address": TOTPDevice(user=user, key=form.secret).config_url,
    }
    shown["qr"] = _drawn(shown["address"])
    return TemplateResponse(request, "admin/second_factor_set_up.html", shown)


def _manage(request: HttpRequest, user: User, shown: dict[str, Any]) -> HttpResponse:
    form = CodeForm(request, user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        if "remove" in request.POST:
            codes.remove(user)
            _note(user, "Removed the second factor.")
            messages.success(request, _("The second factor is removed."))
            return HttpResponseRedirect(request.path)
        _note(user, "Made new recovery codes.")
        recovery = codes.renew_recovery(user)
        verify(request, codes.app_of(user))
        return _told_once(request, recovery, shown)
    recovery_codes = codes.recovery_of(user)
    shown |= {
        "form": form,
        "app": codes.app_of(user),
        "left": recovery_codes.token_set.count() if recovery_codes else 0,
        "required": settings.SECOND_FACTOR == "REQUIRED",
    }
    return TemplateResponse(request, "admin/second_factor.html", shown)


def _confirm(request: HttpRequest, user: User) -> None:
    """This session has shown the second factor, which it has as a new session; no other has."""
    request.user = user
    request.session.cycle_key()
    verify(request, codes.app_of(user))


def _told_once(request: HttpRequest, recovery: list[str], shown: dict[str, Any]) -> HttpResponse:
    following = request.GET.get(REDIRECT_FIELD_NAME, "")
    allowed = url_has_allowed_host_and_scheme(
        following, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    shown |= {
        "title": _("Recovery codes"),
        "codes": [f"{one[:4]}-{one[4:]}" for one in recovery],
        "following": following if allowed else reverse("admin:index"),
        "has_permission": True,
    }
    return TemplateResponse(request, "admin/second_factor_codes.html", shown)


def _note(user: User, message: str) -> None:
    """Put ``message`` into the history of ``user``, where administrators read it."""
    LogEntry.objects.log_actions(user.pk, [user], CHANGE, message, single_object=True)


def _in_groups(key: str) -> str:
    """A key as apps take it: base 32, in groups of four."""
    letters = b32encode(bytes.fromhex(key)).decode()
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def _drawn(address: str) -> dict[str, Any]:
    """A QR code as the size and the path of an SVG."""
    rows = list(segno.make(address, error="m", micro=False).matrix)
    squares = (
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return {"size": len(rows), "path": "".join(squares)}
