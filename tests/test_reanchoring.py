"""Following the claims of a text to its corrected version: exactly, or not at all."""

import unicodedata
from dataclasses import replace
from typing import Literal

import pytest

from tests.builders import ARTICLE, make_claim, make_event, make_source
from timeline import readings, texts
from timeline.citing import Place
from timeline.models import Claim, Passage, Source, SourceText
from timeline.texts import Became, Outcome

pytestmark = pytest.mark.django_db
PLAIN = readings.TextSpec()
TWINS = """\
The party of the herders was founded in 1948 in a tent by the river.

The railway to the southern border was opened in 1948 with a long parade.

The university of the capital was opened with a speech by its rector."""


def cite(text: str, quote: str, **context: str) -> tuple[Source, Claim]:
    source = make_source(text, PLAIN)
    return source, make_claim(make_event(cited=False), source, quote, slug="the-claim", **context)


def became(source: Source, text: str, spec: readings.TextSpec = PLAIN) -> Outcome:
    """What becomes of the only claim: foreseen, then stored, and both must say the same."""
    foreseen = texts.foresee(source, text, spec)
    stored = texts.store_text(source, text, spec)
    assert foreseen.outcomes == stored.outcomes
    (outcome,) = stored.outcomes
    claim = Claim.objects.get()
    assert claim.lost == (outcome.now is None)
    if outcome.now:
        assert claim.passage.text[claim.start : claim.end] == outcome.now.quote == claim.quote
    return outcome


def test_nothing_is_written_by_foreseeing() -> None:
    source, _ = cite(TWINS, "in a tent")
    before = [rows.count() for rows in (SourceText.history, Passage.history, Claim.history)]
    texts.foresee(source, "Quite another text.", PLAIN)
    assert SourceText.objects.get(source=source).raw == TWINS
    assert not Claim.objects.get().lost
    assert before == [rows.count() for rows in (SourceText.history, Passage.history, Claim.history)]


def test_a_claim_stays_where_the_text_changes_after_it() -> None:
    source, _ = cite(TWINS, "in a tent")
    assert became(source, TWINS.replace("rector", "founder")).became == Became.STAYS


def test_twins_that_change_places_take_their_claims_along() -> None:
    source, _ = cite(TWINS, "in 1948", prefix="opened")
    first, second, third = TWINS.split("\n\n")
    outcome = became(source, "\n\n".join([third, second, first]).replace("tent", "house"))
    assert outcome.now == replace(outcome.was, ordinal=2)
    outcome = became(source, "\n\n".join([second, first, third]))
    assert outcome.now == replace(outcome.was, ordinal=1)


@pytest.mark.parametrize(
    "text",
    [
        TWINS.replace("was opened in 1948", "was opened in 1949"),
        TWINS.replace("was opened in 1948", "was opened in 2012"),
        TWINS.replace("was opened in 1948", "was opened"),
        TWINS.replace("was opened in 1948", "was opened in 1949") + "\n\nIt was in 1948.",
        TWINS.replace(
            "The railway to the southern border was opened in 1948",
            "Another railway was opened in 1948. The railway to the southern border was opened "
            "in 1949",
        ),
        TWINS.split("\n\n")[0],
        "Quite another text, where in 1948 nothing much was opened in 1948 by anybody.",
    ],
)
def test_a_claim_whose_words_are_corrected_is_lost_whatever_is_like_them(text: str) -> None:
    source, _ = cite(TWINS, "in 1948", prefix="opened")
    assert became(source, text).became == Became.LOST


@pytest.mark.parametrize(
    "added",
    [
        "In the south, too, a railway was opened in 1948 by the ministers.\n\n",
        "It was in 1948.\n\n",
        "in 1948 in 1948 in 1948\n\n",
    ],
)
def test_a_claim_stays_with_its_words_wherever_their_like_is_added(added: str) -> None:
    source, claim = cite(TWINS, "in 1948", prefix="opened")
    outcome = became(source, added + TWINS)
    assert outcome.now == replace(outcome.was, ordinal=3)
    outcome = became(source, TWINS + "\n\n" + added)
    assert outcome.now == replace(outcome.was, ordinal=2)
    claim.refresh_from_db()
    assert not claim.lost


def test_what_is_repeated_right_beside_its_like_is_left_to_a_person() -> None:
    source, _ = cite(TWINS, "in 1948", prefix="opened")
    second = TWINS.split("\n\n")[1]
    assert became(source, TWINS.replace(second, f"{second}\n\n{second}")).became == Became.LOST


def test_of_two_alike_that_become_one_neither_is_taken_for_the_other() -> None:
    source, _ = cite(
        "It rained in May. It rained in May. Then it was dry.", "May", prefix="in May. It rained in"
    )
    assert became(source, "It rained in May. Then it was dry.").became == Became.LOST


def test_a_number_is_not_its_beginning() -> None:
    source, _ = cite("The sum was 194 in all.", "194")
    assert became(source, "The sum was 1948 in all.").became == Became.LOST


def test_a_copy_elsewhere_does_not_take_what_was_corrected_where_it_stood() -> None:
    source, _ = cite(TWINS, "opened in 1948")
    second = TWINS.split("\n\n")[1]
    corrected = TWINS.replace("was opened in 1948", "was opened in 2012")
    assert became(source, f"{corrected}\n\n{second}").became == Became.LOST


def test_a_paragraph_that_is_split_or_merged_keeps_its_claims() -> None:
    source, _ = cite(TWINS, "in 1948", prefix="opened")
    outcome = became(source, TWINS.replace("railway to", "railway\n\nto"))
    assert outcome.now is not None
    assert outcome.now.ordinal == 3
    outcome = became(source, TWINS.replace("\n\n", " "))
    assert outcome.now is not None
    assert outcome.now.ordinal == 1


def test_a_quote_that_is_split_over_two_paragraphs_is_lost() -> None:
    source, _ = cite(TWINS, "was opened in 1948")
    assert (
        became(source, TWINS.replace("opened in 1948", "opened\n\nin 1948")).became == Became.LOST
    )


def test_a_quote_that_becomes_part_of_a_heading_is_lost() -> None:
    source, _ = cite("The war\n\nIt ended in 1953.", "The war")
    spec = readings.TextSpec(headings=("The war",))
    assert became(source, "The war\n\nIt ended in 1953.", spec).became == Became.LOST


def test_headings_that_change_move_no_claim_that_they_do_not_number() -> None:
    source, _ = cite(TWINS, "in a tent")
    outcome = became(source, f"Parties\n\n{TWINS}", readings.TextSpec(headings=("Parties",)))
    assert outcome.became == Became.STAYS


def test_an_emendation_in_a_quote_loses_it_and_one_beside_it_does_not() -> None:
    source, _ = cite(TWINS, "in a tent by the river")
    beside = readings.TextSpec(emendations=(readings.Correction("herders", "shepherds", "term"),))
    assert became(source, TWINS, beside).became == Became.MOVED
    within = readings.TextSpec(emendations=(readings.Correction("a tent", "a yurt", "term"),))
    assert became(source, TWINS, within).became == Became.LOST
    assert became(source, TWINS, PLAIN).became == Became.FOUND


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("“in the café”", '"in the cafe\u0301"'),
        ("in\nthe café", "in the café"),
        ("in the café – there", "in the café - there"),
        ("in\u00a0the  café", "in the café"),
    ],
)
def test_a_claim_takes_the_new_signs_of_the_same_words(old: str, new: str) -> None:
    source, _ = cite(f"They met {old} and talked until the morning.", old)
    outcome = became(source, f"They met {new} and talked until the morning.")
    assert outcome.became == Became.REWORDED
    assert outcome.now is not None
    assert outcome.now.quote == new


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_spelling_with_or_without_separate_marks_is_the_same(form: Literal["NFC", "NFD"]) -> None:
    text = "Le préfet de la région a été nommé en Août à Orléans."
    source, _ = cite(text, "a été nommé")
    outcome = became(source, unicodedata.normalize(form, text))
    assert outcome.became == (Became.STAYS if form == "NFC" else Became.REWORDED)


def test_line_ends_of_another_system_move_nothing_but_the_signs() -> None:
    source, _ = cite("One line\nand another\n\nThe last.", "line\nand")
    outcome = became(source, "One line\r\nand another\r\n\r\nThe last.")
    assert outcome.became == Became.REWORDED


def test_a_quote_at_the_border_of_a_paragraph_stays_when_its_neighbours_change() -> None:
    source, _ = cite(TWINS, "The railway")
    outcome = became(source, TWINS.replace("by the river", "by the lake"))
    assert outcome.became == Became.STAYS
    _, second, third = TWINS.split("\n\n")
    assert became(source, f"{second}\n\n{third}").became == Became.MOVED


def test_a_longer_quote_stays_although_the_words_beside_it_change() -> None:
    source, _ = cite(TWINS, "railway to the southern border was opened in 1948")
    outcome = became(source, TWINS.replace("The railway", "A railway").replace("with a", "amid a"))
    assert outcome.became == Became.MOVED


def test_a_short_quote_is_lost_with_the_word_beside_it_for_it_may_be_another() -> None:
    source, _ = cite(TWINS, "opened in 1948")
    new = TWINS.replace("was opened in 1948", "was closed at once and another opened in 1948")
    assert became(source, new).became == Became.LOST


def test_a_text_without_spaces_between_words_is_followed_too() -> None:
    text = "一九四八年十月十五日，兩國建立了外交關係。後來又簽訂了條約。"
    source, _ = cite(text, "建立了外交關係")
    outcome = became(source, "序言。" + text.replace("條約", "協定"))
    assert outcome.now is not None
    assert outcome.now.start == outcome.was.start + 3


def test_a_lost_claim_comes_back_wherever_its_words_come_back() -> None:
    source, _ = cite(TWINS, "in 1948", prefix="opened")
    became(source, TWINS.replace("was opened in 1948", "was opened in 1949"))
    outcome = became(source, f"A preface, quite short.\n\n{TWINS}")
    assert outcome.became == Became.FOUND
    assert outcome.now is not None
    assert outcome.now.ordinal == 3


def test_a_lost_claim_does_not_come_back_to_what_happens_to_stand_where_it_stood() -> None:
    source, _ = cite("It began in 1948.\n\nIt ended in 1948.", "in 1948", prefix="ended")
    became(source, "It began in 1948.\n\nIt ended in 1949.")
    outcome = became(source, "It began in 1949.\n\nIt awoke in 1948.")
    assert outcome.became == Became.LOST


def test_the_likeliest_place_of_a_lost_claim_is_where_its_words_were_corrected() -> None:
    source, _ = cite(TWINS, "opened in 1948")
    foreseen = texts.foresee(source, TWINS.replace("opened in 1948", "opened in 1949"), PLAIN)
    (outcome,) = foreseen.those(Became.LOST)
    (place, near), *others = foreseen.likeliest(outcome)
    assert place.quote == "opened in 1949"
    assert place.ordinal == 2
    assert "1948 in your quote, 1949 in the source" in near.differences
    assert len(others) <= 2


def test_of_twins_the_one_with_the_words_around_it_is_likeliest() -> None:
    source, _ = cite(TWINS, "in 1948", prefix="opened")
    again = TWINS.split("\n\n")[1]
    foreseen = texts.foresee(source, TWINS.replace(again, f"{again}\n\n{again}"), PLAIN)
    (outcome,) = foreseen.outcomes
    first, second, third = (place.ordinal for place, _ in foreseen.likeliest(outcome))
    assert ({first, second}, third) == ({2, 3}, 1)


def test_nothing_is_likely_in_a_quite_different_text() -> None:
    source, _ = cite(TWINS, "railway to the southern border")
    foreseen = texts.foresee(source, "Nobody knows what the fish think of water.", PLAIN)
    (outcome,) = foreseen.outcomes
    assert foreseen.likeliest(outcome) == ()


def test_a_repair_is_stored_in_the_same_act() -> None:
    source, claim = cite(TWINS, "opened in 1948")
    new = TWINS.replace("opened in 1948", "opened in 1949")
    start = new.split("\n\n")[1].index("opened")
    place = Place(2, start, start + len("opened in 1949"), "opened in 1949")
    outcome = texts.store_text(source, new, PLAIN, repairs={claim.pk: place})
    assert [one.became for one in outcome.outcomes] == [Became.REPAIRED]
    claim.refresh_from_db()
    assert (claim.quote, claim.lost) == ("opened in 1949", False)
    assert claim.history.latest().history_date == SourceText.history.latest().history_date


@pytest.mark.parametrize(
    "place",
    [
        Place(2, 0, 14, "opened in 1949"),  # not there
        Place(9, 0, 14, "opened in 1949"),  # no such paragraph
        Place(2, 4, 8, "rail"),  # within a word
        Place(2, -7, -1, "parade"),
        Place(2, 0, 0, ""),
    ],
)
def test_a_repair_that_the_text_does_not_have_is_refused(place: Place) -> None:
    source, claim = cite(TWINS, "opened in 1948")
    new = TWINS.replace("opened in 1948", "opened in 1949")
    with pytest.raises(texts.RepairError, match="the-claim"):
        texts.store_text(source, new, PLAIN, repairs={claim.pk: place})
    assert SourceText.objects.get(source=source).raw == TWINS


def test_a_claim_that_is_not_lost_is_not_repaired() -> None:
    source, claim = cite(TWINS, "opened in 1948")
    with pytest.raises(texts.RepairError, match="nothing to repair"):
        texts.foresee(source, TWINS, PLAIN, {claim.pk: Place(1, 0, 3, "The")})


def test_nothing_is_dropped_when_the_text_is_another() -> None:
    source = make_source()
    quotes = ["In 1911", "based on\nshared ideology", "armistice"]
    for number, quote in enumerate(quotes):
        make_claim(make_event(cited=False), source, quote, slug=f"claim-{number}")
    outcome = texts.store_text(source, "Nothing of this.", PLAIN)
    assert outcome.lost == ("claim-0", "claim-1", "claim-2")
    assert sorted(Claim.objects.filter(lost=True).values_list("quote", flat=True)) == sorted(quotes)
    outcome = texts.store_text(source, ARTICLE, readings.TextSpec(headings=("Diplomacy",)))
    assert outcome.lost == ()
    assert len(outcome.those(Became.FOUND)) == 3


def test_published_events_that_would_quote_nothing_are_told() -> None:
    source = make_source()
    other = make_source("Something else.")
    bare = make_event(source=source, quote="armistice", slug="bare")
    kept = make_event(source=source, quote="armistice", slug="kept")
    make_claim(kept, other, "Something")
    make_event(source=source, quote="armistice", slug="draft", status="draft")
    foreseen = texts.foresee(source, "Nothing of this.", PLAIN)
    assert texts.unquoted_without(foreseen.newly_lost) == [bare]


def test_thousands_of_claims_are_followed_with_few_queries(
    django_assert_max_num_queries: object,
) -> None:
    source = make_source(TWINS, PLAIN)
    event = make_event(source=source, quote="in a tent")
    for number in range(60):
        make_claim(event, source, "opened in 1948", slug=f"claim-{number}")
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        outcome = texts.foresee(source, TWINS.replace("1948 with", "1949 with"), PLAIN)
    assert len(outcome.lost) == 60
