"""The work lists of the admin's first page: what each is, where it is, and how long it is.

A list is an address of one of the admin's lists with its filters. All are counted by one statement,
up to MOST, drafts included; a list that somebody may not look at is not counted for them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.admin import AdminSite
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from timeline.admin.listing import MOST
from timeline.index import sql
from timeline.index.work import Work
from timeline.models import Claim, Event, Passage, Source

MOST_PASSAGES = 100_000  # of which those without a claim are counted
LISTED = "SELECT 1 FROM index_work WHERE list = {:d}"
OF_STATUS = "SELECT 1 FROM {} WHERE status = '{}'"
UNCLAIMED = (
    "SELECT 1 FROM "  # noqa: S608  # a number of ours is in it
    f"(SELECT id FROM timeline_passage ORDER BY id LIMIT {MOST_PASSAGES}) p "
    "WHERE NOT EXISTS (SELECT 1 FROM timeline_claim c WHERE c.passage_id = p.id AND NOT c.lost)"
)


@dataclass(frozen=True, slots=True)
class WorkList:
    """A list of ``model`` under the filters ``query``; its length is that of ``rows`` (SQL)."""

    label: Any
    model: type[Model]
    query: str
    rows: str

    @property
    def address(self) -> str:
        """Where it is."""
        meta = self.model._meta
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist") + self.query


class Counted(NamedTuple):
    """A work list with its length; there is ``more`` than it counts, if that is too many."""

    label: Any
    address: str
    number: int
    more: bool


class Group(NamedTuple):
    """Work lists of one kind of thing."""

    label: Any
    lists: list[Counted]


EVENTS = (
    WorkList(
        _("In review"), Event, "?status__exact=review", OF_STATUS.format("timeline_event", "review")
    ),
    WorkList(
        _("Drafts"), Event, "?status__exact=draft", OF_STATUS.format("timeline_event", "draft")
    ),
    WorkList(_("Without any claim"), Event, "?sources=none", LISTED.format(Work.UNQUOTED)),
    WorkList(_("Contested"), Event, "?contested=yes", LISTED.format(Work.CONTESTED)),
    WorkList(_("From one source only"), Event, "?sources=one", LISTED.format(Work.ONE_SOURCE)),
    WorkList(
        _("Date inferred"),
        Event,
        "?date_basis__exact=inferred&dated=yes",
        LISTED.format(Work.INFERRED),
    ),
    WorkList(_("Undated"), Event, "?dated=no", LISTED.format(Work.UNDATED)),
)
CLAIMS = (
    WorkList(_("Words lost"), Claim, "?lost__exact=1", LISTED.format(Work.LOST)),
    WorkList(_("Note due"), Claim, "?note=due", LISTED.format(Work.NOTE_DUE)),
)
SOURCES = (
    WorkList(
        _("In review"),
        Source,
        "?status__exact=review",
        OF_STATUS.format("timeline_source", "review"),
    ),
    WorkList(
        _("Drafts"), Source, "?status__exact=draft", OF_STATUS.format("timeline_source", "draft")
    ),
    WorkList(_("Passages without claims"), Passage, "?claimed=no", UNCLAIMED),
)
GROUPS = ((_("Events"), EVENTS), (_("Claims"), CLAIMS), (_("Sources"), SOURCES))


def groups(site: AdminSite, request: HttpRequest) -> list[Group]:
    """The work lists that the user may look at, in their groups: one query."""
    visible = [
        (label, [one for one in lists if _may_view(site, request, one.model)])
        for label, lists in GROUPS
    ]
    numbers = _numbers([one for _, lists in visible for one in lists])
    return [
        Group(label, [_counted(one, numbers[one]) for one in lists])
        for label, lists in visible
        if lists
    ]


def _may_view(site: AdminSite, request: HttpRequest, model: type[Model]) -> bool:
    return site.is_registered(model) and site.get_model_admin(model).has_view_permission(request)


def _numbers(lists: Iterable[WorkList]) -> dict[WorkList, int]:
    wanted = list(lists)
    if not wanted:
        return {}
    statement = " UNION ALL ".join(
        f"SELECT {place}, (SELECT COUNT(*) FROM ({one.rows} LIMIT {MOST + 1}) l{place})"  # noqa: S608
        for place, one in enumerate(wanted)
    )
    return {wanted[place]: number for place, number in sql.rows(statement)}


def _counted(one: WorkList, number: int) -> Counted:
    return Counted(one.label, one.address, min(number, MOST), number > MOST)
