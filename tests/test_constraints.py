"""What the database itself refuses, whoever writes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from actors.models import Alias, Relation
from tests.builders import make_actor, make_event, make_source
from timeline import triggers
from timeline.models import Claim, Participation, Passage

pytestmark = pytest.mark.django_db


def refuses(write: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


@pytest.fixture
def claim() -> Claim:
    source = make_source()
    event = make_event(source=source, quote="armistice in 1953", date="1953")
    return event.claims.get()


def changed(row: Any, **values: Any) -> Callable[[], Any]:
    return lambda: type(row).objects.filter(pk=row.pk).update(**values)


def copied(row: Any, **values: Any) -> Callable[[], Any]:
    fields = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    return lambda: type(row).objects.bulk_create([type(row)(**fields | values)])


def test_a_claim_whose_quote_is_not_at_its_place_can_be_neither_added_nor_changed(
    claim: Claim,
) -> None:
    other = make_source("Other words altogether.")
    refuses(copied(claim, slug="new", quote="armistice in 1954"))
    refuses(copied(claim, slug="new", start=claim.start + 1, end=claim.end + 1))
    refuses(copied(claim, slug="new", passage_id=other.passages.get().pk))
    refuses(changed(claim, quote="armistice in 1954"))
    refuses(changed(claim, start=0, end=len(claim.quote)))
    refuses(changed(claim, source_id=other.pk))
    copied(claim, slug="new")()


def test_a_claim_has_a_quote_a_passage_and_offsets_that_fit(claim: Claim) -> None:
    refuses(changed(claim, quote="", end=claim.start))
    refuses(changed(claim, end=claim.end + 1))
    refuses(copied(claim, slug="new", passage_id=None))
    refuses(copied(claim, slug=""))
    refuses(copied(claim))


def test_a_passage_cannot_lose_the_words_of_a_claim(claim: Claim) -> None:
    refuses(changed(claim.passage, text="The war ended."))
    refuses(changed(claim.passage, text="X" + claim.passage.text))
    refuses(changed(claim.passage, source_id=make_source().pk, ordinal=99))
    changed(claim.passage, text=claim.passage.text + " So it was.")()
    changed(claim, lost=True)()
    changed(claim.passage, text="The war ended.")()


def test_a_lost_claim_is_found_again_only_where_its_words_are(claim: Claim) -> None:
    changed(claim, lost=True)()
    changed(claim.passage, text="The war ended.")()
    refuses(changed(claim, lost=False))


def test_offsets_count_code_points_beyond_the_basic_plane(claim: Claim) -> None:
    source = make_source("𝔘𝔫𝔦 🇲🇳 and 평양 signed.")
    event = make_event(source=source, quote="평양 signed")
    other = event.claims.get()
    assert other.passage.text[other.start : other.end] == "평양 signed"
    refuses(changed(other, start=other.start + 2, end=other.end + 2))


def test_the_bounds_of_an_event_are_in_order_or_all_absent() -> None:
    event = make_event(date="1950/1953")
    refuses(changed(event, earliest_start=19540101))
    refuses(changed(event, latest_start=19540101))
    refuses(changed(event, earliest_end=19490101, latest_end=19490101))
    refuses(changed(event, earliest_end=19540101))
    refuses(changed(event, sort_date=None))
    refuses(changed(event, latest_end=None))
    refuses(changed(event, date=""))
    refuses(changed(make_event(), earliest_start=1, latest_start=1, earliest_end=1, latest_end=1))


def test_an_inferred_date_has_a_reason() -> None:
    refuses(changed(make_event(date="1950"), date_basis="inferred", date_note=""))


def test_statuses_are_known_and_names_are_given() -> None:
    event, source, actor = make_event(), make_source(), make_actor()
    for row, values in (
        (event, {"status": "secret"}),
        (event, {"title": ""}),
        (event, {"slug": ""}),
        (source, {"status": "secret"}),
        (source, {"title": ""}),
        (actor, {"name": ""}),
        (actor, {"slug": ""}),
    ):
        refuses(changed(row, **values))


def test_ids_positions_and_parts_are_unique() -> None:
    source, actor, other = make_source(), make_actor(), make_actor()
    event = make_event(actors=[(actor, "host")])
    relation = Relation.objects.create(actor=actor, other=other, kind="member-of")
    alias = Alias.objects.create(actor=actor, name="Name")
    for row in (event, source, actor, source.passages.first(), relation, alias):
        refuses(copied(row))
    refuses(copied(Participation.objects.get(event=event)))


def test_an_actor_is_not_related_to_itself() -> None:
    actor = make_actor()
    refuses(lambda: Relation.objects.create(actor=actor, other=actor, kind="part-of"))


def test_a_passage_has_text_and_counts_from_one() -> None:
    source = make_source("Words.")
    refuses(lambda: Passage.objects.create(source=source, ordinal=2, start=0, text=""))
    refuses(lambda: Passage.objects.create(source=source, ordinal=0, start=0, text="x"))


def test_what_is_cited_cannot_be_deleted(claim: Claim) -> None:
    actor = make_actor()
    make_event(actors=[actor])
    for row in (claim.source, claim.passage, actor):
        with pytest.raises(ProtectedError):
            row.delete()


def test_the_triggers_are_there_after_all_migrations() -> None:
    catalogue = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        assert set(triggers.EVENTS) <= {name for (name,) in cursor.fetchall()}


def test_the_triggers_can_be_taken_away_and_made_again(claim: Claim) -> None:
    editor = connection.schema_editor()  # not entered: SQLite would want no transaction
    triggers.remove(editor)
    with transaction.atomic():
        changed(claim, quote="armistice in 1954")()
        changed(claim, quote="armistice in 1953")()
    triggers.install(editor)
    refuses(changed(claim, quote="armistice in 1954"))
