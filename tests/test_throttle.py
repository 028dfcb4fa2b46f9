"""Guessing passwords: counted by name and address, refused for a while, and without telling."""

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from accounts import clients
from accounts.limits import FAILURES, FAILURES_OF_ADDRESS, WAIT
from tests.admin_forms import text_of
from tests.logins import is_in, make_staff, post_login

pytestmark = pytest.mark.django_db
HERE: dict[str, Any] = {"REMOTE_ADDR": "192.0.2.1"}
ELSEWHERE: dict[str, Any] = {"REMOTE_ADDR": "198.51.100.7"}


def guess(client: Client, name: str, times: int = FAILURES, **headers: Any) -> Any:
    """Wrong passwords; the last answer."""
    for _number in range(times):
        response = post_login(client, name, "wrong", **headers)
    return response


def test_after_some_wrong_passwords_the_right_one_opens_nothing(client: Client) -> None:
    make_staff()
    assert guess(client, "contributor", FAILURES - 1).status_code == 200
    assert guess(client, "contributor", 1).status_code == 429
    response = post_login(client, "contributor")
    assert response.status_code == 429
    assert "Try again in 15 minutes" in text_of(response)
    assert 0 < int(response.headers["Retry-After"]) <= WAIT.total_seconds()
    assert not is_in(client)


def test_who_gets_it_right_in_time_begins_anew(client: Client) -> None:
    make_staff()
    for _round in range(3):
        guess(client, "contributor", FAILURES - 1)
        assert post_login(client, "contributor").status_code == 302


def test_trying_on_does_not_make_the_wait_longer_and_it_ends(client: Client) -> None:
    make_staff()
    guess(client, "contributor")
    before = AccessAttempt.objects.get()
    guess(client, "contributor", 3)
    after = AccessAttempt.objects.get()
    assert (after.attempt_time, after.failures_since_start) == (before.attempt_time, FAILURES)
    AccessAttempt.objects.update(attempt_time=before.attempt_time - WAIT - timedelta(seconds=1))
    assert post_login(client, "contributor").status_code == 302


def test_others_and_other_addresses_are_not_locked_out(client: Client) -> None:
    make_staff()
    make_staff("editor")
    guess(client, "contributor", **HERE)
    assert post_login(client, "contributor", **ELSEWHERE).status_code == 302
    assert post_login(client, "editor", **HERE).status_code == 302


def test_an_address_that_tries_many_names_is_locked_out_for_all(client: Client) -> None:
    make_staff()
    for number in range(FAILURES_OF_ADDRESS):
        guess(client, f"name-{number}", 1, **HERE)
    assert post_login(client, "contributor", **HERE).status_code == 429
    assert post_login(client, "contributor", **ELSEWHERE).status_code == 302


@pytest.mark.parametrize(
    "spelling",
    ["Contributor", " contributor ", "ｃontributor", "contributo\u0072\u00a0", "CONTRIBUTOR"],
)
def test_another_spelling_of_a_name_gets_no_other_tries(client: Client, spelling: str) -> None:
    make_staff()
    guess(client, "contributor", FAILURES - 1)
    assert guess(client, spelling, 1).status_code == 429


def test_another_browser_gets_no_other_tries(client: Client) -> None:
    make_staff()
    for number in range(FAILURES):
        response = guess(client, "contributor", 1, HTTP_USER_AGENT=f"Browser {number}")
    assert response.status_code == 429


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED"])
def test_a_forged_address_gets_no_other_tries(client: Client, header: str) -> None:
    make_staff()
    for number in range(FAILURES):
        response = guess(client, "contributor", 1, **{header: f"203.0.113.{number}"})
    assert response.status_code == 429


def test_behind_a_proxy_only_what_it_added_itself_counts(
    client: Client, settings: Settings
) -> None:
    settings.BEHIND_PROXY = True
    make_staff()
    for number in range(FAILURES):
        forged = f"203.0.113.{number}, 192.0.2.1"
        response = guess(client, "contributor", 1, HTTP_X_FORWARDED_FOR=forged)
    assert response.status_code == 429
    other = post_login(client, "contributor", HTTP_X_FORWARDED_FOR="192.0.2.1, 192.0.2.2")
    assert other.status_code == 302


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::"),
        ("", None),
        ("unknown", None),
        ("192.0.2.1' OR 1=1", None),
    ],
)
def test_an_address_is_a_household(given: str, address: str | None) -> None:
    assert clients.address(RequestFactory().get("/", REMOTE_ADDR=given)) == address


@pytest.mark.parametrize("address", ["", "not an address"])
def test_no_address_is_counted_too(client: Client, address: str) -> None:
    make_staff()
    assert guess(client, "contributor", REMOTE_ADDR=address).status_code == 429


def test_nobody_learns_whether_a_name_exists(client: Client) -> None:
    make_staff()
    answers = {}
    for name in ("contributor", "nobodyatall"):
        pages = [guess(client, name, 1) for _number in range(FAILURES + 1)]
        answers[name] = [(page.status_code, text_of(page).replace(name, "NAME")) for page in pages]
    assert answers["contributor"] == answers["nobodyatall"]


def test_neither_a_password_nor_a_code_is_kept_of_a_failure(client: Client) -> None:
    post_login(client, "contributor", "a password mistyped", "987654")
    kept = str(AccessAttempt.objects.values().get())
    assert "mistyped" not in kept
    assert "987654" not in kept


def test_somebody_who_may_unlocks_and_the_history_says_so(client: Client) -> None:
    make_staff()
    guess(client, "contributor", **HERE)
    other = Client()
    other.force_login(make_staff("editor", "view_accessattempt", "delete_accessattempt"))
    address = reverse("admin:axes_accessattempt_changelist")
    assert "contributor" in text_of(other.get(address))
    chosen = AccessAttempt.objects.get().pk
    other.post(address, {"action": "unlock", "_selected_action": [chosen]})
    assert post_login(client, "contributor", **HERE).status_code == 302


def test_somebody_who_may_only_look_does_not_unlock(client: Client) -> None:
    guess(client, "contributor", **HERE)
    other = Client()
    other.force_login(make_staff("editor", "view_accessattempt"))
    address = reverse("admin:axes_accessattempt_changelist")
    chosen = AccessAttempt.objects.get().pk
    for action in ("unlock", "delete_selected"):
        other.post(address, {"action": action, "_selected_action": [chosen], "post": "yes"})
    assert AccessAttempt.objects.exists()


def test_a_name_with_odd_characters_is_only_wrong(client: Client) -> None:
    for name in ("\0", "a\0b", "x" * 5000, "'; DROP TABLE auth_user; --", "\ud7ff", "‮"):
        assert post_login(client, name, "wrong").status_code == 200
    assert User.objects.count() == 0
