"""Every page of the admin's lists takes as many queries for much as for little."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actors.models import Alias
from tests.admin_forms import change_path, editor
from tests.builders import make_actor, make_claim, make_event, make_source
from timeline.models import Claim, Event, Status

pytestmark = pytest.mark.django_db
EVENTS, CLAIMS, PASSAGES = (f"/admin/timeline/{one}/" for one in ("event", "claim", "passage"))
SOURCES, ACTORS = "/admin/timeline/source/", "/admin/actors/actor/"
CLAIM_FIELD = "/admin/autocomplete/?app_label=timeline&model_name=claim&field_name"
TWO = "The talks began in 1950.\n\nThe talks began in 1951."
ADDRESSES = [
    "/admin/",
    EVENTS,
    f"{EVENTS}?o=1.2",
    f"{EVENTS}?q=talks",
    f"{EVENTS}?q=host",
    f"{EVENTS}?status__exact=published&kind=talks&dated=yes&years=1940..1960",
    f"{EVENTS}?qualified__exact=0&date_basis__exact=stated",
    f"{EVENTS}?contested=yes",
    f"{EVENTS}?sources=one",
    f"{EVENTS}?sources=none",
    f"{EVENTS}?source_like=source",
    f"{EVENTS}?claims__source__id__exact=1",
    f"{EVENTS}csv/",
    CLAIMS,
    f"{CLAIMS}?q=talks",
    f"{CLAIMS}?note=due&stance__exact=disputes&lost__exact=0",
    f"{CLAIMS}?event__status__exact=published&event__date_basis__exact=stated",
    f"{CLAIMS}?event__status__exact=draft",
    f"{CLAIMS}csv/",
    PASSAGES,
    f"{PASSAGES}?claimed=no&q=talks",
    f"{PASSAGES}csv/",
    SOURCES,
    f"{SOURCES}?q=source&status__exact=published&type__exact=document",
    f"{SOURCES}csv/",
    ACTORS,
    f"{ACTORS}?q=host&kind__exact=state",
    f"{ACTORS}csv/",
    f"{CLAIM_FIELD}=event&term=tal",
    f"{CLAIM_FIELD}=source&term=sou",
    f"{CLAIM_FIELD}=passage&term=tal",
    f"{CLAIM_FIELD}=attributed_to&term=ho",
]


def fill(number: int) -> None:
    """Make ``number`` of everything that a list can show."""
    for _ in range(number):
        actor = make_actor()
        Alias.objects.create(actor=actor, name=f"Host of {actor}")
        source = make_source(TWO)
        event = make_event(
            "Talks", kind="talks", date="1950", source=source, quote="in 1950", actors=[actor]
        )
        make_claim(event, source, "in 1951", stance=Claim.Stance.DISPUTES, attributed_to=actor)
        make_event("Draft talks", kind="talks", status=Status.DRAFT, source=source, quote="1950")
        make_event("Bare", kind="talks", cited=False, status=Status.REVIEW)


def queries(client: Client, address: str) -> int:
    def ask() -> None:
        response = client.get(address)
        assert response.status_code == 200, response.headers
        b"".join(response)

    ask()  # what is looked up once and kept
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_takes_as_many_queries_for_much_as_for_little(client: Client, address: str) -> None:
    editor(client)
    fill(1)
    little = queries(client, address)
    fill(6)
    assert queries(client, address) == little
    assert little <= 20


def test_a_preview_takes_as_many_queries_for_many_quotes(client: Client) -> None:
    editor(client)
    fill(1)
    event = Event.objects.get(title="Talks")
    path = change_path(event).replace("/change/", "/preview/")
    little = queries(client, path)
    for _ in range(4):
        make_claim(event, make_source(TWO), "in 1950")
    assert queries(client, path) == little


def test_lists_are_counted_to_a_limit_and_not_further(client: Client) -> None:
    editor(client)
    fill(1)
    with CaptureQueriesContext(connection) as captured:
        client.get("/admin/")
        for address in (EVENTS, CLAIMS, PASSAGES, SOURCES, ACTORS):
            client.get(address)
    counts = [one["sql"] for one in captured if "COUNT(*)" in one["sql"].upper()]
    assert len(counts) == 6
    assert all("LIMIT 10001" in one for one in counts)
