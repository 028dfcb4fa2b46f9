"""From a sentence of a source to a draft entry: what is written, and what is refused."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.admin_forms import editor, text_of
from tests.builders import make_actor, make_event, make_source
from tests.citing import QUOTE, cite_path, digest, look_up, save, select, shown
from timeline import texts
from timeline.anchors import Span, fold
from timeline.models import Claim, Event, Participation, Source, Status
from timeline.readings import TextSpec

pytestmark = pytest.mark.django_db

TWINS = "The talks began in May.\n\nThey broke off. Later the talks began anew, so the talks began."


@pytest.fixture
def source() -> Source:
    return make_source()


# What is written.


def test_a_quote_becomes_a_draft_with_its_claim_in_one_act(client: Client, source: Source) -> None:
    user = editor(client)
    response = save(client, source, QUOTE, event__date="1953", claim__change_reason="Read again")
    event, claim = Event.objects.get(), Claim.objects.get()
    assert response.headers["Location"] == f"{cite_path(source)}#claim-{claim.slug}"
    assert (event.slug, event.status, event.date) == ("an-armistice", Status.DRAFT, "1953")
    assert (claim.event, claim.source, claim.passage.ordinal) == (event, source, 3)
    records = [event.history.get(), claim.history.get()]
    assert len({record.history_date for record in records}) == 1
    assert {(one.history_user, one.history_change_reason) for one in records} == {
        (user, "Read again")
    }
    answer = client.get(response.headers["Location"])
    assert "Saved, as a draft: An armistice" in text_of(answer)
    assert f'id="claim-{claim.slug}"' in answer.content.decode()


def test_a_new_event_is_a_draft_whatever_is_posted(client: Client, source: Source) -> None:
    editor(client)
    save(client, source, QUOTE, event__status="published", _publish="1")
    assert Event.objects.get().status == Status.DRAFT


def test_all_that_a_claim_can_say_is_kept(client: Client, source: Source) -> None:
    editor(client)
    speaker = make_actor("A speaker")
    more = {
        "stance": "disputes",
        "date": "1953~",
        "attributed_to": speaker.pk,
        "note": "So he says",
    }
    save(client, source, QUOTE, **{f"claim__{name}": value for name, value in more.items()})
    claim = Claim.objects.get()
    assert (claim.stance, claim.date, claim.note) == ("disputes", "1953~", "So he says")
    assert claim.attributed_to == speaker


def test_actors_that_the_quote_names_are_proposed_and_taken_when_ticked(client: Client) -> None:
    editor(client)
    north, south = make_actor("North Korea"), make_actor("Korea")
    north.aliases.create(name="DPRK")
    mongolia, absent = make_actor("Mongolia"), make_actor("Mongol")
    source = make_source("Mongolia and the DPRK (North Korea) met in urban Mongolia.")
    found = look_up(client, source, source.passages.get().text)
    rows = [row for row in found.context["entry"].people.rows if row.actor]
    assert [(row.name, row.words) for row in rows] == [
        ("Mongolia", "Mongolia"),
        ("North Korea", "North Korea"),
    ]
    assert not any(row.is_chosen for row in rows)  # a proposal is no answer
    assert {south.pk, absent.pk}.isdisjoint(row.actor for row in rows)
    data = shown(found) | {"event-title": "They met", "event-kind": "talks"}
    data |= {"participations-0-actor": str(mongolia.pk), "participations-0-role": "host"}
    client.post(cite_path(source), data | {"_save": "1"})
    assert list(Participation.objects.values_list("actor__name", "role")) == [("Mongolia", "host")]


def test_dates_in_the_quote_are_proposed_in_words_and_taken_by_a_button(client: Client) -> None:
    editor(client)
    source = make_source("On 15 October 1948 they met, and on 10/11/1949 they parted.")
    found = look_up(client, source, source.passages.get().text)
    entry = found.context["entry"]
    assert [(one.words, [said.text for said in one.meanings]) for one in entry.mentions] == [
        ("15 October 1948", ["1948-10-15"]),
        ("10/11/1949", ["1949-11-10", "1949-10-11"]),
    ]
    assert entry.event["date"].value() in ("", None)  # a proposal is no answer
    found = client.post(cite_path(source), shown(found) | {"_date": "1948-10-15"})
    data = shown(found) | {"event-title": "They met", "event-kind": "talks", "_save": "1"}
    assert client.post(cite_path(source), data).status_code == 302
    event = Event.objects.get()
    assert (event.date, event.date_basis) == ("1948-10-15", "stated")
    assert event.claims.get().date == "1948-10-15"


def test_a_button_for_a_date_takes_nothing_else(client: Client, source: Source) -> None:
    editor(client)
    found = look_up(client, source, QUOTE, _date="<b>soon</b>")
    assert found.context["entry"].event["date"].value() in ("", None)


def test_a_date_in_words_is_shown_before_it_is_saved(client: Client, source: Source) -> None:
    editor(client)
    answer = save(client, source, QUOTE, event__date="late 1953")
    assert "Save again if that is meant" in str(answer.context["entry"].event.errors["date"])
    assert not Event.objects.exists()


def test_likely_events_of_the_same_time_and_actors_come_first(client: Client) -> None:
    editor(client)
    mongolia = make_actor("Mongolia")
    make_event("Another year", date="1949", actors=[mongolia])
    make_event("Same year", date="1948-05")
    make_event("Same year and actor", date="1948-03", actors=[mongolia])
    source = make_source("In 1948 Mongolia spoke.")
    found = look_up(client, source, "In 1948 Mongolia spoke.")
    likely = found.context["entry"].likely
    assert [one.title for one in likely] == ["Same year and actor", "Same year"]
    assert likely[0].why == "same time, Mongolia"


def test_what_was_chosen_stays_when_other_words_are_looked_up(client: Client) -> None:
    editor(client)
    mongolia, other = make_actor("Mongolia"), make_actor("Elsewhere")
    source = make_source("Mongolia spoke.\n\nNobody answered.")
    chosen = {"participations-0-actor": mongolia.pk, "participations-1-actor": other.pk}
    more = {"participations-1-role": "host", "participations-TOTAL_FORMS": 3}
    found = look_up(client, source, "Nobody answered", event__title="My title", **chosen, **more)
    rows = [row for row in found.context["entry"].people.rows if row.actor]
    assert [(row.name, row.is_chosen) for row in rows] == [("Mongolia", True), ("Elsewhere", True)]
    assert rows[1].form["role"].value() == "host"
    assert found.context["entry"].event["title"].value() == "My title"
    assert "This field is required" not in text_of(found)


def test_a_quote_is_added_to_an_event_that_is_there(client: Client, source: Source) -> None:
    editor(client)
    event = make_event(date="1953")
    save(client, source, QUOTE, target="other", claim__event=event.pk, event__title="")
    claim = source.claims.get()
    assert (claim.event, claim.ordinal) == (event, 2)
    assert Event.objects.count() == 1
    assert event.status == Status.PUBLISHED


def test_likely_events_are_offered_and_one_is_chosen_by_its_key(client: Client) -> None:
    editor(client)
    mongolia = make_actor("Mongolia")
    source = make_source("Mongolia spoke. Later it answered.")
    quoted = make_event("Speech", source=source, quote="Mongolia spoke", actors=[mongolia])
    make_event("Answer", source=source, quote="Later it answered")
    make_event("Elsewhere", actors=[mongolia])
    found = look_up(client, source, "Mongolia spoke.")
    assert [one.title for one in found.context["entry"].likely] == ["Speech"]
    save(client, source, "Mongolia spoke.", target=quoted.pk, event__title="")
    assert quoted.claims.count() == 2


# Where it stands.


def test_selected_words_are_snapped_to_whole_words(client: Client) -> None:
    editor(client)
    source = make_source("One day in 1948 the talks  began.")
    found = select(client, source, 1, 5, 24)  # from within “day” to within “talks”
    place = found.context["entry"].place
    assert (place.start, place.end, place.quote) == (4, 25, "day in 1948 the talks")
    found = select(client, source, 1, 8, 15)  # with the spaces around
    assert found.context["entry"].place.quote == "in 1948"


@pytest.mark.parametrize("nth", [0, 1, 2])
def test_the_selected_one_of_like_places_is_quoted(client: Client, nth: int) -> None:
    editor(client)
    source = make_source("So it was, and so it was.\n\nAnd so it was. So it was, and so it was.")
    text = source.passages.get(ordinal=2).text
    at = [number for number in range(len(text)) if text.startswith("o it was", number)][nth]
    found = select(client, source, 2, at, at + 8)
    quoted = shown(found)["claim-quote"]
    data = shown(found) | {"event-title": "It was", "event-kind": "war", "_save": "1"}
    assert client.post(cite_path(source), data).status_code == 302
    claim = Claim.objects.get()
    assert (claim.passage.ordinal, claim.start, claim.quote) == (2, at - 1, quoted)


def test_the_page_tells_which_of_several_places_was_selected(client: Client) -> None:
    editor(client)
    source = make_source(TWINS)
    at = source.passages.get(ordinal=2).text.index("the talks")
    words = text_of(select(client, source, 2, at, at + 15))
    assert "Paragraph 2, characters 23 to 37" in words
    assert "this is the place before “anew”" in words


def test_pasted_words_that_stand_twice_ask_which(client: Client) -> None:
    editor(client)
    source = make_source(TWINS)
    for answer in (
        look_up(client, source, "the talks began"),
        save(client, source, "the talks began"),
    ):
        assert "stands 3 times in the source" not in str(answer.context["entry"].event.errors)
        assert "These words stand in several places" in text_of(answer)
    save(client, source, "the talks began", claim__prefix_words="so")
    claim = Claim.objects.get()
    assert claim.passage.text[: claim.start].endswith("so ")


def test_a_quote_changed_by_hand_is_not_held_to_where_it_was(client: Client) -> None:
    editor(client)
    source = make_source("Peace came.\n\nWar came. Peace came.")
    found = select(client, source, 2, 0, 9)
    data = shown(found) | {"event-title": "It", "event-kind": "war", "claim-quote": "Peace came"}
    answer = client.post(cite_path(source), data | {"_save": "1"})
    assert "These words stand in several places" in text_of(answer)
    assert not Claim.objects.exists()


def test_positions_are_code_points_in_astral_and_combining_characters(client: Client) -> None:
    editor(client)
    text = "🧭🏔️ Улаа\u0301нбаатар met 𝒜lice; cafe\u0301 talks with 金日成 ended."
    source = make_source(text)
    at = text.index("cafe")
    place = select(client, source, 1, at, at + 4).context["entry"].place  # without the accent
    assert (place.start, place.quote) == (at, "cafe\u0301")
    at = text.index("𝒜")
    found = select(client, source, 1, at, at + 6)
    data = shown(found) | {"event-title": "It", "event-kind": "war", "_save": "1"}
    client.post(cite_path(source), data)
    claim = Claim.objects.get()
    assert (claim.start, claim.end, claim.quote) == (at, at + 6, "𝒜lice;")


def test_a_line_end_of_two_characters_is_counted_by_browsers_as_two(client: Client) -> None:
    editor(client)
    source = make_source("One line\r\nand another.")
    assert "\r" in source.passages.get().text
    html = client.get(cite_path(source)).content.decode()
    assert "One line&#13;\nand another.</p>" in html


LETTERS = st.text(st.sampled_from("ab1é\u0301🧭𝒜 ,-“’金\u00ad\n\r"), min_size=1, max_size=60)


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)
@given(st.data())
def test_whatever_is_selected_at_the_borders_of_words_is_quoted_exactly(
    client: Client, data: st.DataObject
) -> None:
    words = data.draw(LETTERS.filter(str.strip))
    source = make_source(f"x {words} y")
    if not client.session.get("_auth_user_id"):
        editor(client)
    passage = data.draw(st.sampled_from(list(source.passages.all())))
    folded = fold(passage.text)
    opens = [at for at in range(len(folded.text)) if folded.opens(at)]
    start = data.draw(st.sampled_from(opens))
    closes = [at for at in range(start + 1, len(folded.text) + 1) if folded.closes(at)]
    end = data.draw(st.sampled_from(closes))
    span = folded.span(start, end)
    found = select(client, source, passage.ordinal, span.start, span.end)
    place = found.context["entry"].place
    assert (place.ordinal, Span(place.start, place.end)) == (passage.ordinal, span)
    sent = shown(found) | {"event-title": "It", "event-kind": "war", "_save": "1"}
    # As browsers send it, line ends are made alike.
    sent = {name: value.replace("\r\n", "\n").replace("\n", "\r\n") for name, value in sent.items()}
    assert client.post(cite_path(source), sent).status_code == 302
    claim = source.claims.get()
    assert (claim.passage, Span(claim.start, claim.end)) == (passage, span)
    assert claim.quote == passage.text[span.start : span.end]


# What is refused, with all that was typed.


def test_a_wrong_quote_is_refused_with_the_words_of_the_source(
    client: Client, source: Source
) -> None:
    editor(client)
    wrong = QUOTE.replace("1953", "1954")
    for ask in (look_up, save):
        answer = ask(client, source, wrong, event__title="My title", claim__note="My note")
        words = text_of(answer)
        assert "1954 in your quote, 1953 in the source" in words
        entry = answer.context["entry"]
        assert entry.event["title"].value() == "My title"
        assert entry.claim["note"].value() == "My note"
        assert entry.claim["quote"].value() == wrong
    assert not Event.objects.exists()


def test_words_of_two_paragraphs_are_refused(client: Client) -> None:
    editor(client)
    source = make_source("It began here.\n\nIt ended there.")
    answer = save(client, source, "began here.\nIt ended")
    assert "does not lie within one paragraph" in text_of(answer)
    assert not Event.objects.exists()


def test_a_selection_that_reaches_over_the_paragraph_is_not_guessed(client: Client) -> None:
    editor(client)
    source = make_source("It began here.\n\nIt ended there.")
    for ordinal, start, end in ((1, 3, 99), (1, 5, 5), (9, 0, 4), (1, 8, 3)):
        found = look_up(
            client,
            source,
            "",
            claim__digest=digest(source),
            claim__ordinal=ordinal,
            claim__start=start,
            claim__end=end,
        )
        assert found.context["entry"].place is None


def test_what_is_missing_is_said_beside_its_field(client: Client, source: Source) -> None:
    editor(client)
    answer = save(client, source, QUOTE, event__title="", event__kind="Two words", event__date="19")
    errors = answer.context["entry"].event.errors
    assert set(errors) == {"title", "kind", "date"}
    assert not Claim.objects.exists()
    answer = save(client, source, QUOTE, target="other")
    assert set(answer.context["entry"].claim.errors) == {"event"}
    assert "Choose the event, or make a new one." in text_of(answer)


def test_an_inferred_date_needs_its_reason(client: Client, source: Source) -> None:
    editor(client)
    answer = save(client, source, QUOTE, event__date="1953", event__date_basis="inferred")
    assert set(answer.context["entry"].event.errors) == {"date_note"}
    assert "<details open" in answer.content.decode()


def test_a_role_without_its_actor_is_refused_and_kept(client: Client) -> None:
    editor(client)
    mongolia = make_actor("Mongolia")
    source = make_source("Mongolia spoke.")
    row = {"participations-0-offered": mongolia.pk, "participations-0-role": "speaker"}
    answer = save(client, source, "Mongolia spoke", participations__TOTAL_FORMS="1", **row)
    (row_shown, *_blank) = answer.context["entry"].people.rows
    assert (row_shown.name, row_shown.form["role"].value()) == ("Mongolia", "speaker")
    assert "This field is required." in str(row_shown.errors)
    assert not Event.objects.exists()


def test_sent_twice_it_is_one_entry(client: Client, source: Source) -> None:
    editor(client)
    first, second = (save(client, source, QUOTE) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert (Event.objects.count(), Claim.objects.count()) == (1, 1)
    assert "are cited already" in text_of(client.get(second.headers["Location"]))
    event = make_event()
    for _ in range(2):
        save(client, source, QUOTE, target="other", claim__event=event.pk)
    assert event.claims.filter(source=source).count() == 1


# A text that changes while one reads.


def selected_before(client: Client, source: Source, words: str, nth: int = 0) -> dict[str, str]:
    """The form with ``words`` of the second paragraph, ready to be saved."""
    text = source.passages.get(ordinal=2).text
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    found = select(client, source, 2, at, at + len(words))
    return shown(found) | {"event-title": "Talks", "event-kind": "talks", "_save": "1"}


def test_a_replaced_text_is_searched_for_the_words_again(client: Client) -> None:
    editor(client)
    source = make_source(TWINS)
    data = selected_before(client, source, "the talks began", nth=1)
    # Where the quote was there is another one of the same words now.
    texts.store_text(source, f"Well: {TWINS.replace('May', 'June')}\n\nNothing more.", TextSpec())
    answer = client.post(cite_path(source), data)
    assert answer.status_code == 302
    claim = Claim.objects.get()
    assert claim.passage.text[: claim.start].endswith("so ")
    assert "The text was replaced since you read it" in text_of(client.get(cite_path(source)))


def test_words_that_a_replaced_text_does_not_tell_apart_are_asked_for(client: Client) -> None:
    editor(client)
    source = make_source("The talks began.\n\nPeace came.")
    data = selected_before(client, source, "Peace came")
    texts.store_text(source, "Peace came.\n\nPeace came.", TextSpec())
    answer = client.post(cite_path(source), data)
    assert "The text was replaced since you opened this page" in text_of(answer)
    assert "These words stand in several places" in text_of(answer)
    assert not Event.objects.exists()


def test_words_that_a_replaced_text_lacks_are_refused(client: Client) -> None:
    editor(client)
    source = make_source("The talks began.\n\nPeace came in 1953.")
    data = selected_before(client, source, "Peace came in 1953")
    texts.store_text(source, "The talks began.\n\nPeace came in 1954.", TextSpec())
    answer = client.post(cite_path(source), data)
    assert "1953 in your quote, 1954 in the source" in text_of(answer)
    assert not Event.objects.exists()


def test_a_selection_in_a_text_that_was_replaced_is_found_by_its_words(client: Client) -> None:
    editor(client)
    source = make_source("The talks began.\n\nPeace came.")
    old = digest(source)
    texts.store_text(source, "Peace came.\n\nThe talks began.", TextSpec())
    found = look_up(
        client,
        source,
        "The talks",
        claim__digest=old,
        claim__ordinal=1,
        claim__start=0,
        claim__end=9,
    )
    assert found.context["entry"].place.ordinal == 2
