"""The secret key: from the environment, or made once and kept in a file that only the owner reads."""

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def secret_key(path: Path) -> str:
    """``SECRET_KEY`` from the environment, else the content of ``path``, made when it is missing."""
    if from_environment := os.environ.get("SECRET_KEY"):
        return from_environment
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        key = get_random_secret_key()
        file.write(key)
    return key
