"""Public pages are kept, compressed, until something changes that readers can see.

Every request asks the database for the number of what readers can see (``timeline.index.version``),
so no page is older than the last edit; it is rendered anew only where that number is another. The
ETag is a hash of the page itself and tells a browser that it has it already.
"""

import gzip
import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_vary_headers

from timeline import index

View = Callable[..., HttpResponse]
GZIP = re.compile(r"\bgzip\b")
LEVEL = 4  # of compression: a few per cent more bytes than level 6 in half of its time


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it is sent, with and without compression, and of which version it is."""

    version: int
    plain: bytes
    packed: bytes
    headers: dict[str, str]

    @classmethod
    def of(cls, response: HttpResponse, version: int) -> "Kept":
        """What ``response`` says."""
        plain = response.content
        patch_vary_headers(response, ["Accept-Encoding"])
        headers = {
            **response.headers,
            "ETag": f'W/"{hashlib.blake2b(plain, digest_size=12).hexdigest()}"',
            "Cache-Control": "no-cache",  # browsers keep it and ask each time
        }
        return cls(version, plain, gzip.compress(plain, LEVEL, mtime=0), headers)

    @property
    def size(self) -> int:
        """The bytes that it takes."""
        return len(self.plain) + len(self.packed)

    def sent(self, request: HttpRequest) -> HttpResponse:
        """The response to ``request``: the page, or that its reader has it already."""
        packed = GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        body = self.packed if packed else self.plain
        response = HttpResponse(body, headers={**self.headers, "Content-Length": str(len(body))})
        if packed:
            response.headers["Content-Encoding"] = "gzip"
        known = get_conditional_response(request, etag=self.headers["ETag"], response=response)
        return known if isinstance(known, HttpResponse) else response


class Shelf:
    """Pages by their key, at most ``most`` bytes of them; the longest unused give way."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._pages: OrderedDict[object, Kept] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: object) -> Kept | None:
        """The page that was kept last for ``key``."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: object, page: Kept) -> None:
        """Keep ``page`` in the place of any other for ``key``."""
        with self._lock:
            if (old := self._pages.pop(key, None)) is not None:
                self._size -= old.size
            self._pages[key] = page
            self._size += page.size
            while self._size > self._most:
                _key, oldest = self._pages.popitem(last=False)
                self._size -= oldest.size


def kept(view: View) -> View:
    """``view``, whose pages depend on nothing but their address, the day and what is published."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        version = index.version()
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            response.kept_version = version  # type: ignore[attr-defined]  # for KeptPages
        return response

    return answer


class KeptPages:
    """Middleware that answers with a page that is kept, before any other does its work.

    It keeps the pages of views that are ``kept``, with the headers that all others have given them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.shelf = Shelf(settings.PAGE_CACHE_MB * 1_000_000)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or not settings.PAGE_CACHE_MB:
            return self.get_response(request)
        key = self._key(request)
        page = self.shelf.get(key)
        if page is None or page.version != index.version():
            response = self.get_response(request)
            version = getattr(response, "kept_version", None)
            if version is None:
                return response
            page = Kept.of(response, version)
            self.shelf.put(key, page)
        return page.sent(request)

    def _key(self, request: HttpRequest) -> object:
        where = (request.scheme, request.META.get("HTTP_HOST"), request.get_full_path())
        return (*where, translation.get_language(), timezone.localdate())
