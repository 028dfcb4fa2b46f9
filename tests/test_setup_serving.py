"""`make run` once the packages are there: database, seeds and static files, then the server."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.test import override_settings

from scripts import serve

ROOT = Path(serve.__file__).resolve().parent.parent


def variables(var: Path, **more: str) -> dict[str, str]:
    """An environment in which everything is in ``var``."""
    unset = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "SECRET_KEY"}
    kept = {name: value for name, value in os.environ.items() if name not in unset}
    return {**kept, "VAR_DIR": str(var), "WEB_CONCURRENCY": "1"} | more


@contextmanager
def serving(var: Path) -> Iterator[str]:
    """The address of a running program."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, "-m", "scripts.serve"],
        cwd=ROOT,
        env=variables(var, PORT=port),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    try:
        printed = ""
        while "Ctrl+C" not in printed:
            line = process.stdout.readline()
            assert line, printed
            printed += line
        assert f"http://127.0.0.1:{port}/" in printed
        assert "manage.py createsuperuser" in printed
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
    assert process.returncode == 0


def read(url: str) -> str:
    """What the program answers, once gunicorn listens."""
    deadline = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(url, timeout=10) as response:  # noqa: S310  # our own server
                return str(response.read().decode())
        except urllib.error.HTTPError:
            raise
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def data(var: Path) -> list[str]:
    with sqlite3.connect(var / "chronology.sqlite3") as connection:
        lines = list(connection.iterdump())
    connection.close()
    return lines


def test_the_first_run_serves_what_the_seeds_say_and_the_second_changes_nothing(
    tmp_path: Path,
) -> None:
    with serving(tmp_path) as address:
        read(f"{address}/healthz")
        page = read(f"{address}/")
        styles = re.findall(r'href="(/static/[^"]+\.css)"', page)
        assert styles
        for style in styles:
            assert re.search(r"\.[0-9a-f]{12}\.css$", style)
            read(f"{address}{style}")
    before = data(tmp_path)
    assert sum(line.startswith('INSERT INTO "timeline_claim"') for line in before) > 30
    with serving(tmp_path) as address:
        read(f"{address}/healthz")
    assert data(tmp_path) == before


def test_a_database_that_is_away_is_one_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.serve"],
        cwd=ROOT,
        env=variables(tmp_path, DATABASE_URL="postgresql://user:hush@127.0.0.1:9/name"),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("The database refuses: connection failed: ")
    assert "Traceback" not in done.stderr
    assert "hush" not in done.stderr


def test_a_variable_of_the_server_that_makes_no_sense_is_one_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.serve"],
        cwd=ROOT,
        env=variables(tmp_path, WEB_CONCURRENCY="many"),
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (
        1,
        "WEB_CONCURRENCY is “many”: it has to be a whole number from 1 to 64.\n",
    )


def test_static_files_are_collected_anew_after_a_kill(tmp_path: Path) -> None:
    file = tmp_path / "static" / "admin" / "css" / "base.css"
    with override_settings(VAR_DIR=tmp_path, STATIC_ROOT=tmp_path / "static"):
        serve.collect_static()
        whole = file.read_text()
        assert not (tmp_path / "collecting-static").exists()
        file.write_text(whole[:100])
        (tmp_path / "collecting-static").touch()
        serve.collect_static()
    assert file.read_text() == whole


def test_seeds_are_the_folders_with_a_chronology(tmp_path: Path) -> None:
    for name in ("b", "a", "notes"):
        (tmp_path / name).mkdir()
    for name in ("a", "b"):
        (tmp_path / name / "chronology.toml").touch()
    assert serve.seeds(tmp_path) == [str(tmp_path / "a"), str(tmp_path / "b")]
