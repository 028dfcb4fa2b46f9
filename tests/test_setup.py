"""The environment that `make run` and `make test` make, and what they say when they cannot."""

import ast
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import setup
from tests.packages import make_locks, make_wheel, write_lock

ROOT = Path(setup.__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> setup.Environment:
    """An environment with everything in it: making one takes seconds, so the tests share it."""
    root = tmp_path_factory.mktemp("clone")
    make_locks(root, runtime="spade", dev="rake")
    environment = setup.Environment(root / ".venv", root)
    environment.ensure("runtime")
    return environment


@pytest.fixture(autouse=True)
def fresh(environment: setup.Environment) -> None:
    """Every test starts where the runtime flavour is installed."""
    make_locks(environment.root, runtime="spade", dev="rake")
    environment.stamp_file.write_text(environment.stamp("runtime"))


def can_import(environment: setup.Environment, name: str) -> bool:
    done = subprocess.run([environment.python, "-c", f"import {name}"], capture_output=True)
    return done.returncode == 0


def mark(environment: setup.Environment) -> Path:
    """A file that is gone once the environment is made anew."""
    file = environment.folder / "mark"
    file.touch()
    return file


def test_packages_of_the_lock_are_installed(environment: setup.Environment) -> None:
    assert can_import(environment, "spade")


def test_a_second_run_does_nothing(
    environment: setup.Environment,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    def no_pip(flavour: str) -> None:
        raise AssertionError(f"installs {flavour} again")

    monkeypatch.setattr(environment, "_install", no_pip)
    environment.ensure("runtime")
    assert capfd.readouterr().out == ""


def test_dev_is_added_to_what_is_there_and_serves_for_runtime(
    environment: setup.Environment, capfd: pytest.CaptureFixture[str]
) -> None:
    kept = mark(environment)
    environment.ensure("dev")
    assert can_import(environment, "rake")
    assert kept.exists()
    capfd.readouterr()
    environment.ensure("runtime")
    assert capfd.readouterr().out == ""


def test_a_changed_lock_is_installed_into_what_is_there(environment: setup.Environment) -> None:
    kept = mark(environment)
    write_lock(environment.root / "requirements.txt", make_wheel(environment.root, "hoe"))
    environment.ensure("runtime")
    assert can_import(environment, "hoe")
    assert kept.exists()
    assert environment.installed() == environment.stamp("runtime")


def test_a_package_with_another_hash_is_refused(environment: setup.Environment) -> None:
    make_wheel(environment.root, "spade", content="print('something else')")
    environment.stamp_file.write_text(environment.stamp("runtime").replace("runtime", "old"))
    with pytest.raises(setup.SetupError, match=r"not the one that requirements\.txt names"):
        environment.ensure("runtime")
    assert environment.installed() == ""


def test_set_up_that_was_killed_starts_over(environment: setup.Environment) -> None:
    """Killed while pip waits for a server that never answers, it leaves no stamp."""
    left_over = mark(environment)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/weeder-1.0-py3-none-any.whl"
        (environment.root / "requirements.txt").write_text(f"{url} --hash=sha256:{'0' * 64}\n")
        program = (
            "from pathlib import Path; from scripts import setup; root = Path.cwd(); "
            "setup.Environment(root / '.venv', root).ensure('runtime')"
        )
        process = subprocess.Popen(
            [sys.executable, "-c", program],
            cwd=environment.root,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        silent.settimeout(60)
        connection, _ = silent.accept()  # pip has begun
        with connection:
            process.send_signal(signal.SIGKILL)
            process.wait()
    assert environment.installed() == ""
    make_locks(environment.root, runtime="spade", dev="rake")
    environment.ensure("runtime")
    assert can_import(environment, "spade")
    assert not left_over.exists()


def test_an_environment_whose_python_is_gone_is_made_anew(
    environment: setup.Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "python", environment.folder / "bin" / "python-that-was")
    assert environment.installed() == ""


def test_another_python_makes_the_environment_anew(
    environment: setup.Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = []
    environment.stamp_file.write_text(environment.stamp("dev").replace("python3", "python2"))
    monkeypatch.setattr(environment, "_make", lambda: done.append("made"))
    monkeypatch.setattr(environment, "_install", lambda flavour: done.append(flavour))
    environment.ensure("runtime")
    assert done == ["made", "dev"]


def test_no_network_is_one_sentence(
    environment: setup.Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        nowhere = f"http://127.0.0.1:{server.getsockname()[1]}"
    monkeypatch.setenv("PIP_INDEX_URL", nowhere)
    monkeypatch.setenv("PIP_RETRIES", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    lock = environment.root / "requirements.txt"
    lock.write_text(f"weeder==1.0 --hash=sha256:{'0' * 64}\n")
    with pytest.raises(setup.SetupError) as raised:
        environment.ensure("runtime")
    assert str(raised.value) == (
        "The packages of requirements.txt could not be fetched: check the network connection, or "
        "the index and proxy that pip is told to use, and run the command again."
    )


def test_a_python_that_is_too_old_is_one_sentence() -> None:
    with pytest.raises(setup.SetupError) as raised:
        setup.check_version((3, 9, 2))
    assert str(raised.value) == (
        f"Python 3.11 or newer is needed, and {sys.executable} is Python 3.9: install one, or name "
        "it with PYTHON=/path/to/python3.11."
    )


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 1), (3, 20, 0), (4, 0, 0)])
def test_newer_pythons_will_do(version: tuple[int, ...]) -> None:
    setup.check_version(version)


@pytest.mark.parametrize("missing", ["ensurepip", "venv"])
def test_a_missing_venv_module_is_one_sentence(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(setup.SetupError, match=r"apt install python3\.\d+-venv\)\.$"):
        setup.check_venv_module()


@pytest.mark.parametrize("script", ["setup.py", "port.py"])
def test_old_pythons_can_read_the_scripts_that_speak_to_them(script: str) -> None:
    ast.parse((ROOT / "scripts" / script).read_text(), feature_version=(3, 6))


def test_other_failures_of_pip_are_told_by_its_own_last_error() -> None:
    output = "Collecting spade\nERROR: No space left on device\n\n[notice] a new pip is there\n"
    assert setup.explanation(output, "requirements.txt") == (
        "The packages of requirements.txt could not be installed: ERROR: No space left on device"
    )
