"""The derived tables can be proved and made anew, and hold texts of any kind."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from tests.builders import make_actor, make_event
from tests.chronicle import make_chronicle
from tests.derived import follows, indexed, shown, words_indexed
from tests.public import make_base
from timeline import index
from timeline.index import sql
from timeline.index.facts import Standing
from timeline.models import Event

pytestmark = pytest.mark.django_db

NAMES = {
    "columns": ", ".join(Standing._fields),
    "copied": ", ".join({"place": "7", "event": "77777"}.get(one, one) for one in Standing._fields),
    "last": "place = (SELECT MAX(place) FROM index_entry)",
    "last_words": "{words} = (SELECT MAX({words}) FROM index_words)",
    "last_passage": "{passage} = (SELECT MAX({passage}) FROM index_passage)",
}
TAMPERING = (
    "DELETE FROM index_entry WHERE {last}",
    "UPDATE index_entry SET latest_end = 19990101 WHERE {last}",
    "UPDATE index_entry SET vals = '' WHERE {last}",
    "UPDATE index_entry SET span = 3 WHERE {last}",
    "UPDATE index_entry SET place = place + 1 WHERE {last}",
    "UPDATE index_entry SET qualified = 1 - qualified",
    "INSERT INTO index_entry ({columns}) SELECT {copied} FROM index_entry WHERE {last}",
    "DELETE FROM index_posting WHERE value = (SELECT MAX(value) FROM index_posting)",
    "UPDATE index_posting SET latest_end = 7 WHERE value = (SELECT MAX(value) FROM index_posting)",
    "UPDATE index_posting SET span = span + 1",
    "INSERT INTO index_posting (value, span, place) VALUES (1, 0, 77)",
    "INSERT INTO index_posting (value, span, place, latest_end) SELECT 99999, span, place, "
    "latest_end FROM index_entry WHERE {last}",
    "UPDATE index_value SET entries = entries + 1 WHERE id = 0",
    "UPDATE index_value SET entries = entries - 1 WHERE id = (SELECT MAX(id) FROM index_value)",
    "INSERT INTO index_value (id, facet, ref, name, entries) VALUES (77777, 2, 0, 'made-up', 3)",
    "DELETE FROM index_value WHERE id = (SELECT MAX(id) FROM index_value)",
    "UPDATE index_value SET ref = ref + 424242 WHERE facet = 1 AND entries > 0",
    "UPDATE index_value SET name = 'guessed' WHERE facet = 4 AND name = 'inferred'",
    "DELETE FROM index_posting WHERE value IN (SELECT id FROM index_value WHERE facet = 5)",
    "DELETE FROM index_tally WHERE level = 2 AND value = 0",
    "UPDATE index_tally SET starts = starts + 1 WHERE level = 0",
    "UPDATE index_tally SET ends = ends - 1 WHERE level = 1",
    "INSERT INTO index_tally VALUES (0, 0, 55555, 1, 1)",
    "INSERT INTO index_tally VALUES (99999, 0, 1948, 1, 1)",
    "DELETE FROM index_name WHERE stems = (SELECT MIN(stems) FROM index_name)",
    "UPDATE index_name SET stems = 'nobody' WHERE stems = (SELECT MIN(stems) FROM index_name)",
    "INSERT INTO index_name (actor, stems) VALUES (424242, 'nobody')",
    "DELETE FROM index_alike WHERE key = (SELECT MIN(key) FROM index_alike)",
    "UPDATE index_alike SET key = '1nobody' WHERE key = (SELECT MIN(key) FROM index_alike)",
    "INSERT INTO index_alike (actor, key) VALUES (424242, '1nobody')",
    "DELETE FROM index_words WHERE {last_words}",
    "UPDATE index_words SET words = 'nothing' WHERE {last_words}",
    "INSERT INTO index_words ({{words}}, words) VALUES (5, 'nothing')",
    "DELETE FROM index_passage WHERE {last_passage}",
    "UPDATE index_passage SET words = 'nothing' WHERE {last_passage}",
    "INSERT INTO index_passage ({{passage}}, words) VALUES (424242, 'nothing')",
    "UPDATE {{content}} SET {{column}} = 'nothing'",
    "DELETE FROM {{lookup}}",
)


def tamper(statement: str) -> None:
    """Run ``statement`` with the names that things have in the present database."""
    postgresql = sql.postgresql()
    keys = {
        "words": "place" if postgresql else "rowid",
        "passage": "passage" if postgresql else "rowid",
        "content": "index_words" if postgresql else "index_words_content",
        "column": "words" if postgresql else "c0",
        "lookup": "index_words" if postgresql else "index_words_data WHERE id > 10",
    }
    sql.execute(statement.format(**NAMES).format(**keys))


@pytest.mark.parametrize("statement", TAMPERING)
def test_tampering_is_told_and_mended(statement: str) -> None:
    make_base()
    index.catch_up()
    assert index.differences() == []
    before = shown()
    tamper(statement)
    assert index.differences() != []
    index.rebuild()
    assert index.differences() == []
    assert shown() == before


def test_changes_that_wait_are_told_and_taken_up_by_the_next_page(client: Client) -> None:
    make_event("Entry")
    assert "wait to be taken up" in index.differences()[0]
    client.get("/")
    assert index.differences() == []


def test_a_report_ends_somewhere() -> None:
    make_chronicle(events=40)
    sql.execute("DELETE FROM index_entry")
    assert len(index.differences()) == 20


def test_the_commands_say_what_they_found_and_did(capsys: pytest.CaptureFixture[str]) -> None:
    make_base()
    index.catch_up()
    call_command("check_index")
    assert "The index says what the entries say." in capsys.readouterr().out
    sql.execute("DELETE FROM index_name")
    with pytest.raises(CommandError, match="rebuild_index"):
        call_command("check_index")
    assert "is not found by “mongolia”" in capsys.readouterr().err
    call_command("rebuild_index")
    assert "The index of 6 entries is made anew." in capsys.readouterr().out
    call_command("check_index")


def test_a_name_whose_letters_are_many_is_no_obstacle() -> None:
    make_event("Entry", actors=[make_actor("ﷺ " * 99 + "ﷺ")])
    follows()
    assert indexed() == {"Entry"}


def test_a_text_of_very_many_different_words_is_no_obstacle() -> None:
    # In Cyrillic, or the English stemmer would take most of the time.
    make_event("Entry", summary=" ".join(f"{number:x}абвгдежз" for number in range(90_000)))
    follows()
    assert indexed() == {"Entry"}


def test_a_word_repeated_and_a_long_text_are_no_obstacle() -> None:
    make_event("Entry", summary="again " * 20_000 + "treaty")
    follows()
    assert "treati" in words_indexed()


@pytest.mark.django_db(transaction=True)
def test_an_upgrade_makes_tables_anew_whose_ids_meant_something_else() -> None:
    make_event("Entry", date="1948")
    index.catch_up()
    call_command("migrate", "timeline", "0004", verbosity=0)
    sql.execute("UPDATE index_value SET id = 4 WHERE name = 'quotes'")
    assert index.differences() != []
    call_command("migrate", verbosity=0)
    assert indexed() == {"Entry"}
    follows()


@pytest.mark.django_db(transaction=True)
def test_the_tables_can_be_taken_away_and_come_back_right() -> None:
    make_event("Entry", date="1948")
    index.catch_up()
    call_command("migrate", "timeline", "0002", verbosity=0)
    assert not any(name.startswith("index_") for name in connection.introspection.table_names())
    Event.objects.update(title="Written meanwhile")
    call_command("migrate", verbosity=0)
    assert indexed() == {"Written meanwhile"}
    follows()
