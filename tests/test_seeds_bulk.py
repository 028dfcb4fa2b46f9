"""An import asks the database as often for many items as for few."""

from io import StringIO
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.seeds import import_folders, source, write_seed
from timeline.models import Event

pytestmark = pytest.mark.django_db


def seed_of(folder: Path, events: int) -> Path:
    text = "\n\n".join(f"It is recorded as number {number}." for number in range(events))
    actors = "".join(
        f'[[actor]]\nid = "{folder.name}-{number}"\nname = "A"\nkind = "state"\n'
        f'[[actor.alias]]\nname = "B"\n[[actor.relation]]\nkind = "part-of"\n'
        f'to = "{folder.name}-{1 - number}"\n'
        for number in range(2)
    )
    tables = "".join(
        f'[[event]]\nid = "{folder.name}-e{number}"\ntitle = "T"\nkind = "war"\n'
        f'actors = ["{folder.name}-0", "{folder.name}-1"]\n'
        f'[[event.claim]]\nquote = "recorded as number {number}"\n'
        f'attributed_to = "{folder.name}-1"\n'
        for number in range(events)
    )
    return write_seed(folder, source(folder.name, text) + actors + tables, text)


def queries(folder: Path) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        import_folders(folder, stdout=StringIO(), stderr=StringIO())
    return len(captured)


def test_an_import_of_many_events_takes_as_many_queries_as_one_of_few(tmp_path: Path) -> None:
    queries(seed_of(tmp_path / "first", 5))  # derives the tables of the index from nothing
    few, many = seed_of(tmp_path / "few", 5), seed_of(tmp_path / "many", 60)
    assert queries(few) == queries(many)
    assert Event.objects.count() == 70
    assert queries(few) == queries(many) < 40
    for folder in (few, many):
        toml = folder / "chronology.toml"
        changed = toml.read_text().replace('title = "T"', 'title = "U"')
        toml.write_text(changed.replace("[[event.claim]]", '[[event.claim]]\nnote = "N"'))
    assert queries(few) == queries(many)
    assert Event.objects.filter(title="U").count() == 65
