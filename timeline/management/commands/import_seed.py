"""``manage.py import_seed FOLDER…``"""

import sqlite3
from argparse import ArgumentTypeError
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from timeline.models import SeedItem
from timeline.seeds.entries import Key
from timeline.seeds.importing import import_seeds
from timeline.seeds.ledger import Ledger
from timeline.seeds.planning import Wishes
from timeline.seeds.problems import SeedError
from timeline.seeds.progress import ProgressLine
from timeline.seeds.reporting import report

# What is asked of one item, as often as there are items.
EACH = {
    "--take": "overwrite this item, such as event:some-id, though it was edited in the database",
    "--leave": "keep this item as it is in the database, or do not make it",
    "--drop": "delete this item, which is no longer in the seeds, though it was edited",
}


class Command(BaseCommand):
    help = "Imports seeds: folders with a chronology.toml (seeds/README.md describes them)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help="a seed")
        parser.add_argument(
            "--dry-run", action="store_true", help="show what would change; write nothing"
        )
        parser.add_argument(
            "--take-all", action="store_true", help="overwrite every item that was edited"
        )
        parser.add_argument(
            "--prune", action="store_true", help="delete what is no longer in the seeds"
        )
        for option, told in EACH.items():
            parser.add_argument(
                option, action="append", type=key, default=[], metavar="KIND:ID", help=told
            )

    def handle(self, **options: Any) -> None:
        with closing(Ledger()) as ledger:
            try:
                self._import(ledger, options)
            except SeedError as error:
                count = len(error.problems)
                told = "1 problem" if count == 1 else f"{count} problems"
                self.stderr.write(str(error))
                raise CommandError(f"{told}; nothing was imported.") from None
            except DatabaseError as error:
                raise CommandError(
                    f"The database says “{error}”; nothing was imported. Is it up to date "
                    "(manage.py migrate), and is nobody else writing to it?"
                ) from None
            except sqlite3.Error as error:  # Django has errors of its own for its database
                raise CommandError(
                    f"The temporary file of the import says “{error}”; nothing was imported. Is "
                    "there room on the disk? SQLITE_TMPDIR names another folder for such files."
                ) from None
            for line in report(ledger, dry_run=options["dry_run"]):
                self.stdout.write(line)

    def _import(self, ledger: Ledger, options: dict[str, Any]) -> None:
        wishes = Wishes(
            *(frozenset(options["take"]), options["take_all"], options["prune"]),
            *(frozenset(options["leave"]), frozenset(options["drop"])),
        )
        with ProgressLine(self.stderr) as progress:
            import_seeds(
                ledger, options["folders"], wishes, dry_run=options["dry_run"], progress=progress
            )


def key(text: str) -> Key:
    """``event:some-id`` as a key; raises ArgumentTypeError."""
    kind, _, slug = text.partition(":")
    if kind not in SeedItem.Kind.values or not slug:
        raise ArgumentTypeError(
            f"“{text}” names no item; write source:ID, actor:ID, event:ID or claim:ID"
        )
    return kind, slug
