"""Imports that are looked at before they are carried out: what is given is kept with its plan."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from timeline import index
from timeline.models import SeedImport, SeedImportFile
from timeline.seeds import importing, proposed
from timeline.seeds.entries import Key, Kind, digest
from timeline.seeds.laying import laid_out
from timeline.seeds.ledger import Ledger
from timeline.seeds.planning import Wishes, plan
from timeline.seeds.problems import Problem
from timeline.seeds.proposed import DROP, LEAVE, TAKE, Changed
from timeline.seeds.reporting import report
from timeline.seeds.uploads import GivenFile

MOST_NAMED = 3

State = SeedImport.State
Approve = Callable[[Ledger], None]


class NotPlannedError(ValueError):
    """An import that was carried out or discarded meanwhile."""


class OtherChoicesError(ValueError):
    """Other items were chosen meanwhile than those whose outcome was looked at."""


@dataclass(frozen=True, slots=True)
class Order:
    """Who carries an import out and why; ``seen`` is the fingerprint of the choices looked at."""

    user: Any
    reason: str
    seen: str


@dataclass(frozen=True, slots=True)
class Carried:
    """What an import did, or would do: ``changed`` since the plan was made, or the report."""

    changed: Sequence[Changed] = ()
    report: Sequence[str] = ()


def propose(given: Sequence[GivenFile], user: Any) -> SeedImport:
    """Keep what was given, and its plan. Raises SeedError, with nothing kept."""
    with closing(Ledger()) as ledger, laid_out(given) as folders:
        problems = importing.read(ledger, folders)
        with transaction.atomic():
            _plan(ledger, problems)
            proposal = SeedImport.objects.create(name=_name(ledger, given), given_by=user)
            SeedImportFile.objects.bulk_create(
                SeedImportFile(seed_import=proposal, name=one.name, content=one.content)
                for one in given
            )
            proposed.keep(proposal, ledger)
    return proposal


def foresee(proposal: SeedImport, approve: Approve) -> Carried:
    """What carrying out would do. Raises SeedError where it cannot be done, and NotPlannedError."""
    return _carry_out(proposal, approve, None)


def carry_out(proposal: SeedImport, approve: Approve, order: Order) -> Carried:
    """Do what was planned and chosen, as one act; the report is kept.

    Nothing is done where something else would become of an item than was planned: the new plan
    is kept instead, without what was chosen for these. ``approve`` sees what was done and may
    raise what takes it back. Raises as ``foresee`` does, and OtherChoicesError.
    """
    return _carry_out(proposal, approve, order)


def fingerprint(proposal: SeedImport) -> str:
    """Another one for other choices."""
    return digest(proposal.choices)


def discard(proposal: SeedImport) -> None:
    """Give an import up, with its files. Raises NotPlannedError."""
    with transaction.atomic():
        proposal = _locked(proposal)
        proposal.files.all().delete()
        proposal.steps.all().delete()
        proposal.state, proposal.choices = State.DISCARDED, {}
        proposal.save()


def choose(proposal: SeedImport, choices: dict[Key, str]) -> None:
    """Keep what was chosen for items, empty for what is done anyway. Raises NotPlannedError."""
    with transaction.atomic():
        proposal = _locked(proposal)
        kept = proposal.choices | {":".join(key): choice for key, choice in choices.items()}
        proposal.choices = {name: choice for name, choice in kept.items() if choice}
        proposal.save(update_fields=["choices"])


def _name(ledger: Ledger, given: Sequence[GivenFile]) -> str:
    sources = [slug for (slug,) in ledger.rows("SELECT slug FROM item WHERE kind = ?", Kind.SOURCE)]
    named = sources or sorted({one.name.rpartition("/")[0] for one in given} - {""}) or ["seed"]
    more = " …" if len(named) > MOST_NAMED else ""
    return f"{', '.join(named[:MOST_NAMED])}{more}"[:200]


def _plan(ledger: Ledger, problems: Iterable[Problem]) -> None:
    importing.check(ledger, problems)
    plan(ledger, Wishes())


def _locked(proposal: SeedImport) -> SeedImport:
    found = SeedImport.objects.select_for_update().get(pk=proposal.pk)
    if found.state != State.PLANNED:
        raise NotPlannedError
    return found


def _carry_out(proposal: SeedImport, approve: Approve, order: Order | None) -> Carried:
    given = [GivenFile(one.name, bytes(one.content)) for one in proposal.files.order_by("name")]
    with closing(Ledger()) as ledger, laid_out(given) as folders:
        problems = importing.read(ledger, folders)
        with transaction.atomic():
            proposal = _locked(proposal)
            if order is not None and order.seen != fingerprint(proposal):
                raise OtherChoicesError
            _plan(ledger, problems)
            if changed := proposed.changed(proposal, ledger):
                _plan_anew(proposal, ledger, changed)
                return Carried(changed)
            ledger.forget_plan()
            with transaction.atomic():
                told = _done(proposal, ledger, approve, order)
                transaction.set_rollback(order is None)
    return Carried(report=told)


def _done(proposal: SeedImport, ledger: Ledger, approve: Approve, order: Order | None) -> list[str]:
    plan(ledger, _wishes(proposal.choices))
    moment = importing.store(ledger, *((order.user, order.reason) if order else ()))
    index.catch_up()
    approve(ledger)
    told = list(report(ledger, dry_run=order is None, changes=False, hints=False))
    if order is not None:
        proposal.state, proposal.moment = State.APPLIED, moment
        proposal.applied_by, proposal.report = order.user, "\n".join(told)
        proposal.save()
        proposed.keep(proposal, ledger)
    return told


def _wishes(choices: dict[str, str]) -> Wishes:
    keys: dict[str, set[Key]] = {LEAVE: set(), TAKE: set(), DROP: set()}
    for name, choice in choices.items():
        kind, _, slug = name.partition(":")
        keys[choice].add((kind, slug))
    return Wishes(
        take=frozenset(keys[TAKE]), leave=frozenset(keys[LEAVE]), drop=frozenset(keys[DROP])
    )


def _plan_anew(proposal: SeedImport, ledger: Ledger, changed: Iterable[Changed]) -> None:
    for one in changed:
        proposal.choices.pop(":".join(one.key), None)
    proposal.save()
    proposed.keep(proposal, ledger)
