"""For the admin's first page: what is to be done, and what the user has begun."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.contrib import admin
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from timeline import index
from timeline.admin import own_work, worklists
from timeline.admin.doubles.rights import may_view
from timeline.admin.links import change_link
from timeline.admin.listing import MOST
from timeline.admin.permissions import may_see_acts
from timeline.models import SeedImport, Twofold

register = template.Library()
register.filter(change_link)


@register.simple_tag(takes_context=True)
def work_lists(context: Context) -> dict[str, Any]:
    """The work lists that the user of the page may look at, and what is theirs to do."""
    request: Any = context["request"]
    index.version()  # what was written past the program is to be counted, too
    views_events = request.user.has_perm("timeline.view_event")
    return {
        "groups": worklists.groups(admin.site, request),
        "ways": list(_ways(request)),
        "unfinished": own_work.unfinished(request.user) if views_events else [],
        "to_review": own_work.to_review(request.user),
        "most": MOST,
    }


def _ways(request: Any) -> Iterator[tuple[Any, str]]:
    """The other pages where work begins, those that the user may see: what they are, and where."""
    if may_view(request, Twofold.EVENT.value):
        yield _("Likely double events"), reverse("admin:doubles_events")
    if may_view(request, Twofold.ACTOR.value):
        yield _("Likely double actors"), reverse("admin:doubles_actors")
    if admin.site.get_model_admin(SeedImport).has_view_permission(request):
        yield _("Imports"), reverse("admin:timeline_seedimport_changelist")
    if may_see_acts(request.user):
        yield _("Latest acts"), reverse("admin:acts")
