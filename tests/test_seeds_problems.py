"""Seeds with mistakes: every one is told at once, where it is and what to do, never a traceback."""

import re
import sqlite3
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import OperationalError

from tests.seeds import ACTORS, ARTICLE, EVENTS, import_folders, source, write_seed
from timeline.models import Event, Source

pytestmark = pytest.mark.django_db

TEN_MISTAKES = (
    source().replace('type = "article-journal"', 'type = "article-jurnal"')
    + ACTORS.replace('kind = "state"', 'kind = "kingdom"', 1)
    + """
[[event]]
id = "Relations"
date = "1948-10-32"
title = "Relations"
kind = "diplomacy"
actors = ["mongolai"]
[[event.claim]]
quote = "On October 15, 1949, Mongolia and the DPRK"

[[event]]
id = "war"
date = "1953"
date_basis = "inferred"
titel = "The war ends"
title = "The war ends"
kind = "war"
[[event.claim]]
quote = "armistice in 1953"
stance = "denies"

[[event]]
id = "bare"
title = "Nothing is quoted"
kind = "war"
"""
)


def problems(*folders: Path) -> list[str]:
    """Each complaint without the name of the folder; nothing may be written."""
    errors = StringIO()
    with pytest.raises(CommandError, match="nothing was imported"):
        import_folders(*folders, stdout=StringIO(), stderr=errors)
    assert not Source.objects.exists()
    assert not Event.objects.exists()
    text = errors.getvalue()
    for folder in folders:
        text = text.replace(f"{folder}/", "")
    return text.splitlines()


def test_ten_mistakes_give_ten_clear_messages_at_once(tmp_path: Path) -> None:
    told = problems(write_seed(tmp_path, TEN_MISTAKES))
    assert [line.partition(": ")[2] for line in told] == [
        "source: type: “article-jurnal” is not one of its values; did you mean “article-journal”?",
        "actor mongolia: kind: “kingdom” is not one of its values: state, polity, person, "
        "organisation, office, group, place.",
        "event Relations: There is no actor “mongolai”, neither in these seeds nor in the "
        "database. Did you mean “mongolia”?",
        "event Relations: id: “Relations”. Use lower-case letters a–z, digits and single hyphens, "
        "such as “treaty-of-1948”.",
        "event Relations: date: “1948-10-32”, character 9: there is no day 32; write 01 to 31, or "
        "leave the day out.",
        "event Relations, claim 1: “On October 15, 1949, Mongolia and the DPRK” is not in the "
        "source. Did you mean, in paragraph 2, “On October 15, 1948, Mongolia and the DPRK”? (the "
        "numbers differ: 1949 in your quote, 1948 in the source)",
        "event war: “date_note” is missing: say why the date is inferred.",
        "event war: “titel” is no key here; did you mean “title”?",
        "event war, claim 1: stance: “denies” is not one of its values: supports, disputes.",
        "event bare: It is published, but no published source is quoted for it; add an "
        '[[event.claim]] with a quote, or status = "draft".',
    ]
    lines = [int(line.split(":")[1]) for line in told]
    assert lines == sorted(lines)
    assert all(line.startswith("chronology.toml:") for line in told)


def test_the_problems_of_all_folders_are_told(tmp_path: Path) -> None:
    one = write_seed(tmp_path / "one", "[source")
    other = write_seed(tmp_path / "other", source("other").replace("title", "titel"))
    told = "\n".join(problems(one, other))
    assert "This is no TOML" in told
    assert "“titel” is no key here; did you mean “title”?" in told
    assert "missing" not in told


@pytest.mark.parametrize(
    ("chronology", "problem"),
    [
        ("a = ", "This is no TOML: Invalid value"),
        ("x" * 100, "This is no TOML"),
        ("a = " + "[" * 3000, "Brackets are nested too deeply; no seed needs that."),
        ("source = 1", "“source” has to be a table; write [source] on a line of its own."),
        ("sauce = 1", "“sauce” is no table of a seed; did you mean “source”?"),
        ("event = 5", "event"),
        ("[[event]]\nid = 5", "id: “5” is a number, not text; put it in quotation marks."),
        ("[[actor]]\nid = 1979-05-27", "“1979-05-27” is a date of TOML, not text"),
        ('[[actor]]\nid = ["a"]', "is a list, not text; write one string in quotation marks."),
        ('[[actor]]\nid = ""', "id: It is empty; fill it in or leave the item out."),
        ('[[actor]]\nid = "a"\nname = "A"\nkind = "state"\nalias = 1', "alias"),
        ('[[actor]]\nid = "a"\nname = "\\u0000"\nkind = "state"', "control character U+0000"),
        (source() + EVENTS + EVENTS, "“relations” is there already, at "),
        (source().replace("article.txt", "../article.txt"), "outside of the seed's folder"),
        (source().replace("article.txt", "/etc/passwd"), "outside of the seed's folder"),
        (source().replace("article.txt", "absent.txt"), "“absent.txt” is not there"),
        (source(text="Another text."), "is not that of article.txt, which is "),
        (source(more='begins = "Never"'), "“Never” is not in the text."),
        (ACTORS.replace('"dprk"', '"mongolia"'), "“mongolia” is there already"),
        (ACTORS + EVENTS, "There is no [source] to quote; add it, or leave the claims out."),
        (
            ACTORS + '[[actor.relation]]\nkind = "part-of"\nto = "dprk"\n',
            "“dprk” is this actor itself; name another.",
        ),
    ],
)
def test_each_mistake_is_told(tmp_path: Path, chronology: str, problem: str) -> None:
    assert problem in "\n".join(problems(write_seed(tmp_path, chronology)))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"\x89PNG\r\n\x1a\n\xff", "is no text in UTF-8 (line 1, byte 0); save it as UTF-8"),
        (b"One\0two", "It holds a NUL character; save it as plain text."),
        (b"", "No text is left"),
        (b" \n ", "paragraph"),
    ],
)
def test_a_text_that_is_none_is_told(tmp_path: Path, content: bytes, problem: str) -> None:
    folder = write_seed(tmp_path)
    (folder / "article.txt").write_bytes(content)
    assert problem in "\n".join(problems(folder))


def test_a_binary_chronology_and_a_folder_without_one_are_told(tmp_path: Path) -> None:
    binary = write_seed(tmp_path / "binary")
    (binary / "chronology.toml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "empty").mkdir()
    told = "\n".join(problems(binary, tmp_path / "empty", tmp_path / "absent"))
    assert "chronology.toml is no text in UTF-8" in told
    assert "chronology.toml is not there." in told
    assert "There is no such folder." in told


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(ARTICLE)
    folder = write_seed(tmp_path / "seed")
    (folder / "article.txt").unlink()
    (folder / "article.txt").symlink_to(secret)
    assert "is a link that leads out of the seed's folder" in "\n".join(problems(folder))


def test_a_byte_order_mark_and_windows_line_ends_are_no_mistake(tmp_path: Path) -> None:
    text = ARTICLE.replace("\n", "\r\n")
    folder = write_seed(tmp_path, text=text)
    chronology = source(text=text, more='headings = ["Diplomacy"]') + ACTORS + EVENTS
    (folder / "chronology.toml").write_bytes(
        b"\xef\xbb\xbf" + chronology.replace("\n", "\r\n").encode()
    )
    import_folders(folder, stdout=StringIO())
    assert Source.objects.get().text.raw == text


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OperationalError("database is locked"), "The database says “database is locked”; nothing"),
        (sqlite3.OperationalError("disk is full"), "Is there room on the disk?"),
    ],
)
def test_a_database_or_a_disk_that_fails_is_told_without_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("timeline.management.commands.import_seed.import_seeds", failing)
    with pytest.raises(CommandError, match=re.escape(told)):
        import_folders(write_seed(tmp_path), stdout=StringIO(), stderr=StringIO())


def test_a_number_of_thousands_of_digits_and_a_name_too_long_are_told(tmp_path: Path) -> None:
    told = "\n".join(problems(write_seed(tmp_path, "a = " + "9" * 5000), tmp_path / ("n" * 300)))
    assert "A number has more digits than can be read" in told
    assert "It cannot be read: File name too long." in told
