"""Merge two that are the same, where an actor has more entries than a page can move."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from timeline import doubles
from timeline.doubles.merging import MODELS


class Command(BaseCommand):
    """``manage.py merge actor KEPT GONE``: by their ids, as addresses have them."""

    help = "Merge the second into the first; each field is taken from the fuller one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which."""
        parser.add_argument("kind", choices=sorted(MODELS))
        parser.add_argument("kept", help="the id of the one that is kept")
        parser.add_argument("gone", help="the id of the one that is merged into it")
        parser.add_argument("--reason", default="", help="kept in the history, which readers see")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Merge, and say how it can be undone."""
        model: Any = MODELS[options["kind"]]
        slugs = (options["kept"], options["gone"])
        keys = dict(model.objects.filter(slug__in=slugs).values_list("slug", "pk"))
        for slug in slugs:
            if slug not in keys:
                raise CommandError(f"There is no {options['kind']} “{slug}”.")
        asked = doubles.Asked(options["kind"], keys[slugs[0]], keys[slugs[1]])
        try:
            done = doubles.merge(asked, None, options["reason"])
        except doubles.MergeError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Merged {slugs[1]} into {slugs[0]}. To undo it: "
            f"manage.py undo_act {done.moment.isoformat()}"
        )
