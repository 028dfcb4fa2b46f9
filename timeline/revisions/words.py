"""The values of fields in words for a history page."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Field, ForeignKey, Model
from django.utils.translation import gettext

from timeline import edtf, localised
from timeline.fields import EdtfField
from timeline.models import Passage

LONGEST = 240
AROUND = 40


class Names:
    """What foreign keys point to, looked up once a model; deleted things by their last name."""

    def __init__(self, wanted: Iterable[tuple[type[Model], int]]) -> None:
        self._names: dict[tuple[type[Model], int], str] = {}
        by_model: dict[type[Model], set[int]] = defaultdict(set)
        for model, key in wanted:
            by_model[model].add(key)
        for model, keys in by_model.items():
            self._look_up(model, keys)

    def of(self, model: type[Model], key: int) -> str:
        """The name of a row."""
        if name := self._names.get((model, key)):
            return name
        return gettext("deleted (%(key)s)") % {"key": key}

    def _look_up(self, model: type[Model], keys: set[int]) -> None:
        found = model._default_manager.in_bulk(keys)
        self._names.update({(model, key): name(row) for key, row in found.items()})
        if missing := keys - set(found):
            history = model.history.model.objects  # type: ignore[attr-defined]
            for row in history.filter(id__in=missing).order_by("history_date", "history_id"):
                self._names[model, row.id] = gettext("%(name)s (deleted)") % {
                    "name": name(row.instance)
                }


def name(row: Model) -> str:
    """What a row is called; a passage by its number."""
    return f"¶ {row.ordinal}" if isinstance(row, Passage) else str(row)


def in_words(field: "Field[Any, Any]", value: Any, names: Names) -> str:
    """A value as a person reads it; an empty text for none."""
    if value is None or value is False or value in ("", []):
        return ""
    if isinstance(field, ForeignKey):
        return names.of(field.related_model, value)
    if isinstance(value, bool):
        return gettext("yes")
    if isinstance(value, list):
        return "; ".join(map(_item, value))
    if isinstance(field, EdtfField):
        return _date(value)
    return str(dict(field.flatchoices or ()).get(value, value))


def _item(item: Any) -> str:
    return ", ".join(map(str, item.values())) if isinstance(item, dict) else str(item)


def _date(text: str) -> str:
    try:
        said = localised.words(edtf.parse(text))
    except edtf.EdtfError:
        return text
    return text if said == text else f"{said} ({text})"


def shortened(text: str, longest: int = LONGEST) -> str:
    """The beginning of a long text."""
    return text if len(text) <= longest else f"{text[:longest]}…"


def where_they_differ(old: str, new: str) -> tuple[str, str]:
    """Two texts, cut down to where they differ if they are long."""
    if max(len(old), len(new)) <= LONGEST or not (old and new):
        return shortened(old), shortened(new)
    shorter = min(len(old), len(new))
    before = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    rest = shorter - before
    after = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
    first = max(0, before - AROUND)
    return _cut(old, first, after), _cut(new, first, after)


def _cut(text: str, first: int, after: int) -> str:
    last = min(len(text), len(text) - after + AROUND)
    return f"{'…' if first else ''}{shortened(text[first:last])}{'…' if last < len(text) else ''}"
