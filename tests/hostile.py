"""A knowledge base that somebody filled in order to break out of pages, and how to see that."""

import csv
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from axes.models import AccessAttempt
from django.contrib.auth.models import Group, User
from django.db.models import Model

from actors.models import Actor
from tests.builders import make_actor, make_claim, make_event, make_source
from tests.logins import with_app
from tests.seeds import write_seed
from timeline import history
from timeline.models import Event, SeedImport, Source, Status
from timeline.readings import Correction, TextSpec
from timeline.seeds.proposing import propose
from timeline.seeds.uploads import GivenFile

MARK = "xhostile"  # stands in everything that is stored, and is no word of any page
BREAK = f"\"'></title></textarea></script><{MARK} onfocus=alert(1)>{{{{7*7}}}}{{% x %}}&lt;\u202e"
SCHEME = "javascript:alert(1)//"
ELSEWHERE = "elsewhere.example"


def make_hostile() -> None:
    """One of everything, published and in a draft, with BREAK in every text that can have it."""
    user = User.objects.create_superuser(f"{BREAK}@", f"{MARK}@{ELSEWHERE}", "words")
    User.objects.filter(pk=user.pk).update(first_name=BREAK, last_name=BREAK)
    with_app(user)
    Group.objects.create(name=BREAK)
    AccessAttempt.objects.create(
        username=BREAK, ip_address="192.0.2.1", user_agent=BREAK, failures_since_start=1
    )
    with history.act(f"Why {BREAK}", user):
        source, event = _make_published()
        _make_draft(source)
    with history.act(f"Changed {BREAK}", user):
        event.title = f"Second {BREAK}"
        event.save()
        source.note = f"Second {BREAK}"
        source.save()
        actor = Actor.objects.earliest("pk")
        actor.description = f"Second {BREAK}"
        actor.save()
        claim = event.claims.earliest("pk")
        claim.note = f"Second {BREAK}"
        claim.save()
    _make_imports(user)


def _make_imports(user: User) -> None:
    """An import that waits, with words and a folder that are hostile, and one that was done."""
    with TemporaryDirectory() as folder:
        seed = write_seed(Path(folder))
        text = (seed / "chronology.toml").read_text()
        quoted = json.dumps(f"New {BREAK}")
        text = re.sub(r'(?m)^(title|name|summary) = ".*"$', lambda m: f"{m[1]} = {quoted}", text)
        name = f"\"'><{MARK} onfocus=alert(1)>"
        given = [
            GivenFile(f"{name}/chronology.toml", text.encode()),
            GivenFile(f"{name}/article.txt", (seed / "article.txt").read_bytes()),
        ]
        propose(given, user)
    done = SeedImport.State.APPLIED
    SeedImport.objects.create(name=BREAK, state=done, given_by=user, report=BREAK)


def _make_published() -> tuple[Source, Event]:
    state = make_actor(f"State {BREAK}", slug="state", description=BREAK)
    person = make_actor(f"Person {BREAK}", slug="person", kind="person")
    state.aliases.create(name=f"Alias {BREAK}", note=BREAK, period="1948")
    person.relations.create(kind="office-of", other=state, note=BREAK, period="1948/..")
    text = f"Before {BREAK}\n\nHead {BREAK}\n\nIt frist was {BREAK} so.1\n\nTwo."
    spec = TextSpec(
        headings=(f"Head {BREAK}",),
        emendations=(
            Correction("frist", "first", reason=BREAK),
            Correction("so.1", "so.", mark="1"),
        ),
    )
    source = make_source(
        text,
        spec,
        slug="source",
        title=f"Title {BREAK}",
        author=[{"family": BREAK, "given": BREAK}, {"literal": BREAK}],
        container_title=BREAK,
        publisher=BREAK,
        volume=BREAK[:50],
        issue=BREAK[:50],
        page=BREAK[:50],
        genre=BREAK,
        language="en",
        doi=BREAK,
        url=SCHEME,
        note=BREAK,
    )
    event = make_event(
        f"=Event {BREAK}",
        slug="event",
        summary=BREAK,
        kind="kind",
        date="1948",
        date_basis="inferred",
        date_note=BREAK,
        actors=[(state, f"role {BREAK}"[:100]), person],
        source=source,
        quote=f"It first was {BREAK} so.",
    )
    event.claims.update(attributed_to=person, note=BREAK)
    Event.objects.filter(pk=event.pk).update(kind=f"kind {BREAK}"[:50])
    make_claim(event, source, f"Before {BREAK}", slug="claim", date="1949", stance="disputes")
    for year in ("1947", "1950"):
        made = make_event(f"Year {BREAK}", slug=f"year-{year}", date=year, actors=[state])
        make_claim(made, source, "Two.", slug=f"of-{year}")
    return source, event


def _make_draft(source: Source) -> None:
    make_event(f"Draft {BREAK}", slug="draft", status=Status.DRAFT, source=source, quote="Two.")
    make_source(f"{BREAK}", title=f"Draft {BREAK}", slug="hidden", status=Status.DRAFT)


def examples() -> Iterator[Model]:
    """One stored thing of each model that has any."""
    from django.apps import apps

    for model in apps.get_models():
        found = model._default_manager.order_by("pk").first()
        if found is not None:
            yield found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.data: list[str] = []  # what stands in blocks of JSON-LD
        self._in_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == MARK:
            self.found.append(f"an element <{tag}>")
        for name, value in given.items():
            if MARK in name or name.startswith("on") or (name == "style" and MARK in (value or "")):
                self.found.append(f"an attribute {name} of <{tag}>")
            if name in {"href", "src", "action", "formaction", "data", "xlink:href"} and re.match(
                r"(?i)[\s\x00-\x1f]*(javascript|vbscript|data):", value or ""
            ):
                self.found.append(f"{name}={value} of <{tag}>")
        if tag == "script" and "src" not in given:
            self._in_data = True
            self.data.append("")
            if given.get("type") not in {"application/ld+json", "application/json"}:
                self.found.append("a script in the page")

    def handle_endtag(self, tag: str) -> None:
        self._in_data = self._in_data and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.data[-1] += data


def breaks(response: Any) -> list[str]:
    """What of the stored texts has become more than text in an answer; empty if nothing."""
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    if kind in {"", "text/plain", "text/javascript", "text/css"}:
        return []
    page = response.getvalue().decode()
    if kind == "text/html":
        return _in_html(page)
    if kind.endswith("json"):
        json.loads(page)
        return []
    if kind.endswith("xml"):
        tags = [str(one.tag) for one in ET.fromstring(page).iter()]  # noqa: S314  # our own
        return [f"an element <{tag}>" for tag in tags if MARK in tag]
    if kind == "text/csv":
        cells = [cell for row in csv.reader(StringIO(page, newline="")) for cell in row]
        return [f"a formula: {cell}" for cell in cells if re.match(r"[=+@\t\r]", cell)]
    return [f"an answer of a kind that this test does not know: {kind}"]


def _in_html(page: str) -> list[str]:
    reader = _Reader()
    reader.feed(page)
    reader.close()
    for block in reader.data:
        json.loads(block)
    return reader.found


def leaves(response: Any) -> bool:
    """Whether an answer sends the browser to another site."""
    there = urlsplit(response.headers.get("Location", ""))
    return there.netloc not in {"", "testserver"} or there.path.startswith(("//", "/\\", "\\"))
