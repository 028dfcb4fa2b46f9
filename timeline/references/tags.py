"""The ``citation_*`` tags of Highwire Press, which reference managers and Google Scholar read."""

from collections.abc import Iterator

from timeline.references.iso import iso
from timeline.references.work import Work

Tag = tuple[str, str]

# What holds a work, and who answers for it, has a name of its own for some types. A tag of the
# journal makes readers' programs take the work for an article, so it is for articles only.
CONTAINER = {
    "article-journal": "citation_journal_title",
    "article-magazine": "citation_journal_title",
    "article-newspaper": "citation_journal_title",
    "chapter": "citation_inbook_title",
    "paper-conference": "citation_conference_title",
}
PUBLISHER = {
    "report": "citation_technical_report_institution",
    "thesis": "citation_dissertation_institution",
}


def of_work(work: Work) -> list[Tag]:
    """The tags of a source, in the order in which a reference is written."""
    return [(name, content) for name, content in _of_work(work) if content]


def _of_work(work: Work) -> Iterator[Tag]:
    yield "citation_title", work.title
    for author in work.authors:
        yield "citation_author", author.sorted
    if work.kind in CONTAINER:
        yield CONTAINER[work.kind], work.container
    yield "citation_publication_date", iso(work.issued).replace("-", "/")
    yield "citation_volume", work.volume
    yield "citation_issue", work.issue
    first, last = work.pages
    yield "citation_firstpage", first
    yield "citation_lastpage", last
    yield PUBLISHER.get(work.kind, "citation_publisher"), work.publisher
    yield "citation_doi", work.doi
    yield "citation_language", work.language
    yield "citation_public_url", work.address


def of_entry(title: str, address: str, language: str, changed: str) -> list[Tag]:
    """The tags of an entry; ``changed`` is the day of its last edit, or empty.

    That is its date: when the event happened is part of its title, not when this was published.
    """
    tags = [
        ("citation_title", title),
        ("citation_online_date", changed.replace("-", "/")),
        ("citation_language", language),
        ("citation_public_url", address),
    ]
    return [tag for tag in tags if tag[1]]
