"""Logging in as a browser does, and the codes that an app would show."""

import re
import time
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from accounts import codes

PASSWORD = "words of my own"
KEY = "12" * 20
LOGIN = "/admin/login/"
SECOND = "/admin/second-factor/"


def make_staff(name: str = "contributor", *permissions: str, **fields: Any) -> User:
    """Somebody who enters the admin with PASSWORD and may do what ``permissions`` say."""
    user = User.objects.create_user(name, password=PASSWORD, is_staff=True, **fields)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


def with_app(user: User, key: str = KEY) -> list[str]:
    """Give ``user`` a second factor; the codes for recovery."""
    TOTPDevice.objects.create(user=user, key=key, name="App")
    return codes.renew_recovery(user)


def shown(key: str = KEY, steps: int = 0) -> str:
    """What an app with ``key`` shows now, or some steps of 30 seconds later.

    Waits where the step is about to end: what is shown and what is posted are of the same one.
    """
    if (left := 30 - time.time() % 30) < 3:
        time.sleep(left)
    return f"{totp(bytes.fromhex(key), t0=-30 * steps):06d}"


def post_login(
    client: Client, name: str, password: str = PASSWORD, code: str = "", **headers: Any
) -> Any:
    """Post the form of the log-in."""
    data = {"username": name, "password": password, "code": code, "next": "/admin/"}
    return client.post(LOGIN, data, **headers)


def enter(page: Page, live_server: LiveServer, path: str, name: str = "editor") -> User:
    """Open the page at ``path`` in the browser, for a new superuser who has logged in."""
    user = User.objects.create_superuser(name, "", PASSWORD)
    client = Client()
    client.force_login(user)
    cookie, session = settings.SESSION_COOKIE_NAME, client.session.session_key or ""
    page.context.add_cookies([{"name": cookie, "value": session, "url": live_server.url}])
    page.goto(f"{live_server.url}{path}")
    return user


def is_in(client: Client) -> bool:
    """Whether the admin's first page opens."""
    return client.get(reverse("admin:index")).status_code == 200


def said_key(page: str) -> str:
    """The signed key in the form to set up, as the browser posts it."""
    found = re.search(r'name="key" value="([^"]+)"', page)
    assert found
    return found[1]
