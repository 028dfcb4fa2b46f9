"""Reads the environment; a value that makes no sense is explained in one sentence.

Every function raises ImproperlyConfigured, naming the variable, what it holds and what it may hold.
"""

import os
from collections.abc import Collection
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"", "0", "false", "no", "off"}
DATABASES = {"django.db.backends.sqlite3", "django.db.backends.postgresql"}


def text(name: str, default: str) -> str:
    """The value as it is."""
    return os.environ.get(name, default)


def choice(name: str, default: str, choices: Collection[str]) -> str:
    """One of ``choices``, in capitals."""
    value = os.environ.get(name, default).strip().upper()
    if value not in choices:
        raise _wrong(name, f"it has to be one of {', '.join(choices)}")
    return value


def language(name: str, default: str, catalogues: Path) -> str:
    """``default`` or a code such as ``ar``, in lower case, that ``catalogues`` has messages of."""
    value = os.environ.get(name, default).strip().lower().replace("_", "-")
    files = catalogues.glob("*/LC_MESSAGES/django.mo")
    known = {default, *(file.parts[-3].lower().replace("_", "-") for file in files)}
    if value not in known:
        raise _wrong(name, f"it has to be one of {', '.join(sorted(known))}")
    return value


def flag(name: str) -> bool:
    """Whether a switch is on; off is the default."""
    value = os.environ.get(name, "").strip().lower()
    if value not in YES | NO:
        raise _wrong(name, "it has to be 1 (on) or 0 (off)")
    return value in YES


def words(name: str, default: str) -> list[str]:
    """A comma-separated list, without blanks and empty words."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def number(name: str, default: int, least: int, most: int) -> int:
    """A whole number from ``least`` to ``most``."""
    value = os.environ.get(name, str(default)).strip()
    if not (value.isascii() and value.isdigit() and least <= int(value[:9]) <= most):
        raise _wrong(name, f"it has to be a whole number from {least} to {most}")
    return int(value)


def folder(name: str, default: Path) -> Path:
    """A folder that can be written to, made where it is missing."""
    path = Path(os.environ.get(name) or default)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name} is “{path}”, a folder that cannot be made: {error.strerror}."
        ) from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(f"{name} is “{path}”, a folder that this user may not write to.")
    return path


def database(name: str, default: str) -> Any:
    """Django's settings for the database that a URL names; its password is never shown."""
    url = os.environ.get(name) or default
    example = "such as postgresql://user:password@host/name or sqlite:////path/to/file"
    try:
        settings = dj_database_url.parse(url)
    except ValueError as error:  # both errors of dj_database_url are
        raise ImproperlyConfigured(
            f"{name} is no database address: it has to be one, {example}."
        ) from error
    if settings["ENGINE"] not in DATABASES or not settings["NAME"]:
        raise ImproperlyConfigured(
            f"{name} has to name a PostgreSQL or SQLite database, {example}."
        )
    return settings


def _wrong(name: str, rule: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} is “{os.environ.get(name)}”: {rule}.")
