"""Makes the virtual environment and installs what the lock files name, with their hashes.

    python3 scripts/setup.py runtime    what the program needs
    python3 scripts/setup.py dev        that, and what tests and linters need

Runs, and says so, on a Python that is too old (3.6 and newer can read this file). A stamp inside
the environment names what is complete in it; an environment without a stamp was killed half way
and is made anew.
"""

import hashlib
import os
import subprocess
import sys

OLDEST = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LOCKS = {"runtime": "requirements.txt", "dev": "requirements-dev.txt"}


class SetupError(Exception):
    """What is wrong and what to do about it, in one sentence."""


def check_version(version):
    """Raise SetupError where ``version``, as in sys.version_info, is older than OLDEST."""
    if tuple(version[:2]) < OLDEST:
        raise SetupError(
            "Python %d.%d is needed, and %s is Python %d.%d: install a newer one, or name it with "
            "PYTHON=/path/to/python%d.%d."
            % (OLDEST + (sys.executable,) + tuple(version[:2]) + OLDEST)
        )


def check_venv_module():
    """Raise SetupError where this Python has no venv or no pip to put into one (Debian splits them off)."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        raise SetupError(
            "%s cannot make virtual environments: install its venv module (on Debian and Ubuntu: "
            "apt install python%d.%d-venv)." % ((sys.executable,) + tuple(sys.version_info[:2]))
        )


class Environment:
    """The virtual environment in ``folder`` for the lock files in ``root``."""

    def __init__(self, folder, root=ROOT):
        self.folder = folder
        self.root = root
        self.python = os.path.join(folder, "bin", "python")
        self._stamp = os.path.join(folder, "installed")

    def stamp(self, flavour):
        """What the stamp file says once ``flavour`` is installed: it changes with lock and Python."""
        digest = hashlib.sha256()
        for lock in sorted(LOCKS.values()):
            with open(os.path.join(self.root, lock), "rb") as file:
                digest.update(file.read())
        return "%s python%d.%d %s" % (
            (flavour,) + tuple(sys.version_info[:2]) + (digest.hexdigest(),)
        )

    def installed(self):
        """What the stamp file says, or None where there is none or the Python in there is gone."""
        try:
            with open(self._stamp) as file:
                said = file.read().strip()
            subprocess.check_call([self.python, "-c", ""])
        except (OSError, subprocess.CalledProcessError):
            return None
        return said

    def ensure(self, flavour):
        """Install ``flavour`` unless it, or all of dev, is there already."""
        said = self.installed()
        if said in (self.stamp(flavour), self.stamp("dev")):
            return
        words = said.split() if said else []
        if words[1:2] != self.stamp(flavour).split()[1:2]:
            self._make()
        else:
            os.remove(self._stamp)
        self._install("dev" if words[:1] == ["dev"] else flavour)

    def _make(self):
        check_venv_module()
        print("Making the virtual environment %s …" % os.path.relpath(self.folder))
        sys.stdout.flush()
        made = subprocess.run([sys.executable, "-m", "venv", "--clear", self.folder])
        if made.returncode:
            raise SetupError(
                "The virtual environment could not be made in %s: see above." % self.folder
            )

    def _install(self, flavour):
        lock = LOCKS[flavour]
        print("Installing the packages of %s …" % lock)
        sys.stdout.flush()
        command = [self.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        command += ["--require-hashes", "--requirement", os.path.join(self.root, lock)]
        installed = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True
        )
        if installed.returncode:
            raise SetupError(explain(installed.stdout, lock))
        with open(self._stamp, "w") as file:
            file.write(self.stamp(flavour) + "\n")


def explain(output, lock):
    """Why pip failed, in one sentence, from what it printed."""
    text = output.lower()
    if "hashes are required" in text or "do not match the hashes" in text:
        return "A package does not have the hash that %s names, so nothing was installed: %s" % (
            lock,
            last_line(output),
        )
    if "connection" in text or "timed out" in text or "temporary failure" in text:
        return (
            "The packages of %s could not be fetched: check the network connection (or the proxy and "
            "index that pip is configured with) and run the command again." % lock
        )
    return "The packages of %s could not be installed: %s" % (lock, last_line(output))


def last_line(output):
    """The last line of ``output`` that says something."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR:")] or lines
    return errors[-1] if errors else "pip said nothing."


def main(arguments):
    """Install the flavour that ``arguments`` name; return the exit status."""
    try:
        check_version(sys.version_info)
        Environment(os.path.join(ROOT, ".venv")).ensure(arguments[0])
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; the next run starts over.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
