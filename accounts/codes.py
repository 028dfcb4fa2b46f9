"""A person's second factor: codes of an app (TOTP, RFC 6238), and codes to recover by.

The secret of the app and the codes for recovery are django-otp's rows; its throttle makes every
wrong code wait twice as long as the one before, and its counters let no code in twice.
"""

import re
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from django_otp import verify_token
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

RECOVERY_CODES = 10
OF_AN_APP = re.compile(r"[0-9]{6}").fullmatch


def app_of(user: User) -> TOTPDevice | None:
    """The app that ``user`` has set up; None for no second factor."""
    found: TOTPDevice | None = TOTPDevice.objects.filter(user=user, confirmed=True).first()
    return found


def recovery_of(user: User) -> StaticDevice | None:
    """What holds the codes for recovery of ``user``."""
    found: StaticDevice | None = StaticDevice.objects.filter(user=user, confirmed=True).first()
    return found


def read(typed: str) -> str:
    """A code as it is stored: without the blanks and hyphens that people put into it."""
    return re.sub(r"[\s-]+", "", typed).lower()


def accepted(user: User, typed: str) -> Device | None:
    """What of ``user`` accepts the code, which is used up by it; None for a wrong code."""
    device = _asked(user, typed)
    if device is None:
        return None
    found: Device | None = verify_token(user, device.persistent_id, read(typed))
    return found


def waits_until(user: User, typed: str) -> datetime | None:
    """The moment until which no code like this is looked at, after wrong ones; None for now."""
    device = _asked(user, typed)
    if device is None:
        return None
    allowed, why = device.verify_is_allowed()
    return None if allowed else why["locked_until"]


def install(user: User, key: str, typed: str) -> list[str] | None:
    """Set up the app that has ``key`` and gives this code; return the codes for recovery.

    None where the code is not one of that key now.
    """
    with transaction.atomic():
        remove(user)
        app = TOTPDevice.objects.create(user=user, key=key, name=_("App"))
        if OF_AN_APP(read(typed)) and app.verify_token(read(typed)):
            return renew_recovery(user)
        transaction.set_rollback(True)
    return None


def renew_recovery(user: User) -> list[str]:
    """New codes for recovery in the place of all that there were."""
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name=_("Recovery codes"))
        codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
        StaticToken.objects.bulk_create(StaticToken(device=device, token=one) for one in codes)
    return codes


def remove(user: User) -> bool:
    """Take away the second factor of ``user``; False where there was none."""
    with transaction.atomic():
        removed = [
            model.objects.filter(user=user).delete()[0] for model in (TOTPDevice, StaticDevice)
        ]
    return any(removed)


def _asked(user: User, typed: str) -> Device | None:
    """Only what could have given such a code is asked: a wrong code makes no other wait."""
    return app_of(user) if OF_AN_APP(read(typed)) else recovery_of(user)
