"""Rows that are written at once are as if each had been saved."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from actors.models import Actor
from tests.builders import make_actor, make_event, make_source
from timeline import history
from timeline.models import Event, Source

pytestmark = pytest.mark.django_db
WORDS = 'a "b" \\ c\r\n\td\\N \u202e 🐎 %s, {x}'


def as_told(row: Any) -> dict[str, Any]:
    """The newest history of ``row``, without its own number."""
    fields = row.history.model._meta.concrete_fields
    newest = row.history.latest()
    return {
        field.name: getattr(newest, field.attname) for field in fields if field.name != "history_id"
    }


def test_rows_are_as_given_and_their_history_too() -> None:
    source = Source(slug="s", title=WORDS, author=[{"literal": WORDS}], note=WORDS)
    event = Event(slug="e", title=WORDS, kind="war", date="1948~")
    event.derive_bounds()
    user = User.objects.create_user("anna")
    with history.act("Written at once", user) as act:
        for row in (source, event):
            history.bulk_create([row])
    for row in (Source.objects.get(), Event.objects.get()):
        values = {field.name: getattr(row, field.attname) for field in row._meta.concrete_fields}
        given = source if isinstance(row, Source) else event
        assert values == {name: getattr(given, name) for name in values}
        assert as_told(row) == values | {
            "history_date": act.moment,
            "history_change_reason": "Written at once",
            "history_type": "+",
            "history_user": user.pk,
        }


def test_a_row_that_is_saved_later_gets_a_key_of_its_own() -> None:
    first = make_actor()
    rows = [Actor(slug=f"row-{number}", name="A", kind="state") for number in range(3)]
    history.bulk_create(rows)
    last = make_actor()
    keys = [first.pk, *(row.pk for row in rows), last.pk]
    assert len(set(keys)) == 5
    assert keys == sorted(keys)
    assert Actor.objects.get(pk=rows[1].pk).slug == "row-1"


def test_only_the_named_fields_of_rows_are_written() -> None:
    event = make_event("Old", source=make_source("Words."), quote="Words")
    event.title, event.summary = "New", "Not written"
    history.bulk_update([event], ["title"])
    event.refresh_from_db()
    assert (event.title, event.summary) == ("New", "")
    assert (as_told(event)["title"], as_told(event)["history_type"]) == ("New", "~")


def test_one_row_that_is_refused_leaves_none_behind() -> None:
    rows = [Actor(slug=slug, name="A", kind="state") for slug in ("one", "two", "one")]
    with pytest.raises(IntegrityError), transaction.atomic():
        history.bulk_create(rows)
    assert not Actor.objects.exists()
    assert not Actor.history.exists()
