"""Many seeds at once: each is let go before the next is read, and all are seen together."""

import gc
import os
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError

from tests.seeds import import_folders, source, write_seed
from timeline import index
from timeline.models import Event, SeedItem
from timeline.seeds import checking, importing
from timeline.seeds.entries import Entry
from timeline.seeds.ledger import Ledger
from timeline.seeds.problems import Place
from timeline.seeds.reading import Seed, read_seed

pytestmark = pytest.mark.django_db
MANY = 12
WORDS = "It happened."


def seed(folder: Path, number: int, refers_to: int) -> Path:
    """An actor and an event in which an actor of another seed takes part."""
    chronology = (
        source(f"s{number}", WORDS)
        + f'[[actor]]\nid = "a{number}"\nname = "A"\nkind = "state"\n'
        + f'[[event]]\nid = "e{number}"\ntitle = "T"\nkind = "war"\nactors = ["a{refers_to}"]\n'
        + '[[event.claim]]\nquote = "It happened"\n'
    )
    return write_seed(folder / f"s{number}", chronology, WORDS)


def ring(folder: Path, first_refers_to: int = MANY - 1) -> list[Path]:
    """Seeds of which each refers to the one before, and the first to the last."""
    return [seed(folder, number, (number or first_refers_to + 1) - 1) for number in range(MANY)]


def test_a_seed_is_let_go_before_the_next_one_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alive = []

    def watched(folder: Path) -> Seed:
        gc.collect()
        alive.append(sum(type(one) in (Seed, Entry) for one in gc.get_objects()))
        return read_seed(folder)

    monkeypatch.setattr(importing, "read_seed", watched)
    import_folders(*ring(tmp_path), stdout=StringIO())
    assert len(alive) == MANY
    # One seed with its source, actor, event and claim: the loop still names the last that it read.
    assert max(alive) <= 5


def test_seeds_refer_to_each_other_in_whatever_order(tmp_path: Path) -> None:
    import_folders(*reversed(ring(tmp_path)), stdout=StringIO())
    parts = Event.objects.order_by("slug").values_list("slug", "actors__slug")
    assert dict(parts) == {f"e{number}": f"a{(number or MANY) - 1}" for number in range(MANY)}


def test_the_problems_of_all_seeds_are_told_with_those_between_them(tmp_path: Path) -> None:
    folders = ring(tmp_path, first_refers_to=MANY)
    write_seed(folders[3], source("s3", WORDS).replace("title", "titel"), WORDS)
    errors = StringIO()
    with pytest.raises(CommandError, match="3 problems; nothing was imported"):
        import_folders(*folders, stdout=StringIO(), stderr=errors)
    told = [line.replace(f"{tmp_path}/", "") for line in errors.getvalue().splitlines()]
    assert told == [
        "s0/chronology.toml:16: event e0: There is no actor “a12”, neither in these seeds nor in "
        "the database. Did you mean “a1”?",
        "s3/chronology.toml:5: source: “titel” is no key here; did you mean “title”?",
        "s4/chronology.toml:16: event e4: There is no actor “a3”, neither in these seeds nor in "
        "the database. Correct the id, or add it.",
    ]


def test_a_name_of_a_file_that_is_no_text_is_shown_all_the_same() -> None:
    file = os.fsdecode(b"\xe9t\xe9/chronology.toml")
    seed = Seed(Path(), file)
    with closing(Ledger()) as ledger:
        ledger.add(seed, [Entry("actor", "a", "", Place(file, 7, "actor a"), {})])
        found = checking.place_of(ledger, "actor", "a")
    assert str(found) == "\\udce9t\\udce9/chronology.toml:7: actor a"


def test_what_is_derived_is_up_to_date_after_an_import_and_after_a_dry_run(tmp_path: Path) -> None:
    folders = ring(tmp_path)
    before = index.version()
    import_folders(*folders, stdout=StringIO(), dry_run=True)
    assert (index.version(), list(index.differences())) == (before, [])
    import_folders(*folders, stdout=StringIO())
    assert list(index.differences()) == []
    assert index.version() != before


def test_more_items_than_the_database_is_asked_for_at_once(tmp_path: Path) -> None:
    many = 1100
    text = "\n\n".join(f"It is recorded as number {number}." for number in range(many))
    events = "".join(
        f'[[event]]\nid = "e{number}"\ntitle = "T"\nkind = "war"\n'
        f'[[event.claim]]\nquote = "recorded as number {number}"\n'
        for number in range(many)
    )
    folder = write_seed(tmp_path, source("many", text) + events, text)
    told = f"Created: 1 source, {many} events, {many} claims.\n"
    for expected in (told, f"{told.replace('Created', 'Unchanged')}Nothing to change.\n"):
        output = StringIO()
        import_folders(folder, stdout=output)
        assert output.getvalue() == expected
    assert SeedItem.objects.count() == 2 * many + 1
