"""Sessions: whose they are, how long they last, and what their cookies may."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.admin_forms import filled, staff
from tests.logins import LOGIN, PASSWORD, is_in, make_staff, post_login
from tests.test_settings import run

pytestmark = pytest.mark.django_db
NEW = "another secret 1"


def change_password(client: Client, new: str = NEW) -> Any:
    data = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    return client.post(reverse("admin:password_change"), data | {"set-password": "1"})


def test_a_log_in_makes_a_session_of_its_own(client: Client) -> None:
    make_staff()
    client.cookies["sessionid"] = "given-by-somebody-else"
    post_login(client, "contributor")
    assert client.cookies["sessionid"].value != "given-by-somebody-else"
    known = client.cookies["sessionid"].value
    other = Client()
    other.cookies["sessionid"] = known
    make_staff("other")
    post_login(other, "other")
    assert other.cookies["sessionid"].value != known
    assert is_in(other)


def test_a_log_out_ends_the_session_on_the_server(client: Client) -> None:
    client.force_login(make_staff())
    stolen = Client()
    stolen.cookies["sessionid"] = client.cookies["sessionid"].value
    assert client.get(reverse("admin:logout")).status_code == 405
    assert is_in(stolen)
    client.post(reverse("admin:logout"))
    assert not is_in(stolen)
    assert not Session.objects.exists()


def test_a_new_password_ends_all_other_sessions(client: Client) -> None:
    user = make_staff()
    client.force_login(user)
    other = Client()
    other.force_login(user)
    assert change_password(client).status_code == 302
    assert is_in(client)
    assert not is_in(other)


@pytest.mark.parametrize("weak", ["12345678901", "password", "short1", "contributor1"])
def test_a_weak_password_is_refused(client: Client, weak: str) -> None:
    user = make_staff()
    client.force_login(user)
    assert change_password(client, weak).status_code == 200
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_session_lasts_for_hours_after_the_last_save_and_reading_writes_nothing(
    client: Client,
) -> None:
    staff(client, "view_event", "add_event")
    early = timezone.now() + timedelta(hours=1)
    Session.objects.update(expire_date=early)
    client.get("/admin/timeline/event/")
    assert Session.objects.get().expire_date == early
    response = client.post("/admin/timeline/event/add/", {})
    left = Session.objects.get().expire_date - timezone.now()
    assert 11.9 < left.total_seconds() / 3600 <= 12
    assert int(response.cookies["sessionid"]["max-age"]) == 12 * 3600


def test_cookies_are_for_this_site_and_for_no_script(client: Client) -> None:
    make_staff()
    client.get(LOGIN)
    response = post_login(client, "contributor")
    for name in ("sessionid", "csrftoken"):
        cookie = response.cookies[name]
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name
        assert not cookie["domain"], name


def test_with_tls_cookies_never_go_without_it() -> None:
    names = [
        *("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_NAME"),
        *("CSRF_COOKIE_NAME", "SECURE_HSTS_SECONDS", "SECURE_SSL_REDIRECT"),
    ]
    program = (
        f"import json, config.settings as s; print(json.dumps([getattr(s, n) for n in {names}]))"
    )
    done = run("shell", "--no-imports", "-c", program, HTTPS="1")
    assert json.loads(done.stdout) == [
        *(True, True, "__Host-sessionid", "__Host-csrftoken"),
        *(31_536_000, True),
    ]


@pytest.mark.parametrize(
    "following",
    [
        *("https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example"),
        *("javascript:alert(1)", "http:///elsewhere.example", "\\\\elsewhere.example", "///x"),
        *("https:elsewhere.example", "//elsewhere.example@testserver/", "/\t/elsewhere.example"),
    ],
)
def test_a_log_in_leads_to_no_other_site(client: Client, following: str) -> None:
    make_staff()
    data = {"username": "contributor", "password": PASSWORD, "next": following}
    there = client.post(LOGIN, data).headers["Location"]
    assert there.startswith("/")
    assert not there.startswith(("//", "/\\"))
    assert "elsewhere" not in there


def test_a_log_in_goes_on_to_where_one_wanted(client: Client) -> None:
    make_staff()
    data = {"username": "contributor", "password": PASSWORD, "next": "/admin/?a=b"}
    assert client.post(LOGIN, data).headers["Location"] == "/admin/?a=b"


def test_a_text_sent_after_the_session_ended_is_not_taken_by_anybody(client: Client) -> None:
    staff(client, "add_event", "view_event", "add_claim", "add_participation")
    data = filled(client, "/admin/timeline/event/add/")
    Session.objects.all().delete()
    response = client.post("/admin/timeline/event/add/", data | {"title": "x", "kind": "war"})
    assert response.headers["Location"].startswith(LOGIN)


def test_other_windows_and_frames_stay_apart(client: Client) -> None:
    for address in ("/admin/login/", "/about/"):
        headers = client.get(address).headers
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]
    assert client.get("/admin/login/").headers["X-Frame-Options"] == "DENY"
