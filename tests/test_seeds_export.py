"""Exporting: what is written imports to the same, and nothing of anybody else's is overwritten."""

import json
import tempfile
import tomllib
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from actors.models import Actor, Alias, Relation
from tests.builders import make_actor, make_event, make_source
from tests.seeds import import_folders, write_seed
from timeline import readings
from timeline.models import (
    Claim,
    Emendation,
    Event,
    Participation,
    Passage,
    SeedItem,
    Source,
    SourceText,
)
from timeline.seeds import toml
from timeline.seeds.collecting import homes, seed_form
from timeline.seeds.exporting import COMMENT, SCHEMA, UNSOURCED, export_seeds, schema_text

pytestmark = pytest.mark.django_db
MODELS: tuple[type[Any], ...] = (Claim, Participation, Event, Relation, Alias, Actor)
MODELS += (Emendation, Passage, SourceText, Source)
NAMES = {
    **{name: f"{name}__slug" for name in ("source", "event", "actor", "other", "attributed_to")},
    "passage": "passage__ordinal",
}
SEEDS = Path(__file__).resolve().parent.parent / "seeds"


def knowledge() -> dict[str, object]:
    """All that the database knows, in canonical form; whatever has no place in it is no content."""
    known = homes()
    forms = {
        home: toml.written(seed_form(home, known), "")
        for home in ["", *Source.objects.values_list("slug", flat=True)]
    }
    return {"forms": forms, **{model.__name__: rows_of(model) for model in MODELS}}


def rows_of(model: type[Any]) -> list[str]:
    """All rows by their values, with ids in the place of keys; the forms show their order."""
    names = [NAMES.get(field.name, field.name) for field in model._meta.concrete_fields]
    names = [name for name in names if name != "id" and (model, name) != (Claim, "ordinal")]
    rows = model.objects.values(*names)
    return sorted(json.dumps(row, sort_keys=True) for row in rows)


def forget() -> None:
    """Empty the database."""
    for model in (Claim, Participation, Event, Relation, Alias, Actor, SeedItem, Source):
        rows: Any = model._default_manager.all()
        rows.delete()


def assert_comes_back(folder: Path) -> None:
    before = knowledge()
    export_seeds(folder)
    first = {path: path.read_bytes() for path in folder.rglob("*.*") if path.is_file()}
    forget()
    call_command("import_seed", *map(str, folder.iterdir()), stdout=StringIO(), stderr=StringIO())
    assert knowledge() == before
    export_seeds(folder)
    assert {path: path.read_bytes() for path in first} == first


WORDS = [
    "Mongolia", "DPRK", "relations", "1948", "1949", "“ideology-driven", "friendship.”", "naïve",
    "кобила", "شعب", "🐎", "한국", "states—and", "e\u0301tat", "it’s", 'said:"Yes"', "a\\b", "#x",
]  # fmt: skip
lines = st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join)
odd = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t\"'\\"), max_size=30
)
titles = odd.map(lambda words: f"T{words}")
dates = st.sampled_from(["", "1948-10-15", "194X", "1944~", "1953/..", "-0043", "[..2013~]"])
slugs = st.integers(0, 10**6)


@st.composite
def texts(draw: Callable[..., Any]) -> tuple[str, readings.TextSpec]:
    """A text with repeated words, whatever its line ends, with an emendation or without."""
    paragraphs = draw(st.lists(st.lists(lines, min_size=1, max_size=3), min_size=1, max_size=4))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    raw = (end * 2).join(end.join(paragraph) for paragraph in paragraphs)
    if not draw(st.booleans()):
        return raw, readings.TextSpec()
    emended = readings.Correction("mis print", "misprint", "a stray space")
    return raw + end * 2 + "A mis print.", readings.TextSpec(emendations=(emended,))


def make_words_claim(draw: Callable[..., Any], event: Event, ordinal: int, slug: str) -> Claim:
    """A claim on some words of some passage, which may well stand elsewhere too."""
    passage = draw(st.sampled_from(list(Passage.objects.order_by("pk"))))
    words = passage.text.split(" ")
    first = draw(st.integers(0, len(words) - 1))
    last = draw(st.integers(first, len(words) - 1))
    start = len(" ".join(words[:first])) + (first > 0)
    quote = " ".join(words[first : last + 1])
    return Claim.objects.create(
        slug=slug,
        event=event,
        ordinal=ordinal,
        source=passage.source,
        passage=passage,
        quote=quote,
        start=start,
        end=start + len(quote),
        lost=draw(st.booleans()) and draw(st.booleans()),
        stance=draw(st.sampled_from(Claim.Stance.values)),
        date=draw(dates),
        attributed_to=draw(st.sampled_from([None, *Actor.objects.order_by("pk")])),
        note=draw(odd),
    )


def make_knowledge(draw: Callable[..., Any]) -> None:
    """Some sources, actors and events, as an editor might make them."""
    for number in range(draw(st.integers(1, 3))):
        text, spec = draw(texts())
        status = draw(st.sampled_from(["published", "published", "draft"]))
        author = draw(st.sampled_from([[], [{"given": "É", "family": "O'N"}], [{"literal": "X"}]]))
        make_source(
            text, spec, slug=f"s{number}", title=draw(titles), status=status, author=author,
            note=draw(odd), issued=draw(dates),
        )  # fmt: skip
    actors = [
        make_actor(draw(titles), slug=f"a{number}", description=draw(odd))
        for number in range(draw(st.integers(1, 3)))
    ]
    for actor in actors:
        for number in range(draw(st.integers(0, 2))):
            name = f"{number}{draw(titles)}"
            Alias.objects.create(actor=actor, name=name, period=draw(dates), note=draw(odd))
        other = draw(st.sampled_from(actors))
        if other != actor:
            Relation.objects.create(actor=actor, other=other, kind="part-of", note=draw(odd))
    for number in range(draw(st.integers(0, 4))):
        event = make_event(
            draw(titles), slug=f"e{number}", status="draft", cited=False, summary=draw(odd),
            date=draw(dates), actors=draw(st.lists(st.sampled_from(actors), unique=True)),
        )  # fmt: skip
        for ordinal in range(draw(st.integers(0, 3))):
            make_words_claim(draw, event, ordinal + 1, f"e{number}-c{ordinal}")
        if event.claims.filter(lost=False, source__status="published").exists():
            event.status = draw(st.sampled_from(["published", "draft"]))
            event.save()


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # shrinking what fails would take minutes
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.data())
def test_whatever_is_exported_is_imported_to_the_same(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        make_knowledge(data.draw)
        assert_comes_back(Path(folder))
        transaction.set_rollback(True)


def test_the_article_comes_back_byte_for_byte(tmp_path: Path) -> None:
    folders = [path.parent for path in sorted(SEEDS.glob("*/chronology.toml"))]
    import_folders(*folders, stdout=StringIO())
    export_seeds(tmp_path)
    for folder in folders:
        for file in folder.iterdir():
            assert (tmp_path / folder.name / file.name).read_bytes() == file.read_bytes(), file
    assert (tmp_path / SCHEMA).read_bytes() == (SEEDS / SCHEMA).read_bytes()


def test_the_schema_beside_the_seeds_is_that_of_the_forms() -> None:
    assert (SEEDS / SCHEMA).read_text(encoding="utf-8") == schema_text(), (
        "run: manage.py export_seed"
    )


def test_control_characters_and_quotation_marks_survive_in_toml(tmp_path: Path) -> None:
    words = 'a "b" \\ c\r\n\td \u202e e 🐎 \x0c'.rstrip("\x0c")
    make_actor("A", slug="a", description=words)
    export_seeds(tmp_path)
    table = tomllib.loads((tmp_path / UNSOURCED / "chronology.toml").read_text(encoding="utf-8"))
    assert table["actor"][0]["description"] == words


def test_an_entry_of_the_admin_is_at_home_where_it_is_first_quoted(tmp_path: Path) -> None:
    actor, loner = make_actor("A", slug="a"), make_actor("B", slug="b")
    make_event("E", slug="e", source=make_source("Words.", slug="s"), quote="Words", actors=[actor])
    export_seeds(tmp_path)
    at_home = tomllib.loads((tmp_path / "s" / "chronology.toml").read_text(encoding="utf-8"))
    assert [one["id"] for one in at_home["actor"] + at_home["event"]] == ["a", "e"]
    without = (tmp_path / UNSOURCED / "chronology.toml").read_text(encoding="utf-8")
    assert without == f'{COMMENT}\n\n[[actor]]\nid = "{loner.slug}"\nname = "B"\nkind = "state"\n'


def test_a_folder_that_is_no_seed_is_never_written_to(tmp_path: Path) -> None:
    make_source("Words.", slug="photos")
    make_source("Words.", slug="another")
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "holiday.txt").write_text("mine")
    with pytest.raises(CommandError, match=r"photos is there and is no seed; move it"):
        call_command("export_seed", output=tmp_path)
    assert [path.name for path in tmp_path.rglob("*.*")] == ["holiday.txt"]


def test_a_name_of_a_file_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    source = make_source("Words.", slug="s")
    type(source.text).objects.update(file="../article.txt")
    with pytest.raises(CommandError, match=r"“s” has no plain name of a file: “\.\./article\.txt”"):
        call_command("export_seed", output=tmp_path / "out")
    assert not (tmp_path / "article.txt").exists()


def test_a_source_that_is_not_there_is_told_with_what_may_be_meant(tmp_path: Path) -> None:
    make_source("Words.", slug="mongolia")
    with pytest.raises(CommandError, match=r"no source “mongola”\. Did you mean “mongolia”\?"):
        call_command("export_seed", "mongola", output=tmp_path)


def test_one_source_is_exported_alone_and_what_is_the_same_is_left_alone(tmp_path: Path) -> None:
    import_folders(write_seed(tmp_path / "in"), stdout=StringIO())
    make_source("Words.", slug="other")
    out = tmp_path / "out"
    call_command("export_seed", "article", output=out, stdout=StringIO())
    assert sorted(path.name for path in out.iterdir()) == ["article", SCHEMA]
    before = (out / "article" / "article.txt").stat().st_mtime_ns
    call_command("export_seed", "article", output=out, stdout=StringIO())
    assert (out / "article" / "article.txt").stat().st_mtime_ns == before
