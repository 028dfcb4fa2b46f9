"""What a first visit costs over the wire."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin

from benchmarks.serving.client import Connection

CSS_URL = re.compile(r"""url\(["']?([^"')]+)["']?\)""")


@dataclass(frozen=True, slots=True)
class Visit:
    """Bytes, heads included: of the page and all it needs, and of scripts, which it does not."""

    page: int
    styles: int
    others: int
    scripts: int

    @property
    def complete(self) -> int:
        """Without scripts."""
        return self.page + self.styles + self.others


class _Needs(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.styles: list[str] = []
        self.others: list[str] = []
        self.scripts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        rel = given.get("rel", "").split()
        if tag == "link" and "stylesheet" in rel:
            self.styles.append(given["href"])
        elif (tag == "link" and "icon" in rel) or tag == "img":
            self.others.append(given.get("href") or given["src"])
        elif (tag == "link" and "modulepreload" in rel) or (tag == "script" and "src" in given):
            self.scripts.append(given.get("href") or given["src"])


def visit(port: int, path: str = "/") -> Visit:
    """Load ``path`` with everything that it and its style sheets name."""
    connection, plain = Connection(port), {"Accept-Encoding": "identity"}
    needs = _Needs()
    needs.feed(connection.get(path, plain).body.decode())
    others = [urljoin(path, one) for one in needs.others]
    for style in needs.styles:
        css = connection.get(urljoin(path, style), plain).body.decode()
        named = CSS_URL.findall(css)
        others += [
            urljoin(urljoin(path, style), one) for one in named if not one.startswith("data")
        ]

    def weight(addresses: list[str]) -> int:
        return sum(connection.get(urljoin(path, one)).size for one in dict.fromkeys(addresses))

    return Visit(weight([path]), weight(needs.styles), weight(others), weight(needs.scripts))
