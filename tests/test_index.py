"""The derived tables follow every way of writing, whoever writes."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from actors.models import Actor, Alias
from tests.admin_forms import (
    actor_data,
    add_path,
    change_path,
    claim_data,
    editor,
    event_data,
    filled,
)
from tests.builders import make_actor, make_claim, make_event, make_source
from tests.chronicle import DATES, KINDS, WORDS, make_chronicle
from tests.derived import contents, follows, indexed, words_indexed
from tests.public import SECRET, make_base
from tests.seeds import ACTORS, EVENTS, import_folders, source, write_seed
from timeline import index, revisions, texts
from timeline.history import act
from timeline.index import sql, updating
from timeline.models import Claim, Event, Participation, Passage, Source, Status
from timeline.readings import TextSpec
from timeline.search import stems

pytestmark = pytest.mark.django_db


def test_saving_and_deleting_an_event_are_followed() -> None:
    event = make_event("First", date="1948", actors=[make_actor("Mongolia")])
    follows()
    event.title, event.date, event.kind = "Second", "-0043/..", "war"
    event.save()
    follows()
    assert indexed() == {"Second"}
    event.claims.all().delete()
    event.delete()
    follows()
    assert indexed() == set()
    assert contents()["entry"] == contents()["posting"] == contents()["words"] == []


def test_writing_in_bulk_is_followed() -> None:
    made = make_event("Cited", cited=False)
    text = make_source("Something happened.")
    make_claim(made, text, "Something happened.")
    passage = text.passages.get()
    events = Event.objects.bulk_create(
        Event(slug=f"bulk-{n}", title=f"Bulk {n}", kind="war", status=Status.PUBLISHED)
        for n in range(3)
    )
    Participation.objects.bulk_create(
        Participation(event=event, actor=make_actor()) for event in events
    )
    Claim.objects.bulk_create(
        Claim(
            slug=f"bulk-claim-{event.pk}",
            event=event,
            source=text,
            passage=passage,
            quote=passage.text,
            start=0,
            end=len(passage.text),
        )
        for event in events
    )
    follows()
    assert indexed() == {"Cited", "Bulk 0", "Bulk 1", "Bulk 2"}
    Event.objects.filter(slug__startswith="bulk").update(title="Renamed", kind="peace")
    follows()
    assert indexed() == {"Cited", "Renamed"}
    Participation.objects.all().delete()
    follows()


def test_plain_sql_is_followed() -> None:
    event = make_event("First", date="1948", actors=[make_actor()])
    index.catch_up()
    sql.execute("UPDATE timeline_event SET title = 'By hand' WHERE id = %s", [event.pk])
    assert indexed() == {"By hand"}
    sql.execute("DELETE FROM timeline_participation")
    sql.execute("DELETE FROM timeline_claim")
    follows()
    sql.execute("DELETE FROM timeline_event")
    assert indexed() == set()
    follows()


@pytest.mark.parametrize("thing", ["event", "source"])
def test_publishing_and_hiding_are_followed(thing: str) -> None:
    text = make_source("It is recorded.", slug="text")
    make_event("Entry", source=text, quote="It is recorded.", actors=[make_actor("Mongolia")])
    index.catch_up()
    shown = contents()
    rows: Any = Event.objects.all() if thing == "event" else Source.objects.all()
    rows.update(status=Status.DRAFT)
    follows()
    assert stems("recorded")[0] not in words_indexed()
    assert indexed() == (set() if thing == "event" else {"Entry"})
    rows.update(status=Status.PUBLISHED)
    follows()
    assert contents() == shown
    assert stems("recorded")[0] in words_indexed()


def test_hiding_and_showing_again_between_two_looks_changes_nothing() -> None:
    text = make_source("It is recorded.")
    make_event("Entry", source=text, quote="It is recorded.")
    index.catch_up()
    shown = contents()
    Source.objects.update(status=Status.DRAFT)
    Source.objects.update(status=Status.PUBLISHED)
    index.catch_up()
    assert contents() == shown


def test_lost_quotes_of_a_source_that_is_hidden_are_not_counted() -> None:
    event = make_event("Entry", quote="It is recorded.")
    event.claims.update(lost=True)
    index.catch_up()
    Source.objects.update(status=Status.DRAFT)
    follows()


def test_a_source_that_is_shown_behind_many_changes_is_followed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = make_source("It is recorded.", status=Status.DRAFT)
    for title in ("One", "Other"):
        make_claim(make_event(title), text, "It is recorded.")
    index.catch_up()
    monkeypatch.setattr(updating, "BATCH", 1)
    for number in range(12):
        Event.objects.filter(title__startswith="One").update(title=f"One {number}")
    Source.objects.update(status=Status.PUBLISHED)
    follows()


def test_a_claim_that_is_lost_no_longer_counts_and_is_no_longer_found() -> None:
    event = make_event("Entry", quote="It is recorded.")
    index.catch_up()
    event.claims.update(lost=True)
    follows()
    assert "record" not in words_indexed()


def test_a_corrected_text_is_followed() -> None:
    text = make_source("The army came.\n\nThe treaty was signed.")
    make_event("Entry", source=text, quote="The army came.")
    follows()
    texts.store_text(text, "The navy came.\n\nThe treaty was signed.\n\nMore.", TextSpec())
    follows()
    assert sql.rows("SELECT COUNT(*) FROM index_passage") == [(3,)]
    assert "armi" not in words_indexed()


def test_names_of_actors_are_followed() -> None:
    def names() -> set[str]:
        index.catch_up()
        return {row[0] for row in sql.rows("SELECT stems FROM index_name")}

    actor = make_actor("Kim Il Sung", kind="person")
    assert names() == {"kim il sung", "kim", "il", "sung"}
    Actor.objects.update(kind="state", name="Mongolia")
    assert names() == {"mongolia"}
    alias = Alias.objects.create(actor=actor, name="Outer Mongolia")
    assert names() == {"mongolia", "outer mongolia"}
    Alias.objects.update(name="MPR")
    assert names() == {"mongolia", "mpr"}
    follows()
    alias.delete()
    assert names() == {"mongolia"}
    follows()
    actor.delete()
    assert names() == set()
    follows()


def test_what_editors_post_is_followed_by_the_page_that_they_see_next(client: Client) -> None:
    editor(client)
    text, actor = make_source(), make_actor("Mongolia", slug="mongolia")
    quote = "The war ended in an armistice in 1953."
    client.post(
        add_path("timeline_event"),
        event_data(client, status="published") | claim_data(text, quote) | actor_data(actor),
    )
    assert sql.rows("SELECT COUNT(*) FROM index_change") == [(0,)]
    follows()
    event = Event.objects.get()
    path = change_path(event)
    client.post(path, filled(client, path) | {"title": "Peace", "date": "1954"})
    assert sql.rows("SELECT COUNT(*) FROM index_change") == [(0,)]
    assert indexed() == {"Peace"}
    client.post(change_path(actor).replace("/change/", "/delete/"), {"post": "yes"})
    follows()


def test_an_import_and_a_pruning_are_followed(tmp_path: Path) -> None:
    folder = write_seed(tmp_path / "seed")
    import_folders(folder)
    assert sql.rows("SELECT COUNT(*) FROM index_change") == [(0,)]
    follows()
    assert len(indexed()) == 2
    write_seed(folder, source() + ACTORS + EVENTS[: EVENTS.index('[[event]]\nid = "armistice"')])
    import_folders(folder, prune=True)
    follows()
    assert indexed() == {"Mongolia and the DPRK establish relations"}


def test_a_dry_run_changes_nothing(tmp_path: Path) -> None:
    folder = write_seed(tmp_path / "seed")
    number, before = index.version(), contents()
    import_folders(folder, dry_run=True)
    assert (index.version(), contents()) == (number, before)


def test_a_revert_is_followed() -> None:
    event = make_event("Right", date="1948")
    moment = revisions.revisions(event)[0].moment
    with act("Worse"):
        event.title, event.date = "Wrong", "1949"
        event.save()
        event.participations.create(actor=make_actor())
    assert indexed() == {"Wrong"}
    revisions.restore(event, moment)
    follows()
    assert indexed() == {"Right"}


def test_what_is_taken_back_leaves_no_trace() -> None:
    make_event("First")
    number, before = index.version(), contents()
    with transaction.atomic():
        make_event("Second")
        assert indexed() == {"First", "Second"}
        transaction.set_rollback(True)
    assert (index.version(), contents()) == (number, before)


Write = Callable[[random.Random], object]


def _some(rows: Any, chance: random.Random) -> list[int]:
    found = list(rows.values_list("pk", flat=True))
    return chance.sample(found, min(len(found), chance.choice((1, 1, 3))))


def _claim(chance: random.Random) -> None:
    passage = Passage.objects.get(pk=_some(Passage.objects, chance)[0])
    Claim.objects.create(
        slug=f"c-{chance.getrandbits(60)}",
        event_id=_some(Event.objects, chance)[0],
        source=passage.source,
        passage=passage,
        quote=passage.text,
        start=0,
        end=len(passage.text),
    )


def _redate(chance: random.Random) -> None:
    event = Event.objects.get(pk=_some(Event.objects, chance)[0])
    event.date = chance.choice(DATES)
    event.save()


def _delete(chance: random.Random) -> None:
    events = _some(Event.objects, chance)
    Claim.objects.filter(event__in=events).delete()
    Event.objects.filter(pk__in=events).delete()


def _title(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=3))


def _toggled(chance: random.Random) -> str:
    return chance.choice((Status.DRAFT, Status.PUBLISHED))


WRITES: tuple[Write, ...] = (
    _claim,
    _redate,
    _delete,
    lambda chance: make_event(
        _title(chance),
        date=chance.choice(DATES),
        kind=chance.choice(KINDS),
        status=_toggled(chance),
    ),
    lambda chance: Event.objects.filter(pk__in=_some(Event.objects, chance)).update(
        status=_toggled(chance)
    ),
    lambda chance: Event.objects.filter(pk__in=_some(Event.objects, chance)).update(
        title=_title(chance), summary=_title(chance), kind=chance.choice(KINDS)
    ),
    lambda chance: Source.objects.filter(pk__in=_some(Source.objects, chance)).update(
        status=_toggled(chance)
    ),
    lambda chance: Claim.objects.filter(pk__in=_some(Claim.objects, chance)).update(
        lost=chance.random() < 0.5
    ),
    lambda chance: Claim.objects.filter(pk__in=_some(Claim.objects, chance)).delete(),
    lambda chance: Participation.objects.filter(
        pk__in=_some(Participation.objects, chance)
    ).delete(),
    lambda chance: Participation.objects.get_or_create(
        event_id=_some(Event.objects, chance)[0],
        actor_id=_some(Actor.objects, chance)[0],
        role=chance.choice(("", "host")),
    ),
    lambda chance: Actor.objects.filter(pk__in=_some(Actor.objects, chance)).update(
        name=_title(chance), kind=chance.choice(("person", "state"))
    ),
    lambda chance: Alias.objects.get_or_create(
        actor_id=_some(Actor.objects, chance)[0], name=chance.choice(WORDS)
    ),
    lambda chance: Alias.objects.filter(pk__in=_some(Alias.objects, chance)).delete(),
    lambda _chance: index.catch_up(),
)


@pytest.mark.parametrize("seed", range(4))
def test_any_row_of_writings_is_followed(seed: int) -> None:
    make_chronicle(seed, events=len(DATES))
    chance = random.Random(seed)  # noqa: S311  # tests are to be the same each time
    for _ in range(8):
        for _ in range(chance.randrange(1, 10)):
            chance.choice(WRITES)(chance)
        index.catch_up()
        assert index.differences() == []
    follows()


@pytest.mark.parametrize("batch", [1, 3])
def test_many_changes_are_taken_in_batches(batch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timeline.index.updating.BATCH", batch)
    monkeypatch.setattr("timeline.index.updating.MOST_TALLIES", 5)
    make_chronicle(events=40)
    follows()
    Event.objects.update(kind="war")
    Source.objects.update(status=Status.DRAFT)
    Event.objects.filter(slug="e1").update(status=Status.DRAFT)
    follows()
    Source.objects.update(status=Status.PUBLISHED)
    follows()


def test_drafts_are_in_no_table_of_entries() -> None:
    make_base()
    index.catch_up()
    (secret,) = Event.objects.filter(slug="secret")
    secrets = set(stems(SECRET))
    assert "secret" not in {row[0] for row in sql.rows("SELECT name FROM index_value")}
    assert not secrets & set(words_indexed().replace("'", " ").split())
    assert sql.rows(f"SELECT 1 FROM index_entry WHERE event = {secret.pk}") == []  # noqa: S608
    assert sql.rows("SELECT COUNT(*) FROM index_entry") == [(Event.objects.published().count(),)]
    hidden = Actor.objects.get(slug="secret")
    assert sql.rows(f"SELECT 1 FROM index_value WHERE facet = 1 AND ref = {hidden.pk}") == []  # noqa: S608


def test_the_version_is_another_one_after_every_change_that_readers_can_see() -> None:
    event = make_event("Entry", date="1948")
    actor, other = make_actor("One"), make_actor("Other")
    seen = [index.version()]
    changes: tuple[Callable[[], object], ...] = (
        lambda: Event.objects.update(summary="More words"),
        lambda: event.participations.create(actor=actor),
        lambda: Actor.objects.filter(pk=actor.pk).update(description="A state"),
        lambda: actor.relations.create(kind="part-of", other=other, note="It says so."),
        lambda: actor.relations.update(note="It says so twice."),
        lambda: Alias.objects.create(actor=actor, name="Uno"),
        lambda: Source.objects.update(title="Another title"),
        lambda: Claim.objects.update(note="A note"),
        lambda: make_source("Words."),
        lambda: actor.relations.all().delete(),
        lambda: Claim.objects.all().delete(),
        lambda: index.rebuild(),
    )
    for change in changes:
        change()
        seen.append(index.version())
    assert len(set(seen)) == len(changes) + 1


def test_the_version_stays_while_nothing_is_written(client: Client) -> None:
    make_base()
    number = index.version()
    client.get("/")
    assert index.catch_up()
    assert index.differences() == []
    assert index.version() == number
