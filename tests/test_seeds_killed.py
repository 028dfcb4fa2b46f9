"""An import that is killed half way leaves the database as it was."""

import os
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from actors.models import Actor
from tests.seeds import import_folders, source, write_seed
from timeline.models import Claim, Event, SeedItem, Source

MANY = 3000
IMPORT = """
import sys, django
django.setup()
from django.core.management import call_command
from timeline.seeds import progress
progress.PATIENCE = 0
call_command("import_seed", sys.argv[1])
"""


def large_seed(folder: Path) -> Path:
    """A seed that takes seconds to import."""
    lines = [f"It is recorded as number {number} that it happened." for number in range(MANY)]
    text = "\n\n".join(lines)
    events = "".join(
        f'\n[[event]]\nid = "event-{number}"\ntitle = "T"\nkind = "war"\ndate = "1950"\n'
        f'[[event.claim]]\nquote = "recorded as number {number} that"\n'
        for number in range(MANY)
    )
    return write_seed(folder, source("large", text) + events, text)


def address() -> str:
    """The DATABASE_URL of the database that the tests use."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def counts() -> list[int]:
    models = (Source, Actor, Event, Claim, SeedItem, Event.history.model, Claim.history.model)
    return [model.objects.count() for model in models]


@pytest.mark.django_db(transaction=True)
def test_a_killed_import_leaves_the_database_as_before(tmp_path: Path) -> None:
    import_folders(write_seed(tmp_path / "first"), stdout=StringIO())
    before = counts()
    large = large_seed(tmp_path / "large")
    environment = {
        **os.environ,
        "DATABASE_URL": address(),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    with subprocess.Popen(
        [sys.executable, "-c", IMPORT, str(large)],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        told = ""
        deadline = time.monotonic() + 60
        # Progress says that claims are being written; then it is in the middle of its transaction.
        while "claims:" not in told and process.poll() is None and time.monotonic() < deadline:
            told += process.stderr.readline()
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert "claims:" in told
    assert process.returncode == -signal.SIGKILL
    assert counts() == before
    import_folders(large, stdout=StringIO(), stderr=StringIO())
    assert Event.objects.count() == MANY + 2
