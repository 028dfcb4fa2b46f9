"""What a browser sends to import a seed in the admin, and what it finds on the plan."""

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.admin_forms import text_of
from tests.seeds import ACTORS, ARTICLE, EVENTS, source
from timeline.models import SeedImport

CHRONOLOGY = source() + ACTORS + EVENTS
LIST = "/admin/timeline/seedimport/"
ADD = f"{LIST}add/"


def url(proposal: SeedImport, view: str = "change") -> str:
    return reverse(f"admin:timeline_seedimport_{view}", args=[proposal.pk])


def send(client: Client, *files: tuple[str, bytes], **data: Any) -> Any:
    """What comes of sending files, and other fields, to the page that takes them."""
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(ADD, {"sent": sent, **data}, follow=True)


def give(client: Client, chronology: str = CHRONOLOGY, text: str = ARTICLE) -> SeedImport:
    """The import that comes of sending a seed as two files."""
    files = (("chronology.toml", chronology.encode()), ("article.txt", text.encode()))
    response = send(client, *files)
    assert response.redirect_chain, text_of(response)
    return SeedImport.objects.latest("pk")


def archive(files: Mapping[str, bytes]) -> bytes:
    """A .zip of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name, content in files.items():
            packed.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def field(proposal: SeedImport, kind: str, slug: str) -> str:
    """The name of the radio buttons of an item."""
    return f"choice-{proposal.steps.get(kind=kind, slug=slug).pk}"


def choose(
    client: Client, proposal: SeedImport, choices: Mapping[str, str], go: str = "save"
) -> Any:
    """Post choices by item, such as ``event:armistice``."""
    data = {field(proposal, *name.split(":")): choice for name, choice in choices.items()}
    return client.post(url(proposal), {**data, "go": go}, follow=True)


def preview(client: Client, proposal: SeedImport) -> Any:
    return client.get(url(proposal, "preview"))


def carry_out(client: Client, proposal: SeedImport, reason: str = "", seen: str = "") -> Any:
    """Look at what would happen, and do it."""
    if not seen:
        found = re.search(r'name="seen" value="(\w+)"', preview(client, proposal).content.decode())
        seen = found[1] if found else ""
    data = {"seen": seen, "change_reason": reason}
    return client.post(url(proposal, "apply"), data, follow=True)
