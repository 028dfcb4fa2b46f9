"""Texts are cut into pieces so that overlapping quotes, corrections and note marks all show."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import make_claim, make_event, make_source
from timeline.models import Status
from timeline.reader import article_of, citation
from timeline.reader.pieces import Change, Piece, Quoted, pieces, share_covered
from timeline.readings import Correction, TextSpec

TEXT = "abcdefghij"
CSS = Path(__file__).resolve().parent.parent / "static" / "css" / "reader.css"


def shown(made: list[Piece]) -> list[tuple[str, tuple[int, ...]]]:
    return [(piece.text, piece.covers) for piece in made]


def test_a_text_without_quotes_is_one_piece() -> None:
    assert shown(pieces(TEXT, ())) == [(TEXT, ())]


def test_overlapping_quotes_share_their_common_piece() -> None:
    made = pieces(TEXT, [Quoted(1, "one", 1, 5), Quoted(2, "two", 3, 8)])
    assert shown(made) == [("a", ()), ("bc", (1,)), ("de", (1, 2)), ("fgh", (2,)), ("ij", ())]
    assert [[quote.slug for quote in piece.begins] for piece in made] == [
        [],
        ["one"],
        ["two"],
        [],
        [],
    ]


def test_quotes_of_the_same_words_begin_in_the_same_piece() -> None:
    (only,) = pieces("abc", [Quoted(1, "one", 0, 3), Quoted(2, "two", 0, 3)])
    assert [quote.slug for quote in only.begins] == ["one", "two"]


def test_a_note_mark_stands_where_it_was_taken_out_even_at_the_very_end() -> None:
    made = pieces("abc", (), [Change(3, "7", "", mark="7"), Change(1, "2", "", mark="2")])
    assert [(piece.text, piece.marks) for piece in made] == [
        ("a", ()),
        ("bc", ("2",)),
        ("", ("7",)),
    ]


def test_a_correction_marks_what_was_inserted() -> None:
    made = pieces("a—b", (), [Change(1, "-", "—", reason="a dash")])
    assert [(piece.text, piece.inserted, len(piece.changes)) for piece in made] == [
        ("a", False, 0),
        ("—", True, 1),
        ("b", False, 0),
    ]


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=8))
def test_pieces_make_up_the_text_and_every_quote(spans: list[tuple[int, int]]) -> None:
    text = "The year 1953"[:12]
    quotes = [
        Quoted(number, f"q{number}", min(span), max(span))
        for number, span in enumerate(spans, start=1)
        if min(span) < max(span) <= len(text)
    ]
    made = pieces(text, quotes)
    assert "".join(piece.text for piece in made) == text
    for quote in quotes:
        words = "".join(piece.text for piece in made if quote.number in piece.covers)
        assert words == text[quote.start : quote.end]
        assert sum(quote in piece.begins for piece in made) == 1


@pytest.mark.parametrize(
    ("spans", "share"),
    [([], 0), ([(0, 5), (3, 6)], 60), ([(0, 10)], 100), ([(0, 9), (1, 2)], 90)],
)
def test_the_share_counts_overlapping_words_once(spans: list[tuple[int, int]], share: int) -> None:
    quotes = [Quoted(number, "", *span) for number, span in enumerate(spans)]
    assert share_covered([(TEXT, quotes)]) == share


def test_the_share_is_zero_and_a_hundred_only_if_that_is_exact() -> None:
    assert share_covered([("a" * 1000, [Quoted(1, "", 0, 1)])]) == 1
    assert share_covered([("a" * 1000, [Quoted(1, "", 0, 999)])]) == 99
    assert share_covered([]) == 0


def test_the_style_sheet_has_a_rule_for_a_hundred_quotes_of_a_paragraph() -> None:
    rules = set(re.findall(r"\.a(\d+):target ~ \.q(\d+)\b", CSS.read_text()))
    assert rules == {(str(number), str(number)) for number in range(1, 101)}


@pytest.mark.django_db
def test_an_event_has_one_note_a_paragraph_however_often_it_is_quoted_there() -> None:
    source = make_source("It began. It ended.")
    event = make_event("War", source=source, quote="It began.")
    make_claim(event, source, "It ended.", slug="end")
    article = article_of(source)
    (paragraph,) = article.paragraphs
    (note,) = paragraph.notes
    assert note.title == "War"
    assert [quote.number for quote in note.quotes] == [1, 2]
    assert (article.cited, article.entries) == (94, 1)


@pytest.mark.django_db
def test_quotes_of_drafts_leave_no_trace_in_the_text() -> None:
    source = make_source("It began. It ended.")
    make_event("Secret", source=source, quote="It began.", status=Status.DRAFT)
    article = article_of(source)
    assert article.paragraphs[0].notes == []
    assert shown(article.paragraphs[0].pieces) == [("It began. It ended.", ())]
    assert article.cited == 0


@pytest.mark.django_db
def test_a_lost_quote_is_listed_apart() -> None:
    source = make_source("It began. It ended.")
    event = make_event("War", source=source, quote="It began.")
    event.claims.update(lost=True, quote="It has begun.")
    article = article_of(source)
    assert [one.quote for one in article.lost] == ["It has begun."]
    assert article.paragraphs[0].notes == []


@pytest.mark.django_db
def test_a_heading_is_shown_where_its_section_begins_with_its_note_mark() -> None:
    spec = TextSpec(
        headings=("Talks",), emendations=(Correction(find="Talks2", read="Talks", mark="2"),)
    )
    source = make_source("Talks2\n\nThey began.\n\nThey ended.", spec)
    first, second = article_of(source).paragraphs
    assert first.heading is not None
    assert [(piece.text, piece.marks) for piece in first.heading.pieces] == [
        ("Talks", ()),
        ("", ("2",)),
    ]
    assert second.heading is None


@pytest.mark.django_db
def test_a_bibliographic_line_says_only_what_is_known() -> None:
    source = make_source(title="Talks", container_title="Review", issued="2013", volume="9")
    line = citation(source)
    assert (line.authors, line.title, line.container) == ("", "Talks", "Review")
    assert line.details == "vol. 9, 2013"


@pytest.mark.django_db
def test_authors_are_named_as_in_a_bibliography() -> None:
    authors = [{"family": "Doe", "given": "Jane"}, {"literal": "The Bureau"}, {"family": "Li"}]
    assert citation(make_source(author=authors)).authors == "Jane Doe, The Bureau and Li"
