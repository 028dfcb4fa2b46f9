"""Storing a source's text, and what becomes of its claims when the text is replaced."""

import pytest

from tests.builders import ARTICLE, make_claim, make_event, make_source
from timeline import readings, texts
from timeline.anchors import Quote
from timeline.models import Claim, Passage, Source, SourceText

pytestmark = pytest.mark.django_db
SPEC = readings.TextSpec(headings=("Diplomacy",))


def replaced(source: Source, old: str, new: str) -> texts.Reanchoring:
    assert old in ARTICLE
    return texts.store_text(source, ARTICLE.replace(old, new), SPEC)


def cite(quote: str, **context: str) -> tuple[Source, Claim]:
    source = make_source()
    return source, make_claim(make_event(), source, quote, slug="the-claim", **context)


def standing(claim: Claim) -> str:
    claim.refresh_from_db()
    return claim.passage.text[claim.start : claim.end]


def test_a_text_is_stored_with_its_hashes_passages_and_emendations() -> None:
    raw = "Furniture. The treaty of 19482 was signed."
    spec = readings.TextSpec(
        "The treaty", "", emendations=(readings.Correction("of 19482", "of 1948", mark="2"),)
    )
    source = make_source(raw, spec)
    assert source.text.raw == raw
    assert source.text.raw_sha256 == readings.sha256(raw)
    assert source.text.reading == "The treaty of 1948 was signed."
    assert source.text.reading_sha256 == readings.sha256(source.text.reading)
    assert [passage.text for passage in source.passages.all()] == [source.text.reading]
    (mark,) = source.emendations.all()
    assert (mark.mark, mark.raw_start, mark.start, mark.removed) == ("2", 29, 18, "2")
    assert texts.spec_of(source.text) == spec


def test_a_text_that_cannot_be_read_leaves_the_old_one() -> None:
    source, claim = cite("on\nshared ideology")
    with pytest.raises(readings.ReadingError):
        texts.store_text(source, "Other", readings.TextSpec(headings=("Nowhere",)))
    assert standing(claim) == "on\nshared ideology"


def test_the_same_text_again_changes_nothing_and_writes_no_history() -> None:
    source, claim = cite("In 1911")
    histories = (SourceText.history, Passage.history, Claim.history)
    before = [rows.count() for rows in histories]
    outcome = texts.store_text(source, ARTICLE, SPEC)
    assert (outcome.found, outcome.moved, outcome.lost) == (1, (), ())
    claim.refresh_from_db()
    assert not claim.lost
    assert before == [rows.count() for rows in histories]


def test_a_claim_moves_with_its_words() -> None:
    source, claim = cite("armistice in 1953")
    assert replaced(source, "In 1911", "First, a preface.\n\nIn 1911").moved == ("the-claim",)
    assert standing(claim) == "armistice in 1953"
    assert claim.passage.ordinal == 4
    assert claim.history.latest().history_change_reason == "Text of the source stored"


def test_a_claim_moves_within_its_passage() -> None:
    source, claim = cite("armistice in 1953")
    assert replaced(source, "The war ended", "The long war ended").moved == ("the-claim",)
    assert standing(claim) == "armistice in 1953"


def test_a_claim_takes_the_new_typography_of_its_words() -> None:
    source, claim = cite("based on\nshared ideology")
    assert replaced(source, "on\nshared", "on shared").moved == ("the-claim",)
    assert standing(claim) == claim.quote == "based on shared ideology"


def test_a_claim_whose_words_are_gone_is_lost_and_keeps_its_quote() -> None:
    source, claim = cite("armistice in 1953")
    outcome = replaced(source, "armistice in 1953", "armistice in 1954")
    assert (outcome.found, outcome.moved, outcome.lost) == (0, (), ("the-claim",))
    claim.refresh_from_db()
    assert claim.lost
    assert claim.quote == "armistice in 1953"


def test_a_lost_claim_comes_back_where_it_stood_when_the_words_do() -> None:
    source, claim = cite("armistice in 1953")
    replaced(source, "1953", "1954")
    assert texts.store_text(source, ARTICLE, SPEC).moved == ("the-claim",)
    assert standing(claim) == "armistice in 1953"
    assert not claim.lost


def test_a_claim_never_moves_to_the_like_of_its_words() -> None:
    text = "It began in 1948.\n\nIt ended in 1948."
    source = make_source(text)
    claim = make_claim(make_event(), source, "in 1948", prefix="ended", slug="the-claim")
    outcome = texts.store_text(source, "It began in 1948.\n\nNothing more.", readings.TextSpec())
    assert outcome.lost == ("the-claim",)
    claim.refresh_from_db()
    assert claim.lost


def test_a_claim_stays_with_its_words_when_their_like_is_added_before() -> None:
    source = make_source("The state was proclaimed in 1924.")
    claim = make_claim(make_event(), source, "in 1924", slug="the-claim")
    new = "The party was founded in 1924.\n\nThe state was proclaimed in 1924."
    assert texts.store_text(source, new, readings.TextSpec()).moved == ("the-claim",)
    assert claim.passage_id is not None
    claim.refresh_from_db()
    assert claim.passage.ordinal == 2


def test_a_shorter_text_drops_its_last_passages_and_loses_their_claims() -> None:
    source, claim = cite("armistice in 1953")
    outcome = texts.store_text(source, ARTICLE.split("\n\n")[0], readings.TextSpec())
    assert outcome.lost == ("the-claim",)
    assert source.passages.count() == 1
    claim.refresh_from_db()
    assert claim.passage.ordinal == 1


def test_emendations_are_added_changed_and_taken_away() -> None:
    source = make_source("One tow three.")
    one = readings.Correction("tow", "two", "typing error")
    texts.store_text(source, "One tow three.", readings.TextSpec(emendations=(one,)))
    assert source.passages.get().text == "One two three."
    texts.store_text(source, "One tow three.", readings.TextSpec())
    assert not source.emendations.exists()
    assert source.passages.get().text == "One tow three."


def test_a_source_without_text_has_nothing_to_cite() -> None:
    source = Source.objects.create(slug="bare", title="Bare")
    with pytest.raises(ValueError, match="nor is anything like it"):
        texts.citable(source).place(Quote("words"))
