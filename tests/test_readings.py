"""Text as received → text as read, its passages and its emendations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.readings import Correction, ReadingError, TextSpec, read

PAGE = """\
Journal of Examples

Trade and aid

The two states-and their neigh-
bours-met in 1948.1 They met again.

Aid: 19532

Aid was given in 1953.

Search by author"""
SPEC = TextSpec(
    begins="The two states",
    ends="given in 1953.",
    headings=("Aid: 1953",),
    emendations=(
        Correction("states-and", "states—and", "dash"),
        Correction("neigh-\nbours-met", "neighbours—met", "hyphen and dash"),
        Correction("in 1948.1", "in 1948.", mark="1"),
        Correction("Aid: 19532", "Aid: 1953", mark="2"),
    ),
)


def problems(raw: str, spec: TextSpec) -> list[str]:
    with pytest.raises(ReadingError) as caught:
        read(raw, spec)
    return [f"{problem.item}: {problem.message}" for problem in caught.value.problems]


def test_the_article_is_cut_out_of_its_page_and_split_into_passages_under_headings() -> None:
    reading = read(PAGE, SPEC)
    assert [(one.ordinal, one.heading, one.text) for one in reading.passages] == [
        (1, "", "The two states—and their neighbours—met in 1948. They met again."),
        (2, "Aid: 1953", "Aid was given in 1953."),
    ]
    for one in reading.passages:
        assert reading.text[one.start : one.start + len(one.text)] == one.text
    start = reading.passages[1].heading_start
    assert start is not None
    assert reading.text[start:].startswith("Aid: 1953")
    assert "Journal" not in reading.text
    assert "Search" not in reading.text


def test_an_emendation_is_cut_down_to_what_it_changes_in_both_texts() -> None:
    reading = read(PAGE, SPEC)
    assert [(one.removed, one.inserted, one.mark) for one in reading.emendations] == [
        ("-", "—", ""),
        ("-\nbours-", "bours—", ""),
        ("1", "", "1"),
        ("2", "", "2"),
    ]
    for one in reading.emendations:
        assert PAGE.startswith(one.removed, one.raw_start)
        assert reading.text.startswith(one.inserted, one.start)


def test_undoing_the_emendations_gives_the_text_as_received_back() -> None:
    reading = read(PAGE, SPEC)
    text = reading.text
    for one in reversed(reading.emendations):
        text = text[: one.start] + one.removed + text[one.start + len(one.inserted) :]
    assert text == PAGE[PAGE.index("The two") : PAGE.index("\n\nSearch")]


def test_without_a_spec_all_of_the_text_is_read() -> None:
    reading = read("One.\r\n\r\n \r\nTwo\nlines.\n\n", TextSpec())
    assert [one.text for one in reading.passages] == ["One.", "Two\nlines."]
    assert [one.start for one in reading.passages] == [0, 11]


def test_paragraphs_may_be_one_a_line() -> None:
    reading = read("One.\nTwo.\r\nThree.", TextSpec(paragraphs="line"))
    assert [one.text for one in reading.passages] == ["One.", "Two.", "Three."]


def test_headings_in_a_row_stand_together_over_the_next_paragraph() -> None:
    reading = read("Part I\n\nChapter 1\n\nText.", TextSpec(headings=("Part I", "Chapter 1")))
    (only,) = reading.passages
    assert (only.heading, only.heading_start) == ("Part I — Chapter 1", 0)


def test_every_problem_is_told_at_once_and_says_what_to_do() -> None:
    spec = TextSpec(
        begins="No such words",
        ends="1953",
        headings=("Never",),
        emendations=(
            Correction("They meet again", "They met again", "typing error"),
            Correction("two states", "two states", "none"),
            Correction("neigh-", "neigh"),
            Correction("1948.1", "1949.", mark="1"),
        ),
    )
    assert problems(PAGE, spec) == [
        "text.begins: “No such words” is not in the text.",
        "text.ends: “1953” stands 2 times in the text; add words until it stands once.",
        "text.emendation 1: “They meet again” is not in the text. The nearest is “They met again” "
        "(the words differ: meet in your quote, met in the source).",
        "text.emendation 2: “two states” is read as it stands; leave this emendation out.",
        "text.emendation 3: “neigh-” is read as “neigh” without a reason; give one.",
        "text.emendation 4: “1948.1” is not read without the note mark “1”; "
        "“read” must be “find” with just the mark taken out.",
        "text.headings: “Never” is no paragraph of its own in the text as read.",
    ]


@pytest.mark.parametrize(
    ("raw", "spec", "problem"),
    [
        ("a\0b", TextSpec(), "text: It holds a NUL character; save it as plain text."),
        ("b a", TextSpec(begins="a", ends="b"), "“begins” and “ends”"),
        ("", TextSpec(), "No text is left"),
        ("x y", TextSpec(emendations=(Correction("", "y", "r"),)), "It is empty; give the words"),
        ("Text.\n\nEnd", TextSpec(headings=("End",)), "No paragraph follows “End”."),
        (
            "abcdef",
            TextSpec(emendations=(Correction("bcd", "BCD", "r"), Correction("cde", "CDE", "r"))),
            "change the same characters",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(raw: str, spec: TextSpec, problem: str) -> None:
    assert any(problem in told for told in problems(raw, spec))


@given(st.text(alphabet="ab \n\r.", min_size=1), st.sampled_from(["blank-line", "line"]))
def test_passages_hold_every_visible_character_in_order_and_none_twice(
    raw: str, paragraphs: str
) -> None:
    reading = read(raw, TextSpec(paragraphs=paragraphs))
    assert "".join("".join(one.text.split()) for one in reading.passages) == "".join(raw.split())
    ends = 0
    for number, one in enumerate(reading.passages, start=1):
        assert one.ordinal == number
        assert one.start >= ends
        assert one.text
        assert one.text == one.text.strip()
        ends = one.start + len(one.text)


@given(st.data())
def test_any_corrections_apply_together_and_can_be_undone(data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from("abcdefg"), unique=True, min_size=1))
    raw = " ".join(f"<{word}>" for word in words)
    changed = data.draw(st.lists(st.sampled_from(words), unique=True))
    corrections = tuple(
        Correction(f"<{word}>", f"<{data.draw(st.text('xyz', min_size=1))}>", "reason")
        for word in changed
    )
    reading = read(raw, TextSpec(emendations=corrections))
    wanted = raw
    for one in corrections:
        wanted = wanted.replace(one.find, one.read)
    assert reading.text == wanted
    for emended in reading.emendations:
        assert raw.startswith(emended.removed, emended.raw_start)
        assert wanted.startswith(emended.inserted, emended.start)
