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
    """A page as it is sent, with and without compression."""

    plain: bytes
    packed: bytes
    content_type: str
    etag: str

    @classmethod
    def of(cls, response: HttpResponse) -> "Kept":
        """What ``response`` says."""
        plain = response.content
        return cls(
            plain,
            gzip.compress(plain, LEVEL, mtime=0),
            response.headers["Content-Type"],
            f'W/"{hashlib.blake2b(plain, digest_size=12).hexdigest()}"',
        )

    @property
    def size(self) -> int:
        """The bytes that it takes."""
        return len(self.plain) + len(self.packed)


class Shelf:
    """The pages of one version, at most ``most`` bytes of them; the oldest unused give way."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._version = -1
        self._pages: OrderedDict[object, Kept] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, version: int, key: object) -> Kept | None:
        """The page that is kept for ``key``, if it is of this version."""
        with self._lock:
            if version != self._version or key not in self._pages:
                return None
            self._pages.move_to_end(key)
            return self._pages[key]

    def put(self, version: int, key: object, page: Kept) -> None:
        """Keep ``page``; those of another version go."""
        with self._lock:
            if page.size > self._most:
                return
            if version != self._version:
                self._pages.clear()
                self._version, self._size = version, 0
            if key not in self._pages:
                self._pages[key] = page
                self._size += page.size
            while self._size > self._most:
                _key, oldest = self._pages.popitem(last=False)
                self._size -= oldest.size


_shelf = Shelf(settings.PAGE_CACHE_MB * 1_000_000)


def kept(view: View) -> View:
    """``view``, whose pages depend on nothing but their address, the day and what is published."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        version = index.version()
        if not settings.PAGE_CACHE_MB:
            return view(request, *args, **kwargs)
        key = (
            request.build_absolute_uri(),
            translation.get_language(),
            timezone.localdate(),
        )
        page = _shelf.get(version, key)
        if page is None:
            response = view(request, *args, **kwargs)
            if response.status_code != 200:
                return response
            page = Kept.of(response)
            _shelf.put(version, key, page)
        return _sent(request, page)

    return answer


def _sent(request: HttpRequest, page: Kept) -> HttpResponse:
    packed = GZIP.search(request.headers.get("Accept-Encoding", ""))
    response = HttpResponse(page.packed if packed else page.plain, content_type=page.content_type)
    response.headers["ETag"] = page.etag
    response.headers["Cache-Control"] = "no-cache"  # keep it, but ask each time
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    conditional = get_conditional_response(request, etag=page.etag, response=response)
    return conditional if isinstance(conditional, HttpResponse) else response
