"""``manage.py rebuild_index``"""

from typing import Any

from django.core.management.base import BaseCommand

from timeline import index
from timeline.models import Event


class Command(BaseCommand):
    help = "Makes anew what pages are read from quickly (the derived tables), from the entries."

    def handle(self, **options: Any) -> None:  # noqa: ARG002
        total = Event.objects.count()
        shows = self.stderr.isatty()

        def progress(done: int) -> None:
            if shows:
                self.stderr.write(f"\r{done:,} of {total:,} entries", ending="")

        index.rebuild(progress)
        if shows:
            self.stderr.write("")
        self.stdout.write(f"The index of {total:,} entries is made anew.")
