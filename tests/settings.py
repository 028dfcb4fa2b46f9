"""The program's settings as the tests use them.

Nothing of the developer's is touched: the files are in a temporary folder, and of the environment
only DATABASE_URL counts.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

CLEARED = (
    "ALLOWED_HOSTS",
    "BEHIND_PROXY",
    "CSRF_TRUSTED_ORIGINS",
    "DATABASE_POOL",
    "DEBUG",
    "FOUR_EYES",
    "HTTPS",
    "LOG_LEVEL",
    "PAGE_CACHE_MB",
    "PAGE_SIZE",
    "SEEDS_DIR",
    "SECOND_FACTOR",
    "SITE_LANGUAGE",
    "SITE_NAME",
    "SITE_TAGLINE",
)
for _name in CLEARED:
    os.environ.pop(_name, None)

_folder = tempfile.mkdtemp(prefix="chronology-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)

os.environ["VAR_DIR"] = _folder
os.environ["SECRET_KEY"] = "for the tests only, so it may stand here for everybody to see"

from config.settings import *  # noqa: E402, F403  # the environment has to be ready before
from config.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

# A file rather than memory: the server of the browser tests then has connections of its own, as
# the real one has.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_folder) / "test.sqlite3")}

STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
