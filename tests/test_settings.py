"""Settings: what the environment may say, and what happens when it makes no sense."""

import ast
import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment
from config.secret import secret_key
from tests import settings as test_settings

ROOT = Path(__file__).resolve().parent.parent
READERS = {"text", "choice", "language", "flag", "words", "number", "folder", "database"} | {
    "os.environ.get"
}


def variables_read(file: Path) -> Iterator[str]:
    """Names that a module asks the environment for."""
    for node in ast.walk(ast.parse(file.read_text())):
        if not isinstance(node, ast.Call) or ast.unparse(node.func) not in READERS:
            continue
        if isinstance(name := node.args[0], ast.Constant):
            yield str(name.value)


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """manage.py with a small environment of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "VAR_DIR", "SECRET_KEY")}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**kept, **variables},
        capture_output=True,
        text=True,
    )


def test_every_variable_is_in_the_operators_guide_and_nothing_else() -> None:
    files = [*ROOT.glob("config/*.py"), *ROOT.glob("scripts/*.py"), ROOT / "tests/conftest.py"]
    read = {name for file in files for name in variables_read(file)} - {"DJANGO_SETTINGS_MODULE"}
    makefile = (ROOT / "Makefile").read_text()
    read |= set(re.findall(r"^(\w+) \?=", makefile, re.MULTILINE))
    guide = (ROOT / "docs" / "operating.md").read_text()
    assert set(re.findall(r"^\| `([A-Z_]+)`", guide, re.MULTILINE)) == read


def test_tests_are_deaf_to_the_settings_of_whoever_runs_them() -> None:
    read = set(variables_read(ROOT / "config" / "settings.py"))
    assert read - {"VAR_DIR", "DATABASE_URL"} == set(test_settings.CLEARED)


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("PAGE_SIZE", "abc", "PAGE_SIZE is “abc”: it has to be a whole number from 1 to 500."),
        ("PAGE_SIZE", "0", "PAGE_SIZE is “0”: it has to be a whole number from 1 to 500."),
        ("SITE_LANGUAGE", "xx", "SITE_LANGUAGE is “xx”: it has to be one of en."),
        ("DEBUG", "perhaps", "DEBUG is “perhaps”: it has to be 1 (on) or 0 (off)."),
        (
            "LOG_LEVEL",
            "loud",
            "LOG_LEVEL is “loud”: it has to be one of DEBUG, INFO, WARNING, ERROR, CRITICAL.",
        ),
        (
            "DATABASE_URL",
            "nonsense",
            "DATABASE_URL is no database address: it has to be one, such as "
            "postgresql://user:password@host/name or sqlite:////path/to/file.",
        ),
        (
            "VAR_DIR",
            "/dev/null/var",
            "VAR_DIR is “/dev/null/var”, a folder that cannot be made: Not a directory.",
        ),
    ],
)
def test_a_value_that_makes_no_sense_is_one_sentence(
    variable: str, value: str, sentence: str
) -> None:
    done = run("migrate", **{variable: value})
    assert (done.returncode, done.stderr.strip()) == (1, sentence)


@pytest.mark.parametrize(
    "url",
    [
        "mysql://user:hush@host/name",
        "postgresql://user:hush@host:port/name",
        "postgresql://",
        "x:y",
    ],
)
def test_a_database_that_cannot_be_used_is_refused_without_its_password(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL ") as raised:
        environment.database("DATABASE_URL", "sqlite:///x")
    assert "hush" not in str(raised.value)


@pytest.mark.parametrize("value", ["１２", "1.5", "-1", "1e2", "", "9" * 5000])
def test_numbers_are_ascii_digits(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGE_SIZE", value)
    with pytest.raises(ImproperlyConfigured):
        environment.number("PAGE_SIZE", 50, least=1, most=500)


def test_switches_are_off_unless_they_are_switched_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HTTPS", raising=False)
    assert environment.flag("HTTPS") is False
    for value, on in (("1", True), ("True", True), ("0", False), ("off", False), ("", False)):
        monkeypatch.setenv("HTTPS", value)
        assert environment.flag("HTTPS") is on


def test_lists_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", "one.example, two.example,,")
    assert environment.words("ALLOWED_HOSTS", "") == ["one.example", "two.example"]


def test_production_settings_of_the_operators_guide_pass_the_deployment_check() -> None:
    guide = (ROOT / "docs" / "operating.md").read_text()
    block = re.search(r"<!-- production -->\n```sh\n(.*?)```", guide, re.DOTALL)
    assert block is not None
    documented = dict(line.split("=", 1) for line in block.group(1).splitlines())
    settings = {name: value.strip("'\"") for name, value in documented.items()}
    settings.pop("VAR_DIR")
    done = run("check", "--deploy", "--fail-level=INFO", **settings)
    assert (done.returncode, done.stdout) == (
        0,
        "System check identified no issues (0 silenced).\n",
    )


def test_postgresql_has_a_pool_and_binds_on_the_server() -> None:
    program = "import json, config.settings as s; print(json.dumps(s.DATABASES['default']))"
    done = run(
        "shell",
        "--no-imports",
        "-c",
        program,
        DATABASE_URL="postgresql://u:p@h/name?sslmode=require",
        DATABASE_POOL="3",
    )
    database = json.loads(done.stdout)
    assert database["CONN_MAX_AGE"] == 0
    assert database["CONN_HEALTH_CHECKS"] is True
    assert database["OPTIONS"] == {
        "sslmode": "require",
        "pool": {"min_size": 1, "max_size": 3, "timeout": 5},
        "server_side_binding": True,
        "prepare_threshold": 1,
    }


@pytest.fixture
def no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)


def test_the_secret_key_of_the_environment_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "hush")
    assert secret_key(tmp_path / "key") == "hush"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("no_key")
def test_a_secret_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "key"
    key = secret_key(file)
    assert len(key) >= 50
    assert secret_key(file) == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.usefixtures("no_key")
def test_an_empty_file_is_no_secret_key(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.touch()
    assert secret_key(file) == file.read_text() != ""


@pytest.mark.usefixtures("no_key")
def test_a_secret_key_that_cannot_be_kept_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured) as raised:
        secret_key(tmp_path / "missing" / "key")
    assert str(raised.value) == (
        f"The secret key cannot be kept in “{tmp_path / 'missing' / 'key'}” (No such file or "
        "directory): let this user read and write it, or set SECRET_KEY."
    )


def test_a_site_speaks_any_language_that_a_catalogue_is_compiled_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "pt_BR" / "LC_MESSAGES" / "django.mo"
    file.parent.mkdir(parents=True)
    monkeypatch.setenv("SITE_LANGUAGE", "pt_BR")
    with pytest.raises(ImproperlyConfigured, match=r"it has to be one of en\.$"):
        environment.language("SITE_LANGUAGE", "en", tmp_path)
    file.touch()
    assert environment.language("SITE_LANGUAGE", "en", tmp_path) == "pt-br"
