"""A language for tests: Latin letters in another form, so that whatever was not translated shows.

It goes by the code of Esperanto, in which Django's own words are translated.
"""

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from scripts.messages import collected
from timeline.wording import ENGLISH, Language

CODE = "eo"
PLACEHOLDERS = re.compile(r"(%%?(?:\(\w+\))?[sd]|%%|\{\w*\}|<[^>]+>|&\w+;)")
READ = {"title", "aria-label", "aria-description", "alt", "placeholder", "content", "label"}
NO_WORDS = re.compile(r"https?://\S+|<[^>]*>")  # addresses, and markup that is shown
SILENT = {"script", "style"}


def pseudo(text: str) -> str:
    """``text`` in the pseudo-language: “ｌｉｋｅ　ｔｈｉｓ”, its placeholders kept."""
    pieces = PLACEHOLDERS.split(text)
    pieces[::2] = [re.sub("[A-Za-z]", lambda letter: _wide(letter[0]), one) for one in pieces[::2]]
    return "".join(pieces)


def _wide(letter: str) -> str:
    return chr(ord(letter) + 0xFEE0)


def _changed(value: Any) -> Any:
    if isinstance(value, str):
        return pseudo(value)
    if isinstance(value, tuple):
        return tuple(map(pseudo, value))
    if isinstance(value, dict):
        return {key: pseudo(word) for key, word in value.items()}
    return value


def _words() -> Language:
    changed = {one.name: _changed(getattr(ENGLISH, one.name)) for one in fields(ENGLISH)}
    return replace(ENGLISH, **{**changed, "ordinal": "{}.".format})


WORDS = _words()


def write_catalogue(folder: Path) -> None:
    """Every message of the program in the pseudo-language, as a file that Django finds."""
    catalog = Catalog(locale=CODE)
    for message in collected():
        if message.id:
            ids = message.id
            said = pseudo(ids) if isinstance(ids, str) else tuple(map(pseudo, ids))
            catalog.add(ids, said, context=message.context)
    file = folder / CODE / "LC_MESSAGES" / "django.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as opened:
        write_mo(opened, catalog)


class _Texts(HTMLParser):
    """Everything in a page that is read, seen or heard."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the attributes that are read."""
        given = {name: value or "" for name, value in attrs}
        self._silent += tag in SILENT
        if tag == "meta" and given.get("name") != "description":
            return
        is_button = tag == "input" and given.get("type") in ("submit", "button", "reset")
        self.found += [
            value
            for name, value in given.items()
            if name in READ
            or (name == "value" and is_button)
            or (name.startswith("data-") and " " in value and value[0] != "{")
        ]

    def handle_endtag(self, tag: str) -> None:
        """Leave what is not read."""
        self._silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        """Take a text."""
        if not self._silent:
            self.found.append(data)


def _lowered(text: str) -> str:
    return text[0].lower() + text[1:]


def untranslated(page: str, known: set[str]) -> Iterator[str]:
    """The texts of ``page`` with Latin words that are neither translated nor ``known``."""
    texts = _Texts()
    texts.feed(page)
    for text in texts.found:
        plain = " ".join(NO_WORDS.sub("", text).split())
        runs = re.findall(r"[A-Za-z]+(?:[ '’-][A-Za-z]+)*", plain)
        for run in runs:
            if not any(run in one or _lowered(run) in one for one in known):
                yield plain
                break
