"""What is sent over the web: names that lead elsewhere, archives that burst, what is no file."""

import io
import stat
import struct
import tempfile
import zipfile
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.admin_forms import editor, text_of
from tests.proposals import CHRONOLOGY, archive, send
from tests.seeds import ARTICLE, source
from timeline.models import SeedImport
from timeline.seeds import files, uploads
from timeline.seeds.laying import laid_out
from timeline.seeds.problems import SeedError
from timeline.seeds.uploads import GivenFile, Upload, taken

SEED = {"chronology.toml": CHRONOLOGY.encode(), "article.txt": ARTICLE.encode()}


def of(packed: bytes) -> dict[str, bytes]:
    """The files of an archive by the names under which they are kept."""
    return {one.name: one.content for one in taken([Upload("seed.zip", io.BytesIO(packed))])}


def refused(packed: bytes) -> str:
    with pytest.raises(SeedError) as error:
        of(packed)
    return str(error.value)


def within(folder: str) -> dict[str, bytes]:
    return {f"{folder}/{name}": content for name, content in SEED.items()}


def test_the_files_of_one_seed_are_taken_as_they_are() -> None:
    sent = [Upload(name, io.BytesIO(content)) for name, content in SEED.items()]
    assert {one.name: one.content for one in taken(sent)} == SEED


def test_an_archive_may_hold_a_folder_or_several_or_none() -> None:
    assert of(archive(SEED)) == SEED
    assert of(archive(within("seeds/harbour"))) == within("harbour")
    both = within("harbour") | within("deep/er/quay")
    assert of(archive(both)) == within("harbour") | within("quay")


def test_what_an_archive_holds_besides_is_passed_over() -> None:
    names = ("__MACOSX/._article.txt", "harbour/.DS_Store", "README.md", "harbour/drafts/notes.txt")
    more = dict.fromkeys(names, b"x")
    assert of(archive(within("harbour") | more)) == within("harbour")


@pytest.mark.parametrize(
    "name",
    [
        *("../article.txt", "harbour/../../article.txt", "/etc/passwd", "C:/article.txt"),
        *("..\\article.txt", "harbour//article.txt", "./article.txt", ".."),
        "../../../../../../tmp/pwned/",
    ],
)
def test_a_name_that_leads_out_of_the_archive_is_refused(name: str) -> None:
    assert "leads out of the archive" in refused(archive(SEED | {name: b"x"}))


@pytest.mark.parametrize("name", ["a\x1b.txt", "a\n.txt", "‮txt.exe", "x" * 91])
def test_a_name_that_cannot_be_shown_or_kept_is_refused(name: str) -> None:
    told = refused(archive(SEED | {name: b"x"}))
    assert "its name" in told or "a name of more than 90 characters" in told


def test_a_name_with_a_nul_is_refused() -> None:
    packed = archive(SEED | {"notes.txt": b"x"}).replace(b"notes.txt", b"note\0.txt")
    assert "its name" in refused(packed)


def test_a_link_is_refused() -> None:
    link = zipfile.ZipInfo("harbour/article.txt")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("harbour/chronology.toml", CHRONOLOGY)
        packed.writestr(link, "/etc/passwd")
    assert "harbour/article.txt”: It is a link" in refused(buffer.getvalue())


def test_two_folders_of_one_name_are_refused() -> None:
    told = refused(archive(within("a/harbour") | within("b/harbour")))
    assert "give the folders different names" in told


def test_without_a_chronology_there_is_no_seed() -> None:
    assert "There is no chronology.toml" in refused(archive({"article.txt": b"x"}))
    with pytest.raises(SeedError, match=r"There is no chronology\.toml"):
        taken([Upload("article.txt", io.BytesIO(b"x"))])


def test_what_declares_to_be_too_large_is_refused_before_it_is_unpacked() -> None:
    bomb = archive(SEED | {"more.txt": b"\0" * (files.MOST_BYTES_OF_TEXT + 1)})
    assert len(bomb) < 20_000
    assert "more.txt”: It is larger than 10 MB" in refused(bomb)


def test_what_is_too_large_in_all_is_refused() -> None:
    many = {f"{number}.txt": b"\0" * files.MOST_BYTES_OF_TEXT for number in range(13)}
    assert "All files together are larger than 128 MB" in refused(archive(SEED | many))


def test_what_lies_about_its_size_is_not_unpacked_beyond_it() -> None:
    packed = archive(SEED | {"more.txt": b"\0" * (files.MOST_BYTES_OF_TEXT + 1)})
    real = struct.pack("<L", files.MOST_BYTES_OF_TEXT + 1)
    assert packed.count(real) == 2  # in the file's own header and in the directory
    assert "a broken one" in refused(packed.replace(real, struct.pack("<L", 10)))


def test_too_many_files_are_refused() -> None:
    many = {f"{number}.txt": b"" for number in range(uploads.MOST_FILES)}
    assert "more than 200 files" in refused(archive(SEED | many))
    hidden = {f".{number}": b"" for number in range(uploads.MOST_ENTRIES)}
    assert "more than 2000 files" in refused(archive(SEED | hidden))
    with pytest.raises(SeedError, match="more than 200 files"):
        taken([Upload(f"{number}.txt", io.BytesIO()) for number in range(201)])


def test_an_encrypted_or_unusual_archive_is_refused() -> None:
    packed = bytearray(archive(SEED))
    directory = packed.rindex(b"PK\x01\x02")
    packed[directory + 8] |= 1
    assert "encrypted" in refused(bytes(packed))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as unusual:
        unusual.writestr("chronology.toml", CHRONOLOGY)
    assert "unusual way" in refused(buffer.getvalue())


@given(st.binary(max_size=200), st.integers(0, 2000), st.binary(min_size=1, max_size=4))
def test_a_broken_archive_is_never_more_than_a_problem(
    noise: bytes, place: int, other: bytes
) -> None:
    whole = archive(SEED)
    place %= len(whole)
    broken = whole[:place] + other + whole[place + len(other) :]
    for packed in (noise, broken, whole[:place], noise + whole):
        try:
            found = of(packed)
        except SeedError:
            continue
        assert all(name.count("/") <= 1 and ".." not in name.split("/") for name in found)


def test_an_archive_is_given_by_itself() -> None:
    sent = [Upload("seed.ZIP", io.BytesIO(archive(SEED))), Upload("a.txt", io.BytesIO(b"x"))]
    with pytest.raises(SeedError, match="Give an archive by itself"):
        taken(sent)


@pytest.mark.parametrize("name", ["../article.txt", "a/b.txt", "..", "", "a\\b"])
def test_a_single_file_with_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    sent = [Upload("chronology.toml", io.BytesIO(b"")), Upload(name, io.BytesIO(b"x"))]
    with pytest.raises(SeedError, match="names a place outside"):
        taken(sent)


def test_a_single_file_that_is_too_large_is_refused() -> None:
    large = io.BytesIO(b"x" * (files.MOST_BYTES_OF_TEXT + 1))
    with pytest.raises(SeedError, match="It is larger than 10 MB"):
        taken([Upload("chronology.toml", io.BytesIO(b"")), Upload("article.txt", large)])


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x"])
def test_nothing_is_written_outside_of_the_folder_that_is_laid_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    with (
        pytest.raises(SeedError, match="leads out"),
        laid_out([GivenFile("article.txt", b"x"), GivenFile(name, b"x")]),
    ):
        pass
    assert list(tmp_path.iterdir()) == [tmp_path / "temporary"]
    assert not list((tmp_path / "temporary").iterdir())


@pytest.mark.django_db
def test_all_problems_of_a_broken_seed_are_told_at_once_and_nothing_is_kept(
    client: Client,
) -> None:
    editor(client)
    broken = CHRONOLOGY.replace("armistice in 1953", "armistice in 1954").replace(
        "kind = ", "knid = "
    )
    response = send(client, ("chronology.toml", broken.encode()), ("article.txt", ARTICLE.encode()))
    page = text_of(response)
    assert "problems. Nothing was kept: correct the files and give them again." in page
    assert "chronology.toml:40 event armistice, claim 1 “armistice in 1954” is not in the" in page
    assert "Did you mean, in paragraph 3, “armistice in 1953”?" in page
    assert "“knid” is no key here" in page
    assert tempfile.gettempdir() not in page
    assert not SeedImport.objects.exists()
    assert 'type="file"' in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("chronology.toml", b"\xff", "is no text in UTF-8"),
        ("chronology.toml", b"[source", "This is no TOML"),
        ("chronology.toml", b"", "no"),
        ("seed.zip", b"PK", "It is no .zip file"),
        ("seed.zip", archive({"<b>/../x": b""}), "<b>/../x"),
        ("article.txt", b"x", "There is no chronology.toml among the files"),
    ],
)
def test_what_is_no_seed_is_told_and_never_an_error(
    client: Client, name: str, content: bytes, problem: str
) -> None:
    editor(client)
    response = send(client, (name, content))
    assert response.status_code == 200
    assert problem in text_of(response) or SeedImport.objects.exists()
    assert b"<b>/" not in response.content


@pytest.mark.django_db
def test_nothing_at_all_is_asked_for_again(client: Client) -> None:
    editor(client)
    assert "Give files, or choose seeds that lie on the server." in text_of(send(client))


@pytest.mark.django_db
def test_a_folder_is_given_as_an_archive(client: Client) -> None:
    editor(client)
    send(client, ("seeds.zip", archive(within("harbour"))))
    names = SeedImport.objects.get().files.values_list("name", flat=True)
    assert set(names) == set(within("harbour"))


@pytest.mark.django_db
def test_markup_in_a_seed_is_shown_as_it_is(client: Client) -> None:
    editor(client)
    chronology = source() + CHRONOLOGY.removeprefix(source()).replace("The war ends", "<b>x</b>")
    response = send(
        client, ("chronology.toml", chronology.encode()), ("article.txt", ARTICLE.encode())
    )
    assert b"<b>x</b>" not in response.content
    assert "<b>x</b>" in text_of(response)
