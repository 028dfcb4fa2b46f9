"""The same as JSON-LD in the vocabulary of schema.org: plain dicts, to be written as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from timeline.references.iso import ends, iso
from timeline.references.work import Name, Work

Linked = dict[str, Any]
TYPES = {
    "article-journal": "ScholarlyArticle",
    "article-magazine": "Article",
    "article-newspaper": "NewsArticle",
    "book": "Book",
    "chapter": "Chapter",
    "interview": "Conversation",
    "legislation": "Legislation",
    "manuscript": "Manuscript",
    "paper-conference": "ScholarlyArticle",
    "personal_communication": "Message",
    "report": "Report",
    "thesis": "Thesis",
    "webpage": "WebPage",
}
HOLDERS = {
    "article-journal": "Periodical",
    "article-magazine": "Periodical",
    "article-newspaper": "Newspaper",
    "chapter": "Book",
    "webpage": "WebSite",
}


@dataclass(frozen=True, slots=True)
class Site:
    """This site: its name, what it says of itself, its language, and where it begins."""

    name: str
    tagline: str
    language: str
    address: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry says happened, and when, as EDTF; ``changed`` is the day of its last edit."""

    title: str
    address: str
    summary: str = ""
    date: str = ""
    changed: str = ""
    actors: tuple[str, ...] = ()


def entry(said: Entry, quoted: Sequence[Work], site: Site) -> Linked:
    """An entry: a page of this site about an event, which cites what it quotes.

    An Event of schema.org stands in the future and can be attended; an entry is words about one
    that the sources tell of, so the page is the thing, and the event what it is about. Its days
    are given where they are plain dates; ``temporalCoverage`` has the date whole, as EDTF.
    """
    start, end = ends(said.date)
    about = _known(
        {
            "@type": "Event",
            "name": said.title,
            "description": said.summary,
            "startDate": start,
            "endDate": end,
        }
    )
    page = {
        "@type": "Article",
        "@id": said.address,
        "url": said.address,
        "name": said.title,
        "headline": said.title,
        "description": said.summary,
        "inLanguage": site.language,
        "dateModified": said.changed,
        "temporalCoverage": said.date,
        "about": about,
        "mentions": [{"@type": "Thing", "name": name} for name in said.actors],
        "citation": [_work(one) for one in quoted],
        "isPartOf": _site(site),
    }
    return _document(page)


def source(work: Work, site: Site) -> Linked:
    """A source, and that this site has its text."""
    return _document({**_work(work), "mainEntityOfPage": _page(work, site)})


def selection(name: str, address: str, site: Site, search: str) -> Linked:
    """Entries chosen by a filter, or all of them: a data set of the site, which can be searched.

    ``search`` is the address of a search, with ``{words}`` where the words go.
    """
    action = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": search},
        "query-input": "required name=words",
    }
    return _document(
        {
            "@type": "Dataset",
            "@id": address,
            "url": address,
            "name": name,
            "description": f"{name}. {site.tagline}",
            "inLanguage": site.language,
            "isAccessibleForFree": True,
            "isPartOf": {**_site(site), "potentialAction": action},
        }
    )


def _work(work: Work) -> Linked:
    first, last = work.pages
    held = [
        ("Periodical", "PublicationVolume", "volumeNumber", work.volume),
        ("Periodical", "PublicationIssue", "issueNumber", work.issue),
    ]
    holder: Linked = {}
    if work.container:
        kind = HOLDERS.get(work.kind, "CreativeWork")
        holder = {"@type": kind, "name": work.container}
        for of, part, number, value in held:
            if value and kind == of:
                holder = {"@type": part, number: value, "isPartOf": holder}
    return _known(
        {
            "@type": TYPES.get(work.kind, "CreativeWork"),
            "@id": f"{work.address}#source",
            "name": work.title,
            "url": work.address,
            "author": [_name(one) for one in work.authors],
            "datePublished": iso(work.issued),
            "isPartOf": holder,
            "publisher": work.publisher and {"@type": "Organization", "name": work.publisher},
            "pageStart": first,
            "pageEnd": last,
            "inLanguage": work.language,
            "sameAs": [work.doi and f"https://doi.org/{quote(work.doi)}", work.elsewhere],
        }
    )


def _name(name: Name) -> Linked:
    if name.literal:
        return {"name": name.literal}
    return _known(
        {
            "@type": "Person",
            "name": name.shown,
            "givenName": name.given,
            "familyName": name.family,
        }
    )


def _page(work: Work, site: Site) -> Linked:
    return {"@type": "WebPage", "@id": work.address, "url": work.address, "isPartOf": _site(site)}


def _site(site: Site) -> Linked:
    return {
        "@type": "WebSite",
        "@id": f"{site.address}#site",
        "name": site.name,
        "url": site.address,
    }


def _document(page: Linked) -> Linked:
    return {"@context": "https://schema.org", **_known(page)}


def _known(said: Linked) -> Linked:
    """What is not empty."""
    thinned = {
        key: [one for one in value if one] if isinstance(value, list) else value
        for key, value in said.items()
    }
    return {key: value for key, value in thinned.items() if value}
