"""An import item by item: what is left out stays as it was, and what hangs on it is told."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actors.models import Actor
from tests.builders import make_actor
from tests.seeds import ACTORS, ARTICLE, EVENTS, import_folders, source, write_seed
from timeline.history import act
from timeline.models import Claim, Event, SeedItem, Source
from timeline.seeds import stored
from timeline.seeds.entries import MODELS, Canonical, Key
from timeline.seeds.importing import import_seeds
from timeline.seeds.ledger import Ledger
from timeline.seeds.planning import Wishes
from timeline.seeds.problems import SeedError
from timeline.seeds.steps import WRITTEN, Outcome

pytestmark = pytest.mark.django_db
DRAFT = '[[event]]\nid = "draft"\ntitle = "T"\nkind = "war"\nstatus = "draft"\n'


def told(*folders: Path, **options: object) -> str:
    output = StringIO()
    import_folders(*folders, stdout=output, stderr=StringIO(), **options)
    return output.getvalue()


def refused(*folders: Path, **options: object) -> str:
    errors = StringIO()
    with pytest.raises(CommandError):
        import_folders(*folders, stdout=StringIO(), stderr=errors, **options)
    return errors.getvalue()


def test_a_new_item_that_is_left_is_not_made_and_is_offered_again(tmp_path: Path) -> None:
    write_seed(tmp_path, more=DRAFT)
    output = told(tmp_path, leave=[("event", "draft")])
    assert "Left out, kept as in the database: 1 event." in output
    assert "event draft was left out, as asked; the next import offers it again." in output
    assert not Event.objects.filter(slug="draft").exists()
    assert told(tmp_path).startswith("Created: 1 event.\n")


def test_an_update_that_is_left_is_offered_again(tmp_path: Path) -> None:
    told(write_seed(tmp_path))
    write_seed(tmp_path, source() + ACTORS + EVENTS.replace("The war ends", "Truce"))
    told(tmp_path, leave=[("event", "armistice")])
    assert Event.objects.get(slug="armistice").title == "The war ends"
    assert told(tmp_path).startswith("Updated: 1 event.\n")
    assert Event.objects.get(slug="armistice").title == "Truce"


def test_an_update_that_was_left_is_no_conflict_once_it_was_edited(tmp_path: Path) -> None:
    """It is one: the editor's work since the last import that wrote the item is kept."""
    told(write_seed(tmp_path))
    write_seed(tmp_path, source() + ACTORS + EVENTS.replace("The war ends", "Truce"))
    told(tmp_path, leave=[("event", "armistice")])
    with act("Mine"):
        event = Event.objects.get(slug="armistice")
        event.title = "Mine"
        event.save()
    assert "Conflict: event armistice: edited in the database; kept." in told(tmp_path)


def test_what_hangs_on_a_new_item_that_is_left_is_a_conflict_that_says_why(tmp_path: Path) -> None:
    output = told(write_seed(tmp_path), leave=[("actor", "dprk")])
    assert "Conflict: event relations: actor dprk is left out; kept.\n" in output
    assert "event relations is not in the database; kept.\n" in output
    assert list(Event.objects.values_list("slug", flat=True)) == ["armistice"]
    assert list(Claim.objects.values_list("slug", flat=True)) == ["armistice-claim"]


def test_a_new_source_that_is_left_takes_all_with_it_that_is_at_home_there(tmp_path: Path) -> None:
    output = told(write_seed(tmp_path), leave=[("source", "article")])
    assert "Conflict: actor dprk: source article is left out; kept.\n" in output
    assert "Conflict: claim armistice-claim: source article is left out; kept.\n" in output
    assert not Source.objects.exists()
    assert not Actor.objects.exists()
    assert not SeedItem.objects.exists()
    assert told(tmp_path).startswith("Created: 1 source, 2 actors, 2 events, 2 claims.\n")


def test_what_an_editor_made_alike_gets_no_home_in_a_source_that_is_left(tmp_path: Path) -> None:
    make_actor("Mongolia", slug="mongolia")
    told(write_seed(tmp_path), leave=[("source", "article")])
    assert not SeedItem.objects.exists()
    assert told(tmp_path).startswith("Created: 1 source, 1 actor, 2 events, 2 claims.\n")


def moved(folder: Path) -> tuple[Path, Path]:
    """An actor's home before and now, which gives it unchanged."""
    words = "Some say so."
    before = write_seed(folder / "old", source("old", words) + ACTORS, words)
    told(before)
    return write_seed(before, source("old", words), words), write_seed(folder / "new")


def homes() -> set[str]:
    actors = SeedItem.objects.filter(kind=SeedItem.Kind.ACTOR)
    return set(actors.values_list("source__slug", flat=True))


def test_an_actor_that_another_seed_defines_now_is_at_home_there(tmp_path: Path) -> None:
    old, new = moved(tmp_path)
    told(old, new)
    assert homes() == {"article"}
    assert told(new).startswith("Unchanged: 1 source, 2 actors")


def test_an_actor_keeps_its_home_where_the_new_one_is_left(tmp_path: Path) -> None:
    told(*moved(tmp_path), leave=[("source", "article")])
    assert homes() == {"old"}


def test_claims_are_not_written_into_a_text_that_is_left(tmp_path: Path) -> None:
    told(write_seed(tmp_path))
    better = "A preface.\n\n" + ARTICLE
    more = '[[event.claim]]\nid = "more"\nquote = "A preface"\n'
    chronology = source(text=better).replace('"\n\n\n', '"\nheadings = ["Diplomacy"]\n')
    write_seed(tmp_path, chronology + ACTORS + EVENTS + more, better)
    output = told(tmp_path, leave=[("source", "article")])
    assert (
        "Conflict: claim more: the text of source article is kept as in the database; kept."
    ) in output
    assert Claim.objects.get(slug="armistice-claim").passage.ordinal == 3
    told(tmp_path)
    assert Claim.objects.get(slug="armistice-claim").passage.ordinal == 4
    assert Claim.objects.get(slug="more").passage.ordinal == 1


def test_a_published_event_without_any_of_its_claims_is_refused(tmp_path: Path) -> None:
    errors = refused(write_seed(tmp_path), leave=[("claim", "armistice-claim")])
    assert "event armistice: After this import no published source would be quoted" in errors
    assert "leave the event out, too" in errors
    assert not Source.objects.exists()
    told(tmp_path, leave=[("claim", "armistice-claim"), ("event", "armistice")])
    assert not Event.objects.filter(slug="armistice").exists()


def test_to_leave_counts_more_than_to_take(tmp_path: Path) -> None:
    told(write_seed(tmp_path))
    with act("Mine"):
        for one in (Event.objects.get(slug="armistice"), Claim.objects.get(slug="armistice-claim")):
            one.date = "1954"
            one.save()
    leave = [("claim", "armistice-claim")]
    output = told(tmp_path, take=[("event", "armistice")], leave=leave)
    assert "Conflict: claim armistice-claim: edited in the database; kept." in output
    assert Event.objects.get(slug="armistice").date == "1953"
    assert Claim.objects.get(slug="armistice-claim").date == "1954"
    output = told(tmp_path, take_all=True, leave=leave)
    assert Claim.objects.get(slug="armistice-claim").date == "1954"


def test_what_no_seed_has_any_more_is_deleted_item_by_item(tmp_path: Path) -> None:
    lone = '[[actor]]\nid = "a-{0}"\nname = "A"\nkind = "state"\n'
    told(write_seed(tmp_path, more="".join(map(lone.format, (1, 2, 3)))))
    Actor.objects.filter(slug="a-3").update(name="Mine")
    write_seed(tmp_path)
    output = told(tmp_path, drop=[("actor", "a-1")])
    assert "Pruned: 1 actor." in output
    assert (
        "actor a-3 is no longer in the seed and was kept; edited in the database since; "
        "--drop actor:a-3 deletes it." in output
    )
    told(tmp_path, prune=True, leave=[("actor", "a-2")])
    assert set(Actor.objects.values_list("slug", flat=True)) == {"mongolia", "dprk", "a-2", "a-3"}
    told(tmp_path, drop=[("actor", "a-3")])
    assert not Actor.objects.filter(slug="a-3").exists()


def test_what_the_import_has_nothing_to_do_with_cannot_be_left_or_dropped(tmp_path: Path) -> None:
    told(write_seed(tmp_path))
    errors = refused(tmp_path, leave=[("event", "armistise")], drop=[("event", "armistice")])
    assert errors.splitlines() == [
        "--drop event:armistice: Only what these seeds brought in once and hold no more is "
        "deleted.",
        "--leave event:armistise: Neither these seeds nor their last import have it.",
    ]


# What was imported once and partly edited, and what is then given: one of every outcome.
BEFORE = EVENTS.replace("[[event]]\nid", '[[event]]\nstatus = "draft"\nid', 1)
GONE = '[[actor]]\nid = "gone"\nname = "Gone"\nkind = "state"\n'
AFTER = (
    BEFORE.replace("The war ends", "Truce").replace('"armistice in 1953"', '"an armistice in 1953"')
    + '[[event.claim]]\nid = "second"\nquote = "The war ended"\nattributed_to = "new"\n'
    + '[[event]]\nid = "fresh"\ntitle = "Fresh"\nkind = "war"\nactors = ["new", "dprk"]\n'
    + '[[event.claim]]\nid = "fresh-claim"\nquote = "The war ended in an armistice"\n'
)
NEW = (
    '[[actor]]\nid = "new"\nname = "New"\nkind = "state"\n'
    '[[actor.relation]]\nkind = "part-of"\nto = "newer"\n'
    '[[actor]]\nid = "newer"\nname = "Newer"\nkind = "state"\n'
)
KEYS = [
    *(("source", "article"), ("actor", "mongolia"), ("actor", "dprk"), ("actor", "gone")),
    *(("actor", "new"), ("actor", "newer"), ("event", "relations"), ("event", "armistice")),
    *(("event", "fresh"), ("claim", "armistice-claim"), ("claim", "second")),
    ("claim", "fresh-claim"),
]


def forms() -> dict[Key, Canonical]:
    """All that the database holds."""
    return {
        (kind, slug): form
        for kind, model in MODELS.items()
        for slug, form in stored.canonical_forms(
            kind, list(model._default_manager.values_list("slug", flat=True))
        )
    }


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def outcomes(folder: Path, wishes: Wishes) -> dict[Key, tuple[Outcome, Canonical | None]]:
    """What became of each item, and what the seed gives."""
    with closing(Ledger()) as ledger:
        import_seeds(ledger, [folder], wishes)
        return {(step.kind, step.slug): (step.outcome, step.new) for step in ledger.steps(*Outcome)}


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """The seed to be imported over what is there."""
    told(write_seed(tmp_path, source() + ACTORS + GONE + BEFORE))
    with act("An editor's"):
        actor = Actor.objects.get(slug="mongolia")
        actor.description = "Mine"
        actor.save()
    renamed = ACTORS.replace('"Mongolia"', '"The MPR"').replace('"DPRK"', '"North Korea"')
    titled = source().replace("An article", "The article")
    return write_seed(tmp_path, titled + renamed + NEW + AFTER)


# Each example is taken back, so that the fixture is the same for all.
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(leave=st.sets(st.sampled_from(KEYS)), prune=st.booleans(), take_all=st.booleans())
def test_any_items_can_be_left_and_then_imported_after_all(
    second: Path, leave: set[Key], prune: bool, take_all: bool
) -> None:
    plain = Wishes(take_all=take_all, prune=prune)
    with taken_back():
        outcomes(second, plain)
        wanted = forms()
    before = forms()
    with taken_back():
        known = dict(SeedItem.objects.values_list("slug", "digest"))
        wishes = Wishes(take_all=take_all, prune=prune, leave=frozenset(leave))
        try:
            found = outcomes(second, wishes)
        except SeedError as error:
            assert forms() == before
            assert all("no published source" in one.message for one in error.problems)  # noqa: PT017
            return
        after = forms()
        for key in KEYS:
            outcome, new = found.get(key, (None, None))
            if outcome in WRITTEN:
                assert key not in leave
                assert after[key] == new
            elif outcome is not Outcome.PRUNED:
                assert after.get(key) == before.get(key)
        digests = dict(SeedItem.objects.values_list("slug", "digest"))
        assert all(digests.get(slug) == known.get(slug) for _, slug in leave)
        outcomes(second, plain)
        assert forms() == wanted


def test_to_leave_nothing_is_a_plain_import(second: Path) -> None:
    with taken_back():
        assert {outcome for outcome, _ in outcomes(second, Wishes(prune=True)).values()} == {
            *(Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.CONFLICT),
            Outcome.PRUNED,
        }
