"""A quote → its one place in a passage, or a message that helps to find it."""

import pytest

from timeline.anchors import Quote
from timeline.citing import CitableText, CitationError, Place

TEXT = """\
In 1924 the state was proclaimed. In 1924 it had a constitution.

Relations

Relations began in 1948, it is said. “Friendship,” says one.

In 1924 the state was proclaimed, says another. It says so."""


def passages() -> list[tuple[int, int, str]]:
    texts = [TEXT.split("\n\n")[number] for number in (0, 2, 3)]
    return [(number, TEXT.index(text), text) for number, text in enumerate(texts, start=1)]


def citable() -> CitableText:
    return CitableText(TEXT, passages())


def refused(quote: Quote, ordinal: int | None = None) -> CitationError:
    with pytest.raises(CitationError) as caught:
        citable().place(quote, ordinal)
    return caught.value


def test_a_quote_that_stands_once_is_placed_in_its_passage() -> None:
    place = citable().place(Quote("Relations began in 1948"))
    assert place == Place(2, 0, 23, "Relations began in 1948")


def test_the_quote_is_given_in_the_characters_of_the_source() -> None:
    place = citable().place(Quote('"Friendship,"  says one.'))
    assert place.quote == "“Friendship,” says one."
    assert passages()[1][2][place.start : place.end] == place.quote


def test_words_before_or_after_choose_among_repeats() -> None:
    assert citable().place(Quote("In 1924", suffix="it had")).start == 34
    assert citable().place(Quote("In 1924", prefix="proclaimed.")).start == 34
    assert citable().place(Quote("the state was proclaimed", suffix=", says")).ordinal == 3


def test_a_passage_chooses_among_repeats_but_does_not_make_a_quote_fit() -> None:
    assert citable().place(Quote("the state was proclaimed"), ordinal=3).ordinal == 3
    assert citable().place(Quote("in 1948"), ordinal=1).ordinal == 2
    assert [place.start for place in refused(Quote("In 1924"), ordinal=1).places] == [0, 34]


def test_a_start_within_the_passage_chooses_among_its_repeats() -> None:
    assert citable().place(Quote("In 1924"), ordinal=1, start=34).start == 34


def test_several_places_are_named_and_none_is_taken() -> None:
    error = refused(Quote("In 1924"))
    assert [(place.ordinal, place.start) for place in error.places] == [(1, 0), (1, 34), (3, 0)]
    assert str(error) == (
        "“In 1924” stands 3 times in the source (paragraphs 1, 1, 3); "
        "quote more words, or give those before or after it."
    )


def test_a_near_match_is_offered_and_never_taken() -> None:
    error = refused(Quote("Relations began in 1949"))
    assert error.near is not None
    assert error.near.text == "Relations began in 1948"
    assert str(error) == (
        "“Relations began in 1949” is not in the source. Did you mean, in paragraph 2, “Relations "
        "began in 1948”? (the numbers differ: 1949 in your quote, 1948 in the source)"
    )


def test_words_that_are_like_nothing_in_the_source_are_said_to_be_so() -> None:
    error = refused(Quote("Quite another matter altogether"))
    assert error.near is None
    assert "nor is anything like it" in str(error)


def test_a_quote_over_two_paragraphs_or_of_a_heading_is_refused() -> None:
    for words in ("It had a constitution. Relations", "a constitution.\n\nRelations\n\nRelations"):
        with pytest.raises(CitationError):
            citable().place(Quote(words))
    error = refused(Quote("it had a constitution. Relations"))
    assert "does not lie within one paragraph" in str(error)


def test_a_heading_does_not_make_the_same_words_of_a_paragraph_ambiguous() -> None:
    assert citable().place(Quote("Relations")).ordinal == 2


def test_an_empty_quote_is_refused() -> None:
    assert "empty" in str(refused(Quote(" \n ")))
    with pytest.raises(CitationError):
        CitableText("", []).place(Quote("words"))


def test_the_context_tells_repeats_apart_and_is_empty_where_nothing_is_repeated() -> None:
    text = citable()
    assert text.context(2, 0, 23) == ("", "")
    for place in refused(Quote("In 1924")).places:
        prefix, suffix = text.context(place.ordinal, place.start, place.end)
        assert text.place(Quote(place.quote, prefix, suffix)) == place


def test_what_stands_at_a_place_is_taken_by_its_exact_characters_only() -> None:
    text = citable()
    assert text.standing_at(1, 34, "In 1924") == Place(1, 34, 41, "In 1924")
    assert text.standing_at(1, 35, "In 1924") is None
    assert text.standing_at(9, 0, "In 1924") is None
