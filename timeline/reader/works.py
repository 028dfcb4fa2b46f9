"""A source as a work that other programs can cite."""

from timeline.models import Source
from timeline.references import Name, Work


def work_of(source: Source, address: str) -> Work:
    """``source``, which is read at ``address``."""
    return Work(
        kind=source.type,
        title=source.title,
        address=address,
        authors=Name.of(source.author),
        container=source.container_title,
        issued=source.issued,
        publisher=source.publisher,
        volume=source.volume,
        issue=source.issue,
        page=source.page,
        language=source.language,
        doi=source.doi,
        elsewhere=source.web_address,
    )
