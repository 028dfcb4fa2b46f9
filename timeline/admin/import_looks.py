"""Which part of the plan of an import is looked at, and the ways to the others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from timeline.admin.import_choices import FOR_ALL
from timeline.admin.import_words import OUTCOMES
from timeline.models import SeedImport, SeedImportStep
from timeline.seeds.steps import Outcome

ROWS_PER_PAGE = 50
CHANGING = "changing"  # all but what stays as it is


@dataclass(frozen=True, slots=True)
class Filter:
    """A link to the items of one outcome."""

    query: str
    label: Any
    number: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """Which part of a plan is looked at: the items of an outcome, on which page."""

    outcome: str
    page: int = 1

    @property
    def query(self) -> str:
        """As in an address."""
        return f"show={self.outcome.replace(' ', '+')}&p={self.page}"


def looked_at(given: Mapping[str, str]) -> Looked:
    """The part that a query names; what makes no sense is the whole plan, or its first page."""
    show, page = given.get("show", ""), given.get("p", "")
    known = {one.value for one in OUTCOMES}
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 8 else 1
    return Looked(show if show in known else CHANGING, max(number, 1))


def filters(proposal: SeedImport, looked: Looked) -> list[Filter]:
    """Counts by outcome, each a link."""
    counts: dict[str, int] = proposal.counts
    total = sum(number for outcome, number in counts.items() if outcome != "unchanged")
    return [
        Filter(Looked(CHANGING).query, _("all that changes"), total, looked.outcome == CHANGING),
        *(
            Filter(Looked(one.value).query, label, number, looked.outcome == one.value)
            for one, label in OUTCOMES.items()
            if (number := counts.get(one.value, 0))
        ),
    ]


def page_of(proposal: SeedImport, looked: Looked) -> Page[SeedImportStep]:
    """The steps that are looked at."""
    steps: QuerySet[SeedImportStep] = proposal.steps.order_by("number")
    if looked.outcome == CHANGING:
        steps = steps.exclude(outcome=Outcome.UNCHANGED.value)
    else:
        steps = steps.filter(outcome=looked.outcome)
    return Paginator(steps, ROWS_PER_PAGE).get_page(looked.page)


def looked_at_in(query: str) -> Looked:
    """The same of a query as it stands in a button."""
    pairs = (one.partition("=") for one in query.split("&"))
    return looked_at({name: value.replace("+", " ") for name, _equals, value in pairs})


def pages(page: Page[SeedImportStep], looked: Looked) -> Iterator[tuple[Any, str]]:
    """The numbers of pages with their queries; without one for those that are left out."""
    for number in page.paginator.get_elided_page_range(page.number):
        yield number, Looked(looked.outcome, number).query if isinstance(number, int) else ""


def for_all(proposal: SeedImport, looked: Looked) -> list[tuple[Any, int, list[tuple[str, Any]]]]:
    """By outcome that is looked at, its number and the buttons that choose for all of it."""
    return [
        (
            OUTCOMES[outcome],
            proposal.counts[outcome.value],
            [(f"all:{outcome.value}:{choice}", label) for choice, label in choices],
        )
        for outcome, choices in FOR_ALL.items()
        if proposal.counts.get(outcome.value) and looked.outcome in (CHANGING, outcome.value)
    ]
