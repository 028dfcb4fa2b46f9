"""The content security policy: nothing from elsewhere, nothing inline but the admin's style."""

import pytest
from django.test import Client


def policy(client: Client, path: str) -> dict[str, str]:
    header = client.get(path).headers["Content-Security-Policy"]
    directives = (directive.strip().partition(" ") for directive in header.split(";"))
    return {name: sources for name, _, sources in directives}


@pytest.mark.django_db
def test_public_pages_load_nothing_from_elsewhere_and_run_nothing_inline(client: Client) -> None:
    directives = policy(client, "/no-such-page/")
    assert directives.pop("default-src") == "'none'"
    assert directives.pop("frame-ancestors") == "'none'"
    assert directives.pop("base-uri") == "'none'"
    assert set(directives.values()) == {"'self'"}


@pytest.mark.django_db
def test_the_admin_may_have_inline_style_but_no_inline_script(client: Client) -> None:
    directives = policy(client, "/admin/login/")
    assert directives["style-src"] == "'self' 'unsafe-inline'"
    assert directives["img-src"] == "'self' data:"
    assert directives["script-src"] == "'self'"
