"""Makes the virtual environment and installs what the lock files name, with their hashes.

    python3 scripts/setup.py runtime    what the program needs
    python3 scripts/setup.py dev        that, and what tests and linters need

Runs, and says so, on a Python that is too old (3.6 and newer can read this file). A stamp inside
the environment names what is complete in it; an environment without a stamp was killed half way
and is made anew.
"""

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import List, Tuple

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
LOCKS = {"runtime": "requirements.txt", "dev": "requirements-dev.txt"}


class SetupError(Exception):
    """What is wrong and what to do about it, in one sentence."""


def check_version(version: Tuple[int, ...]) -> None:
    """Raise SetupError where ``version``, as in sys.version_info, is older than OLDEST."""
    if tuple(version[:2]) < OLDEST:
        oldest, present = (".".join(map(str, numbers[:2])) for numbers in (OLDEST, version))
        raise SetupError(
            f"Python {oldest} or newer is needed, and {sys.executable} is Python {present}: "
            f"install one, or name it with PYTHON=/path/to/python{oldest}."
        )


def check_venv_module() -> None:
    """Raise SetupError where this Python has no venv or no pip to put into one.

    Debian has them in a package of their own.
    """
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        version = "{}.{}".format(*sys.version_info)
        raise SetupError(
            f"{sys.executable} cannot make virtual environments: install its venv module (on "
            f"Debian and Ubuntu: apt install python{version}-venv)."
        ) from None


class Environment:
    """The virtual environment in ``folder`` for the lock files in ``root``."""

    def __init__(self, folder: Path, root: Path = ROOT) -> None:
        self.folder = folder
        self.root = root
        self.python = folder / "bin" / "python"
        self.stamp_file = folder / "installed"

    def stamp(self, flavour: str) -> str:
        """What the stamp says once ``flavour`` is installed: it, the Python, the locks' hash."""
        digest = hashlib.sha256()
        for lock in sorted(LOCKS.values()):
            digest.update((self.root / lock).read_bytes())
        return "{} python{}.{} ".format(flavour, *sys.version_info) + digest.hexdigest()

    def installed(self) -> str:
        """What the stamp says; empty where there is none, or no working Python beside it."""
        try:
            stamp = self.stamp_file.read_text().strip()
            subprocess.check_call([str(self.python), "-c", ""])
        except (OSError, subprocess.CalledProcessError):
            return ""
        return stamp

    def ensure(self, flavour: str) -> None:
        """Install ``flavour`` unless it, or all of dev, is there already."""
        installed = self.installed()
        if installed in (self.stamp(flavour), self.stamp("dev")):
            return
        had, python = [*installed.split(), "", ""][:2]
        if python == self.stamp(flavour).split()[1]:
            self.stamp_file.unlink()
        else:
            self._make()
        self._install("dev" if had == "dev" else flavour)

    def _make(self) -> None:
        check_venv_module()
        print(f"Making the virtual environment {self.folder} …", flush=True)
        made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(self.folder)])
        if made.returncode:
            raise SetupError(f"The virtual environment {self.folder} could not be made: see above.")

    def _install(self, flavour: str) -> None:
        lock = LOCKS[flavour]
        print(f"Installing the packages of {lock} …", flush=True)
        command = [str(self.python), "-m", "pip", "install", "--disable-pip-version-check"]
        command += ["--quiet", "--require-hashes", "--requirement", str(self.root / lock)]
        pip = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if pip.returncode:
            raise SetupError(explanation(pip.stdout.decode("utf-8", "replace"), lock))
        self.stamp_file.write_text(self.stamp(flavour) + "\n")


def explanation(output: str, lock: str) -> str:
    """Why pip failed, in one sentence, from what it printed."""
    text = output.lower()
    if "hash" in text:
        return f"A package is not the one that {lock} names, so it was refused: {reason(output)}"
    if "connection" in text or "timed out" in text:
        return (
            f"The packages of {lock} could not be fetched: check the network connection, or the "
            "index and proxy that pip is told to use, and run the command again."
        )
    return f"The packages of {lock} could not be installed: {reason(output)}"


def reason(output: str) -> str:
    """The last error that ``output`` of pip names, else its last line."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR:")]
    return (errors or lines or ["pip said nothing."])[-1]


def main(arguments: List[str]) -> int:
    """Install the flavour that ``arguments`` name; return the exit status."""
    try:
        check_version(sys.version_info[:3])
        Environment(ROOT / ".venv").ensure(arguments[0])
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; the next run starts over.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
