"""Documents lead somewhere, and no decision is left out of the list."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DECISIONS = ROOT / "docs" / "adr"


def test_links_between_documents_lead_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("seeds/*.md")]
    dead = [
        f"{document.relative_to(ROOT)}: {target}"
        for document in documents
        for target in re.findall(r"\]\(([^)\s#]+)[^)]*\)", document.read_text())
        if "://" not in target and not (document.parent / target).exists()
    ]
    assert not dead, "\n".join(dead)


def test_every_decision_is_listed_once_and_has_its_parts() -> None:
    files = sorted(file for file in DECISIONS.glob("*.md") if file.name != "README.md")
    listed = re.findall(r"\((\d{4}-[^)]+\.md)\)", (DECISIONS / "README.md").read_text())
    assert listed == [file.name for file in files]
    for file in files:
        headings = re.findall(r"^## (\w+)", file.read_text(), re.MULTILINE)
        assert headings[:3] == ["Context", "Decision", "Cost"], file.name
