"""The browser of the tests: it complains aloud, and its absence is said."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

ROOT = Path(__file__).resolve().parent.parent
INLINE = "document.head.append(Object.assign(document.createElement('script'), {text: '1'}))"


@pytest.mark.browser
@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("console.error('Oh dear')", "console error: Oh dear"),
        ("setTimeout(() => { throw new Error('Oh dear') })", "uncaught: Oh dear"),
        (INLINE, "Content Security Policy"),
    ],
)
def test_a_page_complains(
    script: str, complaint: str, page: Page, live_server: LiveServer, complaints: list[str]
) -> None:
    page.goto(f"{live_server.url}/admin/login/")
    assert complaints == []
    page.evaluate(f"() => {{ {script} }}")
    page.wait_for_timeout(100)
    assert complaint in "\n".join(complaints)
    complaints.clear()


@pytest.mark.browser
def test_a_request_to_another_host_is_a_complaint(page: Page, complaints: list[str]) -> None:
    page.set_content('<img src="http://elsewhere.example/a.png">')
    page.wait_for_timeout(100)
    assert "request to another host: http://elsewhere.example/a.png" in complaints
    complaints.clear()


def test_a_run_without_a_browser_leaves_its_tests_out_and_says_so() -> None:
    environment = {**os.environ, "PATH": "/nowhere"}
    environment.pop("CHROMIUM", None)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-p", "no:xdist", __file__],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    said = "browser: none found, so tests marked “browser” are left out (CHROMIUM=… names one)"
    assert done.stdout.count(said) == 2
    assert "1/5 tests collected (4 deselected)" in done.stdout
