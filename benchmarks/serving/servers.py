"""Starting servers, each with one worker on the servers' core, and looking at their memory."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.serving.client import Connection

ROOT = Path(__file__).resolve().parent.parent.parent
CORES = sorted(os.sched_getaffinity(0))
SERVERS_CORE, CLIENT_CORE = CORES[0], CORES[-1]
SECONDS = 60


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    port: int
    process: "subprocess.Popen[bytes]"

    def private_memory(self) -> int:
        """Bytes that the one worker shares with no other process."""
        master = self.process.pid
        worker = Path(f"/proc/{master}/task/{master}/children").read_text().split()[0]
        lines = Path(f"/proc/{worker}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Private_"))


@contextmanager
def gunicorn(environment: Mapping[str, str], application: str = "") -> Iterator[Server]:
    """Our configuration with one worker, serving the program or another WSGI ``application``."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py"]
    own = {"WEB_CONCURRENCY": "1", "HOST": "127.0.0.1", "PORT": str(port)}
    # Otherwise its idle connections would be closed between two rounds.
    command += [
        "--keep-alive",
        "600",
        "--log-level",
        "warning",
        *([application] if application else []),
    ]
    with serving(command, {**environment, **own}, port) as server:
        yield server


@contextmanager
def serving(
    command: Sequence[str],
    environment: Mapping[str, str],
    port: int,
    probe: str = "/healthz",
    output: int | None = None,
) -> Iterator[Server]:
    """A server that ``command`` starts, once it answers; it is stopped afterwards.

    ``output`` is where what it prints goes.
    """
    with on_core(SERVERS_CORE):
        process = subprocess.Popen(  # noqa: S603 -- our own command
            command, cwd=ROOT, env={**os.environ, **environment}, stdout=output, stderr=output
        )
    try:
        _wait(process, port, probe)
        yield Server(port, process)
    finally:
        process.send_signal(signal.SIGINT)  # at once; SIGTERM waits for readers
        process.wait(SECONDS)


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """Run inside, and start processes, on one core."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _wait(process: "subprocess.Popen[bytes]", port: int, probe: str) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"A server ended at once, with status {process.returncode}.")
        try:
            Connection(port).get(probe)
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"A server did not answer within {SECONDS} s.")
