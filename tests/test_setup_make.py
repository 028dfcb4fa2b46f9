"""What a person sees who types `make` where something is in the way."""

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import port

ROOT = Path(port.__file__).resolve().parent.parent
CLEARED = {"MAKEFLAGS", "MAKELEVEL", "MFLAGS", "ARGS", "PORT", "HOST", "PYTHON"}


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in CLEARED}
    return subprocess.run(
        ["make", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )


def said(done: subprocess.CompletedProcess[str]) -> str:
    """What was printed besides make's own last word."""
    assert done.returncode != 0
    lines = (done.stdout + done.stderr).splitlines()
    return "\n".join(line for line in lines if not line.startswith("make: ***"))


def test_make_alone_lists_the_targets() -> None:
    listed = make().stdout
    assert [line.split()[1] for line in listed.splitlines()] == [
        "help",
        "run",
        "test",
        "lint",
        "audit",
        "lock",
        "messages",
        "bench",
    ]


@pytest.mark.parametrize("value", ["abc", "0", "65536", "-1", "80 80", "１２３４", ""])
def test_an_unusable_port_is_one_sentence(value: str) -> None:
    assert port.problem("127.0.0.1", value) == (
        f"PORT is “{value}”: it has to be a number from 1 to 65535, for example "
        "`make run PORT=8001`."
    )


def test_make_run_stops_at_an_unusable_port() -> None:
    assert said(make("run", "PORT=abc")).startswith("PORT is “abc”: it has to be a number")


def test_make_run_stops_at_a_taken_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = server.getsockname()[1]
        assert said(make("run", f"PORT={taken}")) == (
            f"Port {taken} is taken: stop what runs there or choose another, for example "
            "`make run PORT=8001`."
        )


def test_a_free_port_is_no_problem() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        free = server.getsockname()[1]
    assert port.problem("127.0.0.1", str(free)) is None


def test_an_address_of_another_machine_is_one_sentence() -> None:
    problem = port.problem("192.0.2.1", "8000")  # a network that is kept for documentation
    assert problem is not None
    assert problem.startswith("HOST is “192.0.2.1”, which this machine cannot serve on: ")


@pytest.mark.parametrize("target", ["run", "test", "lint", "audit"])
def test_a_python_that_is_not_there_is_one_sentence(target: str) -> None:
    assert said(make(target, "PYTHON=python9", "PORT=65533")) == (
        "No “python9” is installed: install Python 3.11 or newer, or name one with "
        "PYTHON=/path/to/python3."
    )


def test_make_says_that_a_python_is_too_old(tmp_path: Path) -> None:
    old = tmp_path / "python3.9"
    disguise = (
        "import runpy, sys; sys.version_info = (3, 9, 2, 'final', 0); sys.argv = sys.argv[1:]; "
        "sys.executable = '/usr/bin/python3.9'; runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    old.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{disguise}" "$@"\n')
    old.chmod(old.stat().st_mode | stat.S_IXUSR)
    assert said(make("test", f"PYTHON={old}")) == (
        "Python 3.11 or newer is needed, and /usr/bin/python3.9 is Python 3.9: install one, or "
        "name it with PYTHON=/path/to/python3.11."
    )
