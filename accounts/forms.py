"""The forms of logging in, and of setting up and removing a second factor."""

from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device
from django_otp.util import random_hex

from accounts import codes

KEY_BYTES = 20
SECONDS_TO_SET_UP = 3600


class CodeField(forms.CharField):
    """A code of the app, or one for recovery."""

    widget = forms.TextInput(
        attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"label": _("Code"), "max_length": 40, **options})


def used(request: HttpRequest | None, user: User, typed: str) -> Device:
    """What of ``user`` accepts the code. Raises ValidationError for a wrong one, and counts it."""
    if until := codes.waits_until(user, typed):
        seconds = max(1, round((until - timezone.now()).total_seconds()))
        raise ValidationError(
            _("After wrong codes you have to wait: try again in %s seconds, with a new code.")
            % seconds
        )
    device = codes.accepted(user, typed)
    if device is None:
        user_login_failed.send(
            sender=__name__, credentials={"username": user.get_username()}, request=request
        )
        raise ValidationError(
            _("This code is not right now. Each works once: wait for the next, and type that.")
        )
    return device


class LoginForm(AdminAuthenticationForm):
    """Name and password, and the code of those who have a second factor."""

    code = CodeField(required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse those who have a second factor and give no right code."""
        cleaned: dict[str, Any] = super().clean() or {}
        user: Any = self.get_user()
        if user is not None and codes.app_of(user):
            user.otp_device = self._device(user, cleaned.get("code") or "")
        return cleaned

    def _device(self, user: User, typed: str) -> Device:
        if not typed:
            raise ValidationError({"code": _("Type the code that your app shows now.")})
        try:
            return used(self.request, user, typed)
        except ValidationError as error:
            raise ValidationError({"code": error.messages}) from error


class PersonalForm(forms.Form):
    """A form of somebody who is logged in."""

    def __init__(self, request: HttpRequest, user: User, *args: Any, **kwargs: Any) -> None:
        self.request = request
        self.user = user
        super().__init__(*args, **kwargs)


class SetUpForm(PersonalForm):
    """The key, signed for its person, so that nothing is stored before it is confirmed."""

    key = forms.CharField(widget=forms.HiddenInput)
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = CodeField(help_text=_("The six digits that the app shows now."))

    def __init__(self, request: HttpRequest, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, user, *args, **kwargs)
        self.secret = self._signed() or random_hex(KEY_BYTES)
        if not self._signed():
            self.initial["key"] = signing.dumps(self.secret, salt=self._salt)
        self.recovery: list[str] = []

    @property
    def _salt(self) -> str:
        return f"second-factor-{self.user.pk}"

    def _signed(self) -> str:
        """The key that was shown to this person of late; empty for any other."""
        try:
            found = signing.loads(
                self.data.get("key", ""), salt=self._salt, max_age=SECONDS_TO_SET_UP
            )
        except signing.BadSignature:
            return ""
        return str(found)

    def clean_key(self) -> str:
        """The key. Raises ValidationError for one that was not shown to this person of late."""
        if not self._signed():
            raise ValidationError(_("This page is too old. Load it anew and begin again."))
        return self.secret

    def clean_password(self) -> str:
        """The password, if it is right; a wrong one counts like one at the log-in."""
        password = str(self.cleaned_data["password"])
        name = self.user.get_username()
        if authenticate(self.request, username=name, password=password) != self.user:
            raise ValidationError(_("This is not your password."))
        return password

    def clean(self) -> dict[str, Any]:
        """Set up, where all is right; ``recovery`` then has the codes."""
        cleaned = super().clean() or {}
        if not self.errors:
            recovery = codes.install(self.user, cleaned["key"], cleaned["code"])
            if recovery is None:
                raise ValidationError(
                    {"code": _("The app shows another code now. Is the clock of both right?")}
                )
            self.recovery = recovery
        return cleaned


class CodeForm(PersonalForm):
    """A code that proves who changes the second factor."""

    code = CodeField(help_text=_("Six digits of the app, or a recovery code."))

    def clean_code(self) -> str:
        """The code, which is used up. Raises ValidationError for a wrong one."""
        typed = str(self.cleaned_data["code"])
        self.device = used(self.request, self.user, typed)
        return typed
