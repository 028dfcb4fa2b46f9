"""An edit in the admin, as a browser makes it: fetch the form, post it with another title."""

import re
import time
from html.parser import HTMLParser
from urllib.parse import urlencode

from benchmarks.serving.client import Answer, Connection, request
from benchmarks.serving.recording import EDITOR

LOGIN = "/admin/login/"
AGAIN = " (edited)"


class _Form(HTMLParser):
    """The values that a browser would post of the form that has ``csrfmiddlewaretoken``."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._select = self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        ticked = given.get("type") not in ("checkbox", "radio") or "checked" in given
        if tag == "input" and name and given.get("type") not in ("submit", "file") and ticked:
            self.values[name] = given.get("value", "")
        elif tag == "textarea":
            self._textarea = name
            self.values[name] = ""
        elif tag == "select":
            self._select = name
            self.values[name] = ""
        elif tag == "option" and "selected" in given:
            self.values[self._select] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:  # a browser leaves out the first line break
            self.values[self._textarea] += data.removeprefix("\n")


class Editor:
    """Somebody who is logged in; raises RuntimeError where an answer is not as it should be."""

    def __init__(self, port: int) -> None:
        self._connection = Connection(port)
        self._cookies: dict[str, str] = {}
        self._ask(LOGIN)
        name, password = EDITOR
        self._post(LOGIN, {"username": name, "password": password, "next": "/admin/"})

    def edit(self, event: int) -> float:
        """Change the title of ``event`` and back at the next call: seconds of GET and POST."""
        path = f"/admin/timeline/event/{event}/change/"
        started = time.perf_counter()
        answer = self._ask(path)
        passed = time.perf_counter() - started
        form = _Form()
        form.feed(answer.body.decode())
        title = form.values["title"]
        form.values["title"] = title.removesuffix(AGAIN) if AGAIN in title else title + AGAIN
        started = time.perf_counter()
        self._post(path, form.values)
        return passed + time.perf_counter() - started

    def _ask(self, path: str, data: dict[str, str] | None = None, status: int = 200) -> Answer:
        headers = {
            "Accept-Encoding": "identity",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
        }
        body = None
        if data is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(data).encode()
        answer = self._connection.ask(request(path, headers, body))
        if answer.status != status:
            raise RuntimeError(f"{path} was answered with {answer.status}, not {status}.")
        for cookie in answer.headers("Set-Cookie"):
            name, value = re.match(r"([^=]+)=([^;]*)", cookie).groups()  # type: ignore[union-attr]
            self._cookies[name] = value
        return answer

    def _post(self, path: str, data: dict[str, str]) -> None:
        token = {"csrfmiddlewaretoken": self._cookies["csrftoken"]}
        self._ask(path, {**data, **token}, status=302)
