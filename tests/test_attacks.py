"""Every address that there is, attacked: found from the URL patterns, so new ones are, too."""

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client

from tests.addresses import Form, addresses, forms
from tests.hostile import BREAK, ELSEWHERE, MARK, breaks, leaves, make_hostile
from tests.logins import PASSWORD, make_staff
from timeline import index

pytestmark = pytest.mark.django_db

# What anybody may ask for: to log in, and to log out, which takes nobody's permission.
OPEN = {"/admin/login/", "/admin/logout/"}
# What somebody without any permission finds in the admin.
OWN = OPEN | {
    *("/admin/", "/admin/second-factor/", "/admin/jsi18n/"),
    *("/admin/password_change/", "/admin/password_change/done/"),
    "/admin/read-date/",  # what a date says that is typed, which is stored nowhere
}
PARAMETERS = (
    *("q", "p", "o", "e", "all", "_popup", "_to_field", "from", "to", "actor", "kind"),
    *("source", "order", "after", "view", "show", "term", "year", "status__exact"),
)
REDIRECTS = ("next", "return", "url", "back", "to", "redirect", "_changelist_filters")


@pytest.fixture
def root(client: Client) -> Client:
    """Somebody who may do everything, in a hostile base."""
    make_hostile()
    client.force_login(User.objects.create_superuser("root", "", PASSWORD))
    client.raise_request_exception = False
    return client


def state() -> dict[str, list[Any]]:
    """All that is stored, but for sessions: those end and are renewed."""
    stored: dict[str, list[Any]] = {"version": [index.version()]}
    for model in apps.get_models():
        if model is not Session:
            stored[model._meta.label] = list(model._default_manager.order_by("pk").values_list())
    return stored


def changes(before: dict[str, list[Any]]) -> list[str]:
    """Which models are not as they were ``before``."""
    now = state()
    return [label for label in now if now[label] != before[label]]


@contextmanager
def taken_back() -> Iterator[None]:
    """Whatever happens here has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    index.catch_up()


def page_of(response: Any) -> str | None:
    """The page that a response is, or None if it is something else."""
    if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
        return str(response.content.decode())
    return None


def test_the_addresses_lead_somewhere(root: Client) -> None:
    found = {address: page_of(root.get(address)) for address in addresses()}
    opened = {address: page for address, page in found.items() if page is not None}
    for part in ("/history/2", "/add/", "/password/", "/second-factor/", "/events/event/"):
        assert [one for one in opened if part in one], part
    assert len(opened) > 50
    assert any(MARK in page for page in opened.values())


def test_nobody_enters_the_admin_without_logging_in(root: Client) -> None:
    collected = [one for one in addresses(admin=True) if one not in OPEN]
    before = state()
    reached = []
    for client in (Client(), _somebody_who_is_no_staff()):
        for address in collected:
            for ask in (client.get, client.post):
                response: Any = ask(address)
                to_login = response.headers.get("Location", "").startswith("/admin/login/")
                if response.status_code not in (403, 405) and not to_login:
                    reached.append(f"{ask.__name__} {address}: {response.status_code}")
    assert not reached, "\n".join(reached)
    assert changes(before) in ([], ["auth.User"])


def _somebody_who_is_no_staff() -> Client:
    client = Client()
    client.force_login(User.objects.create_user("reader"))
    return client


def test_who_is_staff_without_permissions_reads_and_changes_nothing(root: Client) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(make_staff())
    before = state()
    wrong = []
    for address in addresses(admin=True):
        if address in OPEN:
            continue
        response = client.get(address)
        said = MARK in response.getvalue().decode() if response.status_code == 200 else False
        if response.status_code >= 500 or said:
            wrong.append(f"GET {address}: {response.status_code}")
        if response.status_code == 200 and address not in OWN:
            wrong.append(f"GET {address}: opened")
        for form in _as_posted(root.get(address)):
            client.post(address, form)
    assert not wrong, "\n".join(wrong)
    assert not changes(before)


def _as_posted(response: Any) -> list[dict[str, str]]:
    """What somebody who may see this page would post from it."""
    # The first form of each page is the log-out.
    return [one.fields for one in forms(page_of(response) or "")[1:]] or [{}]


def test_nothing_is_written_without_the_token_of_a_form(root: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = root.cookies
    before = state()
    taken = []
    for address in addresses():
        for form in _as_posted(root.get(address)) if address not in OPEN else [{}]:
            sent = {name: value for name, value in form.items() if name != "csrfmiddlewaretoken"}
            response = strict.post(address, sent)
            if response.status_code != 403:
                taken.append(f"{address}: {response.status_code}")
    assert not taken, "\n".join(taken)
    assert not changes(before)


def test_no_address_changes_anything_when_it_is_only_read(root: Client) -> None:
    before = state()
    wrong = []
    for address in addresses():
        response = root.get(address)
        if response.status_code >= 500:
            wrong.append(f"{address}: {response.status_code}")
        for form in _as_posted(response):
            # All that its forms would post, as a link that somebody is made to follow.
            answer = root.get(address, form)
            if answer.status_code >= 500:
                wrong.append(f"{address} with its form as a query: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert not changes(before)


def test_stored_text_stays_text_on_every_page(root: Client) -> None:
    wrong, seen, waiting = [], 0, [*addresses(), "/"]
    known = set(waiting)
    while waiting:
        address = waiting.pop()
        response: Any = root.get(address)
        seen += 1
        found = breaks(response)
        if response.status_code >= 500 or found:
            wrong.append(f"{address}: {response.status_code} {'; '.join(found)}")
        for link in _links(response):
            if link not in known and len(known) < 400:
                known.add(link)
                waiting.append(link)
    assert seen > 150
    assert not wrong, "\n".join(wrong)


def _links(response: Any) -> list[str]:
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return []
    found = re.findall(r'href="([^"#]+)', response.content.decode())
    links = [html.unescape(one).replace("http://testserver", "") for one in found]
    here = response.request["PATH_INFO"]
    return [
        here + one if one.startswith("?") else one
        for one in links
        if one.startswith(("/", "?")) and not one.startswith("/static/")
    ]


def test_what_is_asked_for_stays_text_and_leads_nowhere_else(root: Client) -> None:
    wrong = []
    for address in addresses():
        for value in (BREAK, f"//{ELSEWHERE}/", f"https://{ELSEWHERE}/\r\nX-Evil: 1"):
            response = root.get(address, dict.fromkeys((*PARAMETERS, *REDIRECTS), value))
            found = breaks(response)
            evil = leaves(response) or "X-Evil" in response.headers
            if response.status_code >= 500 or found or evil:
                wrong.append(f"{address}: {response.status_code} {'; '.join(found)} {evil}")
    assert not wrong, "\n".join(wrong)


def _filled(form: Form, value: str) -> dict[str, Any]:
    """The form with ``value`` in all that a person types, and in files with their names."""
    sent: dict[str, Any] = {**dict.fromkeys(REDIRECTS, f"//{ELSEWHERE}/"), **form.fields}
    sent |= dict.fromkeys(form.typed, value)
    return sent | {
        name: SimpleUploadedFile(f"../../{BREAK}.html", value.encode(), "text/html")
        for name in form.files
    }


POSTED = {"markup": BREAK, "digits": "9" * 400, "no characters": "\0\ud7ff\uffff" * 30}


def test_what_is_posted_stays_text_and_leads_nowhere_else(root: Client) -> None:
    wrong = []
    for address in addresses(admin=True):
        shown = forms(page_of(root.get(address)) or "")[1:] if address not in OPEN else []
        for form, kind in product((one for one in shown if one.method == "post"), POSTED):
            with taken_back():
                response: Any = root.post(form.action or address, _filled(form, POSTED[kind]))
                after: Any = root.get(response.headers.get("Location", address))
                found = breaks(response) + breaks(after)
                evil = leaves(response)
            if response.status_code >= 500 or after.status_code >= 500 or found or evil:
                status = f"{response.status_code}, {after.status_code}"
                wrong.append(f"{address}, {kind}: {status} {'; '.join(found)} {evil}")
    assert not wrong, "\n".join(wrong)


def test_pages_of_the_admin_are_kept_by_nobody(root: Client) -> None:
    kept = [
        address
        for address in addresses(admin=True)
        if (response := root.get(address)).status_code == 200
        and "no-store" not in response.headers.get("Cache-Control", "")
    ]
    assert kept == ["/admin/jsi18n/"]  # the words of Django's scripts, the same for all


def test_readers_get_no_cookie_and_no_query_more(root: Client) -> None:
    reader, collected = Client(), addresses(admin=False)
    with connection.execute_wrapper(_refuse_accounts):
        for address in collected:
            assert not reader.get(address).cookies, address


def _refuse_accounts(execute: Any, sql: str, *arguments: Any) -> Any:
    assert not any(name in sql for name in ("axes_", "otp_", "auth_user", "django_session")), sql
    return execute(sql, *arguments)
