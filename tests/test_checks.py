"""System checks of the data: manage.py check --database default."""

import pytest

from tests.builders import make_claim, make_event, make_source
from timeline.checks import every_published_event_is_quoted
from timeline.models import Claim, Source, Status

pytestmark = pytest.mark.django_db


def complaints() -> list[str]:
    return [f"{one.id}: {one.msg}" for one in every_published_event_is_quoted(["default"])]


def test_all_is_well_when_every_published_event_is_quoted() -> None:
    make_event()
    make_event(status=Status.DRAFT, cited=False)
    assert complaints() == []


def test_a_published_event_without_a_quote_is_an_error() -> None:
    make_event(slug="bare", cited=False)
    assert complaints() == ["timeline.E001: Published events quote no published source: bare."]


def test_a_quote_of_a_draft_does_not_count_but_a_second_source_does() -> None:
    event = make_event(slug="it")
    Source.objects.update(status=Status.DRAFT)
    assert complaints() == ["timeline.E001: Published events quote no published source: it."]
    make_claim(event, make_source(), "In 1911")
    assert complaints() == []


def test_a_lost_quote_does_not_count_and_is_told() -> None:
    make_event(slug="it")
    Claim.objects.update(lost=True, slug="gone")
    assert [one.partition(":")[0] for one in complaints()] == ["timeline.E001", "timeline.W001"]


def test_of_many_only_a_few_are_named() -> None:
    for number in range(8):
        make_event(slug=f"bare-{number}", cited=False)
    assert complaints()[0].endswith("bare-0, bare-1, bare-2, bare-3, bare-4 and more.")


def test_nothing_is_asked_of_a_database_unless_told() -> None:
    make_event(cited=False)
    assert every_published_event_is_quoted(None) == []
