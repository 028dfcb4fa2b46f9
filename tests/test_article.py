"""The first knowledge base: the article on Mongolia and the DPRK, as the repository holds it."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings

from actors.models import Actor
from tests.seeds import import_folders
from timeline import citations, edtf
from timeline.models import Claim, Event, SourceText

pytestmark = pytest.mark.django_db
SEED = Path(settings.BASE_DIR) / "seeds" / "mongolia-dprk-at-65"


@pytest.fixture(autouse=True)
def article() -> None:
    import_folders(SEED, stdout=StringIO())


def test_every_entry_is_quoted_and_every_quote_proved() -> None:
    proof = citations.prove()
    assert proof.failures == []
    assert proof.uncited == 0


def test_it_is_annotated_as_fully_as_promised() -> None:
    assert Event.objects.published().count() > 20
    assert Claim.objects.published().count() > 30
    assert Actor.objects.count() >= 12


def test_readers_see_a_clean_text_without_the_page_around_it() -> None:
    text = SourceText.objects.get()
    for furniture in ("Search by", "unknown error", "Article excerpt", "Sixty- Five"):
        assert furniture in text.raw
        assert furniture not in text.reading
    for flaw in ("Pyong-yang", "high-l evel", "politicians.1", "19482", "states-and", "1953.6"):
        assert flaw in text.raw
        assert flaw not in text.reading


@pytest.mark.parametrize(
    ("event", "date", "basis"),
    [
        ("diplomatic-relations-established", "1948-10-15", "stated"),
        ("mongolia-administered-as-outer-mongolia", "16XX/17XX", "stated"),
        ("mongolia-proclaims-independence", "1911", "stated"),
        ("mongolia-adopts-first-constitution", "1924", "stated"),
        ("korean-war", "/1953", "stated"),
        ("head-of-state-visits-pyongyang", "2013", "stated"),
    ],
)
def test_dates_say_what_the_text_says_and_no_more(event: str, date: str, basis: str) -> None:
    row = Event.objects.get(slug=event)
    assert (row.date, row.date_basis) == (date, basis)


def test_what_is_inferred_says_why() -> None:
    inferred = Event.objects.filter(date_basis="inferred")
    assert inferred.exists()
    assert not inferred.filter(date_note="").exists()


def test_a_reader_finds_what_possibly_happened_in_1951_and_what_certainly_did() -> None:
    window = edtf.Window.years(1951, 1951)
    mongolia = Event.objects.published().filter(actors=Actor.objects.get(slug="mongolia"))
    possibly = set(mongolia.possibly_in(window).values_list("slug", flat=True))
    certainly = set(mongolia.certainly_in(window).values_list("slug", flat=True))
    assert certainly < possibly
    assert "diplomatic-relations-established" not in possibly
    assert "mongolia-is-communist" in possibly - certainly


def test_judgements_are_attributed_to_those_who_made_them() -> None:
    claim = Claim.objects.get(quote__contains="ideology-driven friendship")
    assert claim.attributed_to is not None
    assert claim.attributed_to.name == "Migeddorj Batchimeg"


def test_metonyms_and_offices_are_recorded() -> None:
    mongolia = Actor.objects.get(slug="mongolia")
    assert "Ulaanbaatar" in mongolia.aliases.filter(kind="metonym").values_list("name", flat=True)
    assert mongolia.inverse_relations.filter(kind="office-of").exists()
    assert mongolia.inverse_relations.filter(kind="predecessor-of").exists()
