"""Checks the public pages from outside: html-validate on all of them, Lighthouse on the main ones.

    python -m scripts.audit [--phones-only]

Serves the seeds as in production, with a database of its own in a temporary folder. Needs Node.js
with npm, and a Chromium; what runs on Node.js stands in ``audits/package.json``. Ends with a table
of scores, and with status 1 where a page has an error or less than LEAST points.
"""

import argparse
import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

ROOT = Path(__file__).resolve().parent.parent
AUDITS = ROOT / "audits"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)
LEAST = 99
RUNS = 5  # of a page until it has LEAST: a busy machine is no bug, and takes points from some runs
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
STARTED = 90  # seconds that a server may take to be there
# Pages that no link without a query leads to: states of forms and views, and what goes wrong.
STATES = (
    *("/?from=1940&to=1960&actor=mongolia", "/?q=relations", "/?q=nowhere", "/?from=x"),
    *("/?basis=inferred", "/?order=-date", "/sources/?q=Mongolia", "/actors/?by=decade"),
    *("/actors/?by=x", "/timeline/?view=1948", "/timeline/?lanes=actor", "/timeline/?embed=1"),
    *("/timeline/?view=x", "/nowhere/"),
)
HREF = re.compile(r'\bhref="([^"#]*)')


class AuditError(Exception):
    """What keeps the audit from running, and what to do about it."""


def main() -> int:
    """Run both; the exit status tells whether all is well."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument(
        "--phones-only", action="store_true", help="Lighthouse as on a phone, not on a desktop too"
    )
    asked = parser.parse_args()
    try:
        chromium = install()
        with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as home:
            pages = crawled(home)
            valid = validate(pages, Path(folder))
            presets = ("mobile",) if asked.phones_only else ("mobile", "desktop")
            good = lighthouse(home, main_pages(pages), presets, chromium)
    except AuditError as error:
        print(error, file=sys.stderr)
        return 1
    return 0 if valid and good else 1


def install() -> str:
    """Install what ``audits`` needs; returns the path of a Chromium."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            raise AuditError("Node.js 18.20 or newer and npm are needed (apt install nodejs npm).")
    named = os.environ.get("CHROMIUM")
    chromium = named or next((path for name in CHROMIUMS if (path := shutil.which(name))), None)
    if chromium is None:
        raise AuditError("A Chromium is needed (apt install chromium, or CHROMIUM=…).")
    lock, stamp = AUDITS / "package-lock.json", AUDITS / "node_modules" / "complete"
    if not stamp.exists() or stamp.read_bytes() != lock.read_bytes():
        print("Installing what the audits need …", flush=True)
        subprocess.run(["npm", "ci", "--no-progress", "--silent"], cwd=AUDITS, check=True)
        stamp.write_bytes(lock.read_bytes())
    return chromium


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the program, which serves its seeds from a database in ``folder``."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    settings = {"VAR_DIR": str(folder), "PORT": str(port), "HOST": "127.0.0.1"}
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    log = folder / "log"
    with log.open("wb") as said:
        server = subprocess.Popen(
            [sys.executable, "-m", "scripts.serve"],
            cwd=ROOT,
            env={**kept, **settings},
            stdout=said,
            stderr=said,
        )
    home = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + STARTED
        while not answers(f"{home}/healthz"):
            if server.poll() is not None or time.monotonic() > deadline:
                raise AuditError(f"The program did not start:\n{log.read_text()}")
            time.sleep(0.3)
        yield home
    finally:
        server.terminate()
        server.wait(timeout=30)


def answers(address: str) -> bool:
    """Whether a server answers there."""
    try:
        return fetch(address)[0] == 200
    except OSError:
        return False


def fetch(address: str) -> tuple[int, str, str]:
    """Status, type and text of what is at ``address``."""
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310  # our own
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Content-Type"], error.read().decode()


def crawled(home: str) -> dict[str, str]:
    """The HTML of every page that a link without a query leads to, and of STATES, by its path."""
    waiting = ["/", "/timeline/", *STATES]
    pages: dict[str, str] = {}
    seen = set(waiting)
    while waiting:
        path = waiting.pop()
        _status, kind, text = fetch(home + path)
        if not kind.startswith("text/html"):
            continue
        pages[path] = text
        for link in HREF.findall(text):
            target = urlsplit(urljoin(home + path, link))
            ours = f"{target.scheme}://{target.netloc}" == home and not target.query
            outside = target.path.startswith(("/static/", "/admin/"))
            if ours and not outside and target.path not in seen:
                seen.add(target.path)
                waiting.append(target.path)
    return pages


def validate(pages: dict[str, str], folder: Path) -> bool:
    """Whether html-validate finds nothing in ``pages``; what it finds is printed."""
    where = folder / "pages"
    where.mkdir()
    for number, (path, text) in enumerate(sorted(pages.items())):
        name = re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-") or "home"
        (where / f"{number:03}-{name[:60]}.html").write_text(text)
    config = AUDITS / "htmlvalidate.json"
    done = subprocess.run(
        ["npx", "--no-install", "html-validate", "--config", str(config), str(where)], cwd=AUDITS
    )
    print(f"html-validate: {len(pages)} pages, {'no errors' if not done.returncode else 'errors'}")
    return not done.returncode


def main_pages(pages: dict[str, str]) -> dict[str, str]:
    """The paths that Lighthouse looks at, by what they are."""

    def first(start: str) -> str:
        return next(path for path in sorted(pages) if re.fullmatch(f"{start}[^/?]+/", path))

    return {
        "home": "/",
        "event": first("/events/"),
        "source": first("/sources/"),
        "timeline": "/timeline/",
    }


@dataclass(frozen=True)
class Scores:
    """What Lighthouse gives a page, from 0 to 100, in the order of CATEGORIES."""

    points: tuple[int, ...]
    failing: tuple[str, ...]

    @property
    def good(self) -> bool:
        """Whether there is nothing to complain about."""
        return min(self.points) >= LEAST


def lighthouse(home: str, paths: dict[str, str], presets: tuple[str, ...], chromium: str) -> bool:
    """Whether all pages have LEAST points in all categories; prints the table."""
    good = True
    print(f"{'Lighthouse':24}" + "".join(f"{name:>16}" for name in CATEGORIES))
    for name, path in paths.items():
        for preset in presets:
            scores = judged(home + path, preset, chromium)
            good = good and scores.good
            row = "".join(f"{points:>16}" for points in scores.points)
            print(f"{f'{name}, {preset}':24}{row}", flush=True)
            for complaint in scores.failing:
                print(f"    {complaint}")
    return good


def judged(address: str, preset: str, chromium: str) -> Scores:
    """The scores of the first run that is good, or of the best of RUNS where none is."""
    runs = []
    for _ in range(RUNS):
        runs.append(run(address, preset, chromium))
        if runs[-1].good:
            return runs[-1]
    return max(runs, key=lambda one: one.points)


def run(address: str, preset: str, chromium: str) -> Scores:
    """One run of Lighthouse."""
    command = ["npx", "--no-install", "lighthouse", address, "--output=json", "--quiet"]
    command += [f"--chrome-flags={CHROMIUM_FLAGS}", f"--only-categories={','.join(CATEGORIES)}"]
    if preset == "desktop":
        command.append("--preset=desktop")
    for _attempt in range(RUNS):  # it now and then misses the start of a page
        done = subprocess.run(
            command,
            cwd=AUDITS,
            env={**os.environ, "CHROME_PATH": chromium},
            capture_output=True,
            text=True,
        )
        if not done.returncode:
            break
    else:
        raise AuditError(f"Lighthouse failed at {address}:\n{done.stderr[-2000:]}")
    report = json.loads(done.stdout)
    points = tuple(round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES)
    failing = tuple(
        f"{one['id']}: {one['title']}"
        for one in report["audits"].values()
        if one["score"] is not None and one["score"] < 0.9
    )
    return Scores(points, failing)


if __name__ == "__main__":
    sys.exit(main())
