"""Conflicts that follow from others: what cannot be without an item that stays as it was."""

from timeline.seeds.entries import Kind
from timeline.seeds.ledger import Ledger
from timeline.seeds.steps import Outcome

CONFLICT, LEFT = Outcome.CONFLICT.value, Outcome.LEFT.value


def keep(ledger: Ledger) -> None:
    """Make conflicts of what would otherwise have no home, no place, or nothing to refer to."""
    _keep_homeless(ledger)
    _keep_misplaced(ledger)
    _keep_dangling(ledger)


def _keep_homeless(ledger: Ledger) -> None:
    """What is at home in a new source that is left out cannot be: it would have no home."""
    ledger.run(
        "UPDATE step SET renew = 0, outcome = iif(outcome IN ('created', 'updated'), ?1, outcome), "
        "why = iif(outcome IN ('created', 'updated'), 'source ' || home || ' is left out', why) "
        "FROM item WHERE item.number = step.number AND item.kind <> ?2 AND home IN "
        "(SELECT slug FROM step WHERE kind = ?2 AND outcome = ?3 AND old IS NULL)",
        *(CONFLICT, Kind.SOURCE, LEFT),
    )


def _keep_misplaced(ledger: Ledger) -> None:
    """Claims that were placed in a text which is not stored are conflicts, too."""
    ledger.run(
        "UPDATE step SET outcome = ?1, why = 'the text of source ' || written.home || "
        "' is kept as in the database' FROM written "
        "WHERE written.number = step.number AND written.kind = ?2 AND written.home IN "
        "(SELECT slug FROM step WHERE kind = ?3 AND outcome IN (?1, ?4) AND new_text)",
        *(CONFLICT, Kind.CLAIM, Kind.SOURCE, LEFT),
    )


def _keep_dangling(ledger: Ledger) -> None:
    """What would refer to an item that stays deleted, or is left out, is a conflict, too."""
    while ledger.run(
        "UPDATE step SET outcome = ?1, why = absent.kind || ' ' || absent.slug || "
        "iif(absent.outcome = ?2, ' is left out', ' is not in the database') "
        "FROM step absent JOIN reference "
        "ON reference.slug = absent.slug AND reference.kind = absent.kind "
        "WHERE absent.outcome IN (?1, ?2) AND absent.old IS NULL "
        "AND step.number = reference.item AND step.outcome IN ('created', 'updated')",
        *(CONFLICT, LEFT),
    ):
        continue
