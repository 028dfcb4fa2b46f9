"""Merging keeps all that both said, is one act, and can be undone."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from actors.models import Actor, Alias, Relation
from tests.builders import make_actor, make_claim, make_event, make_source
from timeline import doubles, index
from timeline.doubles import GONE, KEPT, Asked, Choices, MergeError
from timeline.history import act
from timeline.models import Claim, Event, Merge, Participation, Status, Twofold
from timeline.revisions import foresee_undo, undo
from timeline.seeds.entries import Kind
from timeline.seeds.stored import canonical_forms

TEXT = "On 15 October 1948 relations were established. A treaty was signed. Talks went on."
WORDS = "relations were established"


def merge(kept: Any, gone: Any, *, fields: dict[str, str] | None = None, **choices: Any) -> Merge:
    """Merge, as an editor would."""
    kind = Twofold.EVENT if isinstance(kept, Event) else Twofold.ACTOR
    user = User.objects.get_or_create(username="editor")[0]
    chosen = Choices(fields or {}, **choices)
    return doubles.merge(Asked(kind, kept.pk, gone.pk, chosen), user, "The same")


def everything() -> dict[str, Any]:
    """All that the database says, in canonical forms, and in which order."""
    claims = list(
        Claim.objects.order_by("event_id", "ordinal", "id").values_list("slug", flat=True)
    )
    said: dict[str, Any] = {"order": [(one, Claim.objects.get(slug=one).ordinal) for one in claims]}
    for kind, model in ((Kind.ACTOR, Actor), (Kind.EVENT, Event), (Kind.CLAIM, Claim)):
        slugs = model.objects.order_by("slug").values_list("slug", flat=True)
        said[kind] = {slug: dict(form) for slug, form in canonical_forms(kind, list(slugs))}
    for event in said[Kind.EVENT].values():
        event["actors"] = sorted(map(str, event.get("actors", ())))
    for actor in said[Kind.ACTOR].values():
        for name in ("alias", "relation"):
            actor[name] = sorted(map(str, actor.get(name, ())))
    return said


@pytest.mark.django_db
def test_all_quotes_and_actors_of_both_are_kept_with_their_ids_and_in_order() -> None:
    source, other = make_source(TEXT), make_source(TEXT)
    mongolia, dprk = make_actor("Mongolia"), make_actor("DPRK")
    kept = make_event("kept", source=source, quote=WORDS, actors=[mongolia])
    gone = make_event("gone", source=other, quote="On 15 October", actors=[(dprk, "initiator")])
    make_claim(gone, other, "Talks went on", ordinal=2)
    slugs = [
        *kept.claims.values_list("slug", flat=True),
        *gone.claims.values_list("slug", flat=True),
    ]
    done = merge(kept, gone)
    assert not Event.objects.filter(pk=gone.pk).exists()
    claims = kept.claims.order_by("ordinal")
    assert list(claims.values_list("slug", flat=True)) == slugs
    assert list(claims.values_list("ordinal", flat=True)) == [1, 2, 3]
    parts = kept.participations.order_by("id").values_list("actor__name", "role")
    assert list(parts) == [("Mongolia", ""), ("DPRK", "initiator")]
    assert (done.slug, done.gone, done.kept, done.undone) == (gone.slug, gone.pk, kept.pk, None)
    assert index.differences() == []


@pytest.mark.django_db
def test_a_merge_is_one_act_of_one_user_with_its_reason() -> None:
    actor = make_actor()
    kept, gone = make_event(actors=[actor]), make_event(actors=[(actor, "host")])
    done = merge(kept, gone)
    for model in (Event, Claim, Participation):
        rows = model.history.filter(history_date=done.moment)
        assert rows.exists()
        assert {row.history_user.username for row in rows} == {"editor"}
        assert all("The same" in row.history_change_reason for row in rows)
    assert Event.history.filter(id=gone.pk, history_type="-", history_date=done.moment).exists()


@pytest.mark.django_db
def test_the_same_words_of_the_same_place_are_kept_once_with_all_that_is_said_of_them() -> None:
    source = make_source(TEXT)
    kept = make_event(source=source, quote=WORDS)
    gone = make_event(cited=False)
    speaker = make_actor()
    again = make_claim(gone, source, WORDS, note="From the treaty.", attributed_to=speaker)
    merge(kept, gone)
    claim = kept.claims.get()
    assert claim.pk != again.pk
    assert (claim.note, claim.attributed_to) == ("From the treaty.", speaker)


@pytest.mark.django_db
@pytest.mark.parametrize("other", [{"stance": "disputes"}, {"note": "Another."}, {"date": "1949"}])
def test_the_same_words_said_otherwise_are_kept_twice(other: dict[str, str]) -> None:
    source = make_source(TEXT)
    kept = make_event(cited=False)
    make_claim(kept, source, WORDS, note="One.", date="1948")
    gone = make_event(cited=False)
    make_claim(gone, source, WORDS, **({"note": "One.", "date": "1948"} | other))
    merge(kept, gone)
    assert kept.claims.count() == 2


@pytest.mark.django_db
def test_a_role_says_more_than_none() -> None:
    actor, other = make_actor(), make_actor()
    kept = make_event(actors=[actor, (other, "host")])
    gone = make_event(actors=[(actor, "guest"), other])
    merge(kept, gone)
    parts = kept.participations.values_list("actor", "role")
    assert sorted(parts) == [(actor.pk, "guest"), (other.pk, "host")]


@pytest.mark.django_db
def test_each_field_is_taken_from_where_the_editor_says() -> None:
    kept = make_event("kept", date="1948", kind="war", summary="Long enough.")
    gone = make_event("gone", date="1948-10-15", kind="treaty", summary="Short.")
    merge(kept, gone, fields={"title": GONE, "date": KEPT, "kind": GONE, "summary": GONE})
    kept.refresh_from_db()
    assert (kept.title, kept.date, kept.kind, kept.summary) == ("gone", "1948", "treaty", "Short.")
    assert (kept.earliest_start, kept.latest_end) == (19480101, 19481231)


@pytest.mark.django_db
def test_unless_told_the_fuller_is_taken() -> None:
    kept = make_event("kept", date="1948", summary="", status=Status.DRAFT)
    gone = make_event("gone", date="1948-10-15", summary="Long enough.")
    merge(kept, gone)
    kept.refresh_from_db()
    said = (kept.title, kept.date, kept.summary, kept.status)
    assert said == ("kept", "1948-10-15", "Long enough.", Status.PUBLISHED)


@pytest.mark.django_db
def test_an_inferred_date_is_taken_with_its_reason_or_not_at_all() -> None:
    kept = make_event(date="1948", date_basis="inferred", date_note="It says so before.")
    gone = make_event(date="1948-10")
    merge(kept, gone)
    kept.refresh_from_db()
    assert (kept.date, kept.date_basis, kept.date_note) == ("1948-10", "stated", "")


@pytest.mark.django_db
def test_the_date_that_is_not_taken_stays_visible_at_its_quotes() -> None:
    kept, gone = make_event(date="1948-10-15"), make_event(date="1948-10-17")
    merge(kept, gone, fields={"date": KEPT})
    assert list(kept.claims.order_by("ordinal").values_list("date", flat=True)) == [
        "",
        "1948-10-17",
    ]


@pytest.mark.django_db
def test_a_quote_that_has_a_date_keeps_it_and_an_inferred_one_is_no_quote_s() -> None:
    kept, gone = make_event(date="1948-10-15"), make_event(cited=False, date="1948-10-17")
    make_claim(gone, make_source(TEXT), WORDS, date="1948-10-16")
    other = make_event(date="1948-10-18", date_basis="inferred", date_note="It seems so.")
    merge(kept, gone, fields={"date": KEPT})
    merge(kept, other, fields={"date": KEPT})
    dates = kept.claims.order_by("ordinal").values_list("date", flat=True)
    assert list(dates) == ["", "1948-10-16", ""]


@pytest.mark.django_db
def test_nothing_is_merged_with_itself_or_with_what_is_gone() -> None:
    event, other = make_event(), make_event()
    with pytest.raises(MergeError, match="itself"):
        merge(event, event)
    Event.objects.get(pk=other.pk).claims.all().delete()
    Event.objects.filter(pk=other.pk).delete()
    with pytest.raises(MergeError, match="deleted meanwhile"):
        merge(event, other)
    assert not Merge.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["claim", "part", "title", "claim away"])
def test_what_was_changed_since_it_was_looked_at_is_not_merged(what: str) -> None:
    kept, gone = make_event(), make_event(actors=[make_actor()])
    seen = doubles.state(Twofold.EVENT, kept.pk, gone.pk)
    with act("meanwhile"):
        match what:
            case "claim":
                make_claim(gone, make_source(TEXT), WORDS)
            case "part":
                gone.participations.get().delete()
            case "title":
                gone.title = "Another"
                gone.save()
            case _:
                claim = gone.claims.get()
                claim.event = make_event()
                claim.save()
    with pytest.raises(MergeError, match="changed since"):
        doubles.merge(Asked(Twofold.EVENT, kept.pk, gone.pk, seen=seen))
    assert Event.objects.filter(pk=gone.pk).exists()
    now = doubles.state(Twofold.EVENT, kept.pk, gone.pk)
    doubles.merge(Asked(Twofold.EVENT, kept.pk, gone.pk, seen=now))


@pytest.mark.django_db
def test_what_nobody_published_quotes_is_not_published_by_a_merge() -> None:
    kept = make_event(status=Status.DRAFT, cited=False)
    gone = make_event(cited=False, status=Status.DRAFT)
    make_claim(gone, make_source(TEXT, status=Status.DRAFT), WORDS)
    kept.status = Status.PUBLISHED
    kept.save()
    with pytest.raises(MergeError, match="needs at least one quote"):
        merge(kept, gone, fields={"status": KEPT})
    merge(kept, gone, fields={"status": GONE})
    kept.refresh_from_db()
    assert kept.status == Status.DRAFT


@pytest.mark.django_db
def test_an_actor_keeps_all_names_relations_entries_and_words() -> None:
    kept, gone, other = make_actor("North Korea"), make_actor("DPRK"), make_actor("Kim Il-sung")
    Alias.objects.create(actor=kept, name="Pyongyang", kind="metonym")
    Alias.objects.create(actor=gone, name="Pyongyang")
    Alias.objects.create(actor=gone, name="Chosŏn", period="1948/..")
    Relation.objects.create(actor=other, kind="member-of", other=gone)
    Relation.objects.create(actor=gone, kind="predecessor-of", other=kept)
    event = make_event(actors=[(gone, "host")])
    claim = make_claim(event, make_source(TEXT), WORDS, attributed_to=gone)
    merge(kept, gone, alias_kind="abbreviation", alias_period="1948/..")
    names = kept.aliases.order_by("id").values_list("name", "kind", "period")
    assert list(names) == [
        ("Pyongyang", "metonym", ""),
        ("Chosŏn", "name", "1948/.."),
        ("DPRK", "abbreviation", "1948/.."),
    ]
    relation = Relation.objects.get()
    assert (relation.actor, relation.other) == (other, kept)
    claim.refresh_from_db()
    assert claim.attributed_to == kept
    assert event.participations.get().actor == kept
    assert index.differences() == []


@pytest.mark.django_db
def test_an_actor_takes_part_once_where_both_did() -> None:
    kept, gone = make_actor(), make_actor()
    twice = make_event(actors=[kept, gone])
    better = make_event(actors=[kept, (gone, "host")])
    both = make_event(actors=[(kept, "guest"), (gone, "host")])
    less = make_event(actors=[(kept, "guest"), gone])
    merge(kept, gone)
    roles = [
        sorted(event.participations.values_list("actor", "role"))
        for event in (twice, better, both, less)
    ]
    assert roles == [
        [(kept.pk, "")],
        [(kept.pk, "host")],
        [(kept.pk, "guest"), (kept.pk, "host")],
        [(kept.pk, "guest")],
    ]


@pytest.mark.django_db
def test_the_name_of_the_other_may_be_taken_and_the_former_stays_an_alias() -> None:
    kept, gone = make_actor("Corea"), make_actor("Korea")
    merge(kept, gone, fields={"name": GONE}, alias_kind="transliteration")
    kept.refresh_from_db()
    assert kept.name == "Korea"
    assert list(kept.aliases.values_list("name", "kind")) == [("Corea", "transliteration")]


@pytest.mark.django_db
def test_two_of_one_name_get_no_alias_of_it() -> None:
    kept, gone = make_actor("Korea"), make_actor("Korea")
    merge(kept, gone)
    assert not kept.aliases.exists()


@pytest.mark.django_db
def test_relations_of_both_to_one_are_kept_once() -> None:
    kept, gone, other = make_actor(), make_actor(), make_actor()
    Relation.objects.create(actor=kept, kind="part-of", other=other, note="mine")
    Relation.objects.create(actor=gone, kind="part-of", other=other, note="theirs")
    Relation.objects.create(actor=gone, kind="member-of", other=other)
    merge(kept, gone)
    found = kept.relations.order_by("id").values_list("kind", "note")
    assert list(found) == [("part-of", "mine"), ("member-of", "")]


@pytest.mark.django_db
def test_a_period_that_is_no_date_is_refused_before_anything_is_written() -> None:
    kept, gone = make_actor("One"), make_actor("Other")
    with pytest.raises(MergeError):
        merge(kept, gone, alias_period="1948-1953 or so")
    assert Actor.objects.filter(pk=gone.pk).exists()


@pytest.mark.django_db
def test_an_undone_merge_is_as_before_and_is_noted() -> None:
    source = make_source(TEXT)
    kept = make_event("kept", source=source, quote=WORDS, date="1948")
    gone = make_event("gone", source=source, quote=WORDS, date="1948-10-15", slug="the-gone")
    make_claim(gone, source, "A treaty", ordinal=2)
    before = everything()
    done = merge(kept, gone)
    assert everything() != before
    undone = undo(done.moment)
    assert everything() == before
    done.refresh_from_db()
    assert done.undone == undone.moment
    assert undone.kept == ()
    assert Event.objects.get(slug="the-gone").pk == gone.pk
    assert index.differences() == []


@pytest.mark.django_db
def test_an_undo_tells_what_was_edited_since_and_keeps_it() -> None:
    kept, gone = make_event("kept"), make_event("gone")
    done = merge(kept, gone)
    with act("later"):
        kept.refresh_from_db()
        kept.title = "edited"
        kept.save()
    told = foresee_undo(done.moment)
    assert {one.pk for one in told.kept} >= {kept.pk}
    undo(done.moment)
    kept.refresh_from_db()
    done.refresh_from_db()
    assert kept.title == "edited"
    assert done.undone is None


NAMES = st.sampled_from(["Korea", "Corea", "DPRK"])
ROLES = st.sampled_from(["", "host", "guest"])
DATES = st.sampled_from(["", "1948", "1948-10", "1948-10-15"])
QUOTES = st.sampled_from(["relations were", "A treaty", "Talks went on", "On 15 October"])


@st.composite
def said(draw: st.DrawFn) -> dict[str, Any]:
    """What one of two entries says."""
    return {
        "date": draw(DATES),
        "summary": draw(st.sampled_from(["", "Short.", "Longer."])),
        "parts": draw(st.lists(st.tuples(st.integers(0, 2), ROLES), max_size=3, unique=True)),
        "quotes": draw(
            st.lists(
                st.tuples(QUOTES, DATES, st.sampled_from(["", "Note."])),
                max_size=3,
                unique_by=lambda one: one[0],
            )
        ),
    }


class TestMergeThenUndo(TestCase):
    """Whatever two are, merging and undoing it changes nothing."""

    @settings(max_examples=15)
    @given(said(), said(), st.booleans(), st.dictionaries(st.just("date"), st.just(GONE)))
    def test_of_entries(
        self,
        one: dict[str, Any],
        other: dict[str, Any],
        keep_date: bool,
        fields: dict[str, str],
    ) -> None:
        source = make_source(TEXT)
        actors = [make_actor() for _ in range(3)]
        kept, gone = (self._made(each, actors, source) for each in (one, other))
        before = everything()
        quotes = {(claim.quote, claim.note) for claim in Claim.objects.all()}
        done = merge(kept, gone, fields=fields, keep_date=keep_date)
        there = {claim.quote for claim in kept.claims.all()}
        assert there == {quote for quote, _ in quotes}
        notes = {(claim.quote, claim.note) for claim in kept.claims.all()}
        assert {one for one in quotes if one[1]} <= notes
        numbers = list(kept.claims.order_by("ordinal").values_list("ordinal", flat=True))
        assert len(set(numbers)) == len(numbers)
        assert {pk for pk, _ in one["parts"] + other["parts"]} == {
            actors.index(part.actor) for part in kept.participations.all()
        }
        undo(done.moment)
        assert everything() == before

    def _made(self, what: dict[str, Any], actors: list[Actor], source: Any) -> Event:
        event = make_event(
            cited=False,
            status=Status.DRAFT,
            date=what["date"],
            summary=what["summary"],
            actors=[(actors[number], role) for number, role in what["parts"]],
        )
        for number, (quote, date, note) in enumerate(what["quotes"], start=1):
            make_claim(event, source, quote, date=date, note=note, ordinal=number)
        return event

    @settings(max_examples=15)
    @given(
        st.lists(st.tuples(st.integers(0, 1), ROLES), max_size=4, unique=True),
        st.lists(st.tuples(st.integers(0, 1), ROLES), max_size=4, unique=True),
        st.lists(NAMES, max_size=3, unique=True),
        st.lists(NAMES, max_size=3, unique=True),
        st.tuples(NAMES, NAMES),
        st.lists(
            st.tuples(st.sampled_from(["kg", "gk", "ko", "ok", "go", "og"]), st.booleans()),
            max_size=4,
            unique=True,
        ),
        st.sampled_from([KEPT, GONE]),
    )
    def test_of_actors(
        self,
        mine: list[tuple[int, str]],
        theirs: list[tuple[int, str]],
        names: list[str],
        others: list[str],
        own: tuple[str, str],
        relations: list[tuple[str, bool]],
        name: str,
    ) -> None:
        kept, gone, other = make_actor(own[0]), make_actor(own[1]), make_actor("Other")
        events = [make_event(cited=False, status=Status.DRAFT) for _ in range(2)]
        for actor, parts, aliases in ((kept, mine, names), (gone, theirs, others)):
            for number, role in parts:
                Participation.objects.create(event=events[number], actor=actor, role=role)
            for alias in aliases:
                Alias.objects.create(actor=actor, name=alias)
        by = {"k": kept, "g": gone, "o": other}
        for ends, member in relations:
            kind = "member-of" if member else "part-of"
            Relation.objects.create(actor=by[ends[0]], kind=kind, other=by[ends[1]])
        before = everything()
        done = merge(kept, gone, fields={"name": name})
        kept.refresh_from_db()
        known = {kept.name, *kept.aliases.values_list("name", flat=True)}
        assert known == {*own, *names, *others}
        told = {(part.event_id, part.role) for part in kept.participations.all()}
        wanted = {(events[number].pk, role) for number, role in mine + theirs}
        assert {one for one in wanted if one[1]} <= told <= wanted
        assert {event for event, _ in told} == {event for event, _ in wanted}
        undo(done.moment)
        assert everything() == before
