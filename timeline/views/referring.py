"""What a page says of itself to reference managers and search engines: ``tags`` and ``linked``.

Each function returns what base.html and _cite.html need of it, for the context of a view.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation

from timeline import references
from timeline.chronology import Part
from timeline.chronology.changes import Change
from timeline.chronology.dating import dating
from timeline.filters import EventFilter
from timeline.models import Event, Source
from timeline.reader.works import work_of

Context = dict[str, Any]
WORDS = "{words}"  # of a search, in the template of its address


def of_event(
    request: HttpRequest,
    event: Event,
    parts: Iterable[Part],
    sources: Iterable[Source],
    changes: Sequence[Change],
) -> Context:
    """An entry, whose quotes are from ``sources``; they may be there more than once."""
    address = _address(request, "event", event.slug)
    changed = f"{timezone.localdate(changes[0].moment)}" if changes else ""
    quoted = {one.slug: work_of(one, _address(request, "source", one.slug)) for one in sources}
    entry = references.Entry(
        title=event.title,
        address=address,
        summary=event.summary,
        date=event.date,
        changed=changed,
        actors=tuple(dict.fromkeys(part.name for part in parts)),
    )
    title = f"{event.title} ({dating(event.date).words})"
    return {
        "address": address,
        "today": timezone.localdate(),
        "tags": references.of_entry(title, address, _language(), changed),
        "linked": references.entry(entry, list(quoted.values()), _site(request)),
    }


def of_source(request: HttpRequest, source: Source) -> Context:
    """A source and its text."""
    address = _address(request, "source", source.slug)
    work = work_of(source, address)
    return {
        "address": address,
        "today": timezone.localdate(),
        "tags": references.of_work(work),
        "linked": references.source(work, _site(request)),
        "card_type": work.card_type,
    }


def of_selection(request: HttpRequest, query: str, sentence: str) -> Context:
    """Entries that a filter chooses, described by ``sentence``; ``query`` begins with their first.

    It is canonical, and of the page that is asked for: the chronology, say, or the time line.
    """
    home = _address(request, "chronology")
    address = request.build_absolute_uri(request.path) + query
    search = f"{home}?{urlencode({'q': WORDS}, safe='{}')}"
    return {
        "address": address,
        "today": timezone.localdate(),
        "linked": references.selection(sentence, address, _site(request), search),
    }


def indexable(asked: EventFilter) -> bool:
    """Whether search engines may list the page: everything, or what one choice leaves of it.

    Choices combine without end, and so do searches; later pages move with every entry. Entries,
    sources and actors are found through the sitemap (docs/adr/0058-what-crawlers-may-read.md).
    """
    return len(asked.parameters) < 2 and not asked.text and asked.cursor is None


def _address(request: HttpRequest, name: str, *arguments: str) -> str:
    return request.build_absolute_uri(reverse(name, args=arguments))


def _site(request: HttpRequest) -> references.Site:
    return references.Site(
        name=settings.SITE_NAME,
        tagline=settings.SITE_TAGLINE,
        language=_language(),
        address=_address(request, "chronology"),
    )


def _language() -> str:
    return translation.get_language() or settings.LANGUAGE_CODE
