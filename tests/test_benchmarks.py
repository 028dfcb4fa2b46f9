"""The generator makes what it promises, and a tiny run of the benchmark goes through."""

import os
import re
import socket
import subprocess
import sys
import threading
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from actors.models import Actor, Alias
from benchmarks.generate import generate
from benchmarks.generating import words, world
from benchmarks.generating.tables import Tables
from benchmarks.plain import settings as plain
from benchmarks.serving import client, goals, recording, report
from benchmarks.serving.client import Connection, request
from benchmarks.serving.contest import FIRST, FLOOR, Result
from benchmarks.serving.samples import Series, Subject
from timeline import index
from timeline.models import Claim, Event, Participation, Passage, Source

ROOT = Path(__file__).resolve().parent.parent
EVENT = re.compile(r'href="/events/([^/"]+)/"')
Rows = dict[Any, list[dict[str, Any]]]


class Collected(Tables):
    """Tables that keep their rows."""

    def write(self) -> None:
        """Nothing is written."""


@cache
def generated(events: int, seed: int = 1948) -> Rows:
    """The rows of a knowledge base by model, each by its columns."""
    tables = Collected(world.COLUMNS)
    for _ in world.World(events, seed, tables).fill():
        pass
    return {
        model: [dict(zip(world.COLUMNS[model], row, strict=True)) for row in rows]
        for model, rows in tables._rows.items()
    }


def words_of(rows: Rows) -> dict[int, set[str]]:
    """The words of each event's title, summary and quotes."""
    found: dict[int, set[str]] = defaultdict(set)
    for row in rows[Event]:
        found[row["id"]].update(f"{row['title']} {row['summary']}".lower().split())
    for row in rows[Claim]:
        found[row["event"]].update(row["quote"].lower().split())
    return found


def test_the_same_numbers_make_the_same_knowledge_base() -> None:
    first = generated(1500)
    generated.cache_clear()
    assert generated(1500) == first
    assert generated(1500, seed=1949) != first


def test_quotes_stand_where_their_claims_say() -> None:
    rows = generated(3000)
    texts = {row["id"]: (row["source"], row["text"]) for row in rows[Passage]}
    for claim in rows[Claim]:
        source, text = texts[claim["passage"]]
        assert source == claim["source"]
        assert text[claim["start"] : claim["end"]] == claim["quote"]


def test_the_source_of_500_passages_is_the_same_at_any_size() -> None:
    small, large = generated(1500), generated(6000)
    slugs = {row["slug"]: row["id"] for row in small[Source]}
    number = slugs[world.FIVE_HUNDRED]

    def of_source(rows: Rows, model: Any) -> list[dict[str, Any]]:
        without = ("attributed_to",)
        return [
            {key: value for key, value in row.items() if key not in without}
            for row in rows[model]
            if row["source"] == number
        ]

    assert len(of_source(small, Passage)) == 500
    assert len(of_source(small, Claim)) == 1000
    assert of_source(small, Passage) == of_source(large, Passage)
    assert of_source(small, Claim) == of_source(large, Claim)


def test_one_actor_is_in_an_eighth_of_the_events_and_most_are_in_few() -> None:
    rows = generated(6000)
    often = Counter(row["actor"] for row in rows[Participation])
    assert 0.10 < often[1] / 6000 < 0.15
    assert 2.3 < len(rows[Participation]) / 6000 < 2.5
    assert sorted(often.values())[len(often) // 2] < often[1] / 5
    assert len(rows[Actor]) == 120


def test_some_aliases_have_diacritics() -> None:
    assert any("ă" in row["name"] for row in generated(1500)[Alias])


def test_there_are_common_and_rare_words() -> None:
    found = words_of(generated(6000))
    common = sum(words.COMMON in those for those in found.values())
    assert 0.05 < common / 6000 < 0.15
    rare = [event for event, those in found.items() if words.RARE in those]
    assert rare == list(range(1, words.RARE_EVENTS + 1))


def test_dates_have_every_shape_and_come_closer_together_towards_the_present() -> None:
    events = generated(6000)[Event]
    texts = " ".join(row["date"] for row in events)
    for part in ("~", "?", "XX", "/..", "[", "{", "[..", "-00"):
        assert part in texts, part
    assert any(row["date"] == "" for row in events)
    assert any(row["date"].startswith("/") for row in events)
    assert any(row["date"].endswith("/") for row in events)
    ages = [row["sort_date"] // 10_000 for row in events if row["date"]]
    in_century = Counter(year // 100 for year in ages)
    assert in_century[19] > 2 * in_century[18] > 4 * in_century[16]
    assert min(ages) < 0
    long = sum(row["latest_end"] - row["earliest_start"] > 1129 for row in events if row["date"])
    assert 0.15 < long / 6000 < 0.30


def test_there_are_drafts_inferred_dates_with_reasons_and_disputing_claims() -> None:
    rows = generated(3000)
    assert 0 < sum(row["status"] == "draft" for row in rows[Event]) < 150
    inferred = [row for row in rows[Event] if row["date_basis"] == "inferred"]
    assert inferred
    assert all(row["date_note"] and row["date"] for row in inferred)
    assert any(row["stance"] == "disputes" for row in rows[Claim])
    assert 1.9 < len(rows[Claim]) / 3000 < 2.1


@pytest.mark.django_db(transaction=True)
def test_a_generated_database_is_indexed_has_history_and_goes_on() -> None:
    generate(120)
    assert index.differences() == []
    assert Event.objects.count() == Event.history.count() == 120
    assert Claim.history.count() == Claim.objects.count()
    last = Event.objects.latest("pk").pk
    assert Event.objects.create(slug="one-more", title="One more", kind="war").pk > last
    with pytest.raises(ValueError, match="has events already"):
        generate(120)


@pytest.mark.django_db(transaction=True)
def test_history_can_be_left_out() -> None:
    generate(60, history=False)
    assert Event.objects.count() == 60
    assert not Event.history.exists()


def test_recorded_statements_are_as_the_driver_wants_them() -> None:
    sql = "SELECT a FROM t WHERE b = %s AND c LIKE '%%s'"
    assert recording.raw(sql, "sqlite") == "SELECT a FROM t WHERE b = ? AND c LIKE '%s'"
    assert recording.raw(sql, "postgresql") == sql


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["home", "years", "frequent actor, years"])
def test_the_plain_chronology_lists_what_ours_lists(query: str) -> None:
    for _ in world.World(1000, 1948, Tables(world.COLUMNS)).fill():
        pass
    index.rebuild()
    ours = recording.paths()[query]
    theirs = recording.plain_paths({query: ours})[query]
    expected = EVENT.findall(Client().get(ours).content.decode())
    names = ("ROOT_URLCONF", "TEMPLATES", "MIDDLEWARE")
    with override_settings(**{name: getattr(plain, name) for name in names}):
        found = EVENT.findall(Client().get(theirs).content.decode())
    assert len(found) == len(dict.fromkeys(expected)) == 50
    assert found == list(dict.fromkeys(expected))


def served(answers: list[bytes], requests: list[bytes]) -> int:
    """The port of a server that gives ``answers`` on one connection and keeps the requests."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with listener, listener.accept()[0] as peer:
            for answer in answers:
                requests.append(peer.recv(65536))
                for number in range(0, len(answer), 7):  # in small pieces
                    peer.sendall(answer[number : number + 7])

    threading.Thread(target=serve, daemon=True).start()
    return int(listener.getsockname()[1])


def test_the_client_reads_whole_answers_on_one_connection(monkeypatch: Any) -> None:
    monkeypatch.setattr(client, "PATIENCE", 5)
    asked: list[bytes] = []
    lengthy = b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\nETag: x\r\n\r\nabc\r\n\r\ndefgh"
    chunked = b"HTTP/1.1 404 No\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
    bodyless = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    connection = Connection(served([lengthy, chunked, bodyless], asked))
    answers = [connection.get("/a"), connection.get("/b"), connection.ask(request("/c", body=b"d"))]
    connection.close()
    assert [one.status for one in answers] == [200, 404, 304]
    assert answers[0].body == b"abc\r\n\r\ndefgh"
    assert answers[0].header("etag") == "x"
    assert [one.size for one in answers] == [len(lengthy), len(chunked), len(bodyless)]
    assert asked[0].startswith(b"GET /a HTTP/1.1\r\n")
    assert asked[2].endswith(b"Content-Length: 1\r\n\r\nd")


def result(**pages: dict[str, float]) -> Result:
    """A result at 1,000 and 100,000 events, of seconds by page and 'size contestant'."""
    made = Result("sqlite", [1000, 100_000])
    for page, times in pages.items():
        for key, seconds in times.items():
            size, contestant = key.split(" ", 1)
            series = Series(None, b"", times=[seconds])  # type: ignore[arg-type]
            made.series[Subject(int(size), contestant, page)] = series
    return made


def test_the_worst_page_counts() -> None:
    measured = result(
        home={f"1000 {FIRST}": 2.0, f"100000 {FIRST}": 2.2},
        years={f"1000 {FIRST}": 2.0, f"100000 {FIRST}": 3.0, f"100000 {FLOOR}": 1.0},
    )
    assert goals.growth(goals.LISTS)(measured) == (1.5, "years")
    assert goals.against(FIRST, FLOOR, goals.ALL_LISTS)(measured) == (3.0, "years")
    assert goals.depth(measured) is None


def test_a_goal_is_met_from_its_side() -> None:
    least = goals.Goal("", 8, goals.depth, at_least=True)
    most = goals.Goal("", 8, goals.depth)
    assert (least.wanted, most.wanted) == ("≥ 8×", "≤ 8×")
    assert [least.met(7.9), least.met(8), most.met(8), most.met(8.1)] == [False, True, True, False]


def test_figures_replace_what_stands_between_the_marks(tmp_path: Path) -> None:
    file = tmp_path / "performance.md"
    file.write_text(f"Before\n{report.BEGIN}\nold\n{report.END}\nAfter\n")
    report.write(file, "new\n")
    assert file.read_text() == f"Before\n{report.BEGIN}\nnew\n{report.END}\nAfter\n"
    file.write_text("No marks")
    with pytest.raises(ValueError, match="lacks"):
        report.write(file, "new\n")


def test_the_performance_guide_has_the_marks() -> None:
    text = (ROOT / "docs" / "performance.md").read_text()
    assert text.index(report.BEGIN) < text.index(report.END)


def test_a_tiny_run_measures_everything(tmp_path: Path) -> None:
    arguments = ["--sizes", "120", "--databases", "sqlite", "--rounds", "1"]
    arguments += ["--seconds", "0.01", "--edits", "1", "--requests", "10", "--no-datasette"]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.serving", *arguments],
        cwd=ROOT,
        env={**environment, "VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "### SQLite, 120 events" in done.stdout
    for page in ("home", "years", "wide years", "frequent actor, years", "event", "source"):
        assert f"\n| {page} |" in done.stdout
    assert "First visit: page" in done.stdout
