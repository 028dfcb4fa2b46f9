"""Imports in the admin: what is given is looked at, chosen from, carried out once, and kept."""

from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from actors.models import Actor
from tests.admin_forms import editor, text_of
from tests.builders import make_actor
from tests.proposals import (
    ADD,
    CHRONOLOGY,
    LIST,
    carry_out,
    choose,
    give,
    preview,
    send,
    url,
)
from tests.seeds import ACTORS, ARTICLE, EVENTS, import_folders, source, write_seed
from timeline.admin.moments import moment_text
from timeline.history import act
from timeline.models import Claim, Event, SeedImport, SeedItem, Source
from timeline.revisions import undo
from timeline.seeds import importing, proposing

pytestmark = pytest.mark.django_db
UPDATED = CHRONOLOGY.replace("The war ends", "A truce")


@pytest.fixture
def imported(tmp_path: Path) -> Path:
    """The seed, imported by the command."""
    import_folders(write_seed(tmp_path), verbosity=0)
    return tmp_path


def edited(slug: str = "armistice", title: str = "Mine") -> None:
    with act("An editor's"):
        event = Event.objects.get(slug=slug)
        event.title = title
        event.save()


def test_a_seed_is_given_looked_at_and_carried_out(client: Client) -> None:
    user = editor(client)
    proposal = give(client)
    page = text_of(client.get(url(proposal)))
    assert "all that changes (7) created (7)" in page
    assert "“armistice in 1953” on “The war ends”" in page
    assert not Event.objects.exists()
    assert "Would be created: 1 source, 2 actors, 2 events, 2 claims." in text_of(
        preview(client, proposal)
    )
    assert not Event.objects.exists()
    page = text_of(carry_out(client, proposal, "A new article"))
    assert "Created: 1 source, 2 actors, 2 events, 2 claims." in page
    proposal.refresh_from_db()
    assert (proposal.name, proposal.state, proposal.applied_by) == ("article", "applied", user)
    rows = [Event.history.get(slug="armistice"), Claim.history.get(slug="armistice-claim")]
    for row in [*rows, Actor.history.get(slug="dprk"), Source.history.get()]:
        assert row.history_date == proposal.moment
        assert (row.history_user, row.history_change_reason) == (user, "A new article")


def test_an_import_is_undone_as_a_whole_and_brought_in_again(client: Client) -> None:
    editor(client)
    proposal = give(client)
    carry_out(client, proposal)
    proposal.refresh_from_db()
    assert proposal.moment is not None
    act_url = reverse("admin:timeline_act", args=[moment_text(proposal.moment)])
    assert f'href="{act_url}"' in client.get(url(proposal)).content.decode()
    assert client.get(act_url).status_code == 200
    undo(proposal.moment, proposal.applied_by, "A wrong file")
    assert not Event.objects.exists()
    assert give(client).counts == {"created": 7}


def test_an_import_that_wrote_nothing_leads_to_no_act(client: Client, imported: Path) -> None:
    editor(client)
    proposal = give(client)
    page = text_of(carry_out(client, proposal))
    assert "Nothing to change." in page
    assert "undo it as a whole" not in page


def test_without_a_reason_the_history_says_what_was_imported(client: Client) -> None:
    editor(client)
    carry_out(client, give(client))
    assert Source.history.get().history_change_reason == "Imported from article"


def test_a_difference_is_told_field_by_field(client: Client, imported: Path) -> None:
    editor(client)
    proposal = give(client, UPDATED)
    content = client.get(url(proposal)).content.decode()
    assert "<dt>title</dt>" in content
    assert "<del>The war ends</del>" in content
    assert "<ins>A truce</ins>" in content
    assert proposal.counts == {"unchanged": 6, "updated": 1}


def test_what_is_rejected_stays_and_is_offered_again(client: Client, imported: Path) -> None:
    editor(client)
    chronology = UPDATED.replace('"DPRK"', '"North Korea"')
    proposal = give(client, chronology)
    choose(client, proposal, {"event:armistice": "leave"})
    page = text_of(carry_out(client, proposal))
    assert "event armistice was left out, as asked" in page
    assert Event.objects.get(slug="armistice").title == "The war ends"
    assert Actor.objects.get(slug="dprk").name == "North Korea"
    again = give(client, chronology)
    assert again.steps.get(outcome="updated").slug == "armistice"


def test_a_conflict_keeps_the_editors_work_until_the_seeds_is_taken(
    client: Client, imported: Path
) -> None:
    editor(client)
    edited()
    proposal = give(client)
    assert proposal.steps.get(outcome="conflict").why == "edited in the database"
    carry_out(client, proposal)
    assert Event.objects.get(slug="armistice").title == "Mine"
    proposal = give(client)
    choose(client, proposal, {"event:armistice": "take"})
    carry_out(client, proposal)
    assert Event.objects.get(slug="armistice").title == "The war ends"


def test_a_quote_follows_its_event_unless_something_is_said_of_it(
    client: Client, imported: Path
) -> None:
    editor(client)
    edited()
    Claim.objects.filter(slug="armistice-claim").update(note="Mine")
    proposal = give(client)
    choose(client, proposal, {"event:armistice": "take", "claim:armistice-claim": "leave"})
    carry_out(client, proposal)
    assert Claim.objects.get(slug="armistice-claim").note == "Mine"
    edited()
    proposal = give(client)
    choose(client, proposal, {"event:armistice": "take"})
    carry_out(client, proposal)
    assert Claim.objects.get(slug="armistice-claim").note == ""


def test_what_no_seed_has_any_more_is_deleted_when_chosen(client: Client, imported: Path) -> None:
    editor(client)
    proposal = give(client, source() + ACTORS + EVENTS[: EVENTS.index('[[event]]\nid = "arm')])
    choose(client, proposal, {"claim:armistice-claim": "drop"})
    page = text_of(carry_out(client, proposal))
    assert "event armistice, which is kept, quotes it" in page
    proposal = SeedImport.objects.get()
    proposal = give(client, source() + ACTORS + EVENTS[: EVENTS.index('[[event]]\nid = "arm')])
    choose(client, proposal, {}, go="all:no longer in the seed:drop")
    carry_out(client, proposal)
    assert list(Event.objects.values_list("slug", flat=True)) == ["relations"]
    assert SeedItem.objects.count() == 5


def test_another_order_of_quotes_is_a_conflict_of_their_event(
    client: Client, tmp_path: Path
) -> None:
    editor(client)
    chronology = CHRONOLOGY + '[[event.claim]]\nid = "second"\nquote = "The war ended"\n'
    carry_out(client, give(client, chronology))
    Claim.objects.filter(slug="second").update(ordinal=0)
    proposal = give(client, chronology)
    step = proposal.steps.get(outcome="conflict")
    assert (step.slug, step.why) == ("armistice", "claims in another order than in the seed")
    choose(client, proposal, {"event:armistice": "take"})
    carry_out(client, proposal)
    assert [one.slug for one in Claim.objects.order_by("ordinal")][-1] == "second"


def test_what_hangs_on_another_item_is_told_and_cannot_be_chosen(
    client: Client, imported: Path
) -> None:
    editor(client)
    Event.objects.get(slug="armistice").delete()
    more = '[[event.claim]]\nid = "more"\nquote = "The war ended"\n'
    proposal = give(client, CHRONOLOGY + more)
    step = proposal.steps.get(slug="more")
    assert step.why == "event armistice is not in the database"
    assert f"choice-{step.pk}" not in client.get(url(proposal)).content.decode()
    choose(client, proposal, {"claim:more": "take"})
    assert SeedImport.objects.get(pk=proposal.pk).choices == {}
    choose(client, proposal, {"event:armistice": "take"})
    carry_out(client, proposal)
    assert Claim.objects.filter(event__slug="armistice").count() == 2


def test_choices_that_leave_a_published_event_without_a_quote_are_refused(client: Client) -> None:
    editor(client)
    proposal = give(client)
    response = choose(client, proposal, {"claim:armistice-claim": "leave"}, go="preview")
    page = text_of(response)
    assert "With these choices it cannot be imported." in page
    assert "event armistice After this import no published source would be quoted" in page
    assert 'name="seen"' not in response.content.decode()
    carry_out(client, proposal, seen=proposing.fingerprint(SeedImport.objects.get()))
    assert not Event.objects.exists()
    assert SeedImport.objects.get().state == "planned"


def test_choices_are_kept_from_page_to_page(client: Client, settings: Settings) -> None:
    editor(client)
    actors = "".join(
        f'[[actor]]\nid = "a-{number}"\nname = "A{number}"\nkind = "state"\n'
        for number in range(120)
    )
    proposal = give(client, CHRONOLOGY + actors)
    assert len(client.get(url(proposal)).context["rows"]) == 50
    response = choose(client, proposal, {"actor:a-3": "leave"}, go="look:show=created&p=3")
    assert response.redirect_chain[-1][0].endswith("?show=created&p=3")
    assert response.context["page"].number == 3
    choose(client, proposal, {"actor:a-119": "leave"})
    choose(client, proposal, {"actor:a-119": "leave", "actor:a-3": "leave"}, go="look:show=&p=x")
    proposal.refresh_from_db()
    assert proposal.choices == {"actor:a-3": "leave", "actor:a-119": "leave"}
    choose(client, proposal, {}, go="all:created:")
    proposal.refresh_from_db()
    assert proposal.choices == {}
    choose(client, proposal, {}, go="all:created:leave")
    proposal.refresh_from_db()
    assert len(proposal.choices) == 127
    assert "Nothing to change." in text_of(carry_out(client, proposal))
    assert not Actor.objects.exists()


@pytest.mark.parametrize("query", ["show=x", "p=-1", "p=99999999999", "p=²", "show=created&p=7"])
def test_a_part_of_the_plan_that_is_not_there_is_no_error(client: Client, query: str) -> None:
    editor(client)
    proposal = give(client)
    assert client.get(f"{url(proposal)}?{query}").status_code == 200


@pytest.mark.parametrize("name", ["choice-x", "choice-", f"choice-{2**80}", "choice-0", "choice-²"])
def test_a_choice_that_makes_no_sense_is_passed_over(client: Client, name: str) -> None:
    editor(client)
    proposal = give(client)
    assert client.post(url(proposal), {name: "leave", "go": "save"}).status_code == 302
    choose(client, proposal, {"event:armistice": "drop"})
    assert SeedImport.objects.get().choices == {}


def test_a_plan_costs_the_same_queries_however_much_is_in_it(client: Client) -> None:
    editor(client)
    costs = set()
    for number in (5, 40):
        actors = "".join(
            f'[[actor]]\nid = "a-{one}"\nname = "A"\nkind = "state"\n' for one in range(number)
        )
        proposal = give(client, CHRONOLOGY + actors)
        with CaptureQueriesContext(connection) as plan:
            client.get(url(proposal))
        with CaptureQueriesContext(connection) as listed:
            client.get(LIST)
        costs.add((len(plan), len(listed)))
    assert len(costs) == 1, costs


# What changed since the plan was made


def test_nothing_is_done_when_the_database_changed_since_the_plan(
    client: Client, imported: Path
) -> None:
    editor(client)
    proposal = give(client, UPDATED)
    choose(client, proposal, {"event:armistice": ""})
    seen = proposing.fingerprint(proposal)
    edited()
    response = carry_out(client, proposal, seen=seen)
    page = text_of(response)
    assert "The database has changed since this plan was made, and nothing was imported." in page
    assert "event:armistice: was updated, now in conflict with editors’ work" in page
    assert Event.objects.get(slug="armistice").title == "Mine"
    assert proposal.steps.get(outcome="conflict").slug == "armistice"
    carry_out(client, proposal)
    assert Event.objects.get(slug="armistice").title == "Mine"
    assert SeedImport.objects.get().state == "applied"


def test_a_choice_does_not_outlive_what_it_was_made_for(client: Client, imported: Path) -> None:
    editor(client)
    edited()
    proposal = give(client)
    choose(client, proposal, {"event:armistice": "take"})
    edited(title="Mine again")
    assert "The database has changed" in text_of(preview(client, proposal))
    proposal.refresh_from_db()
    assert proposal.choices == {}


def test_nothing_is_done_when_others_chose_meanwhile(client: Client) -> None:
    editor(client)
    proposal = give(client)
    seen = proposing.fingerprint(proposal)
    choose(client, proposal, {"actor:dprk": "leave", "event:relations": "leave"})
    page = text_of(carry_out(client, proposal, seen=seen))
    assert "Other choices were made meanwhile." in page
    assert not Event.objects.exists()


def test_what_cannot_be_imported_any_more_is_told(client: Client) -> None:
    editor(client)
    make_actor(slug="lone")
    proposal = give(client, '[[event]]\nid = "x"\ntitle = "X"\nkind = "war"\nstatus = "draft"\n'
                    'actors = ["lone"]\n')  # fmt: skip
    Actor.objects.get(slug="lone").delete()
    page = text_of(preview(client, proposal))
    assert "chronology.toml:1 event x There is no actor “lone”" in page


# Once only, and kept


def test_an_import_is_carried_out_once(client: Client) -> None:
    editor(client)
    proposal = give(client)
    seen = proposing.fingerprint(proposal)
    carry_out(client, proposal)
    moment = SeedImport.objects.get().moment
    page = text_of(carry_out(client, proposal, seen=seen))
    assert "This import was carried out or discarded meanwhile." in page
    assert SeedImport.objects.get().moment == moment
    assert Event.history.count() == 2


def test_what_was_carried_out_cannot_be_changed_or_deleted(client: Client) -> None:
    editor(client)
    proposal = give(client)
    carry_out(client, proposal)
    assert client.post(url(proposal), {"go": "discard"}).status_code == 403
    assert client.post(url(proposal, "delete"), {"post": "yes"}).status_code == 403
    assert "choice-" not in client.get(url(proposal)).content.decode()
    data = {"action": "delete_selected", "_selected_action": proposal.pk, "post": "yes"}
    client.post(LIST, data)
    assert SeedImport.objects.get().state == "applied"


def test_a_planned_import_is_discarded_with_its_files(client: Client) -> None:
    editor(client)
    proposal = give(client)
    choose(client, proposal, {}, go="discard")
    proposal.refresh_from_db()
    assert proposal.state == "discarded"
    assert not proposal.files.exists()
    assert not proposal.steps.exists()
    assert client.get(url(proposal)).status_code == 200
    assert "carried out or discarded meanwhile" in text_of(
        client.get(url(proposal, "preview"), follow=True)
    )


def test_the_list_tells_what_was_given_and_what_became_of_it(client: Client) -> None:
    editor(client)
    carry_out(client, give(client))
    page = text_of(client.get(LIST))
    assert "article applied 7 created editor" in page


def test_a_busy_database_is_told_in_words(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    editor(client)
    proposal = give(client)
    seen = proposing.fingerprint(proposal)

    def locked(*_: object) -> None:
        raise DatabaseError("database is locked")

    monkeypatch.setattr(importing, "store", locked)
    page = text_of(client.post(url(proposal, "apply"), {"seen": seen}, follow=False))
    assert page == ""
    assert "The database is busy or has no room: “database is locked”" in text_of(
        client.get(url(proposal))
    )
    assert SeedImport.objects.get().state == "planned"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("a\\u0000b", ARTICLE),
        ("\\u202E", ARTICLE),
        ("x", f"{ARTICLE}\n\n\0"),
        ("x" * 9_999, ARTICLE),
    ],
)
def test_signs_that_no_database_takes_are_told_and_never_an_error(
    client: Client, title: str, text: str
) -> None:
    editor(client)
    chronology = source(text=text) + ACTORS + EVENTS.replace("The war ends", title)
    files = (("chronology.toml", chronology.encode()), ("article.txt", text.encode()))
    assert send(client, *files).status_code == 200
    for proposal in SeedImport.objects.all():
        assert preview(client, proposal).status_code in (200, 302)
        assert carry_out(client, proposal).status_code == 200


# Seeds on the server


def test_a_seed_on_the_server_is_chosen(client: Client, tmp_path: Path, settings: Settings) -> None:
    settings.SEEDS_DIR = tmp_path
    write_seed(tmp_path / "here")
    (tmp_path / "elsewhere").mkdir()
    editor(client)
    assert "here" in client.get(ADD).content.decode()
    assert "elsewhere" not in client.get(ADD).content.decode()
    client.post(ADD, {"seeds": ["here"]})
    proposal = SeedImport.objects.get()
    assert sorted(one.name for one in proposal.files.all()) == [
        *("here/article.txt", "here/chronology.toml")
    ]
    write_seed(tmp_path / "here", "")  # what was given is what is imported
    carry_out(client, proposal)
    assert Event.objects.count() == 2


@pytest.mark.parametrize("name", ["..", "../here", "/etc", "", "elsewhere"])
def test_no_other_folder_of_the_server_is_read(
    client: Client, tmp_path: Path, settings: Settings, name: str
) -> None:
    settings.SEEDS_DIR = tmp_path / "seeds"
    write_seed(tmp_path / "seeds" / "one")
    write_seed(tmp_path / "here")
    editor(client)
    client.post(ADD, {"seeds": [name]})
    assert not SeedImport.objects.exists()


def test_a_server_without_seeds_offers_none(
    client: Client, tmp_path: Path, settings: Settings
) -> None:
    settings.SEEDS_DIR = tmp_path / "nothing"
    editor(client)
    assert "Or seeds on the server" not in text_of(client.get(ADD))


def test_a_broken_seed_on_the_server_is_told_with_its_name(
    client: Client, tmp_path: Path, settings: Settings
) -> None:
    settings.SEEDS_DIR = tmp_path
    write_seed(tmp_path / "here", CHRONOLOGY.replace("1953", "1954"))
    editor(client)
    page = text_of(client.post(ADD, {"seeds": ["here"]}))
    assert "here/chronology.toml:40 event armistice, claim 1 “armistice in 1954” is not in" in page
    assert str(tmp_path) not in page
