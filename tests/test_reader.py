"""Texts are cut into pieces so that overlapping quotes, corrections and note marks all show."""

import hashlib
import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import make_claim, make_event, make_source
from tests.public import make_base
from timeline.models import Status
from timeline.reader import article_of, citation
from timeline.reader.lanes import lanes, letter, merged
from timeline.reader.pieces import Change, Piece, Quoted, pieces
from timeline.reader.showing import Showing
from timeline.reader.strip import LEAST, MOST, WHOLE, Length, share, strip
from timeline.readings import Correction, TextSpec

TEXT = "abcdefghij"
CSS = Path(__file__).resolve().parent.parent / "static" / "css" / "reader-quotes.css"


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


SPANS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted).map(tuple), max_size=10
)


@given(SPANS)
def test_quotes_that_overlap_run_on_lines_of_their_own(spans: list[tuple[int, int]]) -> None:
    real = {span for span in spans if span[0] < span[1]}
    given_ = lanes(real)
    assert given_.keys() == real
    for at in range(30):
        here = [given_[span] for span in real if span[0] <= at < span[1]]
        assert len(here) == len(set(here))
    deepest = max((sum(a <= at < b for a, b in real) for at in range(30)), default=0)
    assert max(given_.values(), default=0) == deepest


def test_a_quote_within_another_runs_below_it() -> None:
    assert lanes([(0, 3), (0, 9), (5, 7)]) == {(0, 9): 1, (0, 3): 2, (5, 7): 2}


def test_a_piece_knows_the_lines_under_it_and_no_more_than_three() -> None:
    quotes = [Quoted(number, "", 0, 10 - number, lane=number) for number in (1, 2, 3, 4)]
    assert [piece.lanes for piece in pieces(TEXT, quotes)] == [
        (1, 2, 3),
        (1, 2, 3),
        (1, 2),
        (1,),
        (),
    ]


@pytest.mark.parametrize(
    ("number", "word"), [(1, "a"), (26, "z"), (27, "aa"), (52, "az"), (53, "ba"), (703, "aaa")]
)
def test_notes_are_lettered(number: int, word: str) -> None:
    assert letter(number) == word


@given(SPANS)
def test_merged_spans_cover_the_same_and_stand_apart(spans: list[tuple[int, int]]) -> None:
    joined = merged(spans)
    covered = {at for start, end in spans for at in range(start, end)}
    assert {at for start, end in joined for at in range(start, end)} == covered
    assert sum(end - start for start, end in joined) == len(covered)
    assert all(before[1] < after[0] for before, after in pairwise(joined))


def test_the_share_is_zero_and_a_hundred_only_if_that_is_exact() -> None:
    assert [share(*of) for of in ((0, 1000), (1, 1000), (999, 1000), (1000, 1000), (0, 0))] == [
        *(0, 1, 99, 100, 0)
    ]


def test_the_strip_is_as_long_as_the_text_and_filled_where_it_is_cited() -> None:
    first, second = strip([Length(1, 300, [(0, 150)]), Length(2, 100, [])])
    assert (first.width, second.width) == (WHOLE * 3 // 4, WHOLE // 4)
    assert (first.bars, first.share) == ([(0, first.width // 2)], 50)
    assert (second.bars, second.share) == ([], 0)


@given(st.lists(st.tuples(st.integers(1, 500), SPANS), max_size=150))
def test_every_paragraph_is_in_a_strip_that_fingers_can_hit(
    paragraphs: list[tuple[int, list[tuple[int, int]]]],
) -> None:
    lengths = [
        Length(ordinal, size, merged((min(a, size), min(b, size)) for a, b in spans))
        for ordinal, (size, spans) in enumerate(paragraphs, start=1)
    ]
    made = strip(lengths)
    assert len(made) <= MOST
    held = [ordinal for one in made for ordinal in range(one.first, one.last + 1)]
    assert held == [one.ordinal for one in lengths]
    for one in made:
        assert one.width >= LEAST
        assert all(left >= 0 and wide >= 1 and left + wide <= one.width for left, wide in one.bars)
        cited = any(length.cited for length in lengths[one.first - 1 : one.last])
        assert cited == bool(one.bars) == bool(one.share)


@given(st.booleans(), st.booleans())
def test_every_view_of_a_source_has_one_address(corrections: bool, notes: bool) -> None:
    view = Showing(corrections=corrections, notes=notes)
    assert Showing.read(dict(QueryDict(view.query.lstrip("?")).lists())) == view


@pytest.mark.parametrize("query", ["show=all", "hide=corrections", "show=corrections&show=x"])
def test_there_are_no_other_views(query: str) -> None:
    assert Showing.read(dict(QueryDict(query).lists())) is None


def test_the_style_sheet_has_its_rules_for_a_hundred_quotes_of_a_paragraph() -> None:
    rules: dict[str, list[int]] = defaultdict(list)
    for line in CSS.read_text().splitlines():
        if numbers := set(re.findall(r"\.[aqn](\d+)", line)):
            (number,) = numbers  # a rule is about one quote
            selector = line.removesuffix(",").partition(" {")[0]
            rules[re.sub(r"(\.[aqn])\d+", r"\1#", selector)].append(int(number))
    assert len(rules) == 4  # words in step, notes in step, words asked for, their notes
    assert list(rules.values()) == [list(range(1, 101))] * 4


@pytest.mark.django_db
def test_an_event_has_one_note_a_paragraph_however_often_it_is_quoted_there() -> None:
    source = make_source("It began. It ended.")
    event = make_event("War", source=source, quote="It began.")
    make_claim(event, source, "It ended.", slug="end")
    article = article_of(source)
    (paragraph,) = article.paragraphs
    (note,) = paragraph.notes
    assert note.title == "War"
    assert [(quote.number, quote.sign) for quote in note.quotes] == [(1, "a1"), (2, "a2")]
    assert {quote.note for quote in note.quotes} == {note.id} == {"n-1-a"}
    assert (article.cited, article.uncited, article.entries) == (94, 0, 1)


@pytest.mark.django_db
def test_notes_are_lettered_anew_in_each_paragraph_and_uncited_ones_counted() -> None:
    source = make_source("It began.\n\nIt went on.\n\nIt ended. It was over.")
    make_event(source=source, quote="It began.")
    make_event(source=source, quote="It was over.")
    make_event(source=source, quote="It ended.")
    article = article_of(source)
    notes = [note for one in article.paragraphs for note in one.notes]
    assert [(note.id, note.quotes[0].sign) for note in notes] == [
        ("n-1-a", "a"),
        ("n-3-a", "a"),
        ("n-3-b", "b"),
    ]
    assert article.uncited == 1
    assert [bool(segment.bars) for segment in article.strip] == [True, False, True]


@pytest.mark.django_db
def test_quotes_of_drafts_leave_no_trace_in_the_text() -> None:
    source = make_source("It began. It ended.")
    make_event("Secret", source=source, quote="It began.", status=Status.DRAFT)
    article = article_of(source)
    assert article.paragraphs[0].notes == []
    assert shown(article.paragraphs[0].pieces) == [("It began. It ended.", ())]
    assert (article.cited, article.uncited) == (0, 1)
    assert article.strip[0].bars == []


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


def page_of(client: Client, query: str = "") -> str:
    return re.sub(r"\s+", " ", client.get(f"/sources/article/{query}").content.decode())


@pytest.mark.django_db
def test_words_and_notes_link_to_each_other_and_the_link_says_which_event(client: Client) -> None:
    make_base()
    page = page_of(client)
    assert 'id="claim-overlap" href="#n-1-a" aria-labelledby="n-1-a" data-sign="a2"></a>' in page
    assert '<a class="sign" href="#claim-overlap" aria-label="Words a2, ¶ 1">a2</a>' in page
    links = re.findall(r'href="#([^"]+)"', page)
    assert set(links) <= {*re.findall(r'id="([^"]+)"', page)}


@pytest.mark.django_db
def test_a_page_says_how_much_is_cited_and_maps_it(client: Client) -> None:
    make_base()
    page = page_of(client)
    assert "54 % of the text is cited. 1 of 3 paragraphs is not cited." in page
    assert re.findall(r"<title>(¶[^<]*)</title>", page) == [
        "¶ 1: 100 % cited",
        "¶ 2: 45 % cited",
        "¶ 3: 0 % cited",
    ]


@pytest.mark.django_db
def test_note_marks_and_corrections_are_shown_and_hidden_by_addresses(client: Client) -> None:
    make_base()
    marks, corrections = "note-mark", "<del "
    for query, seen in (
        ("", {marks}),
        ("?show=corrections", {marks, corrections}),
        ("?hide=notes", set()),
        ("?show=corrections&hide=notes", {corrections}),
    ):
        page = page_of(client, query)
        assert {one for one in (marks, corrections) if one in page} == seen
        here = f'href="/sources/article/{query}"'.replace("&", "&amp;")
        current = re.findall(rf'{re.escape(here)} aria-label="([^"]*)" aria-current="true"', page)
        assert current == [
            "Corrections shown" if corrections in seen else "Corrections hidden",
            "Footnote numbers shown" if marks in seen else "Footnote numbers hidden",
        ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "address"),
    [("?show=", ""), ("?hide=notes&show=corrections", "?show=corrections&hide=notes")],
)
def test_other_spellings_of_a_view_lead_to_its_address(
    client: Client, query: str, address: str
) -> None:
    make_base()
    answer = client.get(f"/sources/article/{query}")
    assert (answer.status_code, answer["Location"]) == (302, f"/sources/article/{address}")


@pytest.mark.django_db
def test_the_hash_stands_beside_the_text_as_received_with_the_way_to_check_it(
    client: Client,
) -> None:
    make_base()
    page = page_of(client)
    sha256 = hashlib.sha256(client.get("/sources/article/received.txt").content).hexdigest()
    assert f'title="{sha256}">SHA-256 <code class="hash">{sha256[:12]}…</code>' in page
    assert f'<code class="hash">{sha256}</code>' in page
    assert "<code>sha256sum received.txt</code>" in page


@pytest.mark.django_db
def test_without_script_there_is_no_button_to_copy(client: Client) -> None:
    make_base()
    assert "<button" not in page_of(client).partition('class="reader"')[2]
