"""Logging in with a real browser: a second factor set up and asked for, and a lock-out."""

from base64 import b32decode

import pytest
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from accounts.limits import FAILURES
from tests.axe import DJANGOS_OWN, violations
from tests.logins import PASSWORD, make_staff, shown, with_app

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def log_in(page: Page, live_server: LiveServer, password: str = PASSWORD, code: str = "") -> None:
    page.goto(f"{live_server.url}/admin/login/")
    page.get_by_label("Username").fill("contributor")
    page.get_by_label("Password").fill(password)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Log in").click()


def axe_is_content(page: Page) -> None:
    assert violations(page, ignored=DJANGOS_OWN) == {}


def fits(page: Page) -> bool:
    """Whether nothing is cut off or has to be scrolled to sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_one_sets_up_a_second_factor_and_logs_in_with_it(
    page: Page, live_server: LiveServer, settings: Settings
) -> None:
    settings.SECOND_FACTOR = "REQUIRED"
    make_staff("contributor", "view_event")
    page.set_viewport_size({"width": 360, "height": 740})
    log_in(page, live_server)
    expect(page.locator(".errornote")).to_contain_text("asks all its editors")
    assert fits(page)
    axe_is_content(page)
    box = page.locator(".qr").bounding_box()
    assert box
    assert box["width"] == box["height"] > 150

    letters = page.locator("#second-factor-key").inner_text()
    page.get_by_role("textbox", name="Code").fill(shown(_hex(letters)))
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Set up").click()
    codes = page.locator(".codes li").all_inner_texts()
    assert len(codes) == 10
    assert fits(page)
    axe_is_content(page)
    page.get_by_role("link", name="go on").click()
    expect(page.locator("#user-tools")).to_contain_text("contributor")

    page.get_by_role("button", name="Log out").click()
    log_in(page, live_server)
    expect(page.locator(".errorlist")).to_have_text("Type the code that your app shows now.")
    log_in(page, live_server, code=shown(_hex(letters), steps=1))
    expect(page.locator("#user-tools")).to_contain_text("contributor")

    page.get_by_role("button", name="Log out").click()
    log_in(page, live_server, code=codes[0])
    page.get_by_role("link", name="Second factor").click()
    expect(page.locator("#content")).to_contain_text("9 recovery codes are left")
    axe_is_content(page)


def _hex(letters: str) -> str:
    return b32decode(letters.replace(" ", "")).hex()


def test_too_many_wrong_passwords_are_told_how_long_to_wait(
    page: Page, live_server: LiveServer, complaints: list[str]
) -> None:
    make_staff()
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{live_server.url}/admin/login/")
    assert fits(page)
    axe_is_content(page)
    for _number in range(FAILURES):
        log_in(page, live_server, "wrong")
    expect(page.locator(".errornote")).to_contain_text("Try again in 15 minutes.")
    assert fits(page)
    axe_is_content(page)
    log_in(page, live_server)
    expect(page.locator(".errornote")).to_contain_text("Try again in")
    complaints[:] = [one for one in complaints if "status of 429" not in one]


def test_the_log_in_and_the_set_up_work_without_script(
    scriptless: Page, live_server: LiveServer
) -> None:
    with_app(make_staff())
    log_in(scriptless, live_server, code=shown())
    scriptless.goto(f"{live_server.url}/admin/second-factor/")
    scriptless.get_by_label("Code").fill(shown(steps=1))
    scriptless.get_by_role("button", name="Remove the second factor").click()
    expect(scriptless.locator(".qr")).to_be_visible()
    assert not TOTPDevice.objects.exists()
