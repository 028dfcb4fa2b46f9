"""Lists as CSV: all rows, as filtered, with nothing in them that a spreadsheet would run."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from actors.models import Alias
from tests.admin_forms import editor, staff
from tests.builders import make_actor, make_event, make_source
from timeline.admin import csv_export
from timeline.admin.csv_export import FORMULA, defused
from timeline.models import Event, Source, Status

pytestmark = pytest.mark.django_db
LISTS = {
    "timeline/event": "view_event",
    "timeline/claim": "view_claim",
    "timeline/source": "view_source",
    "timeline/passage": "view_passage",
    "actors/actor": "view_actor",
}


def download(client: Client, model: str, **parameters: str) -> bytes:
    response: Any = client.get(f"/admin/{model}/csv/", parameters)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def rows(client: Client, model: str = "timeline/event", **parameters: str) -> list[dict[str, str]]:
    text = download(client, model, **parameters).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_events_are_written_with_dates_as_edtf_and_in_words(client: Client) -> None:
    editor(client)
    source = make_source("A treaty, “so called”,\nwas signed.", slug="article")
    make_event(
        "Treaty, with a comma",
        slug="treaty",
        date="1948-09~",
        date_basis="inferred",
        date_note="by context",
        summary="Two\nlines, “quoted” 🕊 سلام",
        actors=[(make_actor("Mongolia"), "host"), make_actor("DPRK")],
        source=source,
    )
    make_event("undated", status=Status.DRAFT, cited=False)
    assert rows(client) == [
        {
            "id": "treaty",
            "status": "published",
            "title": "Treaty, with a comma",
            "date": "1948-09~",
            "date in words": "about September 1948",
            "date basis": "inferred",
            "date note": "by context",
            "kind": "diplomacy",
            "summary": "Two\nlines, “quoted” 🕊 سلام",
            "actors": "Mongolia (host); DPRK",
            "quotes": "1",
            "sources": "article",
        },
        rows(client, dated="no")[0],
    ]
    assert rows(client, dated="no")[0]["title"] == "undated"


def test_the_file_has_a_mark_a_type_and_a_safe_name(client: Client) -> None:
    editor(client)
    response = client.get("/admin/timeline/event/csv/")
    today = f"{timezone.localdate():%Y-%m-%d}"
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == f'attachment; filename="events-{today}.csv"'
    assert download(client, "timeline/event").startswith(b"\xef\xbb\xbfid,status,")


def test_all_other_lists_have_their_own_columns(client: Client) -> None:
    editor(client)
    author = [{"family": "Tsedev", "given": "B."}, {"literal": "A group"}]
    source = make_source("-1 is a number.", slug="s", title="Minus", author=author, issued="2013")
    actor = make_actor("Mongolia", slug="mn")
    Alias.objects.create(actor=actor, name="MPR")
    make_event(slug="e", source=source)
    assert rows(client, "timeline/source")[0]["authors"] == "Tsedev, B.; literal: A group"
    assert rows(client, "timeline/source")[0]["issued in words"] == "2013"
    claim = rows(client, "timeline/claim")[0]
    assert (claim["event"], claim["source"], claim["paragraph"]) == ("e", "s", "1")
    assert claim["quote"] == "'-1 is a number."
    assert rows(client, "timeline/passage")[0]["quotes"] == "1"
    assert rows(client, "actors/actor")[0]["other names"] == "MPR"


def test_the_list_is_written_as_it_is_filtered_searched_and_sorted(client: Client) -> None:
    editor(client)
    for title in ("b", "a", "c"):
        make_event(title, kind="war" if title != "c" else "trade", cited=False)
    assert [row["title"] for row in rows(client, kind="war", o="2")] == ["a", "b"]
    assert [row["title"] for row in rows(client, q="c")] == ["c"]
    assert rows(client, years="nonsense") == []
    page = client.get("/admin/timeline/event/", {"kind": "war", "q": "a"}).content.decode()
    assert 'href="/admin/timeline/event/csv/?kind=war&amp;q=a"' in page


def test_all_pages_are_written_by_as_many_queries_as_there_are_chunks(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(client)
    monkeypatch.setattr(csv_export, "CHUNK", 40)
    for _ in range(60):
        make_event(cited=False, actors=[make_actor()])

    def queries(status: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            download(client, "timeline/event", status__exact=status)
        return len(captured)

    two = queries("published")
    keys = list(Event.objects.values_list("pk", flat=True))
    Event.objects.filter(pk__in=keys[:30]).update(status=Status.DRAFT)
    one = queries("draft")
    Event.objects.filter(pk__in=keys[:5]).update(status=Status.REVIEW)
    assert queries("review") == one
    assert two == one + 3  # the parts, their actors, the claims
    assert len(rows(client)) == 60


@pytest.mark.parametrize("model", LISTS)
def test_a_file_needs_the_permission_to_look(client: Client, model: str) -> None:
    assert client.get(f"/admin/{model}/csv/").status_code == 302
    staff(client, *(one for name, one in LISTS.items() if name != model))
    assert client.get(f"/admin/{model}/csv/").status_code == 403
    assert "csv/" not in client.get("/admin/").content.decode()


def test_nonsense_is_refused(client: Client) -> None:
    editor(client)
    assert client.get("/admin/timeline/event/csv/", {"status__x": "y"}).status_code in (302, 400)
    assert client.get("/admin/timeline/event/csv/", {"password": "y"}).status_code in (302, 400)
    assert client.post("/admin/timeline/event/csv/").status_code == 405


@pytest.mark.parametrize("sign", FORMULA)
def test_what_a_spreadsheet_would_run_is_defused(client: Client, sign: str) -> None:
    editor(client)
    make_event(f"{sign}1+1|' /C calc'!A0", cited=False, summary=f"{sign}HYPERLINK()")
    Source.objects.all().delete()
    text = download(client, "timeline/event").decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(text, newline="")))
    assert row["title"].startswith(f"'{sign}")
    assert row["summary"].startswith(f"'{sign}")


@given(st.one_of(st.text(), st.none(), st.integers()))
def test_no_cell_begins_as_a_formula(value: Any) -> None:
    cell = defused(value)
    assert not cell.startswith(FORMULA)
    assert cell.removeprefix("'") == ("" if value is None else str(value).removeprefix("'"))
