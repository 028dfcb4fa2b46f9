"""Our settings, with one more page: the least that Django does under all our middleware."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.serving.urls"
