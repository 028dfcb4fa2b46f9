"""What would not stand after an undo: what refers to nothing, what nothing published quotes."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import ForeignKey, Model
from django.utils.translation import gettext

from timeline.chunking import chunks
from timeline.models import Claim, Event, Participation, Source, Status
from timeline.revisions.taking_back import TakingBack
from timeline.revisions.words import Names, shortened
from timeline.revisions.written import KEEPING, LINKS, Entry, before_act

EXAMPLES = 20  # of what refers to something, each a query

References = tuple[type[Model], "ForeignKey[Model, Model]"]
REFERENCES: list[References] = [
    (model, field)
    for model in KEEPING
    for field in model._meta.concrete_fields
    if isinstance(field, ForeignKey)
]


def uncited(entries: list[Entry]) -> set[int]:
    """Published events without a published quote among those that ``entries`` may leave so."""
    events = {pk for entry in entries for model, pk in entry.roots if model is Event}
    sources = {pk for entry in entries for model, pk in entry.roots if model is Source}
    found: set[int] = set()
    for some in chunks(sorted(events)):
        found.update(Event.objects.uncited().filter(pk__in=some).values_list("pk", flat=True))
    for some in chunks(sorted(sources)):
        theirs = Event.objects.uncited().filter(claims__source__in=some)
        found.update(theirs.values_list("pk", flat=True).distinct())
    return found


def tell(attempt: TakingBack, uncited_before: set[int]) -> None:
    """Tell ``attempt`` what of it does not stand."""
    entries = list(attempt.entries)
    for entry, why in (
        *_dangling(entries),
        *_missing(entries),
        *_unquoted(entries, uncited(entries) - uncited_before),
        *(_unseen(entries, attempt.moment) if settings.FOUR_EYES else ()),
    ):
        attempt.trouble(entry, why)


def _dangling(entries: list[Entry]) -> Iterator[tuple[Entry, str]]:
    """What was removed and what something that is there refers to."""
    removed: dict[type[Model], dict[int, Entry]] = {model: {} for model in KEEPING}
    for entry in entries:
        for step in entry.steps:
            if step.before is None:
                removed[step.model][step.pk] = entry
    for model, field in REFERENCES:
        gone = removed[field.related_model]
        for some in chunks(sorted(gone)):
            rows = model._default_manager.filter(**{f"{field.name}__in": some}).order_by()
            keys = sorted(rows.values_list(field.attname, flat=True).distinct())
            for key in keys[:EXAMPLES]:
                one = rows.filter(**{field.name: key})[0]
                yield gone[key], _refers(one, is_part=LINKS.get(model) == field.name)
            for key in keys[EXAMPLES:]:
                yield gone[key], gettext("Something that stays refers to it.")


def _refers(row: Model, *, is_part: bool) -> str:
    if is_part:
        return gettext("Something has been added to it since: %s.") % shortened(_named(row), 80)
    if isinstance(row, Claim | Participation):
        name = Names([(Event, row.event_id)]).of(Event, row.event_id)
    else:
        name = _named(row)
    return gettext("“%s”, which stays, refers to it.") % name


def _named(row: Model) -> str:
    try:
        return str(row)
    except ObjectDoesNotExist:  # what its name is made of is just what was removed
        ends = [field for model, field in REFERENCES if model is type(row)]
        names = [_last_name(end.related_model, getattr(row, end.attname)) for end in ends]
        return f"{row._meta.verbose_name}: {' – '.join(filter(None, names))}"


def _last_name(model: type[Model], key: int | None) -> str:
    kept = model.history.model.objects  # type: ignore[attr-defined]
    row = kept.filter(id=key).order_by("-history_date", "-history_id").first()
    return str(row.instance) if row else ""


def _missing(entries: list[Entry]) -> Iterator[tuple[Entry, str]]:
    """What goes back and refers to something that is not there; a passage is found by the quote."""
    for model, field in REFERENCES:
        if field.name == "passage":
            continue
        wanted = (
            (step.before[field.attname], entry)
            for entry in entries
            for step in entry.steps
            if step.model is model and step.before and step.before[field.attname] is not None
        )
        for some in chunks(wanted):
            keys = {key for key, _ in some}
            there = field.related_model._default_manager.filter(pk__in=keys)
            missing = keys - set(there.values_list("pk", flat=True))
            if missing:
                names = Names((field.related_model, key) for key in missing)
                for key, entry in some:
                    if key in missing:
                        name = names.of(field.related_model, key)
                        yield entry, gettext("%s: that has to come back first.") % name


def _unquoted(entries: list[Entry], events: set[int]) -> Iterator[tuple[Entry, str]]:
    """Who is to blame that published events quote nothing: a source, or else the event."""
    of = {root: entry for entry in entries for root in entry.roots}
    hidden = {
        step.pk
        for entry in entries
        for step in entry.steps
        if step.model is Source and step.before and step.before["status"] != Status.PUBLISHED
    }
    for event in Event.objects.filter(pk__in=list(islice(events, 10_000))):
        sources = set(event.claims.values_list("source", flat=True))
        blamed = [of[Source, pk] for pk in sources & hidden]
        if not blamed and (Event, event.pk) in of:
            yield (
                of[Event, event.pk],
                gettext("It is published and would quote no published source."),
            )
            continue
        for entry in blamed or [of[Source, pk] for pk in sources if (Source, pk) in of]:
            yield entry, gettext("“%s” is published and would quote nothing any more.") % event


def _unseen(entries: list[Entry], moment: datetime) -> Iterator[tuple[Entry, str]]:
    """Who is published and would say what was not published when it was said."""
    of = {pk: entry for entry in entries for model, pk in entry.roots if model is Event}
    for some in chunks(sorted(of)):
        shown = Event.objects.filter(pk__in=some, status=Status.PUBLISHED).order_by()
        keys = list(shown.values_list("pk", flat=True))
        then = before_act(Event, keys, moment)
        for pk in keys:
            if then.get(pk, {}).get("status") != Status.PUBLISHED:
                yield (
                    of[pk],
                    gettext(
                        "It has been published since, and a second person has to look at what "
                        "it would say. Save it as “in review” first."
                    ),
                )
