"""For the admin's first page: what is to be done, and what the user has begun."""

from typing import Any

from django import template
from django.contrib import admin
from django.template import Context

from timeline import index
from timeline.admin import own_work, worklists
from timeline.admin.links import change_link
from timeline.admin.listing import MOST

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
        "unfinished": own_work.unfinished(request.user) if views_events else [],
        "to_review": own_work.to_review(request.user),
        "most": MOST,
    }
