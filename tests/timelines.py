"""What tests of the timeline share: a crowd of entries, and what a page of it says."""

import html
import re

from django.test import Client

from tests.builders import make_actor, make_event
from timeline import index


def make_crowd() -> None:
    """130 entries of a kind in one month, 20 a day and more on the first; and some around them."""
    mongolia = make_actor("Mongolia", slug="mongolia")
    for number in range(130):
        day = 1 + max(0, number - 60) // 10
        make_event(date=f"1948-10-{day:02}", kind="talks", cited=False)
    for year in range(1900, 1960):
        make_event(date=str(year), kind="war", actors=[mongolia], cited=False)
    make_event(date="1890/1970", kind="rule", cited=False)
    index.catch_up()


def page(client: Client, query: str = "") -> str:
    response = client.get(f"/timeline/{query}")
    assert response.status_code == 200, response.headers
    return response.content.decode()


def titles(text: str) -> list[str]:
    """What the marks or bars of a page say, in order."""
    lanes = text.partition('<div class="lanes"')[2]
    return [html.unescape(one) for one in re.findall(r"<title>(.*?)</title>", lanes)]


def links(text: str) -> list[str]:
    """The addresses of the marks or bars."""
    lanes = text.partition('<div class="lanes"')[2].partition("<figcaption")[0]
    return [
        html.unescape(one)
        for one in re.findall(r'<g role="listitem"[^>]*>\s*<a href="([^"]*)', lanes)
    ]


def answer(client: Client, query: str) -> tuple[int, str]:
    response = client.get(f"/timeline/{query}")
    return response.status_code, response.headers.get("Location", "")
