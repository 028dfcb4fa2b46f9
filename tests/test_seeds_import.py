"""Importing seeds: what is written, told, kept and refused."""

import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.db.models import Model

from actors.models import Actor, Alias, Relation
from tests.builders import make_claim, make_event
from tests.seeds import ACTORS, ARTICLE, EVENTS, import_folders, source, write_seed
from timeline.history import act
from timeline.models import Claim, Emendation, Event, Participation, Passage, SeedItem, Source

pytestmark = pytest.mark.django_db
MODELS: tuple[type[Any], ...] = (Source, Passage, Emendation, Actor, Alias, Relation)
MODELS += (Event, Participation, Claim)


def told(*folders: Path, **options: object) -> str:
    """What the command prints."""
    output = StringIO()
    import_folders(*folders, stdout=output, stderr=StringIO(), **options)
    return output.getvalue()


def complaints(*folders: Path, **options: object) -> str:
    """What the command complains about; nothing may be written."""
    errors, before = StringIO(), everything()
    with pytest.raises(CommandError, match="nothing was imported"):
        import_folders(*folders, stdout=StringIO(), stderr=errors, **options)
    assert everything() == before
    return errors.getvalue()


def everything() -> list[list[tuple[Any, ...]]]:
    """All rows, those of history and of earlier imports too."""
    models: list[type[Model]] = [*MODELS, *(model.history.model for model in MODELS), SeedItem]
    return [list(model._default_manager.order_by("pk").values_list()) for model in models]


def edit(event: str, **values: object) -> None:
    with act("An editor's reason"):
        row = Event.objects.get(slug=event)
        for name, value in values.items():
            setattr(row, name, value)
        row.save()


def test_a_seed_becomes_a_knowledge_base(tmp_path: Path) -> None:
    assert told(write_seed(tmp_path)) == "Created: 1 source, 2 actors, 2 events, 2 claims.\n"
    event = Event.objects.get(slug="relations")
    assert (event.status, event.sort_date) == ("published", 19481015)
    parts = event.participations.values_list("actor__slug", "role")
    assert list(parts) == [("mongolia", ""), ("dprk", "initiator")]
    claim = event.claims.get()
    assert claim.passage.heading == "Diplomacy"
    assert claim.passage.text[claim.start : claim.end] == claim.quote
    assert claim.history.get().history_change_reason == "Imported from article"
    moments = {row.history_date for row in Event.history.all()}
    assert moments == {claim.history.get().history_date}


def test_a_second_import_changes_nothing_at_all(tmp_path: Path) -> None:
    told(write_seed(tmp_path))
    before = everything()
    assert told(tmp_path) == (
        "Unchanged: 1 source, 2 actors, 2 events, 2 claims.\nNothing to change.\n"
    )
    assert everything() == before


def test_a_change_in_the_seed_is_an_update_of_what_changed_only(tmp_path: Path) -> None:
    told(write_seed(tmp_path))
    changed = EVENTS.replace("The war ends", "The war ends in an armistice")
    write_seed(tmp_path, source() + ACTORS + changed)
    assert told(tmp_path) == (
        "Updated: 1 event.\nUnchanged: 1 source, 2 actors, 1 event, 2 claims.\n"
    )
    assert Event.objects.get(slug="armistice").title == "The war ends in an armistice"
    assert Event.history.filter(slug="armistice").count() == 2
    assert Event.history.filter(slug="relations").count() == 1


def test_a_dry_run_shows_the_difference_and_writes_nothing(tmp_path: Path) -> None:
    told(write_seed(tmp_path))
    before = everything()
    write_seed(tmp_path, source() + ACTORS + EVENTS.replace('"1953"\n', '"1953-07"\n'))
    output = told(tmp_path, dry_run=True)
    assert "event armistice: would be updated\n  - date: 1953\n  + date: 1953-07\n" in output
    assert output.endswith("This was a dry run: nothing was written.\n")
    assert everything() == before


def test_an_editors_work_is_a_conflict_and_is_kept_until_told_otherwise(tmp_path: Path) -> None:
    told(write_seed(tmp_path))
    edit("armistice", title="An editor's title")
    output = told(tmp_path)
    assert "Conflict, kept as in the database: 1 event." in output
    assert (
        "Conflict: event armistice: edited in the database; kept. "
        "--take event:armistice takes the seed's.\n"
        "  - title: An editor's title\n  + title: The war ends\n"
    ) in output
    assert Event.objects.get(slug="armistice").title == "An editor's title"
    assert "Updated: 1 event." in told(tmp_path, take=[("event", "armistice")])
    assert Event.objects.get(slug="armistice").title == "The war ends"
    assert "Conflict" not in told(tmp_path)


def test_an_edit_that_the_seed_makes_too_is_no_conflict(tmp_path: Path) -> None:
    told(write_seed(tmp_path))
    edit("armistice", title="Better")
    write_seed(tmp_path, source() + ACTORS + EVENTS.replace("The war ends", "Better"))
    assert "Conflict" not in told(tmp_path)
    write_seed(tmp_path, source() + ACTORS + EVENTS.replace("The war ends", "Best"))
    assert "Updated: 1 event." in told(tmp_path)


def test_what_was_deleted_here_stays_deleted_until_told_otherwise(tmp_path: Path) -> None:
    told(write_seed(tmp_path))
    Event.objects.get(slug="armistice").delete()
    output = told(tmp_path)
    assert "event armistice: deleted in the database; kept." in output
    assert not Event.objects.filter(slug="armistice").exists()
    told(tmp_path, take_all=True)
    assert Event.objects.get(slug="armistice").claims.get().slug == "armistice-claim"


def test_an_entry_made_in_the_admin_under_the_same_id_is_a_conflict(tmp_path: Path) -> None:
    make_event("Mine", slug="armistice")
    output = told(write_seed(tmp_path))
    assert "event armistice: made in the database; kept." in output
    assert Event.objects.get(slug="armistice").title == "Mine"


def test_what_is_no_longer_in_the_seed_is_kept_unless_pruned(tmp_path: Path) -> None:
    told(write_seed(tmp_path))
    write_seed(tmp_path, source() + ACTORS + EVENTS[: EVENTS.index('[[event]]\nid = "arm')])
    output = told(tmp_path)
    assert "event armistice is no longer in the seed and was kept; --prune deletes it." in output
    assert Event.objects.filter(slug="armistice").exists()
    assert "Pruned: 1 event, 1 claim." in told(tmp_path, prune=True)
    assert not Event.objects.filter(slug="armistice").exists()
    assert "no longer" not in told(tmp_path)


def test_pruning_spares_what_was_edited_or_is_referred_to(tmp_path: Path) -> None:
    told(write_seed(tmp_path))
    edit("armistice", title="An editor's title")
    make_event(actors=[Actor.objects.get(slug="dprk")])
    only = EVENTS[: EVENTS.index('[[event]]\nid = "arm')].replace(
        ', { id = "dprk", role = "initiator" }', ""
    )
    write_seed(tmp_path, source() + ACTORS[: ACTORS.index('[[actor]]\nid = "dprk"')] + only)
    output = told(tmp_path, prune=True)
    assert "event armistice is no longer in the seed and was kept; edited in the" in output
    assert re.search(r"actor dprk is no longer .* kept; event event-\d+ refers to it", output)
    assert Event.objects.filter(slug="armistice").exists()


def test_two_articles_meet_in_one_entry_in_any_order(tmp_path: Path) -> None:
    home = write_seed(tmp_path / "home")
    other_text = "Some say that relations began in 1949."
    other = write_seed(
        tmp_path / "other",
        source("other", other_text)
        + '[[claim]]\nevent = "relations"\nquote = "relations began in 1949"\n'
        + 'date = "1949"\nstance = "disputes"\n',
        other_text,
    )
    assert "There is no event “relations”" in complaints(other)
    told(other, home)
    claims = Event.objects.get(slug="relations").claims.values_list("source__slug", "stance")
    assert list(claims) == [("article", "supports"), ("other", "disputes")]
    before = everything()
    told(home, other)
    assert everything() == before


def test_an_item_is_defined_in_one_seed_only(tmp_path: Path) -> None:
    home = write_seed(tmp_path / "home")
    text = "The armistice was signed."
    event = EVENTS[EVENTS.index('[[event]]\nid = "arm') :]
    event = event.replace("armistice in 1953", "The armistice").replace("armistice-claim", "other")
    other = write_seed(tmp_path / "other", source("other", text) + event, text)
    assert "event armistice: “armistice” is there already, at " in complaints(home, other)
    told(home)
    assert "“armistice” is defined in the seed of source “article” already." in complaints(other)


def test_a_corrected_text_moves_claims_and_tells_of_lost_ones(tmp_path: Path) -> None:
    told(write_seed(tmp_path))
    made_here = make_event("Mine", source=Source.objects.get(), quote="In 1911", slug="mine")
    text = "A preface.\n\n" + ARTICLE.replace("In 1911 Mongolia", "In 1912 Mongolia")
    new = source(text=text, more='headings = ["Diplomacy"]') + ACTORS + EVENTS
    write_seed(tmp_path, new, text)
    assert "After this import no published source would be quoted for “" in complaints(tmp_path)
    made_here.status = "draft"
    made_here.save()
    output = told(tmp_path)
    assert "Lost with the corrected text, to be quoted anew: claim mine-claim-" in output
    assert "(likeliest, in paragraph 2: “In 1912”; the numbers differ: 1911 in your quote" in output
    assert Claim.objects.get(event=made_here).lost
    assert Claim.objects.get(slug="armistice-claim").passage.ordinal == 4


def test_an_import_keeps_claims_that_editors_added(tmp_path: Path) -> None:
    told(write_seed(tmp_path))
    event = Event.objects.get(slug="armistice")
    make_claim(event, Source.objects.get(), "The war ended", slug="mine", ordinal=2)
    assert "Unchanged: 1 source, 2 actors, 2 events, 2 claims." in told(tmp_path)
    assert set(event.claims.values_list("slug", flat=True)) == {"armistice-claim", "mine"}


def test_the_order_of_claims_is_kept_as_it_is_here_until_told_otherwise(tmp_path: Path) -> None:
    more = '[[event.claim]]\nid = "second"\nquote = "The war"\n'
    third = '[[event.claim]]\nid = "third"\nquote = "an armistice"\n'
    told(write_seed(tmp_path, more=more))
    event = Event.objects.get(slug="armistice")

    def order() -> list[str]:
        return list(event.claims.values_list("slug", flat=True))

    assert order() == ["armistice-claim", "second"]
    Claim.objects.filter(slug="second").update(ordinal=0)
    output = told(tmp_path)
    assert "claims of event armistice: in another order than in the seed; kept." in output
    write_seed(tmp_path, more=more + third)
    told(tmp_path)
    assert order() == ["second", "third", "armistice-claim"]
    output = told(tmp_path, take=[("event", "armistice")])
    assert "Claims of event armistice: now in the order of the seed." in output
    assert order() == ["armistice-claim", "second", "third"]
    before = everything()
    assert told(tmp_path).endswith("Nothing to change.\n")
    assert everything() == before


def test_a_repeated_quote_needs_the_words_around_it(tmp_path: Path) -> None:
    text = "It began in 1948. It ended in 1948."
    event = EVENTS[EVENTS.index('[[event]]\nid = "arm') :].replace("armistice in 1953", "in 1948")
    folder = write_seed(tmp_path, source(text=text) + event, text)
    assert "stands 2 times in the source (paragraphs 1, 1)" in complaints(folder)
    write_seed(folder, source(text=text) + event + 'prefix = "ended"\n', text)
    told(folder)
    assert Claim.objects.get().start == text.rindex("in 1948")


def test_an_unusable_take_is_explained(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="names no item; write source:ID"):
        import_folders(write_seed(tmp_path), "--take=armistice")  # type: ignore[arg-type]


def test_what_is_taken_down_for_another_id_is_told(tmp_path: Path) -> None:
    assert "There is no such folder." in complaints(tmp_path / "nowhere")
