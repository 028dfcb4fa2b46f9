"""Conflicts between a seed and the work of editors that reach beyond one item."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError

from tests.seeds import ACTORS, ARTICLE, EVENTS, import_folders, source, write_seed
from timeline import readings, texts
from timeline.history import act
from timeline.models import Claim, Event, Source

pytestmark = pytest.mark.django_db
ARMISTICE = EVENTS[EVENTS.index('[[event]]\nid = "arm') :]
MORE = '[[event.claim]]\nid = "more"\nquote = "The war ended"\n'


def told(*folders: Path, **options: object) -> str:
    output = StringIO()
    import_folders(*folders, stdout=output, stderr=StringIO(), **options)
    return output.getvalue()


def test_claims_are_not_written_into_a_text_that_an_editor_replaced(tmp_path: Path) -> None:
    told(write_seed(tmp_path))
    with act("A better copy"):
        better = "A preface.\n\n" + ARTICLE
        texts.store_text(Source.objects.get(), better, readings.TextSpec(headings=("Diplomacy",)))
    write_seed(tmp_path, more=MORE)
    output = told(tmp_path)
    assert "Conflict: source article: edited in the database; kept." in output
    assert (
        "Conflict: claim more: the text of source article is kept as in the database; kept."
    ) in output
    assert not Claim.objects.filter(slug="more").exists()
    told(tmp_path, take_all=True)
    assert Claim.objects.get(slug="more").passage.ordinal == 3


def test_taking_what_the_seeds_do_not_have_is_a_mistake(tmp_path: Path) -> None:
    errors = StringIO()
    with pytest.raises(CommandError):
        import_folders(write_seed(tmp_path), stderr=errors, take=[("event", "armistise")])
    assert errors.getvalue() == "--take event:armistise: These seeds have no such item.\n"
    assert not Source.objects.exists()


def test_an_event_is_pruned_together_with_what_other_seeds_said_of_it(tmp_path: Path) -> None:
    words = "Some say so."
    claim = '[[claim]]\nevent = "armistice"\nquote = "Some say"\n'
    home = write_seed(tmp_path / "home")
    other = write_seed(tmp_path / "other", source("other", words) + claim, words)
    told(home, other)
    write_seed(home, source() + ACTORS + EVENTS.replace(ARMISTICE, ""))
    output = told(home, prune=True)
    assert "event armistice is no longer in the seed and was kept; claim " in output
    assert Event.objects.filter(slug="armistice").exists()
    write_seed(other, source("other", words), words)
    told(home, other, prune=True)
    assert not Event.objects.filter(slug="armistice").exists()


def test_a_claim_on_an_entry_that_stays_deleted_is_a_conflict(tmp_path: Path) -> None:
    told(write_seed(tmp_path))
    Event.objects.get(slug="armistice").delete()
    write_seed(tmp_path, more=MORE)
    output = told(tmp_path)
    assert "Conflict: claim more: event armistice is not in the database; kept." in output
    told(tmp_path, take=[("event", "armistice")])
    slugs = Event.objects.get(slug="armistice").claims.values_list("slug", flat=True)
    assert list(slugs) == ["armistice-claim", "more"]


def claim_in_1948(folder: Path, text: str, around: str) -> Path:
    chronology = source(text=text) + ARMISTICE.replace("armistice in 1953", "in 1948") + around
    return write_seed(folder, chronology, text)


def test_a_claim_that_was_moved_to_the_like_of_its_words_is_a_conflict(tmp_path: Path) -> None:
    text = "It began in 1948. It ended in 1948."
    told(claim_in_1948(tmp_path, text, 'prefix = "ended"\n'))
    claim = Claim.objects.get()
    claim.start, claim.end = text.index("in 1948"), text.index(". It ended")
    claim.save()
    output = told(tmp_path)
    assert "Conflict: claim armistice-claim: edited in the database; kept." in output
    assert "  - suffix: . It\n  + prefix: ended\n" in output


def test_a_claim_that_needs_more_words_in_a_corrected_text_is_an_update(tmp_path: Path) -> None:
    told(claim_in_1948(tmp_path, "It began in 1948.", ""))
    claim_in_1948(tmp_path, "It began in 1948. It ended in 1948.", 'prefix = "began"\n')
    assert told(tmp_path).startswith("Updated: 1 source, 1 claim.\n")
    assert told(tmp_path).endswith("Nothing to change.\n")
