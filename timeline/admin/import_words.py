"""What becomes of an item of an import, in words."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from timeline.admin.moments import moment_text
from timeline.models import SeedImport
from timeline.seeds import ordering
from timeline.seeds.entries import Kind
from timeline.seeds.proposed import Changed
from timeline.seeds.steps import WRITTEN, Outcome

KINDS = {
    Kind.SOURCE: _("Sources"),
    Kind.ACTOR: _("Actors"),
    Kind.EVENT: _("Events"),
    Kind.CLAIM: _("Quotes"),
}
OUTCOMES = {
    Outcome.CREATED: _("created"),
    Outcome.UPDATED: _("updated"),
    Outcome.CONFLICT: _("in conflict with editors’ work"),
    Outcome.MISSING: _("no longer in the seed"),
    Outcome.PRUNED: _("deleted"),
    Outcome.LEFT: _("left out"),
    Outcome.UNCHANGED: _("unchanged"),
}


def outcome(name: str | None) -> Any:
    """The words for an outcome; None is for what a plan does not have."""
    return gettext("not there") if name is None else OUTCOMES[Outcome(name)]


def changed(one: Changed) -> str:
    """What has changed of one item of a plan."""
    return gettext("%(item)s: was %(before)s, now %(now)s") % {
        "item": ":".join(one.key),
        "before": outcome(one.before),
        "now": outcome(one.now),
    }


def act_url(proposal: SeedImport) -> str:
    """The page of the act that carried it out; empty if that has written nothing."""
    wrote = any(proposal.counts.get(one.value) for one in (*WRITTEN, Outcome.PRUNED))
    if proposal.moment is None or not (wrote or ordering.REORDERED in proposal.report):
        return ""
    return reverse("admin:timeline_act", args=[moment_text(proposal.moment)])
