"""Collects what is to be translated, from Python and both kinds of templates, into a catalogue.

    python -m scripts.messages    writes locale/django.pot

The same sources give the same file, whoever makes it and whenever: tests/test_translation.py tells
when it is stale. Django's makemessages reads no Jinja2, so this is Babel with its own extractor
for that and Django's translation of a template into Python for the admin's.
"""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file, extract_python
from babel.messages.pofile import write_po
from django.apps import apps
from django.utils.translation import override
from django.utils.translation.template import templatize

from timeline.names import names

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "locale" / "django.pot"
COMMENTS = ("Translators:",)
KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
# As config/settings.py has them, or the messages would differ in their blanks.
JINJA = {
    "extensions": "jinja2.ext.i18n, config.kept.Kept",
    "newstyle_gettext": "true",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "silent": "false",
}
UNSTABLE = ('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By')


def from_django(
    file: IO[bytes], keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, Any, list[str], str | None]]:
    """The messages of a Django template, as Babel wants them of a method."""
    # What is no message becomes letters without meaning, whose indentation has none, either.
    source = "\n".join(map(str.strip, templatize(file.read().decode()).splitlines()))
    yield from extract_python(io.BytesIO(source.encode()), keywords, comment_tags, options)


METHODS: tuple[tuple[str, Any, dict[str, str]], ...] = (
    ("accounts/**/*.py", "python", {}),
    ("actors/**/*.py", "python", {}),
    ("config/**/*.py", "python", {}),
    ("timeline/**/*.py", "python", {}),
    ("templates/admin/**/*.html", from_django, {}),
    ("templates/public/**/*.html", "jinja2.ext:babel_extract", JINJA),
)


def collected() -> Catalog:
    """All messages of the program."""
    catalog = Catalog(project="cited-chronology", charset="utf-8", fuzzy=False)
    for pattern, method, options in METHODS:
        for file in sorted(ROOT.glob(pattern)):
            found = extract_from_file(method, file, KEYWORDS, COMMENTS, options)
            where = [(str(file.relative_to(ROOT)), 1)]
            for _line, message, comments, context in found:
                catalog.add(message, None, where, auto_comments=comments, context=context)
    for app in ("actors", "timeline"):
        models = apps.get_app_config(app).get_models()
        shown = [model for model in models if not hasattr(model, "instance_type")]  # no histories
        with override("en"):
            for name, module in names(shown):
                catalog.add(name, None, [(f"{module.replace('.', '/')}.py", 1)])
    return catalog


def template() -> str:
    """The catalogue as the text of a .pot file, without what changes from day to day."""
    written = io.BytesIO()
    catalog = collected()
    catalog.header_comment = (
        "# What readers and editors see, to be translated: docs/translating.md."
    )
    write_po(written, catalog, sort_output=True, include_lineno=False, width=100)
    lines = written.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(UNSTABLE))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    TEMPLATE.write_text(template())
    print(f"{TEMPLATE.relative_to(ROOT)} is written.")
