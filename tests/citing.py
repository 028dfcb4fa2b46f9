"""What a browser would post from the page on which a source is cited."""

from typing import Any

from django.test import Client
from django.urls import reverse

from timeline.models import Source, SourceText

QUOTE = "The war ended in an armistice in 1953."  # of the second paragraph of builders.ARTICLE


def cite_path(source: Source) -> str:
    return reverse("admin:timeline_source_cite", args=[source.pk])


def digest(source: Source) -> str:
    return SourceText.objects.get(source=source).reading_sha256


def typed(quote: str = "", **more: Any) -> dict[str, str]:
    """A complete form of the claim and of a new event; ``event__title`` names a field of a form."""
    data = {
        "claim-quote": quote,
        "claim-stance": "supports",
        "event-title": "An armistice",
        "event-kind": "war",
        "event-date_basis": "stated",
        "target": "new",
        "participations-TOTAL_FORMS": "0",
        "participations-INITIAL_FORMS": "0",
    }
    return data | {name.replace("__", "-"): str(value) for name, value in more.items()}


def save(client: Client, source: Source, quote: str, **more: Any) -> Any:
    """The answer to “Save draft”."""
    return client.post(cite_path(source), typed(quote, **more) | {"_save": "1"})


def look_up(client: Client, source: Source, quote: str = "", **more: Any) -> Any:
    """The answer to “Look up the words”."""
    return client.post(cite_path(source), typed(quote, **more) | {"_lookup": "1"})


def select(client: Client, source: Source, ordinal: int, start: int, end: int, **more: Any) -> Any:
    """The answer to words that were selected in the text as it is now."""
    place = {"claim__ordinal": ordinal, "claim__start": start, "claim__end": end}
    more = {"claim__digest": digest(source), "_part": "panel", **place, **more}
    quote = source.passages.get(ordinal=ordinal).text[start:end]
    return look_up(client, source, quote, **more)


def shown(response: Any) -> dict[str, str]:
    """What the form that came back would post if it were sent."""
    entry = response.context["entry"]
    data = {}
    for form in (entry.claim, entry.event):
        for bound in form:
            value = bound.value()
            data[bound.html_name] = "" if value is None else str(value)
    rows = entry.people.rows if entry.people else []
    data |= {"participations-TOTAL_FORMS": str(len(rows)), "participations-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        if row.actor and row.is_chosen:
            data[f"participations-{number}-actor"] = str(row.actor)
    return data | {"target": entry.target}
