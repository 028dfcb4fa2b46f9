"""The second factor: set up, asked for, used once, recovered, removed, required."""

import re
from base64 import b32decode
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import Settings

from accounts.limits import FAILURES
from tests.admin_forms import text_of
from tests.logins import (
    LOGIN,
    PASSWORD,
    SECOND,
    is_in,
    make_staff,
    post_login,
    said_key,
    shown,
    with_app,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def required(settings: Settings) -> None:
    """A site that asks all its editors for a second factor."""
    settings.SECOND_FACTOR = "REQUIRED"


def key_of(page: str) -> str:
    """The key that a person would type into the app, in hexadecimal."""
    found = re.search(r'id="second-factor-key">([A-Z2-7 ]+)<', page)
    assert found
    return b32decode(found[1].replace(" ", "")).hex()


def set_up(client: Client, address: str = SECOND, **changes: Any) -> Any:
    """Set up a second factor as a person does; the answer to the form."""
    page = client.get(address).content.decode()
    data = {"key": said_key(page), "password": PASSWORD, "code": shown(key_of(page))}
    return client.post(address, data | changes)


def test_set_up_gives_recovery_codes_once_and_keeps_the_session(client: Client) -> None:
    user = make_staff()
    client.force_login(user)
    response = set_up(client)
    codes = re.findall(r"<li>([a-z2-7]{4}-[a-z2-7]{4})</li>", response.content.decode())
    assert len(codes) == 10
    assert "no-store" in response.headers["Cache-Control"]
    assert is_in(client)
    page = text_of(client.get(SECOND))
    assert "10 recovery codes are left" in page
    assert not any(code in page for code in codes)
    assert "Set up the second factor." in str(LogEntry.objects.get(object_id=str(user.pk)))


def test_nothing_is_stored_before_the_code_is_right(client: Client) -> None:
    client.force_login(make_staff())
    for changes in ({"code": "000000"}, {"code": "x"}, {"password": "wrong"}, {"key": "forged"}):
        assert set_up(client, **changes).status_code == 200
    assert not TOTPDevice.objects.exists()
    assert not StaticToken.objects.exists()


def test_a_key_that_was_shown_to_somebody_else_is_refused(client: Client) -> None:
    other = Client()
    other.force_login(make_staff("other"))
    page = other.get(SECOND).content.decode()
    client.force_login(make_staff())
    set_up(client, key=said_key(page), code=shown(key_of(page)))
    assert not TOTPDevice.objects.exists()


def test_the_other_sessions_of_somebody_who_sets_it_up_end(client: Client) -> None:
    user = make_staff()
    client.force_login(user)
    other = Client()
    other.force_login(user)
    assert is_in(other)
    before = client.session.session_key
    set_up(client)
    assert client.session.session_key != before
    assert is_in(client)
    assert not is_in(other)


def test_a_log_in_asks_for_the_code(client: Client) -> None:
    with_app(make_staff())
    for code in ("", "000000", "abcd-efgh", "٠٠٠٠٠٠"):
        Session.objects.all().delete()
        TOTPDevice.objects.update(throttling_failure_count=0)
        assert post_login(client, "contributor", code=code).status_code == 200
        assert not is_in(client)
        assert not Session.objects.exists()
    TOTPDevice.objects.update(throttling_failure_count=0)
    assert post_login(client, "contributor", code=shown()).status_code == 302
    assert is_in(client)


def test_a_forgotten_code_is_asked_for_and_counts_as_no_wrong_one(client: Client) -> None:
    with_app(make_staff())
    assert "Type the code that your app shows now." in text_of(post_login(client, "contributor"))
    assert not AccessAttempt.objects.exists()
    assert post_login(client, "contributor", code=shown()).status_code == 302


def test_the_code_of_somebody_else_is_of_no_use(client: Client) -> None:
    with_app(make_staff())
    with_app(make_staff("other"), "34" * 20)
    assert post_login(client, "contributor", code=shown("34" * 20)).status_code == 200
    forged = {"otp_device": TOTPDevice.objects.get(user__username="other").persistent_id}
    data = {"username": "contributor", "password": PASSWORD, "code": shown("34" * 20)}
    client.post(LOGIN, data | forged | {"otp_token": shown("34" * 20)})
    assert not is_in(client)


def test_a_code_works_once(client: Client) -> None:
    with_app(make_staff())
    code = shown()
    assert post_login(client, "contributor", code=code).status_code == 302
    assert post_login(Client(), "contributor", code=code).status_code == 200


def test_a_recovery_code_works_once_and_as_people_write_it(client: Client) -> None:
    recovery = with_app(make_staff())
    written = f" {recovery[0][:4]}-{recovery[0][4:]} ".upper()
    assert post_login(client, "contributor", code=written).status_code == 302
    assert is_in(client)
    assert post_login(Client(), "contributor", code=recovery[0]).status_code == 200
    assert StaticToken.objects.count() == 9


def test_wrong_codes_have_to_wait_and_count_like_wrong_passwords(client: Client) -> None:
    with_app(make_staff())
    assert "not right now" in text_of(post_login(client, "contributor", code="000000"))
    assert "have to wait" in text_of(post_login(client, "contributor", code=shown()))
    assert AccessAttempt.objects.get().failures_since_start == 1
    for _number in range(FAILURES - 1):
        TOTPDevice.objects.update(throttling_failure_count=0)
        response = post_login(client, "contributor", code="000000")
    assert response.status_code == 429


def test_a_wrong_app_code_does_not_make_the_recovery_codes_wait(client: Client) -> None:
    recovery = with_app(make_staff())
    post_login(client, "contributor", code="000000")
    assert post_login(client, "contributor", code=recovery[0]).status_code == 302


def test_a_wrong_password_with_a_right_code_says_nothing_of_the_code(client: Client) -> None:
    with_app(make_staff())
    make_staff("without")
    pages = [
        text_of(post_login(client, name, "wrong", shown()))
        for name in ("contributor", "without", "nobody")
    ]
    assert pages[0] == pages[1] == pages[2]
    assert post_login(client, "contributor", code=shown()).status_code == 302


@pytest.mark.parametrize("action", ["remove", "renew"])
def test_a_change_needs_a_code(client: Client, action: str) -> None:
    with_app(make_staff())
    before = set(StaticToken.objects.values_list("token", flat=True))
    post_login(client, "contributor", code=shown())
    client.post(SECOND, {action: "1"})
    client.post(SECOND, {action: "1", "code": "000000"})
    assert set(StaticToken.objects.values_list("token", flat=True)) == before
    TOTPDevice.objects.update(throttling_failure_count=0)
    client.post(SECOND, {action: "1", "code": shown(steps=1)})
    assert TOTPDevice.objects.exists() == (action == "renew")
    now = set(StaticToken.objects.values_list("token", flat=True))
    assert not now & before
    assert is_in(client)


@pytest.mark.usefixtures("required")
def test_where_it_is_required_one_sets_it_up_first_and_goes_on(client: Client) -> None:
    make_staff("contributor", "view_event")
    wanted = "/admin/timeline/event/?q=war"
    assert post_login(client, "contributor").status_code == 302
    response = client.get(wanted, follow=True)
    there, _status = response.redirect_chain[-1]
    assert there.startswith(SECOND)
    assert "asks all its editors" in text_of(response)
    response = set_up(client, there)
    assert f'href="{wanted}"' in response.content.decode()
    assert client.get(wanted).status_code == 200


@pytest.mark.usefixtures("required")
def test_before_that_one_can_only_log_out(client: Client) -> None:
    client.force_login(User.objects.create_superuser("editor", "", PASSWORD))
    for name in ("index", "password_change", "jsi18n", "autocomplete", "auth_user_changelist"):
        assert client.get(reverse(f"admin:{name}")).status_code == 302, name
    assert client.post(reverse("admin:logout")).status_code == 200
    assert not Session.objects.exists()


@pytest.mark.usefixtures("required")
def test_the_way_on_leads_to_no_other_site(client: Client) -> None:
    client.force_login(make_staff())
    response = set_up(client, f"{SECOND}?next=https://elsewhere.example/")
    assert "elsewhere.example" not in response.content.decode().split("<main")[1]


@pytest.mark.usefixtures("required")
def test_who_loses_it_by_a_reset_has_to_set_it_up_again(client: Client) -> None:
    user = make_staff()
    with_app(user)
    post_login(client, "contributor", code=shown())
    assert is_in(client)
    TOTPDevice.objects.filter(user=user).delete()
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith(SECOND)


def test_a_new_password_is_no_way_around_it(client: Client) -> None:
    user = make_staff()
    with_app(user)
    client.force_login(user)
    data = {"old_password": PASSWORD, "new_password1": "another secret 1", "set-password": "1"}
    client.post(reverse("admin:password_change"), data | {"new_password2": "another secret 1"})
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_an_unconfirmed_or_foreign_device_in_the_session_is_none(client: Client) -> None:
    with_app(make_staff())
    other = make_staff("other")
    with_app(other, "34" * 20)
    client.force_login(User.objects.get(username="contributor"))
    session = client.session
    session["otp_device_id"] = TOTPDevice.objects.get(user=other).persistent_id
    session.save()
    assert not is_in(client)


def test_an_administrator_resets_a_lost_one_and_the_history_says_so(client: Client) -> None:
    user = make_staff()
    with_app(user)
    client.force_login(make_staff("administrator", "change_user", "view_user"))
    change = reverse("admin:auth_user_change", args=[user.pk])
    reset = reverse("admin:auth_user_reset_second_factor", args=[user.pk])
    assert reset in client.get(change).content.decode()
    client.get(reset)
    assert TOTPDevice.objects.exists()
    client.post(reset)
    assert not TOTPDevice.objects.exists()
    assert not StaticToken.objects.exists()
    history = reverse("admin:auth_user_history", args=[user.pk])
    assert "Reset the second factor." in text_of(client.get(history))


def test_somebody_without_the_right_resets_nothing(client: Client) -> None:
    user = make_staff()
    with_app(user)
    client.force_login(make_staff("other", "view_user"))
    reset = reverse("admin:auth_user_reset_second_factor", args=[user.pk])
    assert client.post(reset).status_code == 403
    assert TOTPDevice.objects.exists()


def test_an_administrator_resets_no_superuser(client: Client) -> None:
    user = User.objects.create_superuser("root", "", PASSWORD)
    with_app(user)
    client.force_login(make_staff("administrator", "change_user", "view_user"))
    reset = reverse("admin:auth_user_reset_second_factor", args=[user.pk])
    assert client.post(reset).status_code == 403
    assert TOTPDevice.objects.exists()


def test_no_page_of_the_admin_shows_a_secret(client: Client) -> None:
    with_app(make_staff())
    client.force_login(User.objects.create_superuser("root", "", PASSWORD))
    for path in (
        "otp_totp/totpdevice/",
        "otp_static/staticdevice/",
        "otp_totp/totpdevice/1/config/",
    ):
        assert client.get(f"/admin/{path}").status_code == 404
