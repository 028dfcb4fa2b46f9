"""The secret key: from the environment, or made once and kept in a file for its owner only."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key


def secret_key(path: Path) -> str:
    """``SECRET_KEY`` from the environment, else the content of ``path``, made when it is missing.

    An empty file counts as missing. Of several processes that start at once, all get the same key.
    Raises ImproperlyConfigured where the file can be neither read nor made.
    """
    if from_environment := os.environ.get("SECRET_KEY"):
        return from_environment
    try:
        return _kept(path) or _made(path)
    except OSError as error:
        raise ImproperlyConfigured(
            f"The secret key cannot be kept in “{path}” ({error.strerror}): let this user read and "
            "write it, or set SECRET_KEY."
        ) from error


def _kept(path: Path) -> str:
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        return ""


def _made(path: Path) -> str:
    """The key in ``path`` afterwards, which appears there whole or not at all."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=path.name) as file:  # mode 0600
        file.write(get_random_secret_key())
        file.flush()
        os.fsync(file.fileno())
        if path.exists():  # empty, as a machine that lost its power leaves it
            path.unlink(missing_ok=True)
        with suppress(FileExistsError):  # another process was first
            os.link(file.name, path)
    return _kept(path)
