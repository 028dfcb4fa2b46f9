"""What an editor has begun, and what waits for a second person: a few of each, the last first."""

from typing import Any

from django.db.models import Model

from timeline.models import Event, Source, Status
from timeline.revisions.authors import last_authors

MOST_SHOWN = 10
MOST_EDITS = 300  # the last ones, among which own work is looked for
MOST_REVIEWED = 30


def unfinished(user: Any) -> list[Event]:
    """Events that ``user`` changed lately and that are not published: two queries."""
    edits = Event.history.filter(history_user=user.pk).order_by("-history_id")
    keys = list(dict.fromkeys(edits.values_list("id", flat=True)[:MOST_EDITS]))
    events = Event.objects.exclude(status=Status.PUBLISHED).in_bulk(keys)
    return [events[key] for key in keys if key in events][:MOST_SHOWN]


def to_review(user: Any) -> list[Model]:
    """Events and sources in review that somebody else was the last to change: a query a table."""
    found: list[Model] = []
    for model in (Event, Source):
        if user.has_perm(f"timeline.publish_{model._meta.model_name}"):
            waiting = model.objects.filter(status=Status.REVIEW).order_by("-pk")[:MOST_REVIEWED]
            things = list(waiting)
            authors = last_authors(things)
            found += [one for one in things if authors[one.pk] != user.pk]
    return found[:MOST_SHOWN]
