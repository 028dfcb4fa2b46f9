"""The Jinja2 environment of the public pages."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment


def environment(**options: Any) -> Environment:
    """Django's options, with ``url``, ``static`` and gettext."""
    made = Environment(**options, extensions=["jinja2.ext.i18n"])  # noqa: S701  Django switches autoescaping on
    made.globals.update(static=static, url=reverse)
    made.install_gettext_translations(translation, newstyle=True)  # type: ignore[attr-defined]
    return made
