"""check_citations: what it proves, and each thing that it finds."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.builders import ARTICLE, make_event, make_source
from timeline import readings, triggers
from timeline.citations import prove
from timeline.models import Claim, Emendation, Event, Passage, SourceText, Status

pytestmark = pytest.mark.django_db


def failures() -> list[str]:
    return [f"{failure.item}: {failure.message}" for failure in prove().failures]


@pytest.fixture
def event() -> Event:
    """One event that quotes a source called “it”."""
    source = make_source(slug="it")
    event = make_event(slug="war", source=source, quote="armistice in 1953", date="1953")
    Claim.objects.update(slug="war-claim")
    return event


def test_a_sound_knowledge_base_is_proved_and_counted(event: Event) -> None:
    make_event(status=Status.DRAFT, cited=False)
    proof = prove()
    assert proof.failures == []
    assert (proof.sources, proof.passages, proof.claims) == (1, 3, 1)
    assert (proof.events, proof.published, proof.uncited) == (2, 1, 0)


def test_an_event_without_a_quote_is_found_and_counted(event: Event) -> None:
    Claim.objects.all().delete()
    assert failures() == [
        "event war: It is published and quotes no published source; cite one, or make it a draft."
    ]
    assert prove().uncited == 1


def test_a_quote_that_is_not_there_is_found_even_where_the_triggers_were_off(event: Event) -> None:
    triggers.remove(connection.schema_editor())
    Claim.objects.update(quote="armistice in 1954")
    assert failures() == [
        "claim war-claim: “armistice in 1954” is not at its place in the passage, "
        "where “armistice in 1953” is."
    ]


def test_a_passage_of_another_source_is_found(event: Event) -> None:
    triggers.remove(connection.schema_editor())
    Claim.objects.update(source=make_source())
    assert failures() == [
        "claim war-claim: “armistice in 1953” points to a passage of another source."
    ]


def test_a_lost_claim_is_found(event: Event) -> None:
    Claim.objects.update(lost=True)
    assert failures()[0].startswith("claim war-claim: “armistice in 1953” is no longer in")


def test_a_text_that_was_changed_behind_our_back_is_found(event: Event) -> None:
    SourceText.objects.update(raw=ARTICLE + "!")
    assert failures() == [
        "source it: The text as received is not the one that was hashed; import it again.",
        "source it: The text as read does not follow from the text as received.",
        "source it: The passages do not follow from the text; store the text again.",
    ]


def test_a_reading_and_passages_that_do_not_follow_are_found(event: Event) -> None:
    SourceText.objects.update(reading="Else")
    Passage.objects.filter(ordinal=1).update(text="Else")
    assert [failure.rpartition(": ")[2] for failure in failures()] == [
        "The text as read is not the one that was hashed; import it again.",
        "The text as read does not follow from the text as received.",
        "The passages do not follow from the text; store the text again.",
    ]


def test_an_emendation_that_no_longer_applies_is_found(event: Event) -> None:
    Emendation.objects.create(
        source=event.claims.get().source, ordinal=1, find="no such", read="x", reason="r",
        raw_start=0, start=0, removed="n", inserted="x",
    )  # fmt: skip
    (only,) = failures()
    assert "cannot be read as recorded: text.emendation 1: “no such” is not in the text." in only


def test_an_emendation_that_is_recorded_elsewhere_is_found() -> None:
    tow = readings.Correction("tow", "two", "typing error")
    make_source("One tow three.", readings.TextSpec(emendations=(tow,)), slug="it")
    assert failures() == []
    Emendation.objects.update(start=0)
    assert failures() == [
        "source it: The emendations are not where they are recorded; store the text again."
    ]


def test_passages_without_a_text_are_found(event: Event) -> None:
    SourceText.objects.all().delete()
    assert failures() == ["source it: It has passages and no text; store its text again."]


def test_bounds_that_do_not_follow_from_the_date_are_found(event: Event) -> None:
    Event.objects.update(date="1954")
    assert failures() == [
        "event war: Its bounds do not follow from its date “1954”; save it again."
    ]
    Event.objects.update(date="about 1954")
    assert failures()[0].startswith("event war: Its date cannot be read: “about 1954”")


def test_the_command_prints_the_figures(event: Event) -> None:
    output = StringIO()
    call_command("check_citations", stdout=output, no_color=True)
    assert output.getvalue() == (
        "1 source with 3 passages, 1 claim, 1 event, 1 of them published, 0 uncited.\n"
        "Every quote is in its source.\n"
    )


def test_the_command_fails_and_names_each_failure(event: Event) -> None:
    Claim.objects.update(lost=True)
    output, errors = StringIO(), StringIO()
    with pytest.raises(CommandError, match="2 failed, each named above"):
        call_command("check_citations", stdout=output, stderr=errors, no_color=True)
    assert "1 uncited" in output.getvalue()
    assert errors.getvalue().startswith("claim war-claim: ")
    assert "\nevent war: " in errors.getvalue()


def test_the_number_of_queries_does_not_grow_with_the_entries(event: Event) -> None:
    with CaptureQueriesContext(connection) as few:
        prove()
    source = event.claims.get().source
    for _ in range(10):
        make_event(source=source, quote="In 1911")
    with CaptureQueriesContext(connection) as many:
        prove()
    assert len(many) == len(few)
