"""Undo an act as a whole: everything that it wrote goes back to what it was."""

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from timeline.revisions import NoActError, foresee_undo, undo


class Command(BaseCommand):
    """``manage.py undo_act 2026-11-24T18:43:15.123456``; the admin's page of an act names it."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("moment", help="the moment of the act, in UTC")
        parser.add_argument("--reason", default="", help="kept in the history; readers see it")
        parser.add_argument("--dry-run", action="store_true", help="tell only what would be done")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            moment = datetime.fromisoformat(options["moment"])
        except ValueError:
            raise CommandError(
                f"“{options['moment']}” is no moment; write it as 2026-11-24T18:43:15.123456."
            ) from None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        try:
            if options["dry_run"]:
                undone = foresee_undo(moment)
            else:
                undone = undo(moment, reason=options["reason"])
        except NoActError as error:
            raise CommandError(str(error)) from None
        for one in undone.numbers:
            self.stdout.write(
                f"{one.model._meta.verbose_name_plural}: {one.removed} removed, "
                f"{one.changed} changed back, {one.brought_back} brought back"
            )
        for kept in undone.kept:
            self.stdout.write(f"kept: {kept.model._meta.verbose_name} “{kept.name}”: {kept.why}")
        if not undone.entries:
            self.stdout.write("Nothing was changed.")
