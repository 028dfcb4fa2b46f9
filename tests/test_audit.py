"""How the audits judge a page: by what it can do, not by how busy the machine was."""

from collections.abc import Iterator

import pytest

from scripts import audit
from scripts.audit import LEAST, RUNS, Scores

BUSY = Scores((LEAST - 4, 100, 100, 100), ("max-potential-fid: …",))
SLOW = Scores((LEAST - 1, 100, 100, 100), ("dom-size: …",))
FINE = Scores((LEAST, 100, 100, 100), ())


def judged(monkeypatch: pytest.MonkeyPatch, runs: Iterator[Scores]) -> Scores:
    monkeypatch.setattr(audit, "run", lambda *_: next(runs))
    return audit.judged("/", "mobile", "chromium")


def test_a_page_that_is_good_once_is_good_and_looked_at_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    runs = iter([BUSY, FINE, SLOW])
    assert judged(monkeypatch, runs) == FINE
    assert list(runs) == [SLOW]


def test_a_page_that_is_never_good_is_told_by_its_best_run(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = iter([BUSY] * (RUNS - 2) + [SLOW, BUSY])
    scores = judged(monkeypatch, runs)
    assert scores == SLOW
    assert not scores.good
