"""What holds for every public page, whichever it is: it gives no cookie."""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import resolve

from tests.public import ADDRESSES, make_base
from timeline.views.urls import urlpatterns

pytestmark = pytest.mark.django_db
VISITED = (
    *(*ADDRESSES, "/sources/article/received.txt", "/changes/", "/changes.atom"),
    *("/robots.txt", "/sitemap.xml", "/sitemap-pages.xml", "/sitemap-events-1.xml"),
)


def test_every_public_page_is_asked_whether_it_gives_a_cookie() -> None:
    visited = {resolve(urlsplit(address).path).url_name for address in VISITED}
    pages = {pattern.name for pattern in urlpatterns}
    assert not pages - visited


def test_no_reader_is_given_a_cookie() -> None:
    make_base()
    client = Client()
    for address in (*VISITED, "/nowhere/"):
        assert not client.get(address).cookies, address
