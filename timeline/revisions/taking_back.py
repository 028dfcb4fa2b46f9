"""Writes the state before an act, many rows at once; the database's own rules say what cannot be.

What they refuse, and what would break a rule that they do not know, is told entry by entry.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext, gettext_noop

from timeline import history, readings
from timeline.chunking import chunks
from timeline.models import Claim, Passage, Source
from timeline.revisions import source_texts
from timeline.revisions.anchoring import NotThereError, anchor
from timeline.revisions.words import shortened
from timeline.revisions.written import KEEPING, PLACE, Entry, Step, Values

Row = tuple[Values, Entry]
Troubles = dict[Entry, str]

REFUSED = gettext_noop("Something else stands in its place by now: the same id, or the same name.")


class TakingBack:
    """One attempt to write what was before the act of ``moment``."""

    def __init__(self, entries: Sequence[Entry], moment: datetime) -> None:
        self.moment = moment
        self.entries = entries
        self.troubles: Troubles = {}
        self._steps: dict[type[Model], list[tuple[Step, Entry]]] = defaultdict(list)
        for entry in entries:
            for step in entry.steps:
                self._steps[step.model].append((step, entry))
        self._sources = [source for entry in entries for source in entry.texts]

    def write(self) -> None:
        """Write it all; whatever is refused is in ``troubles``."""
        lost = self._lost()
        for model in reversed(KEEPING):
            keys = [step.pk for step, _ in self._steps[model] if step.before is None]
            history.bulk_delete(model, keys)
        for model in KEEPING[:-1]:
            self._write(model, self._going_back(model))
        for entry in self.entries:
            for source, text in entry.texts.items():
                try:
                    source_texts.store(Source.objects.get(pk=source), text)
                except readings.ReadingError as error:
                    self.trouble(entry, str(error))
        self._write(Claim, self._placed(self._going_back(Claim)))
        self._write(Claim, self._placed(self._carried()))
        self._tell_lost(lost)

    def trouble(self, entry: Entry, why: str) -> None:
        """Take down what is in the way of ``entry``; the first that is found is told."""
        self.troubles.setdefault(entry, why)

    def _going_back(self, model: type[Model]) -> list[Row]:
        return [(step.before, entry) for step, entry in self._steps[model] if step.before]

    def _write(self, model: type[Model], rows: list[Row]) -> None:
        """Change the rows that are there, and create the others with the keys that they had."""
        names = [one.name for one in model._meta.concrete_fields if one.name != "id"]
        for some in chunks(rows):
            keys = [values["id"] for values, _ in some]
            there = set(_rows(model, keys).values_list("pk", flat=True))
            changed = [row for row in some if row[0]["id"] in there]
            _free_slugs(model, changed)
            self._carefully(model, changed, lambda rows: history.bulk_update(rows, names))
            gone = [row for row in some if row[0]["id"] not in there]
            self._carefully(model, gone, history.bulk_restore)

    def _carefully(
        self, model: type[Model], rows: list[Row], write: Callable[[Sequence[Model]], None]
    ) -> None:
        """Write all at once, or one by one where the database refuses some."""
        try:
            with transaction.atomic():
                write([model(**values) for values, _ in rows])
        except IntegrityError:
            for values, entry in rows:
                try:
                    self._one(model, values, write)
                except NotThereError as error:
                    self.trouble(entry, str(error))
                except IntegrityError:
                    self.trouble(entry, gettext(REFUSED))

    def _one(
        self, model: type[Model], values: Values, write: Callable[[Sequence[Model]], None]
    ) -> None:
        """Write one row; a claim where its words stand by now, if not where they stood."""
        row: Any = model(**values)
        try:
            with transaction.atomic():
                write([row])
        except IntegrityError as error:
            if not isinstance(row, Claim):
                raise
            if not Source.objects.filter(pk=row.source_id).exists():
                words = gettext("The source of “%s” is gone.") % shortened(row.quote, 80)
                raise NotThereError(words) from error
            then = Claim.history.filter(id=row.pk, history_date__lt=self.moment).first()
            anchor(row, then)
            with transaction.atomic():
                write([row])

    def _carried(self) -> list[Row]:
        """Claims that only moved: where they stood, unless they quote other words by now."""
        steps = {step.pk: (step, entry) for entry in self.entries for step in entry.carried}
        rows = []
        for some in chunks(steps):
            for row in _rows(Claim, some).values():
                step, entry = steps[row["id"]]
                before, after = step.before or {}, step.after or {}
                if row["quote"] == after["quote"]:
                    rows.append((row | {name: before[name] for name in PLACE}, entry))
        return rows

    def _placed(self, rows: list[Row]) -> list[Row]:
        """The rows with the passages that are now where theirs were, if their texts went back."""
        placed: list[Row] = []
        for some in chunks(rows):
            moved = {v["passage_id"] for v, _ in some if v["source_id"] in self._sources}
            ordinals = self._ordinals(moved)
            now = {
                (source, ordinal): pk
                for source, ordinal, pk in Passage.objects.filter(
                    source__in={v["source_id"] for v, _ in some}, ordinal__in=ordinals.values()
                ).values_list("source_id", "ordinal", "pk")
            }
            for values, entry in some:
                place = (values["source_id"], ordinals.get(values["passage_id"], 0))
                passage = now.get(place, values["passage_id"])
                placed.append((values | {"passage_id": passage}, entry))
        return placed

    def _ordinals(self, passages: Iterable[int]) -> dict[int, int]:
        """By their keys the numbers that passages had before the act."""
        rows = Passage.history.filter(id__in=passages, history_date__lt=self.moment)
        return dict(rows.order_by("history_date", "history_id").values_list("id", "ordinal"))

    def _lost(self) -> set[int]:
        lost = Claim.objects.filter(source__in=self._sources, lost=True)
        were = {step.pk for entry in self.entries for step in (*entry.steps, *entry.carried)
                if step.model is Claim and step.before and step.before["lost"]}  # fmt: skip
        return were | set(lost.values_list("pk", flat=True))

    def _tell_lost(self, before: set[int]) -> None:
        for entry in self.entries:
            claims = Claim.objects.filter(source__in=entry.texts, lost=True).order_by()
            lost = claims.select_related("event") if entry.texts else ()
            for claim in lost:
                if claim.pk not in before:
                    self.trouble(entry, source_texts.lost_words(claim))


def _rows(model: type[Model], keys: Iterable[int]) -> "QuerySet[Model]":
    """Rows in no order: that of a claim needs its event, which is perhaps not there just now."""
    return model._default_manager.filter(pk__in=list(keys)).order_by()


def _free_slugs(model: type[Model], rows: list[Row]) -> None:
    """Have no row keep another's id while several change theirs."""
    if not rows or "slug" not in rows[0][0]:
        return
    wanted = {values["id"]: values["slug"] for values, _ in rows}
    now = _rows(model, wanted).values_list("pk", "slug")
    keys = [pk for pk, slug in now if slug != wanted[pk]]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {model._meta.db_table} SET slug = %s WHERE id = %s",  # noqa: S608
            [(f"undoing-{pk}", pk) for pk in keys],
        )
