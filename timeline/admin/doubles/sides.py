"""One of two that are compared: its fields in words, and all that belongs to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.models import Actor
from timeline.admin.dates import in_words
from timeline.admin.doubles.form import MergeForm
from timeline.admin.permissions import is_public
from timeline.doubles import GONE
from timeline.localised import number
from timeline.models import Claim, Event, Twofold

MOST = 20  # quotes, names and so on of one of the two


@dataclass(frozen=True, slots=True)
class Group:
    """What belongs to a thing, of one sort; ``more`` says how many are not shown."""

    label: str
    items: tuple[str, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: where it is edited, where readers see it, and what belongs to it."""

    name: str
    slug: str
    address: str
    public: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A field in words, as either has it; ``taken`` is the one that is chosen."""

    name: str
    label: str
    kept: str
    gone: str
    takes_gone: bool

    @property
    def same(self) -> bool:
        """Whether there is nothing to choose."""
        return self.kept == self.gone


def rows(form: MergeForm, kept: Any, gone: Any) -> list[Row]:
    """The fields to choose from."""
    return [
        Row(
            bound.html_name,
            str(bound.label),
            said(kept, name),
            said(gone, name),
            bound.value() == GONE,
        )
        for name, bound in form.taken()
    ]


def said(thing: Any, name: str) -> str:
    """A field in words; a date with what it rests on."""
    if name == "date" and isinstance(thing, Event):
        found = in_words(thing.date) if thing.date else None
        if found is None:
            return _("undated")
        basis = f"{thing.get_date_basis_display()}. {thing.date_note}".strip()
        return f"{found.words} ({thing.date}), {basis}"
    shown = getattr(thing, f"get_{name}_display", None)
    return str(shown() if shown else getattr(thing, name))


def side(kind: str, thing: Any) -> Side:
    """All that a page shows of one of the two."""
    meta = thing._meta
    groups = _of_event(thing) if kind == Twofold.EVENT else _of_actor(thing)
    return Side(
        str(thing),
        thing.slug,
        reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[thing.pk]),
        thing.get_absolute_url() if is_public(thing) else "",
        tuple(group for group in groups if group.items or group.more),
    )


def _group(label: str, items: Iterator[str], count: int) -> Group:
    shown = tuple(islice(items, MOST))
    return Group(label, shown, count - len(shown))


def _of_event(event: Event) -> Iterator[Group]:
    parts = event.participations.select_related("actor").order_by("id")
    yield _group(_("Actors"), (str(part) for part in parts[:MOST]), parts.count())
    claims = event.claims.select_related("source", "attributed_to").order_by("ordinal", "id")
    yield _group(_("Quotes"), map(quote_in_words, claims[:MOST]), claims.count())


def quote_in_words(claim: Claim) -> str:
    """A quote with its source, and what is said of it."""
    told = [f"“{claim.quote}” — {claim.source}"]
    if claim.date and (found := in_words(claim.date)):
        told.append(found.words)
    if claim.stance == Claim.Stance.DISPUTES:
        told.append(str(claim.get_stance_display()))
    if claim.attributed_to:
        told.append(str(claim.attributed_to))
    return "; ".join([*told, *([claim.note] if claim.note else [])])


def _of_actor(actor: Actor) -> Iterator[Group]:
    aliases = actor.aliases.order_by("id")
    yield _group(_("Other names"), map(alias_in_words, aliases[:MOST]), aliases.count())
    relations = actor.relations.select_related("actor", "other")
    yield _group(_("Relations"), map(str, relations[:MOST]), relations.count())
    inverse = actor.inverse_relations.select_related("actor", "other")
    yield _group(_("Relations of others to it"), map(str, inverse[:MOST]), inverse.count())
    count = actor.participations.count()
    entries = ngettext("%s entry", "%s entries", count) % number(count)
    count = actor.attributed_claims.count()
    quotes = ngettext("%s quote of its words", "%s quotes of its words", count) % number(count)
    yield Group(_("Takes part"), (entries, quotes))


def alias_in_words(alias: Any) -> str:
    """Another name with its kind and when it held."""
    told = [f"{alias.name} ({alias.get_kind_display()})"]
    if alias.period and (found := in_words(alias.period)):
        told.append(found.words)
    return ", ".join([*told, *([alias.note] if alias.note else [])])
