"""The guide to seeds: its example imports, and the message that it shows is the real one."""

import hashlib
import re
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError

from tests.seeds import import_folders
from timeline import citations, edtf
from timeline.models import Event

pytestmark = pytest.mark.django_db
GUIDE = (Path(settings.BASE_DIR) / "seeds" / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", GUIDE, re.DOTALL)
ARTICLE = next(text for kind, text in BLOCKS if kind == "text")
CHRONOLOGY = next(text for kind, text in BLOCKS if kind == "toml")


def written(folder: Path, chronology: str = CHRONOLOGY) -> Path:
    """The example as a reader copies it."""
    folder.mkdir(exist_ok=True)
    (folder / "article.txt").write_bytes(ARTICLE.encode())
    (folder / "chronology.toml").write_text(chronology, encoding="utf-8")
    return folder


def complaint(folder: Path) -> str:
    errors = StringIO()
    with pytest.raises(CommandError):
        import_folders(folder, stdout=StringIO(), stderr=errors)
    return errors.getvalue()


def test_the_example_imports_and_every_quote_is_proved(tmp_path: Path) -> None:
    import_folders(written(tmp_path), stdout=StringIO())
    assert citations.prove().failures == []
    assert Event.objects.published().count() == 2


def test_a_wrong_hash_is_answered_with_the_right_one_as_the_guide_says(tmp_path: Path) -> None:
    right = hashlib.sha256(ARTICLE.encode()).hexdigest()
    assert f"which is {right}" in complaint(written(tmp_path, CHRONOLOGY.replace(right, "any")))


def test_the_message_that_is_shown_is_the_real_one(tmp_path: Path) -> None:
    mistaken = CHRONOLOGY.replace(
        'quote = "The town council opened it on 3 May 1907',
        'quote = "The town council opened it on 3 May 1908',
    )
    told = " ".join(complaint(written(tmp_path / "harbour", mistaken)).split())
    shown = next(text for kind, text in BLOCKS if "Did you mean" in text)
    assert told.replace(f"{tmp_path}/", "seeds/") == " ".join(shown.split())


def test_every_date_of_the_table_can_be_read() -> None:
    table = GUIDE[GUIDE.index("## Dates") : GUIDE.index("## Several")]
    dates = [
        date
        for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
        for date in re.findall(r"`([^`]+)`", row)
    ]
    assert len(dates) > 10
    for date in dates:
        edtf.parse(date)
