"""Languages for tests: Latin letters in another form, so that whatever was not translated shows.

One goes by the code of Esperanto, in which Django's own words are translated; the other by that of
Arabic, whose letters it has, from right to left.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from scripts.messages import collected
from timeline.wording import ENGLISH, Language

CODE, RIGHT_TO_LEFT = "eo", "ar"
ARABIC = "ابجدهوزحطيكلمنسعفصقرشتثخذض"
PLACEHOLDERS = re.compile(r"(%%?(?:\(\w+\))?[sd]|%%|\{\w*\}|<[^>]+>|&\w+;)")
READ = {"title", "aria-label", "aria-description", "alt", "placeholder", "content", "label"}
NO_WORDS = re.compile(r"https?://\S+|<[^>]*>")  # addresses, and markup that is shown
SILENT = {"script", "style"}


def pseudo(text: str, code: str = CODE) -> str:
    """``text`` in a pseudo-language: “ｌｉｋｅ　ｔｈｉｓ”, its placeholders kept."""
    letter = _wide if code == CODE else _arabic
    pieces = PLACEHOLDERS.split(text)
    pieces[::2] = [re.sub("[A-Za-z]", letter, one) for one in pieces[::2]]
    return "".join(pieces)


def _wide(letter: re.Match[str]) -> str:
    return chr(ord(letter[0]) + 0xFEE0)


def _arabic(letter: re.Match[str]) -> str:
    return ARABIC[ord(letter[0].lower()) - ord("a")]


def _changed(value: Any, code: str) -> Any:
    if isinstance(value, str):
        return pseudo(value, code)
    if isinstance(value, tuple):
        return tuple(pseudo(word, code) for word in value)
    if isinstance(value, dict):
        return {key: pseudo(word, code) for key, word in value.items()}
    return value


def _words(code: str) -> Language:
    changed = {one.name: _changed(getattr(ENGLISH, one.name), code) for one in fields(ENGLISH)}
    return replace(ENGLISH, **{**changed, "ordinal": "{}.".format})


WORDS = {code: _words(code) for code in (CODE, RIGHT_TO_LEFT)}


def write_catalogue(folder: Path, code: str) -> None:
    """Every message of the program in a pseudo-language, as a file that Django finds."""
    catalog = Catalog(locale=code)
    for message in collected():
        if message.id:
            ids = message.id
            forms = (
                (ids,) if isinstance(ids, str) else (ids[0], *ids[1:] * (catalog.num_plurals - 1))
            )
            said = tuple(pseudo(form, code) for form in forms)
            catalog.add(ids, said[0] if isinstance(ids, str) else said, context=message.context)
    file = folder / code / "LC_MESSAGES" / "django.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as opened:
        write_mo(opened, catalog)


def _forms(ids: Sequence[str], catalog: Catalog, code: str) -> tuple[str, ...]:
    one, many = (pseudo(form, code) for form in ids)
    return (one, *[many] * (catalog.num_plurals - 1))


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
