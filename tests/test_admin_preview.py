"""Previews: what is not public yet, as readers will see it, for those who may look at it."""

import pytest
from django.test import Client

from actors.models import Actor
from tests.admin_forms import change_path, editor, member, staff, text_of
from tests.builders import make_actor, make_claim, make_event, make_source
from timeline.models import Event, Source, Status

pytestmark = pytest.mark.django_db


def preview_path(thing: Event | Source) -> str:
    return change_path(thing).replace("/change/", "/preview/")


@pytest.fixture
def draft() -> Event:
    source = make_source(title="The article", status=Status.DRAFT)
    return make_event(
        "A truce",
        status=Status.DRAFT,
        date="1953",
        source=source,
        quote="armistice in 1953",
        actors=[(make_actor("Mongolia"), "witness")],
    )


def test_a_draft_is_shown_as_readers_will_see_it(client: Client, draft: Event) -> None:
    editor(client)
    response = client.get(preview_path(draft))
    text = text_of(response)
    assert "Preview: not public. Back to editing" in text
    assert "A truce" in text
    assert "armistice in 1953" in text
    assert "Mongolia" in text
    assert "Readers see these only once they are published, too: The article" in text


def test_but_for_the_banner_a_preview_is_the_page_of_readers(client: Client) -> None:
    editor(client)
    event = make_event("Open", date="1953", source=make_source(), quote="shared ideology")
    for thing in (event, event.claims.get().source):
        public = text_of(client.get(thing.get_absolute_url()))
        preview = text_of(client.get(preview_path(thing)))
        assert preview.replace("Preview: this is public already. Back to editing ", "") == public


def test_a_preview_is_kept_and_listed_nowhere(client: Client, draft: Event) -> None:
    editor(client)
    for thing in (draft, draft.claims.get().source):
        response = client.get(preview_path(thing))
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert "no-store" in response.headers["Cache-Control"]
        assert '<meta name="robots" content="noindex, nofollow">' in response.content.decode()


def test_a_draft_stays_closed_to_readers(client: Client, draft: Event) -> None:
    source = draft.claims.get().source
    for thing in (draft, source):
        assert client.get(thing.get_absolute_url()).status_code == 404
        response = client.get(preview_path(thing))
        assert response.status_code == 302
        assert "/login/" in response.headers["Location"]
    editor(client)
    client.get(preview_path(draft))
    assert Client().get(draft.get_absolute_url()).status_code == 404
    public = make_event("Open")
    assert "Preview" not in text_of(client.get(public.get_absolute_url()))


@pytest.mark.parametrize(
    ("permissions", "event", "source"),
    [
        ((), 403, 403),
        (("view_event",), 200, 403),
        (("change_source",), 403, 200),
        (("view_claim", "view_actor"), 403, 403),
    ],
)
def test_a_preview_needs_the_permission_to_look(
    client: Client, draft: Event, permissions: tuple[str, ...], event: int, source: int
) -> None:
    staff(client, *permissions)
    assert client.get(preview_path(draft)).status_code == event
    assert client.get(preview_path(draft.claims.get().source)).status_code == source


def test_contributors_have_a_button_for_it(client: Client, draft: Event) -> None:
    member(client, "contributor")
    for thing in (draft, draft.claims.get().source):
        page = client.get(change_path(thing)).content.decode()
        assert f'<a href="{preview_path(thing)}">Preview</a>' in page
    assert "Preview" not in text_of(client.get(change_path(Actor.objects.get())))


def test_a_source_is_shown_with_the_quotes_of_drafts(client: Client, draft: Event) -> None:
    editor(client)
    source = draft.claims.get().source
    make_claim(make_event("Public", cited=False), source, "shared ideology")
    response = client.get(preview_path(source))
    text = text_of(response)
    assert "The article" in text
    assert "too: A truce" in text
    assert response.content.decode().count("<mark") >= 2
    hidden = client.get(preview_path(source), {"show": "corrections"})
    assert hidden.status_code == 200
    assert f'href="{preview_path(source)}?show=corrections' not in text
    assert client.get(preview_path(source), {"show": "nonsense"}).status_code == 400


@pytest.mark.parametrize("key", ["0", "99999999", "9" * 40])
def test_what_is_not_there_has_no_preview(client: Client, key: str) -> None:
    editor(client)
    assert client.get(f"/admin/timeline/event/{key}/preview/").status_code == 404


def test_nothing_is_written_through_a_preview(client: Client, draft: Event) -> None:
    editor(client)
    assert client.post(preview_path(draft)).status_code == 405


def test_stored_text_is_not_html_in_a_preview(client: Client) -> None:
    editor(client)
    event = make_event("<b>x</b>", status=Status.DRAFT)
    Source.objects.update(title="<i>y</i>", status=Status.DRAFT)
    page = client.get(preview_path(event)).content.decode()
    assert "<b>x</b>" not in page
    assert "<i>y</i>" not in page
