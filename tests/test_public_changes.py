"""The log of changes: what readers are told of additions, corrections and withdrawals."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actors.models import Actor
from tests.admin_forms import text_of
from tests.builders import ARTICLE, make_actor, make_claim, make_event, make_source
from tests.public import SECRET
from timeline import history, texts
from timeline.chronology import log as logs
from timeline.chronology import log_counting, public_acts
from timeline.chronology.log import Line, log
from timeline.models import Claim, Event, Participation, Source, Status
from timeline.readings import TextSpec
from timeline.revisions import undo
from timeline.revisions.moments import moment_text

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


@pytest.fixture(autouse=True)
def sources_of_long_ago(request: pytest.FixtureRequest) -> None:
    """Nothing but what a test does is to be in the log."""
    assert not Event.history.exists()


def paper(text: str = ARTICLE, **fields: Any) -> Source:
    """A source that was made with its text in one act."""
    with history.act(""):
        return make_source(text, **fields)


def change(thing: Any, reason: str = "", **fields: Any) -> history.Act:
    with history.act(reason) as act:
        for name, value in fields.items():
            setattr(thing, name, value)
        thing.save()
    return act


def told() -> list[str]:
    """What the page says of each act, the latest first."""
    page = Client().get("/changes/").content.decode()
    acts = re.findall(r'(?s)<li id="act-\d+T\d+">(.*?)</div>\s*</li>', page)
    plain = (re.sub(r"<[^>]+>", "", one.split("</time>")[1]) for one in acts)
    return [" ".join(one.split()) for one in plain]


def lines() -> list[tuple[str, str, int, bool, list[str]]]:
    return [
        (line.kind, line.model, line.number, line.more, [one.title for one in line.entries])
        for act in log().acts
        for line in act.lines
    ]


def test_what_is_added_corrected_and_withdrawn_is_told_with_reasons() -> None:
    source = paper(title="An article")
    with history.act("First entry"):
        event = make_event("Truce", source=source, quote="shared ideology", date="1953")
    change(event, "The article says July", date="1953-07", title="Armistice")
    change(event, "Doubtful", status=Status.DRAFT)
    assert told() == [
        "Withdrawn: Armistice Doubtful",
        "Corrected: Armistice entry: title, date changed The article says July",
        "Added: Truce First entry",
        "Source added: An article",
    ]


def test_titles_lead_to_what_is_public_now_and_to_nothing_else(client: Client) -> None:
    event = make_event("Truce", slug="truce")
    other = make_event("Other", slug="other")
    change(other, status=Status.DRAFT)
    page = client.get("/changes/").content.decode()
    assert '<a href="/events/truce/"><bdi>Truce</bdi></a>' in page
    assert "/events/other/" not in page
    change(event, slug="armistice")
    page = client.get("/changes/").content.decode()
    assert '<a href="/events/armistice/"><bdi>Truce</bdi></a>' in page


def test_quotes_and_actors_are_corrections_of_their_entry() -> None:
    source = paper()
    event = make_event("Truce", source=source, quote="shared ideology")
    hidden = paper("Secret words.", status=Status.DRAFT)
    with history.act("Another quote"):
        claim = make_claim(event, source, "The war ended in an armistice in 1953.")
    with history.act("Named"):
        Participation.objects.create(event=event, actor=make_actor("DPRK"))
    change(claim, "Seen", note="seen")
    with history.act("Of a draft"):
        make_claim(event, hidden, "Secret words.")
    claim.delete()
    assert told()[:4] == [
        "Corrected: Truce quote removed",
        "Corrected: Truce quote: note changed Seen",
        "Corrected: Truce actor added Named",
        "Corrected: Truce quote added Another quote",
    ]


def test_the_text_of_a_source_is_a_correction_of_it() -> None:
    source = paper(title="An article")
    with history.act("Misprint"):
        texts.store_text(source, ARTICLE.replace("shared", "a shared"), TextSpec())
    assert told()[0] == "Source corrected: An article text: as received, as read changed Misprint"


def test_nothing_of_drafts_is_told() -> None:
    draft = make_event(SECRET, status=Status.DRAFT, source=paper(), quote="shared ideology")
    for fields in ({"title": f"{SECRET} two"}, {"status": Status.REVIEW}, {"summary": SECRET}):
        change(draft, SECRET, **fields)
    with history.act(SECRET):
        claim = draft.claims.get()
        claim.note = SECRET
        claim.save()
        draft.participations.create(actor=make_actor(SECRET))
    with history.act(SECRET):
        draft.delete()
    paper("Words.", title=SECRET, status=Status.DRAFT).delete()
    assert [line[1] for line in lines()] == ["source"]
    for address in ("/changes/", "/changes.atom"):
        assert SECRET not in Client().get(address).content.decode()


def test_what_an_entry_was_as_a_draft_before_and_after_is_not_told() -> None:
    event = make_event(SECRET, status=Status.DRAFT)
    change(event, "Published", title="Truce", status=Status.PUBLISHED)
    change(event, "Withdrawn", title=f"{SECRET} again", status=Status.DRAFT)
    change(event, SECRET, summary=SECRET)
    assert told()[:2] == ["Withdrawn: Truce Withdrawn", "Added: Truce Published"]
    assert SECRET not in Client().get("/changes/").content.decode()


def test_an_act_of_drafts_and_published_entries_tells_of_the_published() -> None:
    source = paper()
    with history.act("Imported"):
        make_event("Truce", source=source, quote="shared ideology")
        make_event(SECRET, source=source, quote="shared ideology", status=Status.DRAFT)
    assert told()[0] == "Added: Truce Imported"


def test_what_was_public_only_within_an_act_was_seen_by_nobody() -> None:
    with history.act("Import"):
        event = make_event(SECRET, source=paper(), quote="shared ideology")
        event.status = Status.DRAFT
        event.save()
    assert [line[:2] for line in lines()] == [("added", "source")]


def test_a_save_that_changes_nothing_is_no_change() -> None:
    event = make_event("Truce")
    before = told()
    event.save()
    assert told() == before


def test_who_did_it_is_not_told() -> None:
    user = User.objects.create_user("contributor-name")
    with history.act("Imported", user):
        make_event("Truce")
    for address in ("/changes/", "/changes.atom"):
        assert "contributor-name" not in Client().get(address).content.decode()


def test_deleting_bringing_back_and_undoing_are_told() -> None:
    source = paper(title="An article")
    with history.act("Made") as act:
        event = make_event("Truce", source=source, quote="shared ideology")
    undone = undo(act.moment, reason="a mistake")
    assert not Event.objects.exists()
    undo(undone.moment)
    assert Event.objects.get() == event
    found = told()
    assert found[0].startswith("Added: Truce Undid the act of")
    assert found[1].startswith("Withdrawn: Truce Undid the act of")
    assert found[1].endswith("UTC: a mistake")


def test_a_few_are_told_one_by_one_and_many_counted_with_the_first_named() -> None:
    source = paper(title="An article")
    with history.act("Five"):
        five = [make_event(f"E{n}", source=source, quote="shared ideology") for n in range(5)]
    with history.act("Six"):
        for number in range(6):
            make_event(f"F{number}", source=source, quote="shared ideology")
    with history.act("All of them"):
        for event in [*five, make_event("G", source=source, quote="shared ideology")]:
            event.summary = "New"
            event.save()
        Event.objects.filter(title__startswith="F").delete()
    assert lines()[:5] == [
        ("added", "event", 1, False, ["G"]),
        ("corrected", "event", 5, False, ["E0", "E1", "E2", "E3", "E4"]),
        ("withdrawn", "event", 6, False, ["F0", "F1", "F2"]),
        ("added", "event", 6, False, ["F0", "F1", "F2"]),
        ("added", "event", 5, False, ["E0", "E1", "E2", "E3", "E4"]),
    ]
    assert "6 entries withdrawn: F0, F1, F2 and others" in told()[0]


def import_many(number: int, reason: str = "Imported", status: str = "published") -> list[Event]:
    """Entries whose quotes are all the same, in bulk."""
    events = [
        Event(slug=f"{reason.lower()}-{n}", title=f"E{n}", kind="war", status=status)
        for n in range(number)
    ]
    source = Source.objects.first() or paper(title="An article")
    passage = source.passages.earliest("ordinal")
    quote = passage.text[:7]
    with history.act(reason):
        history.bulk_create(events)
        history.bulk_create(
            [
                Claim(
                    slug=f"{one.slug}-claim", event=one, source=source, passage=passage,
                    quote=quote, start=0, end=7,
                )
                for one in events
            ]
        )  # fmt: skip
    return events


def test_a_large_import_is_one_line() -> None:
    paper(title="An article")
    import_many(1204)
    assert told()[0] == "1,204 entries added: E0, E1, E2 and others Imported"


def test_more_than_are_counted_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_counting, "MOST_COUNTED", 50)
    paper(title="An article")
    events = import_many(60)
    assert told()[0] == "more than 50 entries added: E0, E1, E2 and others Imported"
    with history.act("Withdrawn"):
        for event in events:
            event.status = Status.DRAFT
        history.bulk_update(events, ["status"])
    assert told()[0].startswith("more than 50 entries withdrawn: E0")
    with history.act("Again"):
        for event in events:
            event.status = Status.PUBLISHED
        history.bulk_update(events, ["status"])
    with history.act("Corrected"):
        for event in events:
            event.summary = "New"
        history.bulk_update(events, ["summary"])
    assert told()[0].startswith("more than 50 entries corrected: E0")


def test_large_acts_are_counted_as_small_ones_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counting in the database and looking at each tell the same numbers."""
    source = paper(title="An article")
    events = import_many(40)
    with history.act("Mixed"):
        some = events[:12]
        for event in some:
            event.summary = "New"
        history.bulk_update(some, ["summary"])
        for event in events[12:25]:
            event.save()
        for event in events[25:30]:
            event.status = Status.DRAFT
        history.bulk_update(events[25:30], ["status"])
        Claim.objects.filter(event__in=events[30:37]).delete()
        Event.objects.filter(pk__in=[one.pk for one in events[30:37]]).delete()
        for number in range(9):
            make_event(f"G{number}", source=source, quote=ARTICLE[:7])
        for _number in range(9):
            make_event(SECRET, source=source, quote=ARTICLE[:7], status=Status.DRAFT)
    looked = {line[:3] for line in lines()[:3]}
    monkeypatch.setattr(public_acts, "MOST_LOOKED", 2)
    counted = {line[:3] for line in lines()[:3]}
    assert looked == {
        ("added", "event", 9),
        ("corrected", "event", 12),
        ("withdrawn", "event", 12),
    }
    assert counted == looked
    assert SECRET not in Client().get("/changes/").content.decode()


def test_drafts_in_a_large_act_hide_nothing_that_is_published() -> None:
    source = paper(title="An article")
    with history.act("Imported"):
        history.bulk_create(
            [Event(slug=f"d{n}", title=SECRET, kind="war", status=Status.DRAFT) for n in range(200)]
        )
        make_event("Truce", source=source, quote="shared ideology")
    assert told()[0] == "Added: Truce Imported"


def test_pages_go_on_and_every_act_is_there_once(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = logs.log
    monkeypatch.setattr("timeline.views.changes.log", lambda before=None: real(before, most=2))
    source = paper(title="An article")
    for number in range(5):
        with history.act(f"Act {number}"):
            make_event(f"E{number}", source=source, quote="shared ideology")
    found, address = [], "/changes/"
    while address:
        page = client.get(address).content.decode()
        found += re.findall(r"<bdi>(Act \d)</bdi>", page)
        link = re.search(r'rel="next" href="([^"]+)"', page)
        address = link[1] if link else ""
    assert found == [f"Act {number}" for number in (4, 3, 2, 1, 0)]
    assert '<a href="/changes/">' in page


def test_changes_are_found_behind_many_acts_of_drafts(monkeypatch: pytest.MonkeyPatch) -> None:
    source = paper(title="An article")
    draft = make_event(SECRET, status=Status.DRAFT, source=source, quote="shared ideology")
    claim = draft.claims.get()
    for number in range(80):
        with history.act(SECRET):
            claim.note = str(number)
            claim.save()
    assert told() == ["Source added: An article"]
    monkeypatch.setattr(public_acts, "MANY", 70)
    first = log()
    assert (first.acts, first.earlier is None) == ((), False)
    assert [act.lines[0].entries[0].title for act in log(first.earlier).acts] == ["An article"]


@pytest.mark.parametrize("query", ["before=x", "before=20261301T000000000000", "before=2026"])
def test_an_address_of_no_page_is_not_found(client: Client, query: str) -> None:
    assert client.get(f"/changes/?{query}").status_code == 404


@pytest.mark.parametrize("query", ["before=", "x=1", "before=20260101T000000000000&x=1"])
def test_every_page_has_one_address(client: Client, query: str) -> None:
    answer = client.get(f"/changes/?{query}")
    assert answer.status_code == 302
    before = "20260101T000000000000" in query
    assert answer.headers["Location"] == (
        "/changes/?before=20260101T000000000000" if before else "/changes/"
    )


def test_an_empty_log_says_so(client: Client) -> None:
    assert "No changes are recorded here." in text_of(client.get("/changes/"))
    assert list(feed(client).iter(f"{ATOM}entry")) == []


def feed(client: Client) -> ET.Element:
    answer = client.get("/changes.atom")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    tree = ET.fromstring(answer.content)  # noqa: S314  # our own
    assert_valid(tree)
    return tree


def assert_valid(tree: ET.Element) -> None:
    """What RFC 4287 asks of a feed like this one."""
    assert tree.tag == f"{ATOM}feed"
    for element in (tree, *tree.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
            assert (element.findtext(f"{ATOM}{name}") or "").strip(), name
        for name in ("updated", "published"):
            for moment in element.findall(f"{ATOM}{name}"):
                assert RFC3339.fullmatch(moment.text or ""), moment.text
        assert re.match(r"(tag:[^,\s]+,\d{4}-\d\d-\d\d:\S+|https?://\S+)$",
                        element.findtext(f"{ATOM}id") or "")  # fmt: skip
        alternates = [
            one
            for one in element.findall(f"{ATOM}link")
            if one.get("rel", "alternate") == "alternate"
        ]
        assert len(alternates) == 1
        assert all(one.get("href", "").startswith("http") for one in element.iter(f"{ATOM}link"))
    assert len(tree.findall(f"{ATOM}author/{ATOM}name")) == 1
    assert [one.get("rel") for one in tree.findall(f"{ATOM}link")] == ["self", "alternate"]
    for content in tree.iter(f"{ATOM}content"):
        assert content.get("type") == "xhtml"
        assert [child.tag for child in content] == [f"{XHTML}div"]
    ids = [one.text for one in tree.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids))


def test_the_feed_is_valid_and_tells_the_same_as_the_page(client: Client) -> None:
    with history.act('Said "so" & <more>'):
        event = make_event('Truce & "peace" <1953>', slug="truce", source=paper())
    change(event, date="1953")
    tree = feed(client)
    corrected, added = tree.findall(f"{ATOM}entry")
    assert corrected.findtext(f"{ATOM}title") == 'Corrected: Truce & "peace" <1953>'
    assert (added.findtext(f"{ATOM}title") or "").startswith('Added: Truce & "peace" <1953>')
    said = " ".join("".join(added.itertext()).split())
    assert 'Said "so" & <more>' in said
    link = corrected.find(f"{ATOM}content//{XHTML}a")
    assert link is not None
    assert link.get("href") == "http://testserver/events/truce/"
    updated = [one.findtext(f"{ATOM}updated") or "" for one in (corrected, added)]
    assert updated == sorted(updated, reverse=True)
    assert tree.findtext(f"{ATOM}updated") == updated[0]


def test_ids_of_the_feed_stay_and_its_links_lead_to_the_act(client: Client) -> None:
    event = make_event("Truce")
    first = [one.findtext(f"{ATOM}id") for one in feed(client).iter(f"{ATOM}entry")]
    act = change(event, title="Armistice")
    entries = feed(client).findall(f"{ATOM}entry")
    assert [one.findtext(f"{ATOM}id") for one in entries][1:] == first
    link = entries[0].find(f"{ATOM}link")
    assert link is not None
    address, _hash, anchor = link.get("href", "").removeprefix("http://testserver").partition("#")
    page = client.get(address).content.decode()
    assert anchor == f"act-{moment_text(act.moment)}"
    assert re.findall(r'<li id="(act-[^"]+)"', page)[0] == anchor


def test_the_feed_has_the_latest_fifty_acts(client: Client) -> None:
    event = make_event("Truce")
    for number in range(55):
        change(event, summary=f"Summary {number}")
    assert len(feed(client).findall(f"{ATOM}entry")) == 50


def test_characters_that_xml_has_not_are_left_out(client: Client) -> None:
    make_event("Truce \x0b\x1f!")
    title = next(feed(client).iter(f"{ATOM}entry")).findtext(f"{ATOM}title") or ""
    assert "Truce !" in title


def test_what_is_told_is_never_markup(client: Client) -> None:
    with history.act("<b>bold</b>"):
        make_event("<script>alert(1)</script>")
    page = client.get("/changes/").content.decode()
    assert "<script>alert" not in page
    assert "<b>bold" not in page


def test_readers_find_the_log_from_every_page(client: Client) -> None:
    make_event("Truce", slug="truce")
    for path in ("/", "/about/", "/events/truce/", "/changes/"):
        page = client.get(path).content.decode()
        assert re.search(
            r'<link rel="alternate" type="application/atom\+xml"[^>]* href="/changes.atom">', page
        )
        assert '<a href="/changes/">' in page
    assert "/changes/" in client.get("/sitemap-pages.xml").content.decode()


def test_the_number_of_queries_does_not_grow(client: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            log()
        return len(queries)

    make_event("Truce")
    client.get("/changes/")
    few = asked()
    for number in range(20):
        with history.act(f"Act {number}"):
            for _one in range(3):
                make_event(actors=[make_actor()])
    import_many(100)
    assert asked() <= few + 1  # the counting of what is large


def test_kept_pages_follow_every_change(client: Client) -> None:
    event = make_event("Truce")
    assert "Armistice" not in client.get("/changes/").content.decode()
    change(event, title="Armistice")
    assert "Armistice" in client.get("/changes/").content.decode()
    assert "Armistice" in client.get("/changes.atom").content.decode()


def test_acts_of_before_histories_had_fractions_of_seconds_are_told() -> None:
    make_event("Truce", source=paper(title="An article"), quote="shared ideology")
    even = datetime.now(UTC).replace(microsecond=0) - timedelta(seconds=9)
    for model in (Event, Source, Claim):
        model.history.update(history_date=even)
    assert any("Truce" in one for one in told())
    assert isinstance(log().acts[0].lines[0], Line)
    assert not Actor.objects.exists()


def test_the_indexes_of_the_log_are_there() -> None:
    for model in (Event, Source):
        table = model.history.model._meta.db_table
        with connection.cursor() as cursor:
            names = connection.introspection.get_constraints(cursor, table)
        assert {f"{table}_public", f"{table}_hidden", f"{table}_deleted"} <= set(names)
