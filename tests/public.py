"""What the tests of the public pages share: a small knowledge base, and its addresses."""

from typing import Any

from actors.models import Actor
from tests.builders import make_actor, make_claim, make_event, make_source
from timeline.models import Event, Source, Status
from timeline.readings import Correction, TextSpec

TEXT = """\
In 1948 Mongolia and the DPRK estab-lished relations.1

Talks

During the war Mongolia gave aid. The war ended in an armistice in 1953.

Nothing in these lines is quoted."""

SECRET = "Secret"  # stands in every text and name that no reader may see

ADDRESSES = (
    *("/", "/?from=1948&to=1953&actor=mongolia", "/?kind=war&order=-date", "/?from=x&actor=y"),
    *("/actors/", "/sources/", "/about/", "/events/relations/", "/events/aid/"),
    *("/actors/?by=decade", "/timeline/", "/timeline/?embed=1"),
    "/timeline/?lanes=actor&view=1948",
    *("/events/armistice/", "/events/undated/", "/actors/mongolia/", "/actors/dprk/"),
    *("/actors/speaker/", "/sources/article/", "/sources/article/?show=corrections"),
    *("/?basis=inferred&basis=undated", "/?contested=yes"),
    *("/?q=aid+OR+established", "/?q=nowhere&kind=war", "/sources/?q=lines", "/sources/?q=nowhere"),
)
HIDDEN = (
    *("/events/secret/", "/actors/secret/", "/sources/secret/"),
    *("/sources/secret/received.txt", "/?actor=secret", "/?kind=secret", "/?source=secret"),
    *("/events/secret-too/", "/actors/secret-too/", "/sources/secret-too/"),
    *("/sources/secret-too/received.txt", "/?actor=secret-too", "/?source=secret-too"),
)


def make_base() -> None:
    """A source with overlapping quotes, four published events, and drafts of everything."""
    spec = TextSpec(
        headings=("Talks",),
        emendations=(
            Correction("estab-lished", "established", reason="line-break hyphen"),
            Correction("relations.1", "relations.", mark="1"),
        ),
    )
    source = make_source(
        TEXT, spec, slug="article", title="Mongolia at Sixty-Five: Relations", language="en"
    )
    mongolia = make_actor("Mongolia", slug="mongolia", description="A state in Asia.")
    dprk = make_actor("DPRK", slug="dprk")
    speaker = make_actor("Speaker", slug="speaker", kind="person")
    relations = make_event(
        "Relations are established",
        slug="relations",
        date="1948-10-15",
        actors=[mongolia, (dprk, "initiator")],
        source=source,
        quote="In 1948 Mongolia and the DPRK established relations.",
    )
    make_claim(
        relations, source, "established relations", slug="overlap", date="1949", stance="disputes"
    )
    make_event(
        "Aid is given",
        slug="aid",
        date="[1948..1953]",
        date_basis="inferred",
        date_note="The war ended in 1953.",
        kind="war",
        actors=[mongolia],
        source=source,
        quote="During the war Mongolia gave aid.",
    ).claims.update(attributed_to=speaker)
    make_event("Armistice", slug="armistice", date="1953", kind="war", actors=[dprk])
    make_event("Undated", slug="undated")
    _make_hidden("secret", Status.DRAFT, mongolia, relations, source)
    _make_hidden("secret-too", Status.REVIEW, mongolia, relations, source)


def _make_hidden(
    slug: str, status: Status, mongolia: Actor, relations: Event, source: Source
) -> None:
    hidden = make_actor(f"{SECRET} actor", slug=slug)
    hidden.relations.create(kind="office-of", other=mongolia, note=SECRET)
    draft: dict[str, Any] = {"status": status, "slug": slug}
    hidden_source = make_source(f"{SECRET} words.", title=f"{SECRET} source", **draft)
    make_claim(relations, hidden_source, f"{SECRET} words.", slug=slug, date="1700")
    make_event(
        f"{SECRET} event",
        kind="secret",
        date="1948-10-16",
        actors=[mongolia, hidden],
        source=source,
        quote="Nothing in these lines is quoted.",
        **draft,
    )
