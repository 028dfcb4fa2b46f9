"""Seeds that name what has been merged mean what was kept, and bring nothing back."""

from io import StringIO
from pathlib import Path

import pytest

from actors.models import Actor
from tests.seeds import EVENTS, import_folders, source, write_seed
from timeline import doubles, index
from timeline.models import Claim, Event, Merge, Twofold
from timeline.revisions import undo

pytestmark = pytest.mark.django_db

OTHER_TEXT = "The armistice was signed in 1953. It holds."
OTHER = """
[[actor]]
id = "north-korea"
name = "North Korea"
kind = "state"

[[event]]
id = "truce"
date = "1953"
title = "A truce ends the war"
kind = "war"
actors = ["north-korea", "dprk"]

[[event.claim]]
quote = "The armistice was signed in 1953."
"""
MORE = '[[claim]]\nevent = "truce"\nquote = "It holds."\nattributed_to = "north-korea"\n'


def told(*folders: Path, **options: object) -> str:
    output = StringIO()
    import_folders(*folders, stdout=output, stderr=StringIO(), **options)
    return output.getvalue()


def other_seed(folder: Path, more: str = "") -> Path:
    return write_seed(folder, source("other", OTHER_TEXT) + OTHER + more, OTHER_TEXT)


def merged(tmp_path: Path) -> tuple[Path, Merge]:
    """Two seeds are imported, and their truces and Koreas are one."""
    home, other = write_seed(tmp_path / "home"), other_seed(tmp_path / "other")
    told(home, other)
    one, two = (Actor.objects.get(slug=slug) for slug in ("dprk", "north-korea"))
    doubles.merge(doubles.Asked(Twofold.ACTOR, one.pk, two.pk))
    kept, gone = (Event.objects.get(slug=slug) for slug in ("armistice", "truce"))
    return other, doubles.merge(doubles.Asked(Twofold.EVENT, kept.pk, gone.pk))


def test_a_seed_does_not_bring_back_what_was_merged(tmp_path: Path) -> None:
    other, _ = merged(tmp_path)
    output = told(other)
    assert "event truce: merged into armistice; kept." in output
    assert "actor north-korea: merged into dprk; kept." in output
    assert not Event.objects.filter(slug="truce").exists()
    assert not Actor.objects.filter(slug="north-korea").exists()
    assert Claim.objects.filter(event__slug="armistice").count() == 2
    assert "Conflict: claim" not in output


def test_what_a_seed_adds_goes_to_what_was_kept(tmp_path: Path) -> None:
    other, _ = merged(tmp_path)
    told(other_seed(other, MORE))
    claim = Claim.objects.get(quote="It holds.")
    assert (claim.event.slug, claim.attributed_to and claim.attributed_to.slug) == (
        "armistice",
        "dprk",
    )
    assert index.differences() == []


def test_a_seed_that_is_new_may_refer_to_what_was_merged(tmp_path: Path) -> None:
    merged(tmp_path)
    text = "Peace at last, says the North."
    claim = '[[claim]]\nevent = "truce"\nquote = "Peace at last"\nattributed_to = "north-korea"\n'
    event = EVENTS[: EVENTS.index("[[event.claim]]")].replace('"mongolia", ', '"north-korea", ')
    event = event.replace("relations", "peace") + '[[event.claim]]\nquote = "says the North"\n'
    told(write_seed(tmp_path / "third", source("third", text) + event + claim, text))
    assert Claim.objects.get(quote="Peace at last").event.slug == "armistice"
    parts = Event.objects.get(slug="peace").participations.values_list("actor__slug", "role")
    assert sorted(parts) == [("dprk", ""), ("dprk", "initiator")]


def test_a_third_seed_cannot_make_it_anew_in_silence(tmp_path: Path) -> None:
    """One that was made in the admin has no seed that remembers it."""
    told(write_seed(tmp_path / "home"))
    kept = Event.objects.get(slug="armistice")
    gone = Event.objects.create(slug="truce", title="A truce", kind="war")
    doubles.merge(doubles.Asked(Twofold.EVENT, kept.pk, gone.pk))
    output = told(other_seed(tmp_path / "other"))
    assert "event truce: merged into armistice; kept." in output
    assert not Event.objects.filter(slug="truce").exists()
    assert Claim.objects.filter(event__slug="armistice").count() == 2


def test_merges_are_followed_to_their_end(tmp_path: Path) -> None:
    other, _ = merged(tmp_path)
    last = Event.objects.get(slug="relations")
    kept = Event.objects.get(slug="armistice")
    doubles.merge(doubles.Asked(Twofold.EVENT, last.pk, kept.pk))
    told(other_seed(other, MORE))
    assert Claim.objects.get(quote="It holds.").event == last


def test_once_a_merge_is_undone_the_seed_says_it_of_its_own(tmp_path: Path) -> None:
    other, done = merged(tmp_path)
    undo(done.moment)
    output = told(other_seed(other, MORE))
    assert Claim.objects.get(quote="It holds.").event.slug == "truce"
    assert "merged into armistice" not in output


def rename(slug: str, new: str) -> Event:
    event = Event.objects.get(slug=slug)
    event.slug = new
    event.save()
    return event


def test_a_seed_does_not_bring_back_what_was_renamed(tmp_path: Path) -> None:
    other = other_seed(tmp_path / "other")
    told(write_seed(tmp_path / "home"), other)
    event = rename("truce", "panmunjom")
    actor = Actor.objects.get(slug="north-korea")
    actor.slug = "dprk-2"
    actor.save()
    output = told(other_seed(other, MORE))
    assert "event truce: renamed to panmunjom; kept." in output
    assert "actor north-korea: renamed to dprk-2; kept." in output
    assert not Event.objects.filter(slug="truce").exists()
    assert "Conflict: claim" not in output
    claim = Claim.objects.get(quote="It holds.")
    assert (claim.event, claim.attributed_to) == (event, actor)


def test_an_id_that_something_else_has_now_is_that_one(tmp_path: Path) -> None:
    other = other_seed(tmp_path / "other")
    told(write_seed(tmp_path / "home"), other)
    rename("truce", "panmunjom")
    rename("armistice", "truce")
    told(other_seed(other, MORE))
    assert Claim.objects.get(quote="It holds.").event.slug == "truce"


def test_what_was_renamed_and_then_merged_is_what_was_kept(tmp_path: Path) -> None:
    other = other_seed(tmp_path / "other")
    told(write_seed(tmp_path / "home"), other)
    gone, kept = rename("truce", "panmunjom"), Event.objects.get(slug="armistice")
    doubles.merge(doubles.Asked(Twofold.EVENT, kept.pk, gone.pk))
    output = told(other_seed(other, MORE))
    assert "event truce: merged into armistice; kept." in output
    assert Claim.objects.get(quote="It holds.").event == kept


def test_what_was_renamed_and_deleted_is_deleted(tmp_path: Path) -> None:
    other = other_seed(tmp_path / "other")
    told(write_seed(tmp_path / "home"), other)
    rename("truce", "panmunjom").delete()
    assert "event truce: deleted in the database; kept." in told(other)
