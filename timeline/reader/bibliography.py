"""The bibliographic line of a source, from what the source itself says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from timeline.chronology import dating
from timeline.models import Source


@dataclass(frozen=True, slots=True)
class Reference:
    """A line of a bibliography in the parts that are set differently."""

    authors: str
    title: str
    container: str
    details: str


def citation(source: Source) -> Reference:
    """The line for ``source``; parts that are not known are empty."""
    volume = source.volume and gettext("vol. %(volume)s") % {"volume": source.volume}
    issue = source.issue and gettext("no. %(issue)s") % {"issue": source.issue}
    page = source.page and gettext("pp. %(pages)s") % {"pages": source.page}
    issued = dating(source.issued).words if source.issued else ""
    known = (volume, issue, source.publisher, issued, page)
    return Reference(
        authors=names(source.author),
        title=source.title,
        container=source.container_title,
        details=", ".join(part for part in known if part),
    )


def names(authors: Sequence[Mapping[str, str]]) -> str:
    """CSL names as readers write them: 'Sergey Radchenko and Jane Doe'."""
    written = [
        author.get("literal")
        or " ".join(author[part] for part in ("given", "family") if author.get(part))
        for author in authors
    ]
    if len(written) < 2:
        return "".join(written)
    return gettext("%(names)s and %(last)s") % {
        "names": ", ".join(written[:-1]),
        "last": written[-1],
    }
