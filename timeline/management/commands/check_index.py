"""``manage.py check_index``"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from timeline import index


class Command(BaseCommand):
    help = "Compares what pages are read from (the derived tables) with the entries, one by one."

    def handle(self, **options: Any) -> None:  # noqa: ARG002
        if found := index.differences():
            for difference in found:
                self.stderr.write(difference)
            raise CommandError("The index is not right. Make it anew: manage.py rebuild_index")
        self.stdout.write("The index says what the entries say.")
