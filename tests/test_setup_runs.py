"""What `make test` says at its end, and the PostgreSQL that it brings."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from scripts import test as both
from scripts.temporary_postgres import temporary_postgres

GREEN = "\x1b[32m======= \x1b[32m\x1b[1m12 passed\x1b[0m\x1b[32m in 1.0s\x1b[0m =======\x1b[0m"


def finished(database: str, output: str, status: int = 0) -> both.Run:
    return both.Run(database, None, live=False, output=bytearray(output.encode()), status=status)


def test_the_end_tells_the_count_on_each_database(capsys: pytest.CaptureFixture[str]) -> None:
    runs = [
        finished("SQLite", f"…\n{GREEN}\n"),
        finished("PostgreSQL", "=== 12 passed in 2s ===\n"),
    ]
    assert both.report(runs) == 0
    assert capsys.readouterr().out.splitlines() == [
        "",
        "SQLite:     12 passed in 1.0s",
        "PostgreSQL: 12 passed in 2s",
        GREEN,
    ]


@pytest.mark.parametrize("failing", [0, 1])
def test_a_failure_on_either_database_is_the_last_word(
    failing: int, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = [finished("SQLite", "= 2 passed in 1s ="), finished("PostgreSQL", "= 2 passed in 1s =")]
    runs[failing] = finished("either", "= 1 failed, 1 passed in 1s =", status=1)
    assert both.report(runs) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "= 1 failed, 1 passed in 1s ="


def test_a_run_that_says_nothing_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert both.report([finished("SQLite", "", status=4)]) == 4
    assert "SQLite:     pytest said nothing" in capsys.readouterr().out


def test_a_temporary_postgresql_answers_and_leaves_nothing_behind() -> None:
    with temporary_postgres() as url, psycopg.connect(url) as connection:
        folder = Path(url.partition("host=")[2].replace("%2F", "/"))
        row = connection.execute("SHOW data_directory").fetchone()
        assert row == (str(folder / "data"),)
    assert not folder.exists()


def test_a_run_passes_its_database_on(tmp_path: Path) -> None:
    program = tmp_path / "pytest.py"
    program.write_text("import os; print(os.environ.get('DATABASE_URL'))")
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}", "DATABASE_URL": "of-the-developer"}
    script = (
        "from scripts.test import Run; runs = [Run('', None, False), Run('', 'theirs', False)]; "
        "[run([]) for run in runs]; print([run.last_line for run in runs])"
    )
    done = subprocess.run(
        [
            sys.executable,
            "-P",
            "-c",
            f"import sys; sys.path.insert(0, {str(both.ROOT)!r}); {script}",
        ],
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.stdout == "['None', 'theirs']\n"
