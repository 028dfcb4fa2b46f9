"""Seeds for tests: folders written from a few words."""

import hashlib
from pathlib import Path

from django.core.management import call_command

ARTICLE = """\
In 1911 Mongolia proclaimed its independence.

Diplomacy

On October 15, 1948, Mongolia and the DPRK established diplomatic relations.

The war ended in an armistice in 1953."""

ACTORS = """
[[actor]]
id = "mongolia"
name = "Mongolia"
kind = "state"

[[actor]]
id = "dprk"
name = "DPRK"
kind = "state"
"""

EVENTS = """
[[event]]
id = "relations"
date = "1948-10-15"
title = "Mongolia and the DPRK establish relations"
kind = "diplomacy"
actors = ["mongolia", { id = "dprk", role = "initiator" }]

[[event.claim]]
quote = "On October 15, 1948, Mongolia and the DPRK established diplomatic relations."
date = "1948-10-15"

[[event]]
id = "armistice"
date = "1953"
title = "The war ends"
kind = "war"

[[event.claim]]
id = "armistice-claim"
quote = "armistice in 1953"
"""


def source(slug: str = "article", text: str = ARTICLE, more: str = "") -> str:
    """``[source]`` and ``[text]``."""
    headings = 'headings = ["Diplomacy"]' if text == ARTICLE else ""
    return f"""
[source]
id = "{slug}"
type = "article-journal"
title = "An article called {slug}"

[text]
file = "article.txt"
sha256 = "{hashlib.sha256(text.encode()).hexdigest()}"
{headings}
{more}
"""


def write_seed(
    folder: Path, chronology: str | None = None, text: str = ARTICLE, more: str = ""
) -> Path:
    """A seed in ``folder``; by default of two actors, two events and two claims."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "article.txt").write_bytes(text.encode())
    if chronology is None:
        chronology = source(text=text) + ACTORS + EVENTS + more
    (folder / "chronology.toml").write_text(chronology, encoding="utf-8")
    return folder


def import_folders(*folders: Path, **options: object) -> None:
    """The command, which raises CommandError where it fails."""
    call_command("import_seed", *map(str, folders), **options)
