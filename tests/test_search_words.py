"""Words and stems, the query language, and where the words of a query stand in a text."""

import unicodedata

import pytest
from hypothesis import example, given

from tests.chronicle import queries
from tests.searches import many, texts
from timeline.chronology import Count, Selection, read
from timeline.index.finding import match, match_passages, sought
from timeline.reader.passages import passages_with
from timeline.search import (
    EmptyQueryError,
    LongQueryError,
    QueryError,
    first_hit,
    marked,
    occurrences,
    parse,
    stems,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Treaties were signed", ("treati", "were", "sign")),
        ("treaty", ("treati",)),
        ("TREATY", ("treati",)),
        ("Pyŏngyang", ("pyongyang",)),
        ("Pyo\u0306ngyang", ("pyongyang",)),
        ("Ulaan\u00adbaatar", ("ulaanbaatar",)),
        ("평양", ("평양",)),
        (unicodedata.normalize("NFD", "평양"), ("평양",)),
        ("Улаанбаатар", ("улаанбаатар",)),
        ("ЁЛКА", ("елка",)),
        ("Σίσυφος ΣΊΣΥΦΟΣ", ("σισυφοσ", "σισυφοσ")),
        ("Straße STRASSE", ("strass", "strass")),
        ("oﬃce o\ufb03ces", ("offic", "offic")),
        ("Ærø Łódź Þór Đài", ("aero", "lodz", "thor", "dai")),
        ("İstanbul ISPARTA ısparta", ("istanbul", "isparta", "isparta")),
        ("𝕄ongolia Ｍongolia ᴹ", ("mongolia", "mongolia", "m")),
        ("1948, 15.10.1948", ("1948", "15", "10", "1948")),
        ("Korea's Korea’s", ("korea", "korea")),
        ("P’yŏngyang Chʼoe O'Brien d'état", ("pyongyang", "choe", "obrien", "detat")),
        ("snake_case", ("snake", "case")),
        ("١٩٤٨", ("١٩٤٨",)),
        ("H₂O x²", ("h2o", "x2")),
        ("नमस्ते", ("नमसत",)),
        ("… — “” !", ()),
        ("", ()),
        ("a" * 100, ("a" * 64,)),
    ],
)
def test_words_are_found_without_case_accents_and_english_endings(
    text: str, found: tuple[str, ...]
) -> None:
    assert stems(text) == found


@many
@given(texts)
@example("İ\u0307ŉ")
@example("\u0345a\u0345")
def test_every_word_is_found_where_it_stands_and_stems_are_letters_and_digits(text: str) -> None:
    found = stems(text)
    spans = occurrences(text, [(one,) for one in set(found)])
    assert tuple(one for start, end in spans for one in stems(text[start:end])) == found
    for one in found:
        assert one.isalnum()
        assert one == one.casefold()
        assert len(one) <= 64


@many
@given(texts)
def test_case_and_the_way_accents_are_written_change_nothing(text: str) -> None:
    for form in ("NFC", "NFD"):
        assert stems(unicodedata.normalize(form, text)) == stems(text)
    assert stems(text.casefold().upper()) == stems(text.casefold())


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("treaty 1948", ["treati", "1948"]),
        ('"treaty of 1948"', ["treati of 1948"]),
        ("“treaty of” 1948", ["treati of", "1948"]),
        ("„treaty of“ «peace pact»", ["treati of", "peac pact"]),
        ("treaty OR pact OR peace", ["treati | pact | peac"]),
        ("Mongolia treaty OR pact 1948", ["mongolia", "treati | pact", "1948"]),
        ('"two words" OR pact', ["two word | pact"]),
        ("treaty or pact", ["treati", "or", "pact"]),
        ('treaty "OR" pact', ["treati", "or", "pact"]),
        ("treaty -pact", ["treati", "!pact"]),
        ('−"peace pact" treaty', ["!peac pact", "treati"]),
        ("-pact", ["!pact"]),
        ("-peace-pact", ["!peac pact"]),
        ("Sino-Soviet", ["sino soviet"]),
        ("treaty OR", ["treati"]),
        ("OR treaty", ["treati"]),
        ("treaty OR OR pact", ["treati | pact"]),
        ("treaty OR -pact", ["treati", "!pact"]),
        ("-pact OR treaty", ["!pact", "treati"]),
        ("treaty OR … pact", ["treati | pact"]),
        ('"treaty of', ["treati of"]),
        ('treaty" of', ["treati", "of"]),
        ('a"b c"d', ["a", "b c", "d"]),
        ("- treaty", ["treati"]),
        ("Ulaan\u00adbaatar", ["ulaanbaatar"]),
        ("treaty\0pact", ["treati", "pact"]),
        ("NEAR(treaty pact)", ["near treati", "pact"]),
    ],
)
def test_queries_are_read_as_people_write_them(text: str, clauses: list[str]) -> None:
    read_as = [
        f"{'!' * clause.negated}{' | '.join(' '.join(phrase) for phrase in clause.phrases)}"
        for clause in parse(text).clauses
    ]
    assert read_as == clauses


@pytest.mark.parametrize("text", ["", " ", '""', "-", "OR", "… !", "\0", '-""', "OR OR", "()"])
def test_a_query_without_a_word_is_none(text: str) -> None:
    with pytest.raises(EmptyQueryError):
        parse(text)


@pytest.mark.parametrize("text", ["a" * 201, " ".join("abcdefghijklmnopqrstu"), "a-" * 21])
def test_a_query_that_is_too_long_is_refused(text: str) -> None:
    with pytest.raises(LongQueryError):
        parse(text)


def test_a_query_may_be_as_long_as_that() -> None:
    assert len(parse("a " * 19 + "a").clauses) == 20
    assert len(parse("a" * 200).clauses) == 1


@many
@given(texts)
@pytest.mark.django_db
def test_any_text_is_a_query_or_told_to_be_none(text: str) -> None:
    try:
        query = parse(text)
    except QueryError:
        return
    assert parse(query.text) == query
    found = sought(query)
    assert read(Selection(sought=found), size=3).entries == ()
    assert Count(Selection(sought=found, first=1948)).total == 0
    assert passages_with(query, most=3) == []
    assert match(found)
    assert match_passages(query)


def hits(text: str, query: str) -> list[str]:
    return [piece.text for piece in marked(text, parse(query).sought) if piece.hit]


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("Two treaties, one Treaty.", "treaty", ["treaties", "Treaty"]),
        ("The treaty of 1948 and 1949", '"treaty of 1948" 1949', ["treaty of 1948", "1949"]),
        (
            "Pyŏngyang, Ulaan\u00adbaatar",
            "pyongyang ulaanbaatar",
            ["Pyŏngyang", "Ulaan\u00adbaatar"],
        ),
        ("A pact and a treaty", "treaty -pact", ["treaty"]),
        ("A pact and a treaty", "treaty OR pact", ["pact", "treaty"]),
        ("peace peace treaty", '"peace treaty"', ["peace treaty"]),
        ("peace treaty peace", 'peace "peace treaty"', ["peace treaty", "peace"]),
        ("Sino-Soviet, Sino Soviet", "sino-soviet", ["Sino-Soviet", "Sino Soviet"]),
        ("nothing here", "treaty", []),
    ],
)
def test_hits_are_marked(text: str, query: str, found: list[str]) -> None:
    assert hits(text, query) == found


@many
@given(texts, queries)
def test_the_pieces_of_a_marked_text_are_the_text(text: str, query: str) -> None:
    try:
        phrases = parse(query).sought
    except QueryError:
        phrases = ()
    pieces = marked(text, phrases)
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)
    assert all(stems(piece.text) in set(phrases) for piece in pieces if piece.hit)


def test_a_long_text_is_cut_around_its_first_hit() -> None:
    text = "word " * 100 + "treaty " + "more " * 100
    piece = first_hit(text, parse("treaty").sought)
    assert piece.startswith("… word ")
    assert piece.endswith(" more …")
    assert "treaty" in piece
    assert len(piece) < 400
    assert first_hit("A treaty.", parse("treaty").sought) == "A treaty."
    assert first_hit(text, parse("peace").sought).startswith("word word")
    unbroken = first_hit("x" * 500 + " treaty " + "y" * 500, parse("treaty").sought)
    assert "treaty" in unbroken
    assert len(unbroken) < 400
