"""``manage.py check_citations``: proves every quote and prints the figures."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from timeline.citations import Proof, prove


class Command(BaseCommand):
    """Exit status 1 when anything fails, with every failure named."""

    help = "Prove that every quote is in its source, and that nothing published is uncited."

    def handle(self, *_: Any, **__: Any) -> None:
        proof = prove()
        self.stdout.write(_figures(proof))
        for failure in proof.failures:
            self.stderr.write(f"{failure.item}: {failure.message}")
        if proof.failures:
            raise CommandError(f"{len(proof.failures)} failed, each named above.")
        self.stdout.write(self.style.SUCCESS("Every quote is in its source."))


def _figures(proof: Proof) -> str:
    return (
        f"{_count(proof.sources, 'source')} with {_count(proof.passages, 'passage')}, "
        f"{_count(proof.claims, 'claim')}, {_count(proof.events, 'event')}, "
        f"{proof.published} of them published, {proof.uncited} uncited."
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
