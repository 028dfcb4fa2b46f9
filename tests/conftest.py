"""What all tests share: which database and which browser this run has, and pages that complain."""

import os
import re
import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import handlers
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import WSGIRequestHandler
from django.db import connection
from django.http import FileResponse, HttpRequest, HttpResponse
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django import DjangoDbBlocker

# A busy machine is no bug: nothing fails for being slow, a browser's page only after a while.
hypothesis_settings.register_profile(
    "patient", deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("patient")
expect.set_options(timeout=20_000)
# Or each answer on a connection that is used again waits 40 ms for the other side.
WSGIRequestHandler.disable_nagle_algorithm = True


class _KeptFiles(StaticFilesHandler):
    """Sheets and scripts, which the browser of the tests asks for once."""

    def serve(self, request: HttpRequest) -> HttpResponse | FileResponse:
        response = super().serve(request)
        response.headers["Cache-Control"] = "max-age=3600"
        return response


handlers.StaticFilesHandler = _KeptFiles  # type: ignore[misc]

# The shell has no windows to draw and takes half of the time.
CHROMIUMS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whatever a page asks for elsewhere fails at once, before anything leaves this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
LOOPBACK = re.compile(r"(https?|wss?)://(localhost|127\.0\.0\.1|\[::1\])[:/]|data:|blob:|about:")


def chromium() -> str | None:
    """The path of the Chromium that CHROMIUM names or that the system has, or None."""
    if named := os.environ.get("CHROMIUM"):
        return named
    return next((path for name in CHROMIUMS if (path := shutil.which(name))), None)


def browser_line() -> str:
    """What this run says about its browser."""
    if path := chromium():
        return f"browser: {path}"
    return "browser: none found, so tests marked “browser” are left out (CHROMIUM=… names one)"


def pytest_report_header() -> list[str]:
    engine = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
    return [f"database: {engine}", browser_line()]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if chromium():
        return
    without = [item for item in items if "browser" not in item.keywords]
    config.hook.pytest_deselected(items=[item for item in items if item not in without])
    items[:] = without


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not chromium():
        terminalreporter.write_line(browser_line(), yellow=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """pytest-django's; in the end nothing holds the database that is to be dropped.

    A thread of the server that browsers spoke to may still be about to end its connection.
    """
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium for the whole session, without a window."""
    # Playwright runs an event loop in this thread, and Django then refuses its database here.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=CHROMIUM_ARGUMENTS, timeout=60_000
        )
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained about; a test that provokes a complaint looks and clears it."""
    return []


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[BrowserContext]:
    """What the pages of all tests open in, one after the other: it keeps sheets and scripts."""
    context = browser.new_context(locale="en-GB", timezone_id="UTC")
    yield context
    context.close()


@pytest.fixture
def page(window: BrowserContext, complaints: list[str]) -> Iterator[Page]:
    """A fresh page; the test fails on console errors, CSP violations and requests elsewhere."""
    page = window.new_page()
    # Chromium reports violations of the content security policy on the console, too.
    page.on("console", lambda message: _note_console(message.type, message.text, complaints))
    page.on("pageerror", lambda error: complaints.append(f"uncaught: {error}"))
    page.on("request", lambda request: _note_request(request.url, complaints))
    yield page
    _forget(page)
    assert not complaints, "the browser complained:\n" + "\n".join(complaints)


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[Page]:
    """A page of a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.fixture
def refused(page: Page, complaints: list[str]) -> Iterator[None]:
    """Chromium calls every answer of status 400 or 404 an error; here they are asked for."""
    yield
    complaints[:] = [one for one in complaints if "status of 40" not in one]


def _forget(page: Page) -> None:
    """Nothing of this test is there for the next, but for what any page may keep."""
    window = page.context
    if (parts := urlsplit(page.url)).scheme == "http":
        what = {"origin": f"http://{parts.netloc}", "storageTypes": "local_storage"}
        window.new_cdp_session(page).send("Storage.clearDataForOrigin", what)
    for one in window.pages:
        one.close()
    window.clear_cookies()
    window.clear_permissions()


def _note_console(kind: str, text: str, complaints: list[str]) -> None:
    if kind in {"error", "warning"}:
        complaints.append(f"console {kind}: {text}")


def _note_request(url: str, complaints: list[str]) -> None:
    if not LOOPBACK.match(url):
        complaints.append(f"request to another host: {url}")
