"""``manage.py export_seed [--output FOLDER] [SOURCE…]``"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from timeline.seeds.exporting import ExportError, export_seeds
from timeline.seeds.progress import ProgressLine


class Command(BaseCommand):
    help = "Writes the knowledge base to seeds, which import_seed reads again without loss."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "sources", nargs="*", metavar="SOURCE", help="the id of a source; all if none is named"
        )
        parser.add_argument(
            "--output",
            type=Path,
            default=Path(settings.BASE_DIR) / "seeds",
            metavar="FOLDER",
            help="where the folders of the seeds go (default: %(default)s)",
        )

    def handle(self, *, output: Path, sources: list[str], **_: Any) -> None:
        with ProgressLine(self.stderr) as progress:
            try:
                folders = export_seeds(output, sources, progress)
            except (ExportError, OSError) as error:
                raise CommandError(str(error)) from None
        for folder in folders:
            self.stdout.write(f"Written: {folder}")
