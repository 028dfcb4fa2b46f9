"""``manage.py check_citations``"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from timeline.citations import Figures, prove


class Command(BaseCommand):
    help = "Proves that every quote stands in its source and that every published entry has one."

    def handle(self, **_: Any) -> None:
        figures = Figures()
        failures = 0
        for failure in prove(figures):
            failures += 1
            self.stderr.write(str(failure))
        self.stdout.write(
            f"Sources: {figures.sources}, with {figures.passages} passages.\n"
            f"Claims: {figures.claims}, {figures.proved} of them proved.\n"
            f"Events: {figures.events}, {figures.published} of them published.\n"
            f"Uncited: {figures.uncited}."
        )
        if failures:
            told = "1 failure" if failures == 1 else f"{failures} failures"
            raise CommandError(f"{told}.")
