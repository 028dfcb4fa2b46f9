"""Brings the database, the seeds and the static files up to date, then serves with gunicorn."""

import importlib
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connections

ROOT = Path(__file__).resolve().parent.parent
CONFIGURATION = "config/gunicorn.py"


def seeds(folder: Path) -> list[str]:
    """The folders of ``folder`` that are seeds, in the order of their names."""
    return [str(toml.parent) for toml in sorted(folder.glob("*/chronology.toml"))]


def prepare() -> None:
    """Migrate, import the seeds and collect static files; each is quick when nothing is new."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    importlib.import_module("config.gunicorn")  # complains here, in one sentence
    django.setup()
    # A pool would try again for seconds and then not say why no connection comes about.
    settings.DATABASES["default"]["OPTIONS"].pop("pool", None)
    print("Bringing the database up to date …", flush=True)
    call_command("migrate", verbosity=0, interactive=False)
    if folders := seeds(ROOT / "seeds"):
        print("Importing the seeds …", flush=True)
        call_command("import_seed", *folders)
    collect_static()
    connections.close_all()


def collect_static() -> None:
    """Collect static files; after a run that was killed at it, all of them anew.

    A file of which half was written looks newer than its source, so Django would keep it.
    """
    under_way = settings.VAR_DIR / "collecting-static"
    was_killed = under_way.exists()
    under_way.touch()
    call_command("collectstatic", verbosity=0, interactive=False, clear=was_killed)
    under_way.unlink()


def announce() -> None:
    """Say where the program is, and how one gets an administrator."""
    address = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
    print(
        f"\n  Readers:  http://{address}/"
        f"\n  Editors:  http://{address}/admin/"
        "\n  The first editor is made with:  .venv/bin/python manage.py createsuperuser"
        "\n  Ctrl+C stops the program.\n",
        flush=True,
    )


def main() -> int:
    """Prepare what is served; return the exit status of a failure, after explaining it."""
    try:
        prepare()
    except (ImproperlyConfigured, CommandError) as error:
        print(error, file=sys.stderr)
        return 1
    except DatabaseError as error:
        print(f"The database refuses: {str(error).strip()}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    announce()
    return 0


if __name__ == "__main__":
    if status := main():
        sys.exit(status)
    os.chdir(ROOT)
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", CONFIGURATION]
    os.execv(sys.executable, gunicorn)  # noqa: S606  # no shell is wanted
