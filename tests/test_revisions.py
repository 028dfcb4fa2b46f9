"""Histories act by act, and the way back to an earlier state."""

from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User

from actors.models import Actor, Alias
from tests.builders import ARTICLE, make_actor, make_claim, make_event, make_source
from timeline import readings, texts
from timeline.history import act
from timeline.models import Claim, Event, Participation, Source, SourceText, Status
from timeline.readings import Correction, TextSpec
from timeline.revisions import FieldChange, RestoreError, preview, restore, revisions

pytestmark = pytest.mark.django_db
QUOTE = "The war ended in an armistice in 1953."


def cited(**fields: Any) -> Event:
    """An event with one actor and a quote of ARTICLE, made in one act."""
    source, actor = make_source(), make_actor("DPRK")
    with act("First entry"):
        return make_event(
            "Armistice", date="1953", source=source, quote=QUOTE, actors=[actor], **fields
        )


def last(thing: Event | Actor | Source | Claim) -> datetime:
    return revisions(thing)[0].moment


def test_an_act_tells_who_when_why_and_what() -> None:
    event, user = cited(), User.objects.create_user("anna")
    with act("The article says so", user) as edit:
        event.date, event.date_basis = "1953-07~", "inferred"
        event.date_note = "by context"
        event.save()
    newest = revisions(event)[0]
    assert (newest.moment, newest.user, newest.reason) == (
        edit.moment,
        "anna",
        "The article says so",
    )
    (change,) = newest.changes
    assert (change.subject, change.kind) == ("", "changed")
    assert set(change.fields) == {
        FieldChange("Date", "1953", "about July 1953 (1953-07~)"),
        FieldChange("Date basis", "stated in the passage", "inferred by the editor"),
        FieldChange("Date note", "", "by context"),
    }


def test_an_event_is_told_with_its_actors_and_claims() -> None:
    (first,) = revisions(cited())
    assert [(change.subject, change.kind) for change in first.changes] == [
        ("", "added"),
        ("Actor “DPRK”", "added"),
        (f"Claim “{QUOTE}”", "added"),
    ]
    claim = {field.label: field.new for field in first.changes[2].fields}
    assert claim["Passage"] == "¶ 3"
    assert claim["Stance"] == "supports"


def test_a_save_that_changes_nothing_is_no_revision() -> None:
    event = cited()
    event.save()
    assert len(revisions(event)) == 1


def test_a_deleted_actor_is_still_called_by_name() -> None:
    event = cited()
    with act("Not in the text"):
        event.participations.all().delete()
    Actor.objects.all().delete()
    newest = revisions(event)[0]
    assert newest.changes[0].subject == "Actor “DPRK (deleted)”"
    assert newest.changes[0].kind == "removed"


def test_the_number_of_queries_does_not_grow_with_the_history(
    django_assert_max_num_queries: object,
) -> None:
    event = cited()
    for number in range(20):
        event.title = f"Title {number}"
        event.save()
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        assert len(revisions(event)) == 21


def test_a_long_text_is_told_by_where_it_differs() -> None:
    event = cited(summary="word " * 200)
    event.summary = event.summary[:500] + "NEW" + event.summary[500:]
    event.save()
    (field,) = revisions(event)[0].changes[0].fields
    assert "NEW" in field.new
    assert len(field.new) < 100


def test_a_field_goes_back_and_that_is_an_act_too() -> None:
    event, user = cited(), User.objects.create_user("anna")
    then = last(event)
    event.title = "Wrong"
    event.save()
    assert preview(event, then)[0].fields == (FieldChange("Title", "Wrong", "Armistice"),)
    assert Event.objects.get().title == "Wrong"
    restore(event, then, user)
    assert Event.objects.get().title == "Armistice"
    newest = revisions(event)[0]
    assert newest.user == "anna"
    assert newest.reason.startswith("Reverted to the state of ")


def test_the_date_s_bounds_go_back_with_it() -> None:
    event = cited()
    then = last(event)
    event.date = ""
    event.save()
    restore(event, then)
    assert Event.objects.get().sort_date == 19530101


def test_deleted_claims_and_actors_come_back_as_they_were() -> None:
    event = cited(status=Status.DRAFT)
    claim, part, then = event.claims.get(), event.participations.get(), last(event)
    with act("Mistaken"):
        event.claims.all().delete()
        event.participations.all().delete()
    restore(event, then)
    assert Claim.objects.values().get() == {
        **{f.attname: getattr(claim, f.attname) for f in Claim._meta.concrete_fields}
    }
    assert Participation.objects.get() == part


def test_what_was_added_since_goes_away() -> None:
    event = cited()
    then = last(event)
    with act("More"):
        make_claim(event, Source.objects.get(), "shared ideology")
    restore(event, then)
    assert event.claims.get().quote == QUOTE


def test_names_and_relations_of_an_actor_come_back() -> None:
    actor = make_actor("Mongolia")
    with act("Names"):
        Alias.objects.create(actor=actor, name="MPR", period="1924/1992")
    then = last(actor)
    Alias.objects.get().delete()
    restore(actor, then)
    assert actor.aliases.get().period == "1924/1992"


def test_a_quote_finds_its_place_in_a_text_that_has_moved() -> None:
    event = cited()
    then = last(event)
    claim = event.claims.get()
    claim.note = "later"
    claim.save()
    texts.store_text(claim.source, f"A new first paragraph.\n\n{ARTICLE}", TextSpec())
    restore(event, then)
    claim = event.claims.get()
    assert (claim.note, claim.passage.text[claim.start : claim.end]) == ("", QUOTE)


def test_a_quote_that_the_corrected_text_has_not_is_named_and_nothing_is_written() -> None:
    event = cited(status=Status.DRAFT)
    source, then = Source.objects.get(), last(event)
    with act("Mistaken"):
        event.claims.all().delete()
        event.title = "Later"
        event.save()
    texts.store_text(source, ARTICLE.replace("1953", "1954"), TextSpec())
    with pytest.raises(RestoreError, match="The war ended in an armistice in 1953") as caught:
        restore(event, then)
    assert "is not in the source" in str(caught.value)
    assert Event.objects.get().title == "Later"


def test_a_published_state_without_a_quote_that_counts_is_refused() -> None:
    event = cited()
    then = last(event)
    with act("Withdrawn"):
        event.status = Status.DRAFT
        event.save()
    source = Source.objects.get()
    source.status = Status.DRAFT
    source.save()
    with pytest.raises(RestoreError, match="quote no published source"):
        restore(event, then)
    assert Event.objects.get().status == Status.DRAFT


def test_a_state_with_an_actor_who_is_gone_is_refused() -> None:
    event = cited()
    then = last(event)
    event.participations.all().delete()
    Actor.objects.all().delete()
    with pytest.raises(RestoreError, match=r"DPRK \(deleted\)"):
        restore(event, then)


def test_a_moment_before_the_beginning_is_refused() -> None:
    event = cited()
    with pytest.raises(RestoreError, match="did not exist"):
        restore(event, last(event).replace(year=1999))


def test_a_text_goes_back_with_its_emendations() -> None:
    source = make_source("The frist war.")
    then = last(source)
    spec = TextSpec(emendations=(Correction("frist", "first", "misprint"),))
    with act("Corrected"):
        texts.store_text(source, "The frist war.", spec)
    newest = revisions(source)[0]
    assert [change.subject for change in newest.changes] == ["Emendation “frist”"]
    restore(source, then)
    assert source.passages.get().text == "The frist war."
    assert not source.emendations.exists()


def test_a_text_is_not_taken_back_from_under_its_quotes() -> None:
    source = make_source("The frist war.")
    then = last(source)
    spec = TextSpec(emendations=(Correction("frist", "first", "misprint"),))
    texts.store_text(source, "The frist war.", spec)
    event = make_event(source=source, quote="first war")
    with pytest.raises(RestoreError, match="“first war” is not in that text") as caught:
        restore(source, then)
    assert event.title in str(caught.value)
    assert readings.sha256("The first war.") == SourceText.objects.get().reading_sha256


def test_a_claim_has_a_history_of_its_own() -> None:
    claim = cited().claims.get()
    then = last(claim)
    claim.stance = Claim.Stance.DISPUTES
    claim.save()
    assert revisions(claim)[0].changes[0].fields == (FieldChange("Stance", "supports", "disputes"),)
    restore(claim, then)
    assert Claim.objects.get().stance == Claim.Stance.SUPPORTS
