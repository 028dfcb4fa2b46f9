"""``{% kept a, b %}…{% endkept %}``: a piece of a page, made anew only when a or b is another.

The key is all that the piece is made of, by value, so what is kept can never be old: after an edit
all pages are made anew, but hardly any of their pieces.
"""

from collections.abc import Callable, Hashable
from functools import lru_cache
from threading import local

from django.utils.translation import get_language
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

MOST = 2048  # pieces in each worker; an entry takes some 7 kB


class Kept(Extension):
    """Keeps the pieces of one environment; the place in the template is part of their key."""

    tags = {"kept"}

    def parse(self, parser: Parser) -> nodes.Node:
        """The tag as a call of ``_piece`` with its key and what is between the tags."""
        line = next(parser.stream).lineno
        key = parser.parse_tuple()
        body = parser.parse_statements(("name:endkept",), drop_needle=True)
        place = nodes.Const(f"{parser.name}:{line}")
        call = self.call_method("_piece", [place, key])
        return nodes.CallBlock(call, [], [], body).set_lineno(line)

    def _piece(self, place: str, key: Hashable, caller: Callable[[], str]) -> str:
        _making.caller = caller
        return _made(self.environment, get_language(), place, key)


_making = local()


@lru_cache(maxsize=MOST)
def _made(_environment: object, _language: str | None, _place: str, _key: Hashable) -> str:
    made: str = _making.caller()
    return made
