"""Undo of an act as a whole: what goes back, what is kept, and what the next import makes of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from actors.models import Actor, Alias, Relation
from tests.builders import ARTICLE, make_actor, make_claim, make_event, make_source
from tests.derived import follows
from tests.seeds import EVENTS, import_folders, source, write_seed
from tests.test_seeds_export import dates, knowledge, make_knowledge, make_words_claim, odd
from timeline import history, index, texts
from timeline.models import (
    Claim,
    Emendation,
    Event,
    Merge,
    Participation,
    Passage,
    SeedItem,
    Source,
    SourceText,
    Status,
)
from timeline.readings import Correction, TextSpec
from timeline.revisions import NoActError, Undone, foresee_undo, undo

pytestmark = pytest.mark.django_db
QUOTE = "The war ended in an armistice in 1953."
KEEPING: tuple[Any, ...] = (
    *(Source, SourceText, Passage, Emendation, Actor, Alias, Relation),
    *(Event, Participation, Claim),
)


def rows() -> dict[str, list[Any]]:
    """Every row of the knowledge base with its primary key."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in KEEPING}


@contextmanager
def an_act(reason: str = "") -> Iterator[history.Act]:
    with history.act(reason) as act:
        yield act


def why(undone: Undone) -> dict[str, str]:
    return {one.name: one.why for one in undone.kept}


def numbers(undone: Undone) -> dict[str, tuple[int, int, int]]:
    return {
        one.model.__name__: (one.removed, one.changed, one.brought_back) for one in undone.numbers
    }


def test_what_was_created_is_deleted_and_that_is_an_act_too() -> None:
    user = User.objects.create_user("editor")
    before = rows()
    with an_act("Made") as act:
        make_event("Armistice", actors=[make_actor()])
    undone = undo(act.moment, user, "a mistake")
    assert rows() == before
    assert numbers(undone) == {"Source": (1, 0, 0), "Actor": (1, 0, 0), "Event": (1, 0, 0)}
    assert undone.kept == ()
    last = Claim.history.latest()
    assert (last.history_type, last.history_user, last.history_date) == ("-", user, undone.moment)
    assert last.history_change_reason == (
        f"Undid the act of {act.moment:%d %B %Y, %H:%M:%S} UTC: a mistake"
    )
    follows()


def test_what_was_changed_is_as_before_and_what_was_deleted_is_back_with_its_id() -> None:
    article, actor = make_source(), make_actor("DPRK")
    event = make_event("Armistice", date="1953", source=article, quote=QUOTE, actors=[actor])
    other = make_event("Other", source=article, quote="shared ideology")
    before = rows()
    with an_act() as act:
        event.title, event.date = "War", "195X"
        event.save()
        event.participations.all().delete()
        other.delete()
        Alias.objects.create(actor=actor, name="North Korea")
    undone = undo(act.moment)
    assert rows() == before
    assert numbers(undone) == {"Actor": (0, 1, 0), "Event": (0, 1, 1)}
    follows()


def test_undoing_twice_does_nothing_and_an_undo_can_be_undone() -> None:
    with an_act() as act:
        make_event("Armistice")
    made = rows()
    undone = undo(act.moment)
    assert undo(act.moment).entries == 0
    undo(undone.moment)
    assert rows() == made


def test_a_moment_without_an_act_is_refused() -> None:
    with pytest.raises(NoActError, match="No act is recorded at 1999"):
        undo(datetime.fromisoformat("1999-01-01T00:00:00+00:00"))


def test_what_was_edited_since_is_kept_whole_and_the_rest_goes_back() -> None:
    article = make_source()
    with an_act() as act:
        event = make_event("Armistice", source=article, quote=QUOTE, actors=[make_actor("DPRK")])
        make_event("Other", source=article, quote="shared ideology")
    claim = event.claims.get()
    claim.note = "checked"
    claim.save()
    undone = undo(act.moment)
    assert Event.objects.get() == event
    assert (event.claims.count(), event.participations.count()) == (1, 1)
    assert why(undone) == {
        "Armistice": "It has been edited since.",
        "DPRK": "“Armistice”, which stays, refers to it.",
    }


def test_an_edit_that_was_taken_back_since_is_none() -> None:
    with an_act() as act:
        event = make_event("Armistice")
    event.title = "War"
    event.save()
    event.title = "Armistice"
    event.save()
    assert undo(act.moment).kept == ()
    assert not Event.objects.exists()


def test_what_something_was_added_to_since_is_not_deleted_under_it() -> None:
    with an_act() as act:
        event = make_event("Armistice", source=make_source(), quote=QUOTE)
    make_claim(event, Source.objects.get(), "shared ideology")
    undone = undo(act.moment)
    assert why(undone)["Armistice"] == ("Something has been added to it since: “shared ideology”.")
    assert event.claims.count() == 2


def test_what_is_brought_back_needs_what_it_refers_to() -> None:
    event = make_event("Armistice", actors=[make_actor("DPRK")])
    with an_act() as act:
        event.delete()
    Actor.objects.all().delete()
    undone = undo(act.moment)
    assert why(undone) == {"Armistice (deleted)": "DPRK (deleted): that has to come back first."}
    assert not Claim.objects.exists()


def test_an_id_that_another_has_by_now_is_told() -> None:
    event = make_event("Armistice", slug="armistice")
    with an_act() as act:
        event.delete()
    other = make_event("Another", slug="armistice")
    assert "Something else stands in its place" in why(undo(act.moment))["Armistice (deleted)"]
    assert Event.objects.get() == other


def test_ids_that_were_exchanged_are_exchanged_back() -> None:
    first, second = make_event("One", slug="one"), make_event("Two", slug="two")
    before = rows()
    with an_act() as act:
        for event, slug in ((first, "free"), (second, "one"), (first, "two")):
            event.slug = slug
            event.save()
    undo(act.moment)
    assert rows() == before


def test_what_is_published_keeps_a_quote() -> None:
    article = make_source(status=Status.DRAFT)
    event = make_event("Armistice", source=article, quote=QUOTE, status=Status.DRAFT)
    with an_act() as act:
        article.status = Status.PUBLISHED
        article.save()
    event.status = Status.PUBLISHED
    event.save()
    undone = undo(act.moment)
    assert why(undone) == {
        str(article): "“Armistice” is published and would quote nothing any more."
    }
    assert not Event.objects.uncited().exists()


def test_an_event_is_not_published_again_without_its_quote() -> None:
    article = make_source()
    event = make_event("Armistice", source=article, quote=QUOTE)
    with an_act() as act:
        event.status = Status.DRAFT
        event.save()
    event.claims.all().delete()
    assert why(undo(act.moment)) == {
        "Armistice": "It is published and would quote no published source."
    }
    assert Event.objects.get().status == Status.DRAFT


def test_a_text_goes_back_and_what_moved_or_was_lost_with_it() -> None:
    article = make_source()
    moved = make_event("Armistice", source=article, quote=QUOTE)
    lost = make_event("Ideology", source=article, quote="shared ideology", status=Status.DRAFT)
    before = knowledge()
    with an_act() as act:
        words = ARTICLE.replace("shared ideology", "common interests").split("\n\n")
        texts.store_text(article, "\n\n".join(["New.", words[-1]]), TextSpec())
    assert lost.claims.get().lost
    undone = undo(act.moment)
    assert knowledge() == before
    assert undone.kept == ()
    assert moved.claims.get().passage.text == QUOTE
    assert not lost.claims.get().lost
    follows()


def test_a_text_stays_where_something_quotes_its_new_words() -> None:
    article = make_source("The frist war.")
    spec = TextSpec(emendations=(Correction("frist", "first", "misprint"),))
    with an_act() as act:
        texts.store_text(article, "The frist war.", spec)
    make_event("War", source=article, quote="first war")
    undone = undo(act.moment)
    assert why(undone) == {str(article): "“first war” is not in that text, and “War” quotes it."}
    assert article.passages.get().text == "The first war."


def test_a_text_replaced_again_is_kept() -> None:
    article = make_source("One.")
    with an_act() as act:
        texts.store_text(article, "Two.", TextSpec())
    texts.store_text(article, "Three.", TextSpec())
    assert why(undo(act.moment)) == {str(article): "Its text has been replaced since."}


def test_a_note_on_a_claim_that_a_text_moved_does_not_hold_the_text() -> None:
    article = make_source()
    claim = make_event("Armistice", source=article, quote=QUOTE).claims.get()
    with an_act() as act:
        texts.store_text(article, f"New.\n\n{ARTICLE}", TextSpec())
    claim.refresh_from_db()
    claim.note = "checked"
    claim.save()
    assert undo(act.moment).kept == ()
    claim.refresh_from_db()
    assert (claim.note, claim.passage.ordinal, claim.passage.text) == ("checked", 3, QUOTE)


def test_a_quote_comes_back_where_its_words_stand_by_now() -> None:
    article = make_source()
    event = make_event("Armistice", source=article, quote=QUOTE)
    with an_act() as act:
        event.delete()
    texts.store_text(article, f"New.\n\n{ARTICLE}", TextSpec())
    assert undo(act.moment).kept == ()
    claim = Claim.objects.get()
    assert claim.passage.text[claim.start : claim.end] == QUOTE


def test_a_quote_that_the_text_has_no_more_stays_away_with_its_event() -> None:
    article = make_source()
    event = make_event("Armistice", source=article, quote=QUOTE, actors=[make_actor()])
    with an_act() as act:
        event.delete()
    texts.store_text(article, ARTICLE.replace("1953", "1954"), TextSpec())
    assert "is not in the source" in why(undo(act.moment))["Armistice (deleted)"]
    assert not Participation.objects.exists()


def test_a_merge_is_undone_as_one() -> None:
    article = make_source()
    kept = make_event("Armistice", source=article, quote=QUOTE, actors=[make_actor("DPRK")])
    gone = make_event("Truce", source=article, quote="shared ideology", actors=[make_actor("M")])
    before = rows()
    with an_act() as act:
        for part in (*gone.claims.all(), *gone.participations.all()):
            part.event = kept
            part.save()
        key = gone.pk
        gone.delete()
    merge = Merge.objects.create(
        kind="event", slug="truce", gone=key, kept=kept.pk, moment=act.moment
    )
    undone = undo(act.moment)
    assert rows() == before
    merge.refresh_from_db()
    assert merge.undone == undone.moment
    undo(undone.moment)
    merge.refresh_from_db()
    assert merge.undone is None
    assert kept.claims.count() == 2


def test_a_merge_of_which_a_part_was_edited_since_stays_whole() -> None:
    article = make_source()
    kept = make_event("Armistice", source=article, quote=QUOTE)
    gone = make_event("Truce", source=article, quote="shared ideology")
    moved = gone.claims.get()
    with an_act() as act:
        moved.event = kept
        moved.save()
        gone.delete()
    moved.note = "checked"
    moved.save()
    undone = undo(act.moment)
    assert set(why(undone)) == {"Armistice", "Truce (deleted)"}
    assert kept.claims.count() == 2


def test_an_import_is_undone_and_a_corrected_seed_comes_in_without_a_conflict(
    tmp_path: Path,
) -> None:
    before = rows()
    import_folders(write_seed(tmp_path / "seed"), stdout=StringIO())
    moment = Event.history.latest().history_date
    undone = undo(moment)
    assert rows() == before
    assert undone.kept == ()
    assert not SeedItem.objects.exists()
    corrected = write_seed(tmp_path / "seed")
    path = corrected / "chronology.toml"
    path.write_text(path.read_text().replace("The war ends", "The war has an end"))
    told = StringIO()
    import_folders(corrected, stdout=told)
    assert Event.objects.get(slug="armistice").title == "The war has an end"
    assert "conflict" not in told.getvalue()


def test_an_import_that_corrected_a_text_is_undone(tmp_path: Path) -> None:
    import_folders(write_seed(tmp_path / "seed"), stdout=StringIO())
    before = knowledge()
    text = "A first paragraph.\n\nThe war ended in a ceasefire in 1953.\n\nOn October 15, 1948."
    events = EVENTS.replace("armistice in 1953", "ceasefire in 1953").replace(
        "On October 15, 1948, Mongolia and the DPRK established diplomatic relations.",
        "On October 15, 1948.",
    )
    seed = write_seed(tmp_path / "seed")
    path = seed / "chronology.toml"
    (seed / "article.txt").write_text(text)
    path.write_text(path.read_text().replace(EVENTS, events).replace(source(), source(text=text)))
    import_folders(seed, stdout=StringIO(), take_all=True)
    moment = Claim.history.latest().history_date
    assert knowledge() != before
    undone = undo(moment)
    assert undone.kept == ()
    assert knowledge() == before


def test_what_is_foreseen_is_what_happens_and_nothing_is_written() -> None:
    article = make_source()
    with an_act() as act:
        event = make_event("Armistice", source=article, quote=QUOTE)
        make_event("Other", source=article, quote="shared ideology")
    event.summary = "edited"
    event.save()
    before, history_before = rows(), Event.history.count()
    foreseen = foresee_undo(act.moment)
    assert (rows(), Event.history.count()) == (before, history_before)
    undone = undo(act.moment)
    assert (foreseen.numbers, foreseen.kept) == (undone.numbers, undone.kept)


def test_the_number_of_queries_grows_by_chunks_only() -> None:
    article = make_source("Words of war.")

    def queries(number: int) -> int:
        with an_act() as act:
            history.bulk_create(
                [
                    Event(slug=f"{number}-{n}", title="E", kind="war", status=Status.DRAFT)
                    for n in range(number)
                ]
            )
            for event in Event.objects.order_by("-pk")[:3]:
                make_claim(event, article, "Words")
        with CaptureQueriesContext(connection) as counted:
            undo(act.moment)
        return len(counted)

    index.catch_up()
    assert queries(400) <= queries(4) + 2


def edit_events(draw: Callable[..., Any]) -> None:
    for event in list(Event.objects.order_by("pk")):
        match draw(st.sampled_from(["leave", "edit", "delete", "add"])):
            case "edit":
                event.title, event.summary = draw(st.text("ab", min_size=1)), draw(odd)
                event.date = draw(dates)
                event.save()
            case "delete":
                event.delete()
            case "add":
                make_words_claim(draw, event, 9, f"{event.slug}-new")


def edit_claims(draw: Callable[..., Any]) -> None:
    for claim in list(Claim.objects.order_by("pk")):
        match draw(st.sampled_from(["leave", "leave", "edit", "delete"])):
            case "edit":
                claim.note = draw(odd)
                claim.save()
            case "delete":
                claim.delete()


def some_acts(draw: Callable[..., Any]) -> None:
    """What an editor may do in one act: edit, add, replace texts and delete."""
    edit_events(draw)
    edit_claims(draw)
    if draw(st.booleans()):
        event = make_event("New", slug="new", status=Status.DRAFT, cited=False)
        make_words_claim(draw, event, 1, "new-claim")
        Participation.objects.create(event=event, actor=make_actor("New one"))
    for one in Source.objects.order_by("pk"):
        if draw(st.booleans()):
            stored = one.text
            raw = draw(st.sampled_from([f"Before.\n\n{stored.raw}", "All else.", stored.raw]))
            spec = texts.spec_of(stored) if raw != "All else." else TextSpec()
            texts.store_text(one, raw, spec)
    for alias in Alias.objects.order_by("pk"):
        if draw(st.booleans()):
            alias.delete()


@settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.data())
def test_whatever_an_act_did_is_as_before_once_it_is_undone(data: st.DataObject) -> None:
    with transaction.atomic():
        make_knowledge(data.draw)
        Claim.objects.filter(lost=True).delete()  # though their words are there, which is not real
        before = knowledge()
        with an_act() as act:
            some_acts(data.draw)
        after = knowledge()
        if Event.objects.uncited().exists():
            transaction.set_rollback(True)
            return
        if after != before:
            undone = undo(act.moment)
            assert undone.kept == ()
            assert knowledge() == before
            undo(undone.moment)
            assert knowledge() == after
        transaction.set_rollback(True)
