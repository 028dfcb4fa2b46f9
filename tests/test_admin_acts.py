"""The acts of everybody in the admin: the list, what each changed, and their undo."""

import re
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actors.models import Actor
from tests.admin_forms import change_path, editor, member, staff, text_of
from tests.builders import make_actor, make_event, make_source
from timeline import history
from timeline.admin import acts
from timeline.admin.moments import moment_text
from timeline.admin.permissions import SEEING_ACTS, UNDOING_ACTS
from timeline.models import Event, Participation
from timeline.revisions import acts as recent_acts
from timeline.revisions import contents as act_contents

pytestmark = pytest.mark.django_db
ACTS = "/admin/acts/"


def act_path(act: history.Act) -> str:
    return reverse("admin:timeline_act", args=[moment_text(act.moment)])


def undo_path(act: history.Act) -> str:
    return reverse("admin:timeline_act_undo", args=[moment_text(act.moment)])


def codenames(permissions: tuple[str, ...]) -> list[str]:
    return [one.partition(".")[2] for one in permissions]


def make_act(reason: str = "An import", user: User | None = None, **fields: Any) -> history.Act:
    with history.act(reason, user) as act:
        make_event("Armistice", **fields)
    return act


def test_the_latest_acts_say_when_who_why_and_how_many_of_what(client: Client) -> None:
    user = editor(client)
    make_act("First")
    with history.act("Second", user):
        make_actor("DPRK")
    text = text_of(client.get(ACTS))
    assert re.search(r"· editor “Second” 1 actor: “DPRK” .* · a program “First”", text)
    assert "1 source, 1 source text, 1 passage, 1 event, 1 claim: “Source" in text
    assert "“Armistice”" in text


def test_acts_are_paged_by_moment_and_each_is_there_once(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(client)
    real = recent_acts.recent
    monkeypatch.setattr(acts, "recent", lambda *a, **k: real(*a, most=2, **k))
    for number in range(5):
        with history.act(f"Act {number}"):
            make_actor(), make_source("Words.")
    found, address = [], ACTS
    while address:
        page = client.get(address).content.decode()
        found.append(re.findall(r"“(Act \d)”", page))
        link = re.search(r'rel="next" href="([^"]+)"', page)
        address = f"{ACTS}{link[1]}" if link else ""
    assert found == [["Act 4", "Act 3"], ["Act 2", "Act 1"], ["Act 0"]]


def test_acts_of_one_person_are_found_among_many(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = editor(client)
    monkeypatch.setattr(recent_acts, "MOST_WALKED", 3)
    with history.act("Mine", user):
        make_actor()
    for number in range(7):
        with history.act(f"Theirs {number}"):
            make_actor()
    found, address = [], f"{ACTS}?user={user.pk}"
    for _page in range(10):
        answer = client.get(address)
        found += re.findall(r"“(Mine|Theirs \d)”", answer.content.decode())
        link = re.search(r'rel="next" href="([^"]+)"', answer.content.decode())
        if link is None:
            break
        assert "None among those that were looked through" in text_of(answer)
        address = f"{ACTS}{link[1].replace('&amp;', '&')}"
    assert found == ["Mine"]


@pytest.mark.parametrize("query", ["?before=x", "?before=20261301T", "?user=x", "?user=9999999999"])
def test_an_address_of_no_acts_is_not_found(client: Client, query: str) -> None:
    editor(client)
    assert client.get(ACTS + query).status_code == 404


@pytest.mark.parametrize("moment", ["x", "19990101T000000000000"])
def test_an_act_that_never_was_is_not_found(client: Client, moment: str) -> None:
    editor(client)
    assert client.get(f"{ACTS}{moment}/").status_code == 404
    assert client.get(f"{ACTS}{moment}/undo/").status_code == 404


@pytest.mark.parametrize("position", ["x", "1", "1.x", "-1.2", "1.99999999999999999999"])
def test_a_page_of_an_act_that_is_none_is_not_found(client: Client, position: str) -> None:
    editor(client)
    assert client.get(f"{act_path(make_act())}?after={position}").status_code == 404


def test_an_act_is_told_entry_by_entry_with_what_differs(client: Client) -> None:
    editor(client)
    event = make_event("Truce", date="1953", actors=[make_actor("DPRK")])
    other = make_event("Other")
    with history.act("Corrected") as act:
        event.title = "Armistice"
        event.save()
        event.participations.all().delete()
        claim = other.claims.get()
        claim.note = "seen"
        claim.save()
    text = text_of(client.get(act_path(act)))
    assert "Event Armistice Title Truce → Armistice Actor “DPRK” removed" in text
    assert re.search(r"Event Other Claim “.*” changed Note seen", text)
    assert text.count("Event Other") == 1


def test_what_an_act_deleted_has_its_last_name_and_no_link(client: Client) -> None:
    editor(client)
    event = make_event("Truce")
    key = event.pk
    with history.act("Mistaken") as act:
        event.delete()
    answer = client.get(act_path(act))
    assert "Event Truce (deleted) Event removed Slug" in text_of(answer)
    assert f"/admin/timeline/event/{key}/" not in answer.content.decode()


def test_a_large_act_is_paged_and_every_entry_is_there_once(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(client)
    real = act_contents.contents
    monkeypatch.setattr(acts, "contents", lambda moment, after: real(moment, after, 3))
    article = make_source()
    old = [make_event(f"Old {n}", source=article, quote="shared ideology") for n in range(4)]
    with history.act("Import") as act:
        for number in range(5):
            event = make_event(f"New {number}", source=article, quote="shared ideology")
            event.save()
        for event in old:
            for claim in event.claims.all():
                claim.note = "seen"
                claim.save()
            Participation.objects.create(event=event, actor=make_actor())
    found, address = [], act_path(act)
    for _page in range(20):
        page = client.get(address).content.decode()
        found += re.findall(r'/history/">((?:New|Old) \d)<', page)
        link = re.search(r'rel="next" href="([^"]+)"', page)
        if not link:
            break
        address = act_path(act) + link[1]
    assert sorted(found) == sorted(
        [*(f"New {n}" for n in range(5)), *(f"Old {n}" for n in range(4))]
    )


def test_the_number_of_queries_does_not_grow_with_what_is_listed(client: Client) -> None:
    editor(client)

    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        return len(queries)

    act = make_act()
    client.get(ACTS)
    few = asked(ACTS), asked(act_path(act))
    with history.act("Many") as many:
        for _number in range(8):
            make_event(actors=[make_actor()])
    for _number in range(10):
        make_act()
    assert asked(ACTS) <= few[0]
    assert asked(act_path(many)) <= few[1] + 12  # of each kind there is something now


def test_a_history_leads_to_its_acts(client: Client) -> None:
    editor(client)
    act = make_act()
    page = client.get(change_path(Event.objects.get()).replace("/change/", "/history/"))
    assert act_path(act) in page.content.decode()


def test_an_undo_is_shown_first_and_asks_for_a_reason(client: Client) -> None:
    editor(client)
    act = make_act()
    assert undo_path(act) in client.get(act_path(act)).content.decode()
    text = text_of(client.get(undo_path(act)))
    assert "What will be undone 1 source removed 1 event removed Reason" in text
    assert Event.objects.exists()
    answer = client.post(undo_path(act), {"change_reason": "mistaken"}, follow=True)
    assert not Event.objects.exists()
    text = text_of(answer)
    assert "Undone: 1 source removed, 1 event removed." in text
    assert "By editor" in text.replace("by editor", "By editor")
    assert Event.history.latest().history_change_reason.endswith("UTC: mistaken")


def test_what_stays_is_told_with_the_reason_before_and_after(client: Client) -> None:
    editor(client)
    act = make_act()
    event = Event.objects.get()
    event.summary = "edited"
    event.save()
    text = text_of(client.get(undo_path(act)))
    assert "Nothing: all that can go back is as before already." in text
    assert "Armistice It has been edited since." in text
    assert (
        '<form method="post"'
        not in client.get(undo_path(act)).content.decode().split("content-main")[1]
    )
    text = text_of(client.post(undo_path(act), follow=True))
    assert "“Armistice” stays: It has been edited since." in text
    assert "Nothing was changed." in text


def test_an_act_that_is_too_large_for_a_page_names_the_command(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(client)
    monkeypatch.setattr(acts, "MOST_FOR_A_PAGE", 3)
    act = make_act()
    said = f"manage.py undo_act {act.moment.isoformat()}"
    assert said in text_of(client.get(undo_path(act)))
    assert said in text_of(client.post(undo_path(act)))
    assert Event.objects.exists()


def test_the_command_undoes_and_tells_the_same() -> None:
    act = make_act()
    moment = act.moment.isoformat()
    told = StringIO()
    call_command("undo_act", moment, dry_run=True, stdout=told)
    assert told.getvalue() == (
        "sources: 1 removed, 0 changed back, 0 brought back\n"
        "events: 1 removed, 0 changed back, 0 brought back\n"
    )
    assert Event.objects.exists()
    call_command("undo_act", moment, reason="mistaken", stdout=StringIO())
    assert not Event.objects.exists()
    assert Event.history.latest().history_change_reason.endswith("UTC: mistaken")
    told = StringIO()
    call_command("undo_act", moment, stdout=told)
    assert told.getvalue() == "Nothing was changed.\n"


@pytest.mark.parametrize("moment", ["yesterday", "1999-01-01"])
def test_the_command_refuses_what_is_no_act(moment: str) -> None:
    with pytest.raises(CommandError, match=r"is no moment|No act is recorded"):
        call_command("undo_act", moment)


@pytest.mark.parametrize("lacking", UNDOING_ACTS)
def test_an_act_is_undone_by_nobody_who_lacks_a_permission(client: Client, lacking: str) -> None:
    act = make_act()
    all_but = [one for one in codenames(SEEING_ACTS + UNDOING_ACTS) if one not in lacking]
    staff(client, *all_but)
    assert undo_path(act) not in client.get(act_path(act)).content.decode()
    assert client.get(undo_path(act)).status_code == 403
    assert client.post(undo_path(act)).status_code == 403
    assert Event.objects.exists()


@pytest.mark.parametrize("lacking", SEEING_ACTS)
def test_acts_are_seen_by_nobody_who_lacks_a_permission(client: Client, lacking: str) -> None:
    act = make_act()
    staff(client, *(one for one in codenames(SEEING_ACTS + UNDOING_ACTS) if one not in lacking))
    for path in (ACTS, act_path(act), undo_path(act)):
        assert client.get(path).status_code == 403
    page = client.get(change_path(Event.objects.get()).replace("/change/", "/history/"))
    assert act_path(act) not in page.content.decode()


def test_contributors_see_acts_and_editors_undo_them(client: Client) -> None:
    act = make_act()
    member(client, "contributor")
    assert client.get(ACTS).status_code == 200
    assert client.get(undo_path(act)).status_code == 403
    member(client, "editor")
    assert client.post(undo_path(act)).status_code == 302
    assert not Event.objects.exists()


def test_acts_are_not_for_who_is_not_logged_in(client: Client) -> None:
    act = make_act()
    for path in (ACTS, act_path(act), undo_path(act)):
        assert client.get(path).headers["Location"].startswith("/admin/login/")


def test_an_undo_is_refused_without_a_token() -> None:
    client = Client(enforce_csrf_checks=True)
    editor(client)
    act = make_act()
    assert client.post(undo_path(act)).status_code == 403
    assert Event.objects.exists()


def test_what_an_act_says_is_never_markup(client: Client) -> None:
    editor(client)
    with history.act("<b>bold</b>") as act:
        make_actor("<script>alert(1)</script>")
    for path in (ACTS, act_path(act), undo_path(act)):
        page = client.get(path).content.decode()
        assert "<script>alert" not in page
        assert "<b>bold" not in page


def test_a_moment_on_a_full_second_has_its_act(client: Client) -> None:
    editor(client)
    with history.act("Even") as act:
        actor = make_actor("Even")
    even = act.moment.replace(microsecond=0) - timedelta(seconds=5)
    Actor.history.filter(id=actor.pk).update(history_date=even)
    assert "“Even”" in text_of(client.get(ACTS))
    assert client.get(f"{ACTS}{moment_text(even)}/").status_code == 200
    assert recent_acts.recent(datetime.now(UTC)).acts[0].moment == even
